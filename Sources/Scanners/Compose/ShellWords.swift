/// Splits a command into words as a POSIX shell does, without running anything in it.
enum ShellWords {
  /// The words, or `nil` if a quote has no end.
  static func split(_ text: String) -> [String]? {
    var words: [String] = []
    var word: [UInt8] = []
    var isInWord = false
    var quote: UInt8?
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      if quote == apostrophe {
        if byte == apostrophe { quote = nil } else { word.append(byte) }
      } else if byte == backslash {
        guard let next = bytes.popFirst() else { break }
        if quote != nil, !"\\\"$`\n".utf8.contains(next) { word.append(byte) }
        if next != newline { word.append(next) }
        isInWord = true
      } else if byte == doubleQuote || (byte == apostrophe && quote == nil) {
        quote = quote == nil ? byte : nil
        isInWord = true
      } else if quote == nil, byte == 0x20 || byte == 9 || byte == newline || byte == 13 {
        if isInWord { words.append(String(decoding: word, as: UTF8.self)) }
        word = []
        isInWord = false
      } else {
        word.append(byte)
        isInWord = true
      }
    }
    guard quote == nil else { return nil }
    if isInWord { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }

  private static let apostrophe = UInt8(ascii: "'")
  private static let doubleQuote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")
  private static let newline = UInt8(ascii: "\n")
}
