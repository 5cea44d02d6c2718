/// Reads a script once from front to back and takes its simple commands out.
///
/// Never fails and keeps a stack of its own. Substitutions nested deeper than `maximumDepth` stay
/// text: every level copies the text inside it, and nobody writes that deep.
struct ShellSplitter {
  private static let maximumDepth = 32

  private let bytes: [UInt8]
  private var cursor: PieceCursor
  private var index = 0
  private var levels = [ShellLevel(closer: 0, start: 0)]
  private var commands: [ShellCommand] = []
  /// Here-documents whose content starts at the next line.
  private var heredocs: [(name: [UInt8], stripsTabs: Bool)] = []

  init(_ script: PlacedText) {
    bytes = Array(script.text.utf8)
    cursor = PieceCursor(script.pieces)
  }

  mutating func run() -> [ShellCommand] {
    while index < bytes.count { step() }
    while !levels.isEmpty {
      endCommand(.end)
      levels.removeLast()
    }
    return commands.sorted { $0.range < $1.range }
  }

  private var top: Int { levels.count - 1 }
  private var next: UInt8? { index + 1 < bytes.count ? bytes[index + 1] : nil }

  // Not with `if let`: a copy of the word would make the next byte copy all of its bytes.
  private var isInBraces: Bool { (levels[top].word?.braces ?? 0) > 0 }

  private mutating func step() {
    let byte = bytes[index]
    if byte == UInt8(ascii: "\\") { return backslash() }
    if byte == UInt8(ascii: "`") { return backquote() }
    if byte == UInt8(ascii: "$") { return dollar() }
    if levels[top].isInQuotes {
      if byte == UInt8(ascii: "\"") { levels[top].isInQuotes = false } else { put(byte) }
      if byte == UInt8(ascii: "}") { closeBrace() }
      index += 1
      return
    }
    if isInBraces { return stepInBraces(byte) }
    switch byte {
    case 0x20, 0x09, 0x0D:
      endWord()
      index += 1
    case 0x0A: newline()
    case UInt8(ascii: "#") where levels[top].word == nil:
      while index < bytes.count, bytes[index] != 0x0A { index += 1 }
    case UInt8(ascii: "\""), UInt8(ascii: "'"): quote(byte)
    case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"): separator(byte)
    case UInt8(ascii: "("), UInt8(ascii: ")"): parenthesis(byte)
    case UInt8(ascii: "<"), UInt8(ascii: ">"): redirection()
    default:
      put(byte)
      index += 1
    }
  }

