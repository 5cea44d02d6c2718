import DocumentTrees

/// Cuts a Bicep text into tokens.
///
/// Strings with interpolation become pieces (`'a${` , `}b${`, `}c'`) with the tokens of the
/// expressions between them, so the stack knows which closing brace continues which string.
struct BicepLexer {
  private enum Opening {
    case brace
    /// A hole of a string on one line.
    case hole
    /// A hole of a multi-line string that marks holes with so many dollar signs.
    case multiLineHole(Int)
  }

  let bytes: [UInt8]
  private(set) var tokens: [BicepToken] = []
  private(set) var texts: [String] = []
  private(set) var errors: [BicepSyntaxError] = []

  var offset = 0
  private var line = 1
  private var column = 1
  private var openings: [Opening] = []
  private var start = 0
  private var startPlace = Place(line: 1, column: 1)

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // A byte order mark takes no column.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  static func tokens(of bytes: [UInt8]) -> BicepLexer {
    var lexer = BicepLexer(bytes)
    lexer.run()
    return lexer
  }

  private var place: Place { Place(line: line, column: column) }

  func peek(_ distance: Int = 0) -> UInt8 {
    offset + distance < bytes.count ? bytes[offset + distance] : 0
  }

  private var isAtEnd: Bool { offset >= bytes.count }

  /// Steps over one code point.
  mutating func advance() {
    let byte = bytes[offset]
    offset += 1
    if byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && peek() != UInt8(ascii: "\n")) {
      line += 1
      column = 1
    } else if byte == UInt8(ascii: "\r") {
      // The line feed behind it ends the line.
    } else {
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      column += 1
    }
  }

  private mutating func advance(by count: Int) {
    for _ in 0..<count where !isAtEnd { advance() }
  }

  private mutating func begin() {
    start = offset
    startPlace = place
  }

  private mutating func add(_ kind: BicepToken.Kind, text: Int = -1) {
    tokens.append(
      BicepToken(
        kind: kind,
        bytes: start..<offset,
        range: PlaceRange(start: startPlace, end: place),
        text: text
      )
    )
  }

  mutating func fail(_ problem: String, from begin: Place? = nil) {
    errors.append(
      BicepSyntaxError(
        problem: problem,
        range: PlaceRange(start: begin ?? startPlace, end: place)
      )
    )
  }

  private mutating func run() {
    tokens.reserveCapacity(bytes.count / 5 + 2)
    while skipTrivia() {
      begin()
      scanToken()
    }
    begin()
    add(.endOfFile)
  }

  // MARK: What stands between tokens

  /// Passes over spaces, comments and pragmas; false at the end of the text.
  private mutating func skipTrivia() -> Bool {
    while !isAtEnd {
      switch peek() {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0B, 0x0C:
        advance()
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
        skipLine()
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
        skipComment()
      case UInt8(ascii: "#") where isPragma():
        skipLine()
      case 0xC2 where peek(1) == 0xA0:
        advance()
      default:
        return true
      }
    }
    return false
  }

  private mutating func skipLine() {
    while !isAtEnd, peek() != UInt8(ascii: "\n"), peek() != UInt8(ascii: "\r") { advance() }
  }

  private mutating func skipComment() {
    begin()
    advance(by: 2)
    while !isAtEnd {
      if peek() == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
        advance(by: 2)
        return
      }
      advance()
    }
    fail("Comment is not closed with */")
  }

  /// `#disable-next-line no-unused-params` and its like, which only the linter reads.
  private func isPragma() -> Bool {
    for word in ["#disable-next-line", "#disable-diagnostics", "#restore-diagnostics"]
    where bytes[offset...].starts(with: word.utf8) {
      return true
    }
    return false
  }

  // MARK: Tokens

  private mutating func scanToken() {
    let byte = peek()
    switch byte {
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      scanNewLine()
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      while BicepText.isIdentifier(peek()) { advance() }
      add(.identifier)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(peek()) { advance() }
      add(.integer)
    case UInt8(ascii: "'"):
      if peek(1) == byte, peek(2) == byte {
        advance(by: 3)
        scanMultiLine(dollars: 0, isContinued: false)
      } else {
        advance()
        scanString(isContinued: false)
      }
    case UInt8(ascii: "$"):
      scanDollars()
    case UInt8(ascii: "{"):
      advance()
      openings.append(.brace)
      add(.leftBrace)
    case UInt8(ascii: "}"):
      scanClosingBrace()
    default:
      scanOperator(byte)
    }
  }

  private mutating func scanNewLine() {
    if case .hole? = openings.last {
      fail("String is not closed on its line")
      // What was opened inside the hole is lost with it.
      openings.removeAll()
    }
    let isRepeated = tokens.last?.kind == .newLine
    advance()
    if peek(-1) == UInt8(ascii: "\r"), peek() == UInt8(ascii: "\n") { advance() }
    if !isRepeated { add(.newLine) }
  }

  private mutating func scanClosingBrace() {
    advance()
    switch openings.popLast() {
    case .hole: scanString(isContinued: true)
    case .multiLineHole(let dollars): scanMultiLine(dollars: dollars, isContinued: true)
    case .brace, nil: add(.rightBrace)
    }
  }

  private mutating func scanDollars() {
    var count = 0
    while peek(count) == UInt8(ascii: "$") { count += 1 }
    if (0..<3).allSatisfy({ peek(count + $0) == UInt8(ascii: "'") }) {
      advance(by: count + 3)
      scanMultiLine(dollars: count, isContinued: false)
    } else {
      advance()
      fail("Character is not known here")
      add(.unrecognized)
    }
  }

  private mutating func scanOperator(_ byte: UInt8) {
    if byte < 0x80 {
      for (spelling, kind) in BicepText.operatorsByByte[Int(byte)]
      where spelling.indices.allSatisfy({ peek($0) == spelling[$0] }) {
        advance(by: spelling.count)
        add(kind)
        return
      }
    }
    advance()
    fail(
      byte == UInt8(ascii: "\"")
        ? "Strings stand in single quotes" : "Character is not known here"
    )
    if byte == UInt8(ascii: "\"") { skipDoubleQuoted() }
    add(.unrecognized)
  }

  private mutating func skipDoubleQuoted() {
    while !isAtEnd, peek() != UInt8(ascii: "\n"), peek() != UInt8(ascii: "\r") {
      let isEnd = peek() == UInt8(ascii: "\"")
      advance()
      if isEnd { return }
    }
  }

  // MARK: Strings

  private mutating func addPiece(_ text: [UInt8], isContinued: Bool, isOpen: Bool) {
    let kind: BicepToken.Kind =
      switch (isContinued, isOpen) {
      case (false, false): .stringComplete
      case (false, true): .stringLeft
      case (true, true): .stringMiddle
      case (true, false): .stringRight
      }
    texts.append(String(decoding: text, as: UTF8.self))
    add(kind, text: texts.count - 1)
  }

  /// Reads on behind the opening quote, or behind the brace that closes a hole.
  private mutating func scanString(isContinued: Bool) {
    var text: [UInt8] = []
    while !isAtEnd {
      switch peek() {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        fail("String is not closed on its line")
        addPiece(text, isContinued: isContinued, isOpen: false)
        return
      case UInt8(ascii: "'"):
        advance()
        addPiece(text, isContinued: isContinued, isOpen: false)
        return
      case UInt8(ascii: "$") where peek(1) == UInt8(ascii: "{"):
        advance(by: 2)
        openings.append(.hole)
        addPiece(text, isContinued: isContinued, isOpen: true)
        return
      case UInt8(ascii: "\\"):
        scanEscape(into: &text)
      default:
        let first = offset
        advance()
        text += bytes[first..<offset]
      }
    }
    fail("String is not closed")
    addPiece(text, isContinued: isContinued, isOpen: false)
  }

  private mutating func scanEscape(into text: inout [UInt8]) {
    let begin = place
    advance()
    let byte = peek()
    if byte == UInt8(ascii: "u") {
      scanUnicodeEscape(into: &text, from: begin)
      return
    }
    guard let character = BicepText.escapes[byte] else {
      fail("Escape is none of \\\\, \\', \\n, \\r, \\t, \\$ and \\u{…}", from: begin)
      return
    }
    advance()
    text.append(character)
  }

  private mutating func scanUnicodeEscape(into text: inout [UInt8], from begin: Place) {
    advance()
    var value: UInt32 = 0
    var digits = 0
    if peek() == UInt8(ascii: "{") {
      advance()
      while let digit = BicepText.hexDigit(peek()), digits <= 8 {
        value = value &* 16 &+ digit
        digits += 1
        advance()
      }
    }
    guard digits > 0, digits <= 8, peek() == UInt8(ascii: "}"), let scalar = Unicode.Scalar(value)
    else {
      fail("Escape \\u{…} names no character", from: begin)
      return
    }
    advance()
    text += Array(String(Character(scalar)).utf8)
  }

  /// Reads on behind the three opening quotes, or behind the brace that closes a hole.
  private mutating func scanMultiLine(dollars: Int, isContinued: Bool) {
    let quote = UInt8(ascii: "'")
    // A line break directly behind the quotes is no part of the text.
    if !isContinued {
      if peek() == UInt8(ascii: "\r"), peek(1) == UInt8(ascii: "\n") { advance() }
      if peek() == UInt8(ascii: "\n") { advance() }
    }
    var text: [UInt8] = []
    while !isAtEnd {
      if peek() == quote, peek(1) == quote, peek(2) == quote {
        advance(by: 3)
        // Of more than three quotes the last three close the text.
        while peek() == quote {
          text.append(quote)
          advance()
        }
        addPiece(text, isContinued: isContinued, isOpen: false)
        return
      }
      if dollars > 0, peek() == UInt8(ascii: "$") {
        var count = 0
        while peek(count) == UInt8(ascii: "$") { count += 1 }
        if count >= dollars, peek(count) == UInt8(ascii: "{") {
          text += [UInt8](repeating: UInt8(ascii: "$"), count: count - dollars)
          advance(by: count + 1)
          openings.append(.multiLineHole(dollars))
          addPiece(text, isContinued: isContinued, isOpen: true)
          return
        }
        text += [UInt8](repeating: UInt8(ascii: "$"), count: count)
        advance(by: count)
        continue
      }
      let first = offset
      advance()
      text += bytes[first..<offset]
    }
    fail("Multi-line string is not closed with '''")
    addPiece(text, isContinued: isContinued, isOpen: false)
  }
}
