internal import Templates
internal import Workloads

/// The properties of a thing of AWS, whatever language spells their names.
///
/// `containerDefinitions` of the API, `ContainerDefinitions` of CloudFormation and
/// `container_definitions` of Terraform are one field. A list of one object, as Terraform has for
/// a block, is that object.
struct AWSFields {
  let datum: Datum
  private var byName: [String: DatumObject.Entry] = [:]

  init(_ datum: Datum) {
    let elements = datum.isList ? datum.elements : [datum]
    self.datum = elements.first ?? datum
    for entry in self.datum.entries where byName[Self.plain(entry.key)] == nil {
      byName[Self.plain(entry.key)] = entry
    }
  }

  /// A name without underscores and capitals.
  static func plain(_ name: String) -> String {
    let bytes = name.utf8
    return String(unsafeUninitializedCapacity: bytes.count) { buffer in
      var count = 0
      for byte in bytes where byte != UInt8(ascii: "_") && byte != UInt8(ascii: "-") {
        buffer[count] = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
        count += 1
      }
      return count
    }
  }

  /// The first of several names that is stated; unknown if there may be more than is seen.
  subscript(_ names: String...) -> Datum {
    for name in names {
      if let entry = byName[Self.plain(name)], !entry.value.isNothing { return entry.value }
    }
    if let more = datum.more { return Datum(.unknown(Gap(more.reason)), datum.origin) }
    return .absent(datum.origin)
  }

  /// The fields of an object inside.
  func object(_ names: String...) -> AWSFields {
    for name in names {
      if let entry = byName[Self.plain(name)], !entry.value.isNothing {
        return AWSFields(entry.value)
      }
    }
    return AWSFields(self[names.first ?? ""])
  }

  /// Whether a name is stated; null is not.
  func has(_ name: String) -> Bool {
    byName[Self.plain(name)].map { !$0.value.isNothing } ?? false
  }

  /// Where a field stands, its name included.
  func place(of name: String) -> Origin {
    byName[Self.plain(name)]?.keyOrigin ?? datum.origin
  }

  var origin: Origin { datum.origin }

  /// Whether there is something that could have fields.
  var isStated: Bool { !datum.isNothing }

  /// Whether nothing but its being there is known.
  var gap: Gap? { datum.gap }

  /// Entries as written.
  var entries: [DatumObject.Entry] { datum.entries }

  // MARK: Values

  /// A text; an empty one counts as not stated, as in the skeletons of the AWS CLI.
  func text(_ names: String...) -> Value<String> { first(names).text }

  func flag(_ names: String...) -> Value<Bool> { first(names).flag }

  func integer(_ names: String...) -> Value<Int> { first(names).integer }

  /// A number of which 0 means that nothing is stated.
  func positive(_ names: String...) -> Value<Int> { first(names).positive }

  func number(_ names: String...) -> Value<Double> { first(names).number }

  /// The texts of a list without empty ones.
  func texts(_ names: String...) -> [Value<String>] { first(names).texts }

  /// The elements of a list, or the one that stands in its place.
  func elements(_ names: String...) -> [Datum] { first(names).elements }

  private func first(_ names: [String]) -> Datum {
    for name in names where has(name) { return self[name] }
    return self[names.first ?? ""]
  }
}

extension Datum {
  /// A text; an empty one counts as not stated.
  var text: Value<String> {
    let value = string
    return value.known == "" ? Value(.absent, value.origin) : value
  }

  /// A whole number of which 0 means that nothing is stated.
  var positive: Value<Int> {
    let value = text.isAbsent ? Value<Int>(.absent, origin) : integer
    return value.known == 0 ? Value(.absent, value.origin) : value
  }

  /// Texts without empty ones.
  var texts: [Value<String>] { strings.filter { !$0.isAbsent && $0.known != "" } }

  /// A text that can be compared with another one: references stand as the address they name.
  ///
  /// Two values that name the same resource are the same, though nobody knows its ARN yet.
  var comparableText: Value<String> {
    if case .unknown(let gap) = content, let reference = gap.reference {
      return .known(reference.address, origin)
    }
    return text
  }

  /// The text with references as `${address}` and other gaps as `…`; for lists of names.
  var displayText: Value<String> {
    guard text.known == nil, !text.isAbsent, let parts else { return text }
    guard
      parts.contains(where: { if case .text = $0 { true } else { false } })
        || !references.isEmpty
    else { return text }
    let words = parts.map { part in
      switch part {
      case .text(let text): text
      case .gap(let gap): gap.reference.map(\.address) ?? "…"
      }
    }
    return .known(words.joined(), origin)
  }

  /// A link to whatever this names.
  func link(_ relation: String, kind: ResourceKind? = nil) -> ResourceLink? {
    if isNothing { return nil }
    let text = text
    if text.isAbsent { return nil }
    var seen: Set<String> = []
    let addresses = references.map(\.address).filter { seen.insert($0).inserted }
    return ResourceLink(relation, text, addresses: addresses, kind: kind?.name ?? "")
  }
}
