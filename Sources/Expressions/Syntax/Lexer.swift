/// Cuts the text of an expression into tokens.
struct Lexer {
  let bytes: [UInt8]
  var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func tokens(of bytes: [UInt8]) throws(CompileFailure) -> [Token] {
    var lexer = Lexer(bytes)
    var tokens: [Token] = []
    tokens.reserveCapacity(bytes.count / 3 + 1)
    repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
    return tokens
  }

  /// The byte at a distance from the current one; zero behind the end.
  func byte(_ distance: Int = 0) -> UInt8 {
    position + distance < bytes.count ? bytes[position + distance] : 0
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D: position += 1
      case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/"):
        position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
      default: return
      }
    }
  }

  private mutating func next() throws(CompileFailure) -> Token {
    skipSpace()
    let start = position
    guard start < bytes.count else { return Token(kind: .end, offset: start, end: start) }
    let kind = try nextKind()
    return Token(kind: kind, offset: start, end: position)
  }

  private mutating func nextKind() throws(CompileFailure) -> Token.Kind {
    let first = byte()
    if let literal = try stringLiteral() { return literal }
    if first.isIdentifierStart { return identifier() }
    if first.isDigit || first == UInt8(ascii: ".") && byte(1).isDigit { return try number() }
    if first == UInt8(ascii: "`") { return try quotedIdentifier() }
    if let symbol = Token.Symbol(first, byte(1)) {
      position += 2
      return .symbol(symbol)
    }
    if let symbol = Token.Symbol(first) {
      position += 1
      return .symbol(symbol)
    }
    let shown = String(decoding: bytes[position...].prefix(4), as: UTF8.self).unicodeScalars.first
    throw CompileFailure(
      .syntax,
      "unexpected character '\(shown.map(String.init) ?? "")'",
      at: position
    )
  }

  private mutating func identifier() -> Token.Kind {
    let start = position
    while byte().isIdentifierPart { position += 1 }
    let name = String(decoding: bytes[start..<position], as: UTF8.self)
    return Token.Keyword(rawValue: name).map(Token.Kind.keyword) ?? .identifier(name)
  }

  private mutating func quotedIdentifier() throws(CompileFailure) -> Token.Kind {
    let start = position
    position += 1
    while byte().isIdentifierPart || [0x2E, 0x2D, 0x2F, 0x20].contains(byte()) { position += 1 }
    guard byte() == UInt8(ascii: "`"), position > start + 1 else {
      throw CompileFailure(
        .syntax,
        "a name in backticks holds letters, digits, '_', '.', '-', '/' and spaces only",
        at: start
      )
    }
    position += 1
    return .quoted(String(decoding: bytes[start + 1..<position - 1], as: UTF8.self))
  }

  private mutating func number() throws(CompileFailure) -> Token.Kind {
    let start = position
    if byte() == UInt8(ascii: "0"), byte(1) | 0x20 == UInt8(ascii: "x"), byte(2).isHexDigit {
      position += 2
      while byte().isHexDigit { position += 1 }
      return try integer(digits: start + 2..<position, radix: 16, start: start)
    }
    while byte().isDigit { position += 1 }
    let whole = position
    if byte() == UInt8(ascii: "."), byte(1).isDigit {
      position += 1
      while byte().isDigit { position += 1 }
    }
    if byte() | 0x20 == UInt8(ascii: "e") {
      let signed = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-")
      if byte(signed ? 2 : 1).isDigit {
        position += signed ? 2 : 1
        while byte().isDigit { position += 1 }
      }
    }
    if position == whole { return try integer(digits: start..<position, radix: 10, start: start) }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let value = Double(text) else {
      throw CompileFailure(.syntax, "'\(text)' is not a number", at: start)
    }
    return .double(value)
  }

  private mutating func integer(
    digits: Range<Int>,
    radix: Int,
    start: Int
  ) throws(CompileFailure) -> Token.Kind {
    let value = UInt64(String(decoding: bytes[digits], as: UTF8.self), radix: radix)
    guard let value else {
      throw CompileFailure(.syntax, "the integer does not fit in 64 bits", at: start)
    }
    if byte() | 0x20 == UInt8(ascii: "u") {
      position += 1
      return .uint(value)
    }
    return .int(value)
  }
}

extension UInt8 {
  var isDigit: Bool { self &- 0x30 < 10 }
  var isHexDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }
  var isIdentifierStart: Bool { (self | 0x20) &- 0x61 < 26 || self == 0x5F }
  var isIdentifierPart: Bool { isIdentifierStart || isDigit }
}
