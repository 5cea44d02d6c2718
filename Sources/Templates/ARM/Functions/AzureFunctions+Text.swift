internal import Workloads

// Texts.
extension AzureFunctions {
  static let textFunctions: [String: Function] = [
    "string": { values, call in
      guard values.count == 1 else { return call.wrongArguments }
      return Datum.concatenate([text(of: values[0])], call.origin)
    },
    "format": { values, call in
      guard let format = values.first else { return call.wrongArguments }
      guard let text = format.plainText else { return call.unknown(of: values) }
      return AzureFormat.format(text, Array(values.dropFirst()), call)
    },
    "tolower": { changed($0, $1) { $0.lowercased() } },
    "toupper": { changed($0, $1) { $0.uppercased() } },
    "trim": { values, call in
      guard values.count == 1, let text = values[0].plainText else {
        return call.unknown(of: values)
      }
      return call.text(trimmed(text))
    },
    "replace": { values, call in
      guard values.count == 3, let old = values[1].plainText, let new = values[2].plainText else {
        return call.unknown(of: values)
      }
      guard !old.isEmpty, let parts = values[0].parts else { return call.unknown(of: values) }
      var changed: [TextPart] = []
      for part in parts {
        guard case .text(let text) = part else {
          changed.append(part)
          continue
        }
        guard call.scope.spend(1 + text.utf8.count / 64) else { return call.exhausted }
        let result = replaced(text, old, new)
        guard call.scope.spend(1 + result.utf8.count / 64) else { return call.exhausted }
        changed.append(.text(result))
      }
      return Datum(parts: changed, passed(call.origin, values))
    },
    "split": { values, call in
      guard values.count == 2 else { return call.wrongArguments }
      var marks: [String] = []
      for mark in values[1].isList ? values[1].elements : [values[1]] {
        guard let text = mark.plainText else { return call.unknown(of: [mark]) }
        if !text.isEmpty { marks.append(text) }
      }
      guard let text = values[0].plainText else { return call.unknown(of: values) }
      guard call.scope.spend(1 + text.utf8.count * max(1, marks.count) / 16) else {
        return call.exhausted
      }
      return call.list(TextSplit.pieces(of: text, by: marks).map(call.text))
    },
    "join": { values, call in
      guard values.count == 2, values[1].parts != nil,
        case .list(let elements, let more) = values[0].shape
      else { return call.unknown(of: values) }
      let texts = elements.map(text(of:))
      guard texts.allSatisfy({ $0.parts != nil }) else { return call.wrongArguments }
      let size = Datum.size(ofJoined: texts, by: values[1])
      guard call.scope.spend(2 * texts.count + size / 8) else { return call.exhausted }
      return .join(texts, more: more, by: values[1], passed(call.origin, elements))
    },
    "startswith": { ends($0, $1, atStart: true) },
    "endswith": { ends($0, $1, atStart: false) },
    "like": { values, call in
      guard values.count == 2, let text = values[0].plainText, let pattern = values[1].plainText
      else { return call.unknown(of: values) }
      guard call.scope.spend(1 + text.utf8.count * pattern.utf8.count / 64) else {
        return call.exhausted
      }
      return call.flag(matches(Array(text.lowercased().utf8), Array(pattern.lowercased().utf8)))
    },
    "fail": { _, call in call.unknown("the template refuses this deployment") },
    "padleft": { values, call in
      guard (2...3).contains(values.count), let width = values[1].plainInteger else {
        return call.unknown(of: values)
      }
      guard let text = values[0].plainText ?? values[0].plainInteger.map(String.init) else {
        return call.unknown(of: values)
      }
      let fill = values.count == 3 ? values[2].plainText : " "
      guard let fill, fill.count == 1, (0...65_536).contains(width) else {
        return call.wrongArguments
      }
      let missing = max(0, width - text.utf16.count)
      return call.text(String(repeating: fill, count: missing) + text)
    },
    "substring": { values, call in
      guard (1...3).contains(values.count) else { return call.wrongArguments }
      let start = values.count > 1 ? values[1].plainInteger : 0
      guard let start, start >= 0 else { return call.unknown(of: Array(values.dropFirst())) }
      var length: Int?
      if values.count == 3 {
        guard let known = values[2].plainInteger, known >= 0 else {
          return call.unknown(of: [values[2]])
        }
        length = known
      }
      guard let text = values[0].plainText else {
        // A known beginning is enough if the piece lies in it.
        if case .text(let head)? = values[0].parts?.first, let length,
          start + length <= head.utf16.count
        {
          return call.text(piece(of: head, start, length) ?? "")
        }
        return call.unknown(of: values)
      }
      guard let piece = piece(of: text, start, length) else {
        return call.wrong("is given a piece that the text does not have")
      }
      return call.text(piece)
    },
    "guid": { _, call in call.unknown("it is made from a hash") },
    "uniquestring": { _, call in call.unknown("it is made from a hash") },
    "newguid": { _, call in call.unknown("it is made anew for every deployment") },
  ]

