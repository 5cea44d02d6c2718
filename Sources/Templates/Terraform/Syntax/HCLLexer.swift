import DocumentTrees

/// A word or sign of a text.
struct HCLToken {
  enum Kind: Hashable {
    case identifier
    case number
    case quote
    /// `<<` or `<<-`.
    case heredoc
    case newline
    case end
    case sign(HCLSign)
    /// A character or a comment that cannot stand there.
    case invalid
  }

  var kind: Kind
  var start: Int
  var end: Int
  var range: PlaceRange
}

enum HCLSign: String, CaseIterable {
  case ellipsis = "..."
  case colons = "::"
  case arrow = "=>"
  case equal = "=="
  case unequal = "!="
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case and = "&&"
  case or = "||"
  case trimmedBrace = "~}"
  case openBrace = "{"
  case closeBrace = "}"
  case openBracket = "["
  case closeBracket = "]"
  case openParenthesis = "("
  case closeParenthesis = ")"
  case assign = "="
  case comma = ","
  case dot = "."
  case colon = ":"
  case question = "?"
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
  case percent = "%"
  case not = "!"
  case less = "<"
  case greater = ">"
}

/// Reads words and signs one by one; templates are read by the parser, which knows where they end.
struct HCLLexer {
  let bytes: [UInt8]
  private(set) var offset = 0
  private(set) var line = 1
  private(set) var column = 1

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  /// A lexer of a text inside another one; all its places are that of the text.
  init(_ bytes: [UInt8], at place: Place) {
    self.bytes = bytes
    line = Int(place.line)
    column = Int(place.column)
  }

  var place: Place { Place(line: line, column: column) }
  var isAtEnd: Bool { offset >= bytes.count }

  func peek(_ distance: Int = 0) -> UInt8? {
    offset + distance < bytes.count ? bytes[offset + distance] : nil
  }

  /// Passes over bytes and counts lines and columns.
  mutating func skip(_ count: Int = 1) {
    for _ in 0..<min(count, bytes.count - offset) {
      let byte = bytes[offset]
      offset += 1
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
  }

  func startsWith(_ text: StaticString) -> Bool {
    guard offset + text.utf8CodeUnitCount <= bytes.count else { return false }
    for index in 0..<text.utf8CodeUnitCount where bytes[offset + index] != text.utf8Start[index] {
      return false
    }
    return true
  }

  mutating func next(skippingNewlines: Bool) -> HCLToken {
    while let byte = peek() {
      if byte == 0x20 || byte == 0x09 || (byte == 0x0D && peek(1) == 0x0A) {
        skip()
      } else if byte == 0x0A {
        if !skippingNewlines { return take(.newline, 1) }
        skip()
      } else if byte == UInt8(ascii: "#") || startsWith("//") {
        // A comment ends before its newline, which still ends what stands before the comment.
        while let byte = peek(), byte != 0x0A { skip() }
      } else if startsWith("/*") {
        guard let end = endOfComment() else { return take(.invalid, bytes.count - offset) }
        skip(end - offset)
      } else {
        return word(byte)
      }
    }
    return take(.end, 0)
  }

  private func endOfComment() -> Int? {
    var index = offset + 2
    while index + 1 < bytes.count {
      if bytes[index] == UInt8(ascii: "*"), bytes[index + 1] == UInt8(ascii: "/") {
        return index + 2
      }
      index += 1
    }
    return nil
  }

  private mutating func word(_ byte: UInt8) -> HCLToken {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return take(.number, numberLength())
    case UInt8(ascii: "\""): return take(.quote, 1)
    default: break
    }
    let length = Self.identifierLength(bytes[offset...])
    if length > 0 { return take(.identifier, length) }
    if startsWith("<<"), let third = peek(2) {
      let next = third == UInt8(ascii: "-") ? peek(3) ?? 0 : third
      if next | 0x20 >= 0x61 && next | 0x20 <= 0x7A || next == 0x5F || next >= 0x80 {
        return take(.heredoc, third == UInt8(ascii: "-") ? 3 : 2)
      }
    }
    if let sign = sign() { return take(.sign(sign), sign.rawValue.utf8.count) }
    var length1 = 1
    while let next = peek(length1), next & 0xC0 == 0x80 { length1 += 1 }
    return take(.invalid, length1)
  }

  private static let signs: [(UInt8, [UInt8], HCLSign)] = HCLSign.allCases.compactMap { sign in
    let text = Array(sign.rawValue.utf8)
    return text.first.map { ($0, text, sign) }
  }

  /// The longest sign at this place; the list has longer ones first.
  private func sign() -> HCLSign? {
    guard let first = peek() else { return nil }
    for (start, text, sign) in Self.signs where start == first {
      if text.count == 1 || bytes[offset...].starts(with: text) { return sign }
    }
    return nil
  }

  private func numberLength() -> Int {
    var length = digits(from: 0)
    if peek(length) == UInt8(ascii: "."), digits(from: length + 1) > 0 {
      length += 1 + digits(from: length + 1)
    }
    if let mark = peek(length), mark | 0x20 == UInt8(ascii: "e") {
      var after = length + 1
      if let sign = peek(after), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        after += 1
      }
      if digits(from: after) > 0 { length = after + digits(from: after) }
    }
    return length
  }

  private func digits(from distance: Int) -> Int {
    var count = 0
    while let byte = peek(distance + count), byte &- 0x30 < 10 { count += 1 }
    return count
  }

  private mutating func take(_ kind: HCLToken.Kind, _ length: Int) -> HCLToken {
    let start = offset
    let before = place
    skip(length)
    return HCLToken(
      kind: kind,
      start: start,
      end: offset,
      range: PlaceRange(start: before, end: place)
    )
  }

  /// The bytes of a word by the Unicode rules for identifiers, with dashes; 0 if there is none.
  static func identifierLength(_ bytes: ArraySlice<UInt8>) -> Int {
    var length = 0
    while let byte = bytes.dropFirst(length).first {
      if byte < 0x80 {
        let isLetter = byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == 0x5F
        let isDigit = byte &- 0x30 < 10 || byte == 0x2D
        guard isLetter || isDigit && length > 0 else { break }
        length += 1
        continue
      }
      var decoder = UTF8()
      var iterator = bytes.dropFirst(length).prefix(4).makeIterator()
      guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { break }
      let isFine =
        length == 0 ? scalar.properties.isIDStart : scalar.properties.isIDContinue
      guard isFine else { break }
      length += UTF8.width(scalar)
    }
    return length
  }
}
