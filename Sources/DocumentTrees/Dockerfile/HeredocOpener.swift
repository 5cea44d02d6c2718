/// A `<<NAME` word, which makes the lines after the instruction its content.
struct HeredocOpener {
  var name: [UInt8]
  var fileDescriptor: Int?
  var expands: Bool
  var stripsTabs: Bool

  /// Every opener of a line in order; none if its quotes or braces do not close, as in BuildKit.
  static func all(in bytes: [UInt8]) -> [HeredocOpener] {
    guard containsOpener(bytes) else { return [] }
    var lexer = HeredocWordLexer(bytes: bytes)
    guard let words = lexer.words() else { return [] }
    return words.compactMap { HeredocOpener(bytes[$0]) }
  }

  /// Reads a word as `[descriptor]<<[-]name`.
  init?(_ word: ArraySlice<UInt8>) {
    let less = UInt8(ascii: "<")
    var index = word.startIndex
    while index < word.endIndex, isDigit(word[index]) { index += 1 }
    fileDescriptor = Int(String(decoding: word[word.startIndex..<index], as: UTF8.self))
    guard word[index...].starts(with: [less, less]) else { return nil }
    index += 2
    stripsTabs = index < word.endIndex && word[index] == UInt8(ascii: "-")
    if stripsTabs { index += 1 }
    let quoted = word[index...]
    guard !quoted.isEmpty, !quoted.contains(less) else { return nil }
    (name, expands) = Self.unquote(quoted)
    guard !name.isEmpty else { return nil }
  }

  private static func containsOpener(_ bytes: [UInt8]) -> Bool {
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == UInt8(ascii: "<"), previous == byte { return true }
      previous = byte
    }
    return false
  }

  private static func unquote(_ word: ArraySlice<UInt8>) -> (name: [UInt8], expands: Bool) {
    var name: [UInt8] = []
    var expands = true
    var quote: UInt8 = 0
    var index = word.startIndex
    while index < word.endIndex {
      let byte = word[index]
      index += 1
      if byte == quote {
        quote = 0
      } else if quote == 0, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
        expands = false
      } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'"), index < word.endIndex,
        quote == 0 || [UInt8(ascii: "\""), UInt8(ascii: "$"), byte].contains(word[index])
      {
        name.append(word[index])
        index += 1
      } else {
        name.append(byte)
      }
    }
    return (name, expands)
  }
}

/// Splits a line at white space outside quotes the way BuildKit looks for here-documents.
///
/// White space in `${…}` splits too, and a broken `${…}` anywhere means no words at all.
struct HeredocWordLexer {
  let bytes: [UInt8]
  private var index = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// What is open, and so what the next bytes mean.
  private enum Context { case braces, pattern, doubleQuote }

  mutating func words() -> [Range<Int>]? {
    var words: [Range<Int>] = []
    var wordStart = -1
    var open: [Context] = []
    var quotes = 0
    while index < bytes.count {
      let byte = bytes[index]
      let space = quotes == 0 ? spaceLength(bytes, index) : 0
      if space > 0 {
        if wordStart >= 0 { words.append(wordStart..<index) }
        wordStart = -1
        index += space
        continue
      }
      if wordStart < 0 { wordStart = index }
      index += 1
      switch (byte, open.last) {
      case (UInt8(ascii: "\\"), _): index += 1
      case (UInt8(ascii: "\""), .doubleQuote):
        open.removeLast()
        quotes -= 1
      case (UInt8(ascii: "\""), _):
        open.append(.doubleQuote)
        quotes += 1
      case (UInt8(ascii: "'"), .doubleQuote): break
      case (UInt8(ascii: "'"), _):
        guard let close = bytes[index...].firstIndex(of: byte) else { return nil }
        index = close + 1
      case (UInt8(ascii: "}"), .braces): open.removeLast()
      case (UInt8(ascii: "/"), .pattern): open[open.count - 1] = .braces
      case (UInt8(ascii: "$"), _):
        guard substitution(&open) else { return nil }
      default: break
      }
    }
    guard open.isEmpty else { return nil }
    if wordStart >= 0 { words.append(wordStart..<bytes.count) }
    return words
  }

  /// Steps over `{name` and a modifier; false if that is not a substitution BuildKit knows.
  private mutating func substitution(_ open: inout [Context]) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "{") else { return true }
    index += 1
    guard index < bytes.count, !"{}:".utf8.contains(bytes[index]) else { return false }
    index = VariableName.end(bytes, from: index, to: bytes.count)
    guard index < bytes.count else { return false }
    let modifier = bytes[index]
    index += 1
    switch modifier {
    case UInt8(ascii: "}"): return true
    case UInt8(ascii: ":"):
      index += 1
      open.append(.braces)
    case _ where "+-?#%".utf8.contains(modifier): open.append(.braces)
    case UInt8(ascii: "/"):
      if index < bytes.count, bytes[index] == UInt8(ascii: "/") { index += 1 }
      open.append(.pattern)
    default: return false
    }
    return true
  }
}