  /// What a value is inside a text: truth values with a capital, as .NET writes them.
  package static func text(of value: Datum) -> Datum {
    switch value.shape {
    case .text, .partial, .unknown: return value
    case .null, .absent: return Datum(.text(""), value.origin)
    case .flag(let flag): return Datum(.text(flag ? "True" : "False"), value.origin)
    case .integer(let number): return Datum(.text(String(number)), value.origin)
    case .number(let number): return Datum(.text(NumberText.of(number)), value.origin)
    case .list, .object:
      guard value.size(upTo: maximumSize) < maximumSize else {
        return .unknown("it is too large", value.origin)
      }
      let parts = JSONText().parts(of: value).map { Datum(parts: [$0], value.origin) }
      return Datum.concatenate(parts, value.origin)
    }
  }

  /// Parts of a value that is written as one text.
  private static let maximumSize = 100_000

  /// An origin that remembers through which places the values came.
  static func passed(_ origin: Origin, _ values: [Datum]) -> Origin {
    var passed = origin
    for value in values {
      for place in value.origin.via where !passed.via.contains(place) { passed.via.append(place) }
    }
    return passed
  }

  static func trimmed(_ text: String) -> String {
    let head = text.unicodeScalars.drop { $0.properties.isWhitespace }
    guard let last = head.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return String(head[...last])
  }

  private static func changed(
    _ values: [Datum],
    _ call: AzureCall,
    _ change: (String) -> String
  ) -> Datum {
    guard values.count == 1 else { return call.wrongArguments }
    switch values[0].shape {
    case .text(let text):
      return Datum(.text(change(text)), passed(call.origin, values))
    case .partial(let parts):
      let changed = parts.map { part in
        if case .text(let text) = part { TextPart.text(change(text)) } else { part }
      }
      return Datum(parts: changed, passed(call.origin, values))
    case .unknown: return values[0]
    default: return call.wrongArguments
    }
  }

  /// Without regard to case, as documented.
  private static func ends(_ values: [Datum], _ call: AzureCall, atStart: Bool) -> Datum {
    guard values.count == 2, let wanted = values[1].plainText?.lowercased() else {
      return call.unknown(of: values.reversed())
    }
    guard let parts = values[0].parts, values[0].shape.mayBeText else { return call.wrongArguments }
    let part = atStart ? parts.first : parts.last
    guard case .text(let known)? = part else {
      return wanted.isEmpty ? call.flag(true) : call.unknown(of: values)
    }
    let text = known.lowercased()
    let (own, other) =
      atStart
      ? (Array(text.utf8), Array(wanted.utf8))
      : (Array(text.utf8.reversed()), Array(wanted.utf8.reversed()))
    if own.starts(with: other) { return call.flag(true) }
    if parts.count == 1 || !other.starts(with: own) { return call.flag(false) }
    return call.unknown(of: values)
  }

  /// Whether a text fits a pattern in which `*` stands for any text; without backtracking twice.
  private static func matches(_ text: [UInt8], _ pattern: [UInt8]) -> Bool {
    var (position, place) = (0, 0)
    var retry: (position: Int, place: Int)?
    while position < text.count {
      if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
        retry = (position, place)
        place += 1
      } else if place < pattern.count, pattern[place] == text[position] {
        position += 1
        place += 1
      } else if let (start, star) = retry {
        retry = (start + 1, star)
        position = start + 1
        place = star + 1
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  private static func piece(of text: String, _ start: Int, _ length: Int?) -> String? {
    let units = Array(text.utf16)
    guard start <= units.count else { return nil }
    let length = length ?? units.count - start
    guard length <= units.count - start else { return nil }
    return String(decoding: units[start..<start + length], as: UTF16.self)
  }

  static func replaced(_ text: String, _ old: String, _ new: String) -> String {
    TextSplit.pieces(of: text, by: old).joined(separator: new)
  }
}
