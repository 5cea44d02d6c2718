/// The words of a command line as a shell would see them, each with its place.
struct ShellWord: Sendable {
  /// With its quotes.
  var range: Range<Int>
  /// Behind `;`, `&`, `|` or a line break, where a new command begins.
  var startsCommand: Bool
}

enum ShellWords {
  static func split(_ bytes: Bytes, _ range: Range<Int>) -> [ShellWord] {
    var words: [ShellWord] = []
    var start: Int?
    var quote: UInt8 = 0
    var startsCommand = true
    var position = range.lowerBound
    func isSeparator(_ byte: UInt8) -> Bool {
      byte == ascii(";") || byte == ascii("|") || byte == 0x0A
    }
    while position < range.upperBound {
      let byte = bytes[position]
      if quote != 0 {
        if byte == ascii("\\"), quote == ascii("\""), position + 1 < range.upperBound {
          position += 1
        } else if byte == quote {
          quote = 0
        }
      } else if byte.isBlank || isSeparator(byte)
        || (byte == ascii("&")
          && (position + 1 == range.upperBound || bytes[position + 1] == byte
            || bytes[position + 1].isBlank
            || bytes[position - (position > range.lowerBound ? 1 : 0)] == byte))
      {
        if let first = start {
          words.append(ShellWord(range: first..<position, startsCommand: startsCommand))
          startsCommand = false
          start = nil
        }
        if !byte.isBlank || byte == 0x0A { startsCommand = true }
        // A line that is continued is one command.
        if byte == 0x0A, position > range.lowerBound, bytes[position - 1] == ascii("\\") {
          startsCommand = false
        }
      } else {
        if start == nil { start = position }
        if byte.isQuote, byte != ascii("`") { quote = byte }
        if byte == ascii("\\"), position + 1 < range.upperBound, bytes[position + 1] != 0x0A {
          position += 1
        }
      }
      position += 1
    }
    if let first = start, first < range.upperBound {
      words.append(ShellWord(range: first..<range.upperBound, startsCommand: startsCommand))
    }
    return words
  }
}
