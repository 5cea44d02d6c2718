import Patterns

extension Builtin {
  /// The standard string functions and the strings extension.
  static let strings: [Builtin] = [
    test("contains") { text, part in
      firstOccurrence(of: part, in: text) != nil
    },
    test("startsWith") { text, part in
      text.count >= part.count && text.prefix(part.count).elementsEqual(part)
    },
    test("endsWith") { text, part in
      text.count >= part.count && text.suffix(part.count).elementsEqual(part)
    },
    Builtin(
      "matches",
      [.member([.string, .string], .bool), .global([.string, .string], .bool)]
    ) { arguments, meter throws(EvaluationError) in
      guard case .string(let text) = arguments[0], case .string(let pattern) = arguments[1] else {
        throw .noSuchOverload("matches", arguments)
      }
      try meter.charge(bytes: pattern.utf8.count * 16)
      do {
        return .bool(try LinearRegex(pattern).matches(text, meter: &meter))
      } catch let error as EvaluationError {
        throw error
      } catch {
        throw .invalid("invalid regular expression: \(error)")
      }
    },
    Builtin("charAt", [.member([.string, .int], .string)]) {
      arguments,
      meter throws(EvaluationError) in
      guard case .string(let text) = arguments[0], case .int(let index) = arguments[1] else {
        throw .noSuchOverload("charAt", arguments)
      }
      try meter.charge(bytes: text.utf8.count)
      let start = try offset(index, in: text)
      return .string(text.slice(start..<(text.byteOffset(ofScalar: index + 1) ?? start)))
    },
    Builtin(
      "indexOf",
      [.member([.string, .string], .int), .member([.string, .string, .int], .int)]
    ) { arguments, meter throws(EvaluationError) in
      try find("indexOf", arguments, &meter, whenOmitted: { _ in 0 }) { text, part, start in
        firstOccurrence(of: part, in: text, from: start)
      }
    },
    Builtin(
      "lastIndexOf",
      [.member([.string, .string], .int), .member([.string, .string, .int], .int)]
    ) { arguments, meter throws(EvaluationError) in
      try find("lastIndexOf", arguments, &meter, whenOmitted: { $0.utf8.count }) {
        text,
        part,
        end in lastOccurrence(of: part, in: text, upTo: end)
      }
    },
    mapped("lowerAscii") { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 },
    mapped("upperAscii") { $0 &- 0x61 < 26 ? $0 & 0xDF : $0 },
    Builtin(
      "substring",
      [.member([.string, .int], .string), .member([.string, .int, .int], .string)]
    ) { arguments, meter throws(EvaluationError) in
      guard case .string(let text) = arguments[0], case .int(let first) = arguments[1] else {
        throw .noSuchOverload("substring", arguments)
      }
      try meter.charge(bytes: text.utf8.count)
      let start = try offset(first, in: text)
      guard arguments.count == 3 else { return .string(text.slice(start..<text.utf8.count)) }
      guard case .int(let last) = arguments[2] else {
        throw .noSuchOverload("substring", arguments)
      }
      let end = try offset(last, in: text)
      guard start <= end else { throw .invalid("invalid substring range: \(first) to \(last)") }
      return .string(text.slice(start..<end))
    },
    Builtin("trim", [.member([.string], .string)]) { arguments, meter throws(EvaluationError) in
      guard case .string(let text) = arguments[0] else { throw .noSuchOverload("trim", arguments) }
      try meter.charge(bytes: text.utf8.count)
      let scalars = text.unicodeScalars
      guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
        let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
      else { return .string("") }
      return .string(String(scalars[first...last]))
    },
    Builtin("strings.quote", [.global([.string], .string)]) {
      arguments,
      meter throws(EvaluationError) in
      guard case .string(let text) = arguments[0] else {
        throw .noSuchOverload("strings.quote", arguments)
      }
      try meter.charge(bytes: text.utf8.count * 2)
      return .string(quoted(text))
    },
  ]

  /// A yes-or-no question about a text and a part of it.
  private static func test(
    _ name: String,
    _ question: @escaping @Sendable (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Builtin {
    Builtin(name, [.member([.string, .string], .bool)]) {
      arguments,
      meter throws(EvaluationError) in
      guard case .string(var text) = arguments[0], case .string(var part) = arguments[1] else {
        throw .noSuchOverload(name, arguments)
      }
      try meter.charge(searchCost(text, part))
      return .bool(text.withUTF8 { text in part.withUTF8 { question(text, $0) } })
    }
  }

  /// A search whose optional third argument says where to start.
  private static func find(
    _ name: String,
    _ arguments: [ExpressionValue],
    _ meter: inout CostMeter,
    whenOmitted: (String) -> Int,
    _ search: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>, Int) -> Int?
  ) throws(EvaluationError) -> ExpressionValue {
    guard case .string(var text) = arguments[0], case .string(var part) = arguments[1] else {
      throw .noSuchOverload(name, arguments)
    }
    try meter.charge(searchCost(text, part))
    var start = whenOmitted(text)
    if arguments.count == 3 {
      guard case .int(let index) = arguments[2] else { throw .noSuchOverload(name, arguments) }
      start = try offset(index, in: text)
    }
    let found = text.withUTF8 { text in part.withUTF8 { search(text, $0, start) } }
    return .int(found.map(text.scalarIndex) ?? -1)
  }

  /// A function that changes single bytes.
  private static func mapped(
    _ name: String,
    _ change: @escaping @Sendable (UInt8) -> UInt8
  ) -> Builtin {
    Builtin(name, [.member([.string], .string)]) { arguments, meter throws(EvaluationError) in
      guard case .string(var text) = arguments[0] else { throw .noSuchOverload(name, arguments) }
      try meter.charge(bytes: text.utf8.count)
      let changed: String? = text.withUTF8 { bytes in
        if bytes.allSatisfy({ change($0) == $0 }) { return nil }
        return String(unsafeUninitializedCapacity: bytes.count) { buffer in
          for index in bytes.indices { buffer[index] = change(bytes[index]) }
          return bytes.count
        }
      }
      return changed.map { .string($0) } ?? arguments[0]
    }
  }

  private static func offset(_ index: Int64, in text: String) throws(EvaluationError) -> Int {
    guard let offset = text.byteOffset(ofScalar: index) else {
      throw .invalid("index out of range: \(index)")
    }
    return offset
  }

  /// The text in double quotes, with everything unprintable that CEL can escape escaped.
  private static func quoted(_ text: String) -> String {
    let escapes: [Unicode.Scalar: String] = [
      "\u{07}": "\\a", "\u{08}": "\\b", "\u{0C}": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t",
      "\u{0B}": "\\v", "\\": "\\\\", "\"": "\\\"",
    ]
    var result = "\""
    for scalar in text.unicodeScalars {
      if let escape = escapes[scalar] {
        result += escape
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
