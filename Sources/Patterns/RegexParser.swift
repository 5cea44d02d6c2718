/// Reads RE2's syntax.
struct RegexParser {
  struct Flags {
    var ignoresCase = false
    var isMultiline = false
    var dotMatchesNewline = false
    /// Repetitions take little unless they end with `?`, instead of much.
    var isUngreedy = false
  }

  static let maximumDepth = 200
  static let maximumRepetition = 1000

  var scalars: [UInt32]
  var position = 0
  var flags = Flags()
  private var depth = 0
  /// The names of the groups that capture, in the order in which they open.
  private var groupNames: [String?] = []

  static func parse(
    _ pattern: String
  ) throws(RegexError) -> (syntax: RegexSyntax, groupNames: [String?]) {
    var parser = RegexParser(scalars: pattern.unicodeScalars.map(\.value))
    let result = try parser.choice()
    guard parser.position == parser.scalars.count else { throw RegexError("unexpected ')'") }
    return (result, parser.groupNames)
  }

  private init(scalars: [UInt32]) { self.scalars = scalars }

  // MARK: Characters

  var current: UInt32? { position < scalars.count ? scalars[position] : nil }

  func isNext(_ text: StaticString) -> Bool {
    var index = position
    var result = true
    text.withUTF8Buffer { bytes in
      for byte in bytes {
        guard index < scalars.count, scalars[index] == UInt32(byte) else {
          result = false
          return
        }
        index += 1
      }
    }
    return result
  }

  mutating func take(_ text: StaticString) -> Bool {
    guard isNext(text) else { return false }
    position += text.utf8CodeUnitCount
    return true
  }

  // MARK: Structure

  private mutating func choice() throws(RegexError) -> RegexSyntax {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw RegexError("groups nest too deep") }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(RegexError) -> RegexSyntax {
    var items: [RegexSyntax] = []
    while let next = current, next != 0x7C, next != 0x29 {
      if take("\\Q") {
        while current != nil, !take("\\E") {
          items.append(literal(scalars[position]))
          position += 1
        }
        // What follows the quotation repeats its last character.
        if let last = items.popLast() { items.append(try repeated(last)) }
        continue
      }
      guard let item = try atom() else { continue }
      items.append(try repeated(item))
    }
    return items.count == 1 ? items[0] : items.isEmpty ? .empty : .sequence(items)
  }

  /// One item; nil for flags that only change what follows.
  private mutating func atom() throws(RegexError) -> RegexSyntax? {
    let next = scalars[position]
    switch Unicode.Scalar(next) {
    case "(": return try group()
    case "[": return .set(try bracketSet())
    case ".":
      position += 1
      return .set(flags.dotMatchesNewline ? .any : CharacterSet.newline.inverted)
    case "^":
      position += 1
      return .assertion(flags.isMultiline ? .lineStart : .textStart)
    case "$":
      position += 1
      return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
    case "\\": return try escape()
    case "*", "+", "?": throw RegexError("nothing to repeat")
    default:
      position += 1
      return literal(next)
    }
  }

  func literal(_ scalar: UInt32) -> RegexSyntax {
    if scalar < 0x80 {
      return (flags.ignoresCase ? Self.caselessLiterals : Self.literals)[Int(scalar)]
    }
    let set = CharacterSet(scalar)
    return .set(flags.ignoresCase ? UnicodeSets.ignoringCase(set) : set)
  }

  /// The literals of ASCII, made once as patterns consist of little else.
  private static let literals = (0..<0x80).map { RegexSyntax.set(CharacterSet($0)) }
  private static let caselessLiterals = (0..<0x80).map {
    RegexSyntax.set(UnicodeSets.ignoringCase(CharacterSet($0)))
  }

  private mutating func repeated(_ item: RegexSyntax) throws(RegexError) -> RegexSyntax {
    guard let (minimum, maximum) = try quantifier() else { return item }
    let isLazy = take("?") != flags.isUngreedy
    if try quantifier() != nil { throw RegexError("a repetition of a repetition") }
    return .repetition(item, minimum: minimum, maximum: maximum, isLazy: isLazy)
  }

  private mutating func quantifier() throws(RegexError) -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    guard isNext("{") else { return nil }
    let start = position
    position += 1
    // Braces that hold no bounds are ordinary characters.
    guard let minimum = number() else {
      position = start
      return nil
    }
    var maximum: Int? = minimum
    if take(",") { maximum = number() }
    guard take("}") else {
      position = start
      return nil
    }
    guard minimum <= Self.maximumRepetition, maximum ?? 0 <= Self.maximumRepetition,
      minimum <= maximum ?? minimum
    else { throw RegexError("a repetition out of order or above \(Self.maximumRepetition)") }
    return (minimum, maximum)
  }

  /// Decimal digits; large numbers saturate.
  private mutating func number() -> Int? {
    var value: Int?
    while let digit = current, (0x30...0x39).contains(digit) {
      value = min((value ?? 0) * 10 + Int(digit - 0x30), 1_000_000)
      position += 1
    }
    return value
  }

  // MARK: Groups

  private mutating func group() throws(RegexError) -> RegexSyntax? {
    position += 1
    let outer = flags
    var number: Int?
    if take("?") {
      if isNext("=") || isNext("!") || isNext("<=") || isNext("<!") {
        throw RegexError("look-around is not part of RE2", isUnsupported: true)
      }
      if take("P<") || take("<") {
        let name = try groupName()
        groupNames.append(name)
        number = groupNames.count
      } else {
        guard try groupFlags() else { return nil }
      }
    } else {
      groupNames.append(nil)
      number = groupNames.count
    }
    let inner = try choice()
    guard take(")") else { throw RegexError("missing ')'") }
    flags = outer
    return number.map { .group(inner, $0) } ?? inner
  }

  private mutating func groupName() throws(RegexError) -> String {
    let start = position
    while let next = current, CharacterSet.word.contains(next) { position += 1 }
    let name = scalars[start..<position].compactMap(Unicode.Scalar.init)
    guard position > start, take(">") else { throw RegexError("invalid group name") }
    return String(String.UnicodeScalarView(name))
  }

  /// Reads `flags:` and returns true, or `flags)` and returns false.
  private mutating func groupFlags() throws(RegexError) -> Bool {
    var isOn = true
    while let next = current {
      position += 1
      switch Unicode.Scalar(next) {
      case ":": return true
      case ")": return false
      case "-" where isOn: isOn = false
      case "i": flags.ignoresCase = isOn
      case "m": flags.isMultiline = isOn
      case "s": flags.dotMatchesNewline = isOn
      case "U": flags.isUngreedy = isOn
      default: throw RegexError("invalid group syntax", isUnsupported: true)
      }
    }
    throw RegexError("missing ')'")
  }
}
