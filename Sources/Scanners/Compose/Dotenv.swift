internal import DocumentTrees

/// A file of variables in the syntax that Compose reads: `.env`, `env_file`, `label_file`.
struct Dotenv: Sendable {
  struct Entry: Sendable {
    var name: String
    /// `nil`: named without a value, which is the environment's.
    var value: ResolvedVariable.State?
    /// Where the variables used in its value were set.
    var via: [SourceLocation] = []
    var range: PlaceRange
  }

  struct Issue: Sendable {
    var place: Place
    var problem: String
  }

  var entries: [Entry] = []
  var issues: [Issue] = []
  /// Variables that a value uses and nothing sets, with the place of the first use.
  var unset: [(name: String, place: Place)] = []

  /// How values are written.
  enum Format {
    /// Quotes, escapes, comments and interpolation.
    case compose
    /// Everything behind the `=` as it stands.
    case raw
  }

  /// Reads a text; `resolve` knows variables that win over those of the file.
  static func read(
    _ bytes: [UInt8],
    file: String,
    format: Format = .compose,
    resolve: (String) -> ResolvedVariable? = { _ in nil }
  ) -> Dotenv {
    var reader = DotenvReader(bytes, file: file)
    if format == .raw { reader.readRaw() } else { reader.read(resolve: resolve) }
    return reader.result
  }
}

