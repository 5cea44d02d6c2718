import DocumentTrees
import Workloads

/// Tells what a file is, by name and content.
package enum Recognition {
  /// How a file is to be read, by its name alone.
  enum Syntax { case yaml, json, dockerfile, bicep, terraform }

  static func syntax(name: String) -> Syntax? {
    if isDockerfile(name: name) { return .dockerfile }
    guard let dot = name.lastIndex(of: ".") else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "yaml", "yml": return .yaml
    case "json": return .json
    case "template": return .yaml
    case "tf": return .terraform
    case "bicep", "bicepparam": return .bicep
    default: return nil
    }
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
    "containerDefinitions", "Microsoft.App", "deploymentTemplate", "Statement", "componentType",
  ]

  /// The same for JSON, where keys are quoted and Compose files have their `services`.
  private static let jsonSignatures: [StaticString] = [
    "\"services\"", "\"apiVersion\"", "AWSTemplateFormatVersion", "\"Resources\"",
    "containerDefinitions", "Microsoft.App", "eploymentTemplate", "eploymentParameters",
    "\"Statement\"", "\"containers\"", "\"componentType\"",
  ]

  static func mayMatter(_ bytes: [UInt8], _ syntax: Syntax) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      let text = UnsafeBufferPointer(rebasing: buffer.prefix(1 << 20))
      let words = syntax == .json ? jsonSignatures : signatures
      return words.contains { word in contains(text, word) }
    }
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
      // `describe-task-definition` and exported stacks are mappings; lists hold Kubernetes objects
      // only inside `kind: List`.
      return nil
    }
    if root["apiVersion"]?.isScalar == true, let kind = root["kind"], kind.isScalar {
      let isKustomization = kind.text == "Kustomization" || kind.text == "Component"
      let group = root["apiVersion"]?.text ?? ""
      return isKustomization && group.hasPrefix("kustomize") ? .kustomization : .kubernetes
    }
    if name == "kustomization.yaml" || name == "kustomization.yml" { return .kustomization }
    if root["containerDefinitions"]?.isSequence == true
      || root["taskDefinition"]?["containerDefinitions"] != nil
    {
      return .ecsTaskDefinition
    }
    if root["AWSTemplateFormatVersion"] != nil || hasResourceTypes(root["Resources"]) {
      return .cloudFormation
    }
    if let schema = root["$schema"], schema.isScalar, ARMFiles.isSchema(schema.text) {
      return .arm
    }
    if root["Statement"] != nil, root["Version"] != nil || root["Statement"]?.isSequence == true {
      return .iamPolicy
    }
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
