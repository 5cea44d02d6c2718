/// String and bytes literals: quotes, prefixes and escapes.
extension Lexer {
  /// The literal that starts here, or nil if none does.
  mutating func stringLiteral() throws(CompileFailure) -> Token.Kind? {
    var isRaw = false
    var isBytes = false
    var quoteDistance = 0
    prefix: while quoteDistance < 2 {
      switch byte(quoteDistance) | 0x20 {
      case UInt8(ascii: "r") where !isRaw: isRaw = true
      case UInt8(ascii: "b") where !isBytes: isBytes = true
      default: break prefix
      }
      quoteDistance += 1
    }
    let quote = byte(quoteDistance)
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
    let start = position
    position += quoteDistance
    let isTriple = byte(1) == quote && byte(2) == quote
    position += isTriple ? 3 : 1
    var content: [UInt8] = []
    while true {
      guard position < bytes.count else { throw unterminated(start) }
      let current = bytes[position]
      switch current {
      case quote where !isTriple:
        position += 1
        return Self.literal(content, isBytes: isBytes)
      case quote where byte(1) == quote && byte(2) == quote:
        position += 3
        return Self.literal(content, isBytes: isBytes)
      case 0x0A where !isTriple, 0x0D where !isTriple: throw unterminated(start)
      case UInt8(ascii: "\\") where !isRaw:
        try escape(into: &content, isBytes: isBytes)
      default:
        content.append(current)
        position += 1
      }
    }
  }

  private func unterminated(_ start: Int) -> CompileFailure {
    CompileFailure(.syntax, "the string is not closed", at: start)
  }

  private static func literal(_ content: [UInt8], isBytes: Bool) -> Token.Kind {
    isBytes ? .bytes(content) : .string(String(decoding: content, as: UTF8.self))
  }

  private mutating func escape(into content: inout [UInt8], isBytes: Bool) throws(CompileFailure) {
    let start = position
    let code = byte(1)
    position += 2
    switch code {
    case UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"),
      UInt8(ascii: "`"):
      content.append(code)
    case UInt8(ascii: "a"): content.append(0x07)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "v"): content.append(0x0B)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      try append(
        try digits(2, radix: 16, start: start),
        to: &content,
        isBytes: isBytes,
        start: start
      )
    case UInt8(ascii: "u") where !isBytes:
      try append(try unicodeEscape(start: start), to: &content, isBytes: false, start: start)
    case UInt8(ascii: "U") where !isBytes:
      try append(try digits(8, radix: 16, start: start), to: &content, isBytes: false, start: start)
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      position -= 1
      try append(
        try digits(3, radix: 8, start: start),
        to: &content,
        isBytes: isBytes,
        start: start
      )
    default:
      let what = isBytes && code | 0x20 == UInt8(ascii: "u") ? " in bytes" : ""
      throw CompileFailure(.syntax, "unknown escape sequence\(what)", at: start)
    }
  }

  /// Four digits, or two times four that form a surrogate pair.
  private mutating func unicodeEscape(start: Int) throws(CompileFailure) -> UInt32 {
    let first = try digits(4, radix: 16, start: start)
    guard (0xD800..<0xDC00).contains(first), byte() == UInt8(ascii: "\\"),
      byte(1) == UInt8(ascii: "u")
    else { return first }
    position += 2
    let second = try digits(4, radix: 16, start: start)
    guard (0xDC00..<0xE000).contains(second) else { return first }
    return 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
  }

  private mutating func digits(
    _ count: Int,
    radix: Int,
    start: Int
  ) throws(CompileFailure) -> UInt32 {
    guard position + count <= bytes.count,
      bytes[position..<position + count].allSatisfy(\.isHexDigit),
      let value = UInt32(
        String(decoding: bytes[position..<position + count], as: UTF8.self),
        radix: radix
      )
    else {
      throw CompileFailure(.syntax, "the escape sequence needs \(count) digits", at: start)
    }
    position += count
    return value
  }

  private func append(
    _ code: UInt32,
    to content: inout [UInt8],
    isBytes: Bool,
    start: Int
  ) throws(CompileFailure) {
    if isBytes {
      content.append(UInt8(truncatingIfNeeded: code))
    } else if let scalar = Unicode.Scalar(code) {
      content.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    } else {
      throw CompileFailure(.syntax, "the escape sequence is no Unicode code point", at: start)
    }
  }
}
