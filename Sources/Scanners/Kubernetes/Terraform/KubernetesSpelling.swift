import Templates
import Workloads

/// Respells what Terraform's provider calls `kubernetes_…` into the object that the cluster gets.
///
/// The provider's words are Kubernetes' own in another case, so that only exceptions are listed.
/// Blocks are lists in Terraform: those that may repeat stay lists under Kubernetes' plural, of the others the
/// first is the object.
struct KubernetesSpelling {
  /// Without prefix and version: `deployment`.
  private let type: String
  /// What objects are called, by the address of the resource that makes them.
  private let names: [String: String]

  /// What the object of a resource is called: by Terraform's own name if that is not known.
  static func name(of declared: DeclaredResource) -> String? {
    guard kind(of: declared.type) != nil else { return nil }
    let metadata = declared.properties["metadata"].elements.first
    return metadata?["name"].string.known ?? declared.name
  }

  /// The object that a resource makes; nil if it makes none that is known here.
  static func body(of declared: DeclaredResource, names: [String: String]) -> Datum? {
    guard let (type, kind) = kind(of: declared.type) else { return nil }
    let origin = declared.origin
    let source = declared.properties
    if let gap = source.gap { return Datum(.unknown(gap), origin) }
    let spelling = KubernetesSpelling(type: type, names: names)
    var object = DatumObject(more: source.more)
    for entry in source.entries where !ownWords.contains(entry.key) {
      spelling.set(entry, below: type, in: &object)
    }
    var version = kind.version
    if type == "horizontal_pod_autoscaler",
      source["spec"].elements.contains(where: { !$0["metric"].isNothing })
    {
      version = "autoscaling/v2"
    }
    object.set("apiVersion", Datum(.text(version), origin))
    object.set("kind", Datum(.text(kind.name), origin))
    if var metadata = object["metadata"]?.asObject, metadata["generateName"] == nil,
      metadata["name"]?.string.known == nil, let name = name(of: declared)
    {
      metadata.set("name", Datum(.text(name), metadata["name"]?.origin ?? origin))
      object.set("metadata", Datum(.object(metadata), origin))
    }
    return Datum(.object(object), origin)
  }

  private static func kind(
    of type: String
  ) -> (type: String, kind: (version: String, name: String))? {
    guard type.hasPrefix("kubernetes_") else { return nil }
    var type = String(type.dropFirst("kubernetes_".count))
    // `deployment_v1` is `deployment`; the older name stays for old configurations.
    if let mark = type.range(ofVersion: "_v") { type.removeSubrange(mark) }
    return kinds[type].map { (type, $0) }
  }

  // MARK: Fields

  private func set(
    _ entry: DatumObject.Entry,
    below parent: String,
    in object: inout DatumObject
  ) {
    let value = entry.value
    if value.isNothing || isUnset(value, entry.key) { return }
    let key = entry.key
    if key == "persistent_volume_source", let source = value.elements.first {
      // Kubernetes has the source of a volume among the other fields.
      for entry in source.entries { set(entry, below: "volume", in: &object) }
      return
    }
    let name = name(of: key, below: parent)
    if isMap(key, value) {
      let map = value.isList ? value.elements.first ?? .absent(value.origin) : value
      object.set(.init(name.single, map, keyOrigin: entry.keyOrigin))
      return
    }
    guard isBlock(value) else {
      object.set(.init(name.single, resolved(value), keyOrigin: entry.keyOrigin))
      return
    }
    if let plural = name.plural {
      let list = DatumList(value.elements.map { block($0, key) }, more: value.more)
      object.set(.init(plural, Datum(.list(list), value.origin), keyOrigin: entry.keyOrigin))
    } else if let gap = value.more {
      // Whether the block is there at all is not known.
      let unknown = Datum(.unknown(gap), value.origin)
      object.set(.init(name.single, unknown, keyOrigin: entry.keyOrigin))
    } else if let first = value.elements.first {
      object.set(.init(name.single, block(first, key), keyOrigin: entry.keyOrigin))
    }
  }

  private func block(_ source: Datum, _ key: String) -> Datum {
    if source.gap != nil { return source }
    var object = DatumObject(more: source.more)
    for entry in source.entries { set(entry, below: key, in: &object) }
    return Datum(.object(object), source.origin)
  }

  /// The name of another object, where all that is known is which one.
  private func resolved(_ value: Datum) -> Datum {
    guard let reference = value.gap?.reference, let name = names[reference.address],
      reference.attribute == "metadata.name"
        || reference.attribute == "id" && reference.address.contains("kubernetes_namespace")
    else { return value }
    return Datum(.text(name), value.origin)
  }

  /// Whether a value is a block or several: plans and states have each block as a list.
  private func isBlock(_ value: Datum) -> Bool {
    if value.isObject { return true }
    guard value.isList else { return false }
    guard let first = value.elements.first else { return value.more != nil }
    return first.isObject
  }

  /// Whether the keys of a value are the user's own.
  private func isMap(_ key: String, _ value: Datum) -> Bool {
    if Self.maps.contains(key) { return true }
    guard key == "selector" || key == "options", value.isObject else { return false }
    return value["match_labels"].isAbsent && value["match_expressions"].isAbsent
  }

  /// Whether a value says nothing: in plans and states that is how the provider writes what is not set.
  private func isUnset(_ value: Datum, _ key: String) -> Bool {
    switch value.content {
    case .text(""): true
    case .integer(0): Self.zeroMeansUnset.contains(key)
    case .list(let list): list.elements.isEmpty && list.more == nil
    default: false
    }
  }

  // MARK: Names

  private func name(
    of key: String,
    below parent: String
  ) -> (single: String, plural: String?) {
    let path = "\(parent).\(key)"
    let single =
      Self.names["\(type)/\(key)"] ?? Self.names[path] ?? Self.names[key] ?? Self.camelCase(key)
    if Self.singles.contains(path) { return (single, nil) }
    return (single, Self.plurals[path] ?? Self.plurals[key])
  }

  private static func camelCase(_ name: String) -> String {
    let words = name.split(separator: "_")
    return words.enumerated().map { index, word in
      index == 0 ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
    }.joined()
  }
}

extension Datum {
  fileprivate var asObject: DatumObject? {
    if case .object(let object) = content { object } else { nil }
  }
}

extension String {
  /// The range of `_v1`, `_v2beta2` at the end.
  fileprivate func range(ofVersion mark: String) -> Range<Index>? {
    guard let underscore = lastIndex(of: "_"), self[underscore...].hasPrefix(mark) else {
      return nil
    }
    let version = self[underscore...].dropFirst(mark.count)
    guard version.first?.isNumber == true else { return nil }
    return underscore..<endIndex
  }
}
