import Patterns

extension Builtin {
  /// Functions between strings and lists of strings.
  static let stringParts: [Builtin] = [
    Builtin(
      "join",
      [.member([.list(.string)], .string), .member([.list(.string), .string], .string)],
      readsElements: true
    ) { arguments, meter throws(EvaluationError) in
      guard case .list(let list) = arguments[0] else { throw .noSuchOverload("join", arguments) }
      var separator = ""
      if arguments.count == 2 {
        guard case .string(let given) = arguments[1] else {
          throw .noSuchOverload("join", arguments)
        }
        separator = given
      }
      var result = ""
      for index in 0..<list.count {
        guard case .string(let part) = list[index] else {
          throw .noSuchOverload("join", arguments)
        }
        try meter.charge(bytes: part.utf8.count + separator.utf8.count)
        if index > 0 { result += separator }
        result += part
      }
      return .string(result)
    },
    Builtin(
      "split",
      [
        .member([.string, .string], .list(.string)),
        .member([.string, .string, .int], .list(.string)),
      ]
    ) { arguments, meter throws(EvaluationError) in
      guard case .string(let text) = arguments[0], case .string(let separator) = arguments[1]
      else { throw .noSuchOverload("split", arguments) }
      let limit = try limit("split", arguments, at: 2)
      if limit == 0 { return .list([]) }
      try meter.charge(searchCost(text, separator))
      if separator.isEmpty { try meter.charge(text.utf8.count) }
      let cuts = occurrences(of: separator, in: text, limit: limit - 1, insideOnly: true)
      try meter.charge(cuts.count)
      var parts: [ExpressionValue] = []
      var start = 0
      for cut in cuts {
        parts.append(.string(text.slice(start..<cut)))
        start = cut + separator.utf8.count
      }
      if separator.isEmpty, text.isEmpty { return .list([]) }
      return .list(parts + [.string(text.slice(start..<text.utf8.count))])
    },
    Builtin(
      "replace",
      [
        .member([.string, .string, .string], .string),
        .member([.string, .string, .string, .int], .string),
      ]
    ) { arguments, meter throws(EvaluationError) in
      guard case .string(let text) = arguments[0], case .string(let old) = arguments[1],
        case .string(let new) = arguments[2]
      else { throw .noSuchOverload("replace", arguments) }
      let limit = try limit("replace", arguments, at: 3)
      try meter.charge(searchCost(text, old))
      if old.isEmpty { try meter.charge(text.utf8.count) }
      let places = occurrences(of: old, in: text, limit: limit, insideOnly: false)
      try meter.charge(places.count)
      let (growth, overflow) = places.count.multipliedReportingOverflow(by: new.utf8.count)
      try meter.charge(bytes: overflow ? Int.max : growth)
      let source = Array(text.utf8)
      var result: [UInt8] = []
      var start = 0
      for place in places {
        result += source[start..<place]
        result += new.utf8
        start = place + old.utf8.count
      }
      return .string(String(decoding: result + source[start...], as: UTF8.self))
    },
    Builtin(
      "reverse",
      [.member([.string], .string), .member([.list(typeA)], .list(typeA))]
    ) { arguments, meter throws(EvaluationError) in
      switch arguments[0] {
      case .string(let text):
        try meter.charge(bytes: text.utf8.count)
        var result = ""
        result.unicodeScalars.append(contentsOf: text.unicodeScalars.reversed())
        return .string(result)
      case .list(let list):
        try meter.charge(list.count)
        return .list(list.elements.reversed())
      default: throw .noSuchOverload("reverse", arguments)
      }
    },
  ]

  /// An optional limit; negative or omitted means none.
  private static func limit(
    _ name: String,
    _ arguments: [ExpressionValue],
    at position: Int
  ) throws(EvaluationError) -> Int {
    guard arguments.count > position else { return .max }
    guard case .int(let limit) = arguments[position] else {
      throw .noSuchOverload(name, arguments)
    }
    return limit < 0 ? .max : Int(limit)
  }

  /// The byte offsets of what is sought, not overlapping; an empty text is at every boundary.
  private static func occurrences(
    of part: String,
    in text: String,
    limit: Int,
    insideOnly: Bool
  ) -> [Int] {
    var part = part
    var text = text
    return text.withUTF8 { text in
      part.withUTF8 { part in
        var found: [Int] = []
        if part.isEmpty {
          let boundaries = insideOnly ? 1..<max(text.count, 1) : 0..<text.count + 1
          for offset in boundaries
          where found.count < limit && (offset == text.count || text[offset] & 0xC0 != 0x80) {
            found.append(offset)
          }
          return found
        }
        var start = 0
        while found.count < limit, let next = firstOccurrence(of: part, in: text, from: start) {
          found.append(next)
          start = next + part.count
        }
        return found
      }
    }
  }
}
