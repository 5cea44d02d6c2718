/// Escapes and bracket sets.
extension RegexParser {
  mutating func escape() throws(RegexError) -> RegexSyntax {
    if let assertion = takeAssertion() { return .assertion(assertion) }
    if isNext("\\C") {
      throw RegexError("'\\C' (any byte) is not supported", isUnsupported: true)
    }
    if let set = try classEscape() {
      return .set(flags.ignoresCase ? UnicodeSets.ignoringCase(set) : set)
    }
    return literal(try characterEscape())
  }

  private mutating func takeAssertion() -> RegexAssertion? {
    if take("\\A") { return .textStart }
    if take("\\z") { return .textEnd }
    if take("\\b") { return .wordBoundary }
    if take("\\B") { return .noWordBoundary }
    return nil
  }

  /// `\d`, `\pL`, `\p{Greek}` and their like; nil for other escapes.
  private mutating func classEscape() throws(RegexError) -> CharacterSet? {
    if take("\\d") { return .digit }
    if take("\\D") { return CharacterSet.digit.inverted }
    if take("\\s") { return .space }
    if take("\\S") { return CharacterSet.space.inverted }
    if take("\\w") { return .word }
    if take("\\W") { return CharacterSet.word.inverted }
    var isNegated = isNext("\\P")
    guard take("\\p") || take("\\P") else { return nil }
    var name = ""
    if take("{") {
      if take("^") { isNegated.toggle() }
      while let next = current, next != 0x7D {
        name.unicodeScalars.append(Unicode.Scalar(next) ?? "?")
        position += 1
      }
      guard take("}") else { throw RegexError("missing '}' behind '\\p{'") }
    } else if let next = current {
      name.unicodeScalars.append(Unicode.Scalar(next) ?? "?")
      position += 1
    }
    guard let set = UnicodeSets.category(name) else {
      throw RegexError(
        "'\\p{\(name)}' is not supported: only general categories such as L, Lu or Nd are",
        isUnsupported: true
      )
    }
    return isNegated ? set.inverted : set
  }

  /// An escape that stands for one character.
  private mutating func characterEscape() throws(RegexError) -> UInt32 {
    position += 1
    guard let code = current else { throw RegexError("a backslash at the end") }
    position += 1
    switch Unicode.Scalar(code) {
    case "a": return 0x07
    case "f": return 0x0C
    case "t": return 0x09
    case "n": return 0x0A
    case "r": return 0x0D
    case "v": return 0x0B
    case "x": return try hexadecimal()
    case "0": return octal(from: 0)
    case "1", "2", "3", "4", "5", "6", "7":
      // A single digit other than zero would refer to a group.
      guard let next = current, (0x30...0x37).contains(next) else {
        throw RegexError("back-references are not part of RE2", isUnsupported: true)
      }
      return octal(from: code - 0x30)
    default:
      let isWord = CharacterSet.word.contains(code) && code != 0x5F
      guard !isWord, code < 0x80 else {
        throw RegexError("unknown escape '\\\(Unicode.Scalar(code).map(String.init) ?? "")'")
      }
      return code
    }
  }

  /// Up to two further octal digits.
  private mutating func octal(from first: UInt32) -> UInt32 {
    var value = first
    for _ in 0..<2 {
      guard let digit = current, (0x30...0x37).contains(digit) else { break }
      value = value * 8 + digit - 0x30
      position += 1
    }
    return value
  }

  private mutating func hexadecimal() throws(RegexError) -> UInt32 {
    let isBraced = take("{")
    var value: UInt32 = 0
    var count = 0
    while let digit = current, count < (isBraced ? 8 : 2),
      let digitValue = CharacterSet.hexDigitValue(of: digit)
    {
      value = value << 4 | digitValue
      count += 1
      position += 1
    }
    guard isBraced ? count > 0 && take("}") : count == 2, Unicode.Scalar(value) != nil else {
      throw RegexError("invalid escape '\\x'")
    }
    return value
  }

  // MARK: Brackets

  mutating func bracketSet() throws(RegexError) -> CharacterSet {
    position += 1
    let isNegated = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while true {
      guard let next = current else { throw RegexError("missing ']'") }
      if next == 0x5D, !isFirst { break }
      isFirst = false
      if isNext("[:"), let named = try posixSet() {
        ranges += named.ranges
      } else if next == 0x5C, let named = try classEscape() {
        ranges += named.ranges
      } else {
        let low = try bracketCharacter()
        var high = low
        if isNext("-"), position + 1 < scalars.count, scalars[position + 1] != 0x5D {
          position += 1
          high = try bracketCharacter()
        }
        guard low <= high else { throw RegexError("a range out of order in '[]'") }
        ranges.append(low...high)
      }
    }
    position += 1
    var set = CharacterSet(ranges)
    if flags.ignoresCase { set = UnicodeSets.ignoringCase(set) }
    return isNegated ? set.inverted : set
  }

  private mutating func bracketCharacter() throws(RegexError) -> UInt32 {
    guard let next = current else { throw RegexError("missing ']'") }
    if next == 0x5C { return try characterEscape() }
    position += 1
    return next
  }

  private mutating func posixSet() throws(RegexError) -> CharacterSet? {
    var index = position + 2
    var name = ""
    while index < scalars.count, scalars[index] != 0x3A, scalars[index] != 0x5D {
      name.unicodeScalars.append(Unicode.Scalar(scalars[index]) ?? "?")
      index += 1
    }
    guard index + 1 < scalars.count, scalars[index] == 0x3A, scalars[index + 1] == 0x5D else {
      return nil
    }
    let isNegated = name.hasPrefix("^")
    guard let set = CharacterSet.posix[isNegated ? String(name.dropFirst()) : name] else {
      throw RegexError("unknown set '[:\(name):]'")
    }
    position = index + 2
    return isNegated ? set.inverted : set
  }
}
