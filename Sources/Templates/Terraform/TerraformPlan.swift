package import DocumentTrees
import Workloads

/// Reads `terraform show -json` of a plan or of a state, in which all values are known.
package enum TerraformPlan {
  /// Whether a document is one.
  package static func recognizes(_ root: Node) -> Bool {
    root.isMapping && root["format_version"]?.isScalar == true
      && (root["planned_values"]?.isMapping == true
        || root["values"]?.isMapping == true && root["terraform_version"] != nil)
  }

  /// What it says will be, or is.
  package static func read(_ root: Node, in file: String) -> Deployment {
    var deployment = Deployment(
      project: RelativePath.directory(of: file),
      format: .terraform
    )
    deployment.files = [file]
    var reader = Reader(file: file, deployment: deployment)
    reader.changes(root["resource_changes"])
    reader.references(root["configuration"]?["root_module"], prefix: "", depth: 0)
    let values = root["planned_values"] ?? root["values"]
    reader.module(values?["root_module"], depth: 0)
    reader.parameters(root)
    return reader.deployment
  }

  private struct Reader {
    static func elements(_ node: Node?) -> [Node] { node.map { Array($0.elements) } ?? [] }
    static func entries(_ node: Node?) -> [(key: Node, value: Node)] {
      node.map { Array($0.entries) } ?? []
    }

    let file: String
    var deployment: Deployment
    /// What is known only after apply, by address.
    var unknowns: [String: Node] = [:]
    /// What an attribute refers to in the configuration, by address without indices.
    var links: [String: Node] = [:]

    mutating func changes(_ changes: Node?) {
      for change in Self.elements(changes) {
        guard let address = change["address"]?.text,
          let unknown = change["change"]?["after_unknown"], unknown.isMapping
        else { continue }
        unknowns[address] = unknown
      }
    }

    mutating func references(_ module: Node?, prefix: String, depth: Int) {
      guard let module, depth < 32 else { return }
      for resource in Self.elements(module["resources"]) {
        guard let address = resource["address"]?.text else { continue }
        links[prefix + address] = resource["expressions"]
      }
      for call in Self.entries(module["module_calls"]) {
        references(
          call.value["module"],
          prefix: "\(prefix)module.\(call.key.text).",
          depth: depth + 1
        )
      }
    }

    mutating func module(_ module: Node?, depth: Int) {
      guard let module, depth < 32 else { return }
      for resource in Self.elements(module["resources"]) {
        guard resource["mode"]?.text != "data", let address = resource["address"]?.text,
          let type = resource["type"]?.text
        else { continue }
        guard deployment.resources.count < 20_000 else { return }
        add(resource, type, address)
      }
      for child in Self.elements(module["child_modules"]) {
        self.module(child, depth: depth + 1)
      }
    }

    private mutating func add(_ resource: Node, _ type: String, _ address: String) {
      let place = SourceLocation(file: file, range: resource.range)
      let origin = Origin(place)
      let values = resource["values"]
      var properties = DatumObject()
      let plain = address.withoutIndices
      let prefix = plain.modulePrefix
      let expressions = links[plain]
      let unknown = unknowns[address]
      let secret = resource["sensitive_values"]
      for entry in Self.entries(values) {
        properties.set(
          .init(
            entry.key.text,
            value(entry.value, unknown?[entry.key.text], secret?[entry.key.text], depth: 0),
            keyOrigin: Origin(SourceLocation(file: file, range: entry.key.range))
          )
        )
      }
      for entry in Self.entries(unknown) where entry.value.bool == true {
        let name = entry.key.text
        properties.set(
          name,
          reference(expressions?[name], prefix, origin)
            ?? .unknown("it is known only once deployed", origin)
        )
      }
      var name = resource["name"]?.text ?? address
      if let bracket = address.lastIndex(of: "["), address.hasSuffix("]") {
        name += address[bracket...]
      }
      var declared = DeclaredResource(
        type: type,
        name: name,
        address: "\(deployment.project)#\(address)",
        properties: Datum(.object(properties), origin),
        origin: origin
      )
      // A provider's default tags are in `tags_all` already.
      if let all = values?["tags_all"], all.isMapping {
        declared.inheritedTags = Datum(all, in: file).entries
      }
      deployment.resources.append(declared)
    }

    /// A value with gaps where `after_unknown` is true, and marks where it is secret.
    private func value(_ node: Node, _ unknown: Node?, _ secret: Node?, depth: Int) -> Datum {
      let origin = Origin(SourceLocation(file: file, range: node.range))
      if unknown?.bool == true { return .unknown("it is known only once deployed", origin) }
      guard depth < 100 else { return .unknown("it is nested too deeply", origin) }
      let isSecret = secret?.bool == true
      switch node.kind {
      case .mapping:
        var object = DatumObject()
        for entry in node.entries {
          let key = entry.key.text
          let inner = value(
            entry.value,
            unknown?[key],
            isSecret ? secret : secret?[key],
            depth: depth + 1
          )
          let place = Origin(SourceLocation(file: file, range: entry.key.range))
          object.set(.init(key, inner, keyOrigin: place))
        }
        for entry in Self.entries(unknown)
        where entry.value.bool == true && object[entry.key.text] == nil {
          object.set(entry.key.text, .unknown("it is known only once deployed", origin))
        }
        return Datum(.object(object), origin).marked(isSecret)
      case .sequence:
        let unknowns = unknown?.elements
        let secrets = secret?.elements
        let elements = node.elements.enumerated().map { index, element in
          value(
            element,
            unknowns.flatMap { index < $0.count ? $0[index] : nil },
            isSecret ? secret : secrets.flatMap { index < $0.count ? $0[index] : nil },
            depth: depth + 1
          )
        }
        return Datum(.list(DatumList(elements)), origin).marked(isSecret)
      case .scalar: return Datum.hcl(node, in: origin).marked(isSecret)
      }
    }

    /// What an attribute refers to, if it is one resource.
    private func reference(_ expression: Node?, _ prefix: String, _ origin: Origin) -> Datum? {
      guard let names = expression?["references"], names.isSequence else { return nil }
      let all = names.elements.map(\.text)
      // `aws_x.y.arn` comes with `aws_x.y`; the longest says most.
      guard let longest = all.max(by: { $0.utf8.count < $1.utf8.count }),
        all.allSatisfy({ longest.hasPrefix($0) })
      else { return nil }
      let words = longest.split(separator: ".")
      guard words.count >= 2, !["var", "local", "module", "data", "each"].contains(words[0])
      else { return nil }
      let address = "\(deployment.project)#\(prefix)\(words[0]).\(words[1])"
      let attribute = words.dropFirst(2).joined(separator: ".")
      return .reference(
        DatumReference(address, attribute: attribute),
        because: "it is known only once deployed",
        origin
      )
    }

    mutating func parameters(_ root: Node) {
      let declared = root["configuration"]?["root_module"]?["variables"]
      for entry in Self.entries(root["variables"]) {
        let origin = Origin(SourceLocation(file: file, range: entry.key.range))
        let isSecret = declared?[entry.key.text]?["sensitive"]?.bool == true
        let value = entry.value["value"].map { Datum($0, in: file) } ?? .absent(origin)
        deployment.parameters.append(
          DeclaredParameter(
            name: entry.key.text,
            value: value.marked(isSecret),
            isSecret: isSecret,
            origin: origin
          )
        )
      }
    }
  }
}

extension String {
  /// An address without `[0]` and `["a"]`.
  fileprivate var withoutIndices: String {
    var result: [UInt8] = []
    var depth = 0
    for byte in utf8 {
      if byte == UInt8(ascii: "[") { depth += 1 }
      if depth == 0 { result.append(byte) }
      if byte == UInt8(ascii: "]") { depth = max(0, depth - 1) }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// `module.a.module.b.` of an address.
  fileprivate var modulePrefix: String {
    let words = split(separator: ".")
    var count = 0
    while count + 1 < words.count, words[count] == "module" { count += 2 }
    return words[..<count].map { $0 + "." }.joined()
  }
}
