import DocumentTrees
import Workloads

/// Tells what a file is, by name and content.
package enum Recognition {
  /// How a file is to be read, by its name alone.
  enum Syntax { case yaml, json, dockerfile, bicep, terraform }

  static func syntax(name: String) -> Syntax? {
    // Most files are told by the end of their names, without a look at the rest.
    if !mentionsDockerfile(name) {
      if name.utf8.hasEnd(".yaml") || name.utf8.hasEnd(".yml") { return .yaml }
      if name.utf8.hasEnd(".json") { return .json }
      if isKustomization(name: name) { return .yaml }
    } else if isDockerfile(name: name) {
      return .dockerfile
    }
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    switch name[name.utf8.index(after: dot)...].lowercased() {
    case "yaml", "yml": return .yaml
    case "json": return .json
    case "template": return .yaml
    case "tf": return .terraform
    case "bicep", "bicepparam": return .bicep
    default: return nil
    }
  }

  /// The names that kustomize looks for.
  static func isKustomization(name: String) -> Bool {
    name == "kustomization.yaml" || name == "kustomization.yml" || name == "Kustomization"
  }

  /// Whether a name has `file` in it, in any case, as all names of Dockerfiles have.
  private static func mentionsDockerfile(_ name: String) -> Bool {
    // A character outside ASCII may become one of `file` in lower case.
    var (last, before, third) = (UInt8(0), UInt8(0), UInt8(0))
    for byte in name.utf8 {
      if byte >= 0x80 { return true }
      let letter = byte | 0x20
      if letter == UInt8(ascii: "e"), last == UInt8(ascii: "l"), before == UInt8(ascii: "i"),
        third == UInt8(ascii: "f")
      {
        return true
      }
      (third, before, last) = (before, last, letter)
    }
    return false
  }

  /// `Dockerfile`, `Dockerfile.dev`, `api.Dockerfile`, `Containerfile`.
  package static func isDockerfile(name: String) -> Bool {
    let name = name.lowercased()
    if name.hasSuffix(".dockerignore") { return false }
    for word in ["dockerfile", "containerfile"] {
      if name == word || name.hasSuffix("." + word) { return true }
      if name.hasPrefix(word + "."), !sourceSuffixes.contains(where: name.hasSuffix) { return true }
      if name.hasPrefix(word + "-") || name.hasPrefix(word + "_") {
        return !name.contains(".") || name.hasSuffix("." + word)
      }
    }
    return false
  }

  /// Programs and templates about Dockerfiles are not Dockerfiles.
  private static let sourceSuffixes = [
    ".go", ".py", ".rb", ".js", ".ts", ".sh", ".md", ".txt", ".j2", ".tmpl", ".template", ".erb",
    ".yaml", ".yml", ".json", ".swift", ".bak", ".orig", ".html",
  ]

  static func looksRelevant(name: String) -> Bool { syntax(name: name) != nil }

  /// Words of which a YAML or JSON file has at least one if it is any of our formats.
  ///
  /// Looking for them is many times cheaper than parsing a file that turns out to be a lock file.
  private static let signatures: [StaticString] = [
    "services", "image", "build", "apiVersion", "include", "AWSTemplateFormatVersion", "Resources",
    "containerDefinitions", "taskDefinition", "Microsoft.App", "deploymentTemplate", "Statement",
    "PolicyDocument", "Effect", "RoleDetailList", "componentType",
  ]

  /// The same for JSON, where keys are quoted and Compose files have their `services`.
  private static let jsonSignatures: [StaticString] = [
    "\"services\"", "\"apiVersion\"", "AWSTemplateFormatVersion", "\"Resources\"",
    "containerDefinitions", "taskDefinition", "Microsoft.App", "eploymentTemplate",
    "eploymentParameters", "\"Statement\"", "PolicyDocument\"", "\"Effect\"",
    "\"RoleDetailList\"", "\"containers\"", "\"componentType\"",
  ]

  static func mayMatter(_ bytes: [UInt8], _ syntax: Syntax) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      let text = UnsafeBufferPointer(rebasing: buffer.prefix(1 << 20))
      let words = syntax == .json ? jsonSignatures : signatures
      return words.contains { word in contains(text, word) }
    }
  }

  /// Whether a text has `{{`, as templates of Helm do.
  static func hasTemplateBraces(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { contains($0, "{{") }
  }

  private static func contains(_ text: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard length > 0, text.count >= length else { return false }
    let first = word.utf8Start[0]
    var index = 0
    while let found = text[index...(text.count - length)].firstIndex(of: first) {
      var matched = 1
      while matched < length, text[found + matched] == word.utf8Start[matched] { matched += 1 }
      if matched == length { return true }
      index = found + 1
      if index > text.count - length { return false }
    }
    return false
  }

  /// What a document is, by its keys; `nil` if it is none of our formats.
  static func format(of root: Node, name: String) -> FileFormat? {
    if ContainerAppDocument.recognizes(root) { return .containerApp }
    guard root.isMapping else {
      // Lists hold Kubernetes objects only inside `kind: List`, but ECS definitions as they are, and
      // a bare list may be statements of a policy.
      if ECSScanner.recognizes(root) { return .ecsTaskDefinition }
      return IAMDocuments.recognizes(root) ? .iamPolicy : nil
    }
    if root["apiVersion"]?.isScalar == true, let kind = root["kind"], kind.isScalar {
      let isKustomization = kind.text == "Kustomization" || kind.text == "Component"
      let group = root["apiVersion"]?.text ?? ""
      return isKustomization && group.hasPrefix("kustomize") ? .kustomization : .kubernetes
    }
    if isKustomization(name: name) { return .kustomization }
    if ECSScanner.recognizes(root) { return .ecsTaskDefinition }
    if root["AWSTemplateFormatVersion"] != nil || hasResourceTypes(root["Resources"])
      || (root["Transform"] != nil && root["Resources"]?.isMapping == true)
    {
      return .cloudFormation
    }
    if let schema = root["$schema"], schema.isScalar, ARMFiles.isSchema(schema.text) {
      return .arm
    }
    if IAMDocuments.recognizes(root) { return .iamPolicy }
    if ComposeScanner.recognizes(name: name) || ComposeScanner.recognizes(root: root) {
      return .compose
    }
    return nil
  }

  private static func hasResourceTypes(_ resources: Node?) -> Bool {
    guard let resources, resources.isMapping else { return false }
    return resources.entries.contains { entry in
      guard let type = entry.value["Type"], type.isScalar else { return false }
      return type.text.contains("::")
    }
  }
}

extension String.UTF8View {
  fileprivate func hasEnd(_ end: StaticString) -> Bool {
    let length = end.utf8CodeUnitCount
    guard count >= length else { return false }
    return suffix(length).elementsEqual(UnsafeBufferPointer(start: end.utf8Start, count: length))
  }
}