  private mutating func stepInBraces(_ byte: UInt8) {
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return quote(byte) }
    put(byte)
    if byte == UInt8(ascii: "}") { closeBrace() }
    index += 1
  }

  private mutating func closeBrace() {
    if isInBraces { levels[top].word?.braces -= 1 }
  }

  // MARK: Words

  private mutating func startWord() {
    guard levels[top].word == nil else { return }
    levels[top].word = ShellWord(
      start: cursor.place(of: index, in: bytes),
      startOffset: index
    )
  }

  private mutating func put(_ byte: UInt8) {
    startWord()
    levels[top].word?.bytes.append(byte)
  }

  private mutating func endWord() {
    guard let word = levels[top].word else { return }
    levels[top].word = nil
    let end = cursor.place(of: index, in: bytes)
    if let heredoc = levels[top].add(word, end: end) { heredocs.append(heredoc) }
  }

  private mutating func endCommand(_ connector: ShellCommand.Connector) {
    endWord()
    if let command = levels[top].finish(connector) { commands.append(command) }
  }

  private mutating func quote(_ byte: UInt8) {
    startWord()
    levels[top].word?.isQuoted = true
    index += 1
    if byte == UInt8(ascii: "\"") {
      levels[top].isInQuotes = true
      return
    }
    while index < bytes.count, bytes[index] != byte {
      levels[top].word?.bytes.append(bytes[index])
      index += 1
    }
    index = min(index + 1, bytes.count)
  }

  private mutating func backslash() {
    guard let escaped = next else {
      index += 1
      return
    }
    if escaped == 0x0A {
      index += 2
      return
    }
    startWord()
    levels[top].word?.isQuoted = true
    let keeps = levels[top].isInQuotes && !"$`\"\\".utf8.contains(escaped)
    if keeps { put(UInt8(ascii: "\\")) }
    put(escaped)
    index += 2
  }

  // MARK: Substitutions

  private mutating func dollar() {
    startWord()
    put(UInt8(ascii: "$"))
    switch next {
    case UInt8(ascii: "{"):
      put(UInt8(ascii: "{"))
      levels[top].word?.braces += 1
      index += 2
    case UInt8(ascii: "("):
      index += 1
      if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "(") {
        skipParentheses()
      } else {
        open(closer: UInt8(ascii: ")"))
      }
    case UInt8(ascii: "'") where !levels[top].isInQuotes:
      levels[top].word?.bytes.removeLast()
      index += 2
      cQuote()
    default: index += 1
    }
  }

  /// Reads `$'…'`, in which a backslash can escape the quote.
  private mutating func cQuote() {
    levels[top].word?.isQuoted = true
    while index < bytes.count, bytes[index] != UInt8(ascii: "'") {
      if bytes[index] == UInt8(ascii: "\\"), let escaped = next {
        put(bytes[index])
        put(escaped)
        index += 2
      } else {
        put(bytes[index])
        index += 1
      }
    }
    index = min(index + 1, bytes.count)
  }

  private mutating func backquote() {
    if levels[top].closer == UInt8(ascii: "`") { return close() }
    startWord()
    open(closer: UInt8(ascii: "`"))
  }

  /// Opens a list inside a word; `index` is at its opening character.
  private mutating func open(closer: UInt8) {
    guard levels.count < Self.maximumDepth else {
      if closer == UInt8(ascii: ")") { return skipParentheses() }
      put(bytes[index])
      index += 1
      return
    }
    levels.append(ShellLevel(closer: closer, start: index))
    index += 1
  }

  /// Closes a list; `index` is at its closing character.
  private mutating func close() {
    endCommand(.end)
    let level = levels.removeLast()
    index += 1
    levels[top].word?.bytes += bytes[level.start..<index]
  }

  /// Takes `( … )` into the word as it is, at `index`.
  private mutating func skipParentheses() {
    var depth = 0
    while index < bytes.count {
      let byte = bytes[index]
      put(byte)
      index += 1
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") { depth -= 1 }
      if depth == 0 { return }
    }
  }

  // MARK: Operators

  private mutating func separator(_ byte: UInt8) {
    if byte == UInt8(ascii: "&"), next == UInt8(ascii: ">") {
      endWord()
      return redirection()
    }
    endWord()
    var connector = ShellCommand.Connector.sequence
    var length = 1
    switch (byte, next) {
    case (UInt8(ascii: "&"), UInt8(ascii: "&")): (connector, length) = (.and, 2)
    case (UInt8(ascii: "&"), _): connector = .background
    case (UInt8(ascii: "|"), UInt8(ascii: "|")): (connector, length) = (.or, 2)
    case (UInt8(ascii: "|"), UInt8(ascii: "&")): (connector, length) = (.pipe, 2)
    case (UInt8(ascii: "|"), _): connector = .pipe
    case (_, UInt8(ascii: ";")), (_, UInt8(ascii: "&")):
      length = 2
      if levels[top].cases.last == .body {
        levels[top].cases[levels[top].cases.count - 1] = .pattern
      }
    default: break
    }
    endCommand(connector)
    index += length
  }

  private mutating func newline() {
    endCommand(.sequence)
    index += 1
    for heredoc in heredocs { skip(heredoc.name, heredoc.stripsTabs) }
    heredocs.removeAll()
  }

  /// Passes over the content of a here-document.
  private mutating func skip(_ name: [UInt8], _ stripsTabs: Bool) {
    while index < bytes.count {
      var start = index
      while index < bytes.count, bytes[index] != 0x0A { index += 1 }
      var end = index
      if end > start, bytes[end - 1] == 0x0D { end -= 1 }
      index = min(index + 1, bytes.count)
      while stripsTabs, start < end, bytes[start] == 0x09 { start += 1 }
      if bytes[start..<end].elementsEqual(name) { return }
    }
  }

  private mutating func parenthesis(_ byte: UInt8) {
    let isOpening = byte == UInt8(ascii: "(")
    if levels[top].cases.last == .pattern {
      endWord()
      if !isOpening { levels[top].cases[levels[top].cases.count - 1] = .body }
      index += 1
      return
    }
    if isOpening {
      endWord()
      if levels[top].words.count == 1, next == UInt8(ascii: ")") {
        // A function is defined here, not called.
        _ = levels[top].finish(.sequence)
        index += 2
        return
      }
      endCommand(.sequence)
      levels[top].parentheses += 1
    } else if levels[top].parentheses == 0, levels[top].closer == byte {
      return close()
    } else {
      endCommand(.sequence)
      levels[top].parentheses = max(0, levels[top].parentheses - 1)
    }
    index += 1
  }

  /// Reads the operator of a redirection; its target is the next word.
  private mutating func redirection() {
    if bytes[index] != UInt8(ascii: "&"), next == UInt8(ascii: "(") {
      put(bytes[index])
      index += 1
      return open(closer: UInt8(ascii: ")"))
    }
    var descriptor: Int?
    var start = cursor.place(of: index, in: bytes)
    if let word = levels[top].word, !word.isQuoted, word.bytes.count < 4,
      word.bytes.allSatisfy(isDigit)
    {
      descriptor = Int(String(decoding: word.bytes, as: UTF8.self))
      start = word.start
      levels[top].word = nil
    }
    endWord()
    let known = ["&>>", "<<<", "<<-", "&>", "<<", ">>", "<&", ">&", "<>", ">|", "<", ">"]
    let rest = bytes[index..<min(index + 3, bytes.count)]
    let operation = known.first { rest.starts(with: $0.utf8) } ?? ">"
    levels[top].pending = (operation, descriptor, start)
    index += operation.utf8.count
  }
}