private struct DotenvReader {
  var result = Dotenv()
  private let bytes: [UInt8]
  private let file: String
  private var index = 0
  private var line = 1
  private var lineStart = 0
  private var own: [String: ResolvedVariable] = [:]
  /// Bytes that values may still gain from variables; each is bounded, and there may be many.
  private var remainingBytes = 16 << 20

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      index = 3
      lineStart = 3
    }
  }

  // MARK: Statements

  mutating func read(resolve: (String) -> ResolvedVariable?) {
    while skipToStatement() {
      let start = place
      skipExport()
      guard let name = readName(start) else {
        skipLine()
        continue
      }
      guard let name = name.key else { continue }
      let hasValue = bytes.indices.contains(index) && bytes[index] != newline
      guard hasValue else {
        append(name, resolve(name), start, isInherited: true)
        skipLine()
        continue
      }
      index += 1
      skipBlanks()
      let value = readValue(resolve)
      guard let value else { continue }
      append(name, value, start, isInherited: false)
    }
  }

  /// Docker's own format: no quotes, no interpolation, `#` only at the start of a line.
  mutating func readRaw() {
    while index < bytes.count {
      let start = place
      let end = bytes[index...].firstIndex(of: newline) ?? bytes.count
      var text = bytes[index..<end]
      if text.last == carriageReturn { text.removeLast() }
      text = text.drop(while: isBlank)
      if let first = text.first, first != hash {
        let name = text.prefix { $0 != equals }
        let value = name.endIndex < text.endIndex ? text[(name.endIndex + 1)...] : nil
        index = end
        result.entries.append(
          Dotenv.Entry(
            name: string(name),
            value: value.map { .known(string($0)) },
            range: PlaceRange(start: start, end: place)
          )
        )
      }
      index = end
      skipLine()
    }
  }

  private mutating func append(
    _ name: String,
    _ value: ResolvedVariable?,
    _ start: Place,
    isInherited: Bool
  ) {
    let entry = Dotenv.Entry(
      name: name,
      value: value?.state,
      via: value?.places ?? [],
      range: PlaceRange(start: start, end: place)
    )
    result.entries.append(entry)
    guard let value else { return }
    let here = SourceLocation(file: file, range: entry.range)
    own[name] =
      isInherited ? value : ResolvedVariable(state: value.state, places: value.places + [here])
  }

  // MARK: Names

  private mutating func skipExport() {
    let word = Array("export".utf8)
    let end = index + word.count
    guard end < bytes.count, bytes[index..<end].elementsEqual(word), isBlank(bytes[end]) else {
      return
    }
    index = end
    skipBlanks()
  }

  private struct Name { var key: String? }

  /// Reads up to `=`, `:` or the end of the line; `nil` after a problem.
  private mutating func readName(_ start: Place) -> Name? {
    let first = index
    var hasInnerBlank = false
    var last = index
    while index < bytes.count, bytes[index] != newline, bytes[index] != equals,
      bytes[index] != colon
    {
      let byte = bytes[index]
      if isBlank(byte) {
        index += 1
        continue
      }
      guard isNameByte(byte) else {
        issue(start, "A variable's name has a character that none may have")
        return nil
      }
      if last != index { hasInnerBlank = true }
      index += 1
      last = index
    }
    if hasInnerBlank {
      issue(start, "A variable's name has a space in it")
      return nil
    }
    return Name(key: string(bytes[first..<last]))
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "-"), UInt8(ascii: "["), UInt8(ascii: "]"), 0x80...:
      true
    default:
      (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
    }
  }

  // MARK: Values

  private mutating func readValue(
    _ resolve: (String) -> ResolvedVariable?
  ) -> ResolvedVariable? {
    let start = place
    guard index < bytes.count, bytes[index] == quote || bytes[index] == apostrophe else {
      let end = bytes[index...].firstIndex(of: newline) ?? bytes.count
      let text = unquoted(bytes[index..<end])
      index = end
      return expand(text, at: start, resolve)
    }
    let mark = bytes[index]
    guard let text = readQuoted(mark) else {
      issue(start, "A quoted value has no end")
      skipLine()
      return nil
    }
    guard mark == quote else { return ResolvedVariable(state: .known(string(text[...]))) }
    return expand(Self.unescape(text)[...], at: start, resolve)
  }

  /// A ` #` begins a comment, a `#` inside a word does not.
  private func unquoted(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = text.endIndex
    for position in text.indices where text[position] == hash {
      if position == text.startIndex || isBlank(text[position - 1]) {
        end = position
        break
      }
    }
    var value = text[..<end]
    while let last = value.last, isBlank(last) { value.removeLast() }
    return value
  }

  /// The text up to the closing quote; a backslash stays, except before that quote.
  private mutating func readQuoted(_ mark: UInt8) -> [UInt8]? {
    let saved = (index, line, lineStart)
    var text: [UInt8] = []
    index += 1
    while index < bytes.count {
      let byte = bytes[index]
      if byte == mark {
        index += 1
        return text
      }
      if byte == backslash, index + 1 < bytes.count {
        let next = bytes[index + 1]
        if next != mark { text.append(byte) }
        text.append(next)
        index += 2
        if next == newline { beginLine() }
        continue
      }
      if byte == carriageReturn, index + 1 < bytes.count, bytes[index + 1] == newline {
        index += 1
        continue
      }
      text.append(byte)
      index += 1
      if byte == newline { beginLine() }
    }
    (index, line, lineStart) = saved
    return nil
  }

  private mutating func expand(
    _ text: ArraySlice<UInt8>,
    at place: Place,
    _ resolve: (String) -> ResolvedVariable?
  ) -> ResolvedVariable {
    guard text.contains(UInt8(ascii: "$")) else {
      return ResolvedVariable(state: .known(string(text)))
    }
    let own = own
    guard remainingBytes > 0 else {
      issue(place, "The file's values are too long once their variables are replaced")
      return ResolvedVariable(state: .unknown("the file's values are too long once expanded"))
    }
    let (expanded, problems) = Interpolation.expand(text) { resolve($0) ?? own[$0] }
    remainingBytes -= expanded.bytes.count
    for problem in problems {
      switch problem {
      case .unset(let name), .required(let name): result.unset.append((name, place))
      case .invalid: issue(place, "A $ begins no variable")
      case .tooLong: issue(place, "A value is too long once its variables are replaced")
      }
    }
    let state: ResolvedVariable.State =
      expanded.unknownReason.map { .unknown($0) } ?? .known(expanded.string)
    return ResolvedVariable(state: state, places: expanded.via)
  }

  /// The escapes of a double-quoted value; others stay as they are.
  private static func unescape(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(backslash) else { return text }
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      guard text[index] == backslash, index + 1 < text.count else {
        result.append(text[index])
        index += 1
        continue
      }
      let next = text[index + 1]
      index += 2
      switch next {
      case UInt8(ascii: "a"): result.append(7)
      case UInt8(ascii: "b"): result.append(8)
      case UInt8(ascii: "f"): result.append(12)
      case UInt8(ascii: "n"): result.append(newline)
      case UInt8(ascii: "r"): result.append(carriageReturn)
      case UInt8(ascii: "t"): result.append(9)
      case UInt8(ascii: "v"): result.append(11)
      case backslash: result.append(backslash)
      case quote: result.append(quote)
      case UInt8(ascii: "$"): result += [next, next]
      case UInt8(ascii: "0"):
        let digits = text[index...].prefix(3).prefix { (0x30...0x37).contains($0) }
        if digits.count == 3 {
          result.append(UInt8(truncatingIfNeeded: digits.reduce(0) { $0 * 8 + Int($1) - 0x30 }))
          index += 3
        } else {
          result += [backslash, next]
        }
      default: result += [backslash, next]
      }
    }
    return result
  }

  // MARK: Places

  private var place: Place { Place(line: line, column: index - lineStart + 1) }

  private mutating func issue(_ place: Place, _ problem: String) {
    result.issues.append(Dotenv.Issue(place: place, problem: problem))
  }

  /// Moves to the next statement, over empty lines and comments.
  private mutating func skipToStatement() -> Bool {
    while index < bytes.count {
      let byte = bytes[index]
      if byte == newline {
        index += 1
        beginLine()
      } else if isBlank(byte) {
        index += 1
      } else if byte == hash {
        skipLine()
      } else {
        return true
      }
    }
    return false
  }

  private mutating func skipBlanks() {
    while index < bytes.count, isBlank(bytes[index]) { index += 1 }
  }

  private mutating func skipLine() {
    index = bytes[index...].firstIndex(of: newline) ?? bytes.count
    guard index < bytes.count else { return }
    index += 1
    beginLine()
  }

  private mutating func beginLine() {
    line += 1
    lineStart = index
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 9 || byte == 11 || byte == 12 || byte == carriageReturn
  }

  private func string(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}

private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
private let hash = UInt8(ascii: "#")
private let equals = UInt8(ascii: "=")
private let colon = UInt8(ascii: ":")
private let quote = UInt8(ascii: "\"")
private let apostrophe = UInt8(ascii: "'")
private let backslash = UInt8(ascii: "\\")
