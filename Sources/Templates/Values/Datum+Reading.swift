package import DocumentTrees
package import Workloads

extension Datum {
  // MARK: What it is

  package var isAbsent: Bool {
    if case .absent = content { true } else { false }
  }

  /// Whether nothing is there: absent or null.
  package var isNothing: Bool {
    switch content {
    case .absent, .null: true
    case .node(let node): node.isNull
    default: false
    }
  }

  package var isObject: Bool {
    switch content {
    case .object: true
    case .node(let node): node.isMapping
    case .encoded(let text): text.isReadable && text.value.isObject
    default: false
    }
  }

  package var isList: Bool {
    switch content {
    case .list: true
    case .node(let node): node.isSequence
    case .encoded(let text): text.isReadable && text.value.isList
    default: false
    }
  }

  /// The gap of a value of which nothing is known but that it is there.
  package var gap: Gap? {
    if case .unknown(let gap) = content { gap } else { nil }
  }

  package var location: SourceLocation? { origin.location }

  // MARK: Going down

  /// The value of a key; absent if there is none, unknown if nobody can tell.
  ///
  /// It has the place of this value if it is absent, so that a finding points somewhere.
  package subscript(_ key: String) -> Datum {
    switch content {
    case .node(let node):
      guard let child = node[key] else { return .absent(origin) }
      return Datum(child, in: file, via: origin.via)
    case .object(let object):
      if let value = object[key] { return value }
      if let more = object.more { return Datum(.unknown(more), origin) }
      return .absent(origin)
    case .unknown(let gap): return Datum(.unknown(Gap(gap.reason)), origin)
    case .encoded(let text) where text.isReadable: return text.value[key]
    default: return .absent(origin)
    }
  }

  /// The value reached by one key after the other.
  package subscript(path keys: String...) -> Datum {
    keys.reduce(self) { $0[$1] }
  }

  /// The first of several spellings of a key that is stated.
  package func first(_ keys: String...) -> Datum {
    for key in keys {
      let value = self[key]
      if !value.isAbsent { return value }
    }
    return .absent(origin)
  }

  /// The elements of a list; a single value is a list of one, nothing is an empty list.
  package var elements: [Datum] {
    switch content {
    case .node(let node) where node.isSequence:
      return node.elements.map { Datum($0, in: file, via: origin.via) }
    case .list(let list): return list.elements
    case .encoded(let text) where isList: return text.value.elements
    case .unknown: return []
    default: return isNothing ? [] : [self]
    }
  }

  /// The entries of a mapping; none for anything else.
  package var entries: [DatumObject.Entry] {
    switch content {
    case .node(let node) where node.isMapping:
      return node.entries.map { entry in
        let place = SourceLocation(file: file, range: entry.key.range)
        return DatumObject.Entry(
          entry.key.text,
          Datum(entry.value, in: file, via: origin.via),
          keyOrigin: Origin(place, via: origin.via)
        )
      }
    case .object(let object): return object.entries
    case .encoded(let text) where isObject: return text.value.entries
    default: return []
    }
  }

  /// Why a list may have elements, or a mapping keys, that are not seen.
  package var more: Gap? {
    switch content {
    case .list(let list): list.more
    case .object(let object): object.more
    case .encoded(let text): text.isReadable ? text.value.more : nil
    case .unknown(let gap): gap
    default: nil
    }
  }

  private var file: String { origin.location?.file ?? "" }

  // MARK: As scalars

  /// The text of a scalar; numbers and truth values are written as texts.
  package var string: Value<String> {
    switch content {
    case .node(let node):
      if node.isScalar, !node.isNull { return .known(node.text, origin) }
      return node.isNull ? Value(.absent, origin) : .unknown("it is not a text", origin)
    case .text(let text): return .known(text, origin)
    case .integer(let number): return .known(String(number), origin)
    case .number(let number): return .known(NumberText.of(number), origin)
    case .precise(let number): return .known(number.description, origin)
    case .flag(let flag): return .known(flag ? "true" : "false", origin)
    case .encoded(let text): return Datum(parts: text.parts, origin).string
    case .partial(let parts): return .unknown(Self.reasons(parts), origin)
    case .unknown(let gap): return .unknown(gap.reason, origin)
    case .null, .absent: return Value(.absent, origin)
    case .list, .object: return .unknown("it is not a text", origin)
    }
  }

  /// A whole number, or a text of one.
  package var integer: Value<Int> {
    switch content {
    case .integer(let number): .known(number, origin)
    case .number(let number):
      Int(exactly: number).map { .known($0, origin) }
        ?? .unknown("it is not a whole number", origin)
    default:
      string.map(orUnknown: "it is not a whole number") { text in
        Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
      }
    }
  }

  /// A number, or a text of one.
  package var number: Value<Double> {
    switch content {
    case .integer(let number): .known(Double(number), origin)
    case .number(let number): .known(number, origin)
    default:
      string.map(orUnknown: "it is not a number") { text in
        Double(text).flatMap { $0.isFinite ? $0 : nil }
      }
    }
  }

  /// A truth value, or its text in any case.
  package var flag: Value<Bool> {
    if case .flag(let flag) = content { return .known(flag, origin) }
    return string.map(orUnknown: "it is neither true nor false") { text in
      switch text.lowercased() {
      case "true": true
      case "false": false
      default: nil
      }
    }
  }

  /// The texts of a list, or the one text that stands in its place.
  package var strings: [Value<String>] {
    var values = elements.map(\.string)
    if let more { values.append(.unknown(more.reason, origin)) }
    return values
  }

  /// The text with `…` in the place of what is not known; nil for what is no text.
  package var sketch: String? {
    switch content {
    case .encoded(let text): Datum(parts: text.parts, origin).sketch
    case .partial(let parts):
      parts.map { part in
        switch part {
        case .text(let text): text
        case .gap: "…"
        }
      }.joined()
    case .unknown: "…"
    default: string.known
    }
  }

  /// The parts of a text; nil for what is no text.
  package var parts: [TextPart]? {
    switch content {
    case .partial(let parts): parts
    case .encoded(let text): text.parts
    case .unknown(let gap): [.gap(gap)]
    default: string.known.map { [.text($0)] }
    }
  }

  /// What the value points at: itself a reference, or a text made with one.
  package var references: [DatumReference] {
    switch content {
    case .unknown(let gap): gap.reference.map { [$0] } ?? []
    case .partial(let parts):
      parts.compactMap { part in
        if case .gap(let gap) = part { gap.reference } else { nil }
      }
    case .encoded(let text): Datum(parts: text.parts, origin).references
    default: []
    }
  }

  /// The value that a text was made from, as far as that is known: of what `jsonencode` gave the
  /// mapping or list with its places.
  package var decoded: Datum? {
    guard case .encoded(let text) = content else { return nil }
    return text.value
  }

  static func reasons(_ parts: [TextPart]) -> String {
    var reasons: [String] = []
    for case .gap(let gap) in parts where !reasons.contains(gap.reason) {
      reasons.append(gap.reason)
    }
    return reasons.joined(separator: "; ")
  }
}

/// Numbers as texts, the way templates write them.
package enum NumberText {
  /// `1` for 1.0, `0.25`, `1e+30`.
  package static func of(_ number: Double) -> String {
    if let whole = Int(exactly: number) { return String(whole) }
    return "\(number)"
  }
}
