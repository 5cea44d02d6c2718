/// Splits at white space outside quotes and leaves the quotes in the words.
struct WordReader {
  let bytes: [UInt8]
  let escape: UInt8

  func words(_ start: Int, _ end: Int) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var index = skipSpace(bytes, from: start, to: end)
    while index < end {
      let word = index..<wordEnd(&index, end)
      if !word.isEmpty { words.append(word) }
      index = skipSpace(bytes, from: index, to: end)
    }
    return words
  }

  /// Moves `index` behind a word; the word itself ends before an escape that ends the line.
  private func wordEnd(_ index: inout Int, _ end: Int) -> Int {
    var quote: UInt8 = 0
    while index < end {
      let byte = bytes[index]
      if quote == 0, spaceLength(bytes, index) > 0 { return index }
      if byte == escape, quote != UInt8(ascii: "'") {
        guard index + 1 < end else {
          index = end
          return end - 1
        }
        index += 2
        continue
      }
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      }
      index += 1
    }
    return end
  }
}

/// Reads the `--name=value` words before the arguments of an instruction.
struct FlagReader {
  let line: LogicalLine

  /// Appends flags and returns where the arguments start.
  ///
  /// Quotes and backslashes are taken off here, whatever the escape directive says: BuildKit
  /// always uses the backslash for flags.
  func read(from start: Int, to end: Int, into flags: inout [Instruction.Flag]) -> Int {
    let dash = UInt8(ascii: "-")
    let bytes = line.bytes
    var index = start
    while true {
      index = skipSpace(bytes, from: index, to: end)
      guard index + 1 < end, bytes[index] == dash, bytes[index + 1] == dash else { return index }
      let wordStart = index
      var word: [UInt8] = []
      var quote: UInt8 = 0
      while index < end {
        let byte = bytes[index]
        if quote == 0, spaceLength(bytes, index) > 0 { break }
        if byte == UInt8(ascii: "\\") {
          if index + 1 < end { word.append(bytes[index + 1]) }
          index = min(index + 2, end)
          continue
        }
        if quote != 0 {
          if byte == quote { quote = 0 } else { word.append(byte) }
        } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
          quote = byte
        } else {
          word.append(byte)
        }
        index += 1
      }
      if word == [dash, dash] { return index }
      flags.append(flag(word, line.range(wordStart, index)))
    }
  }

  private func flag(_ word: [UInt8], _ range: PlaceRange) -> Instruction.Flag {
    let body = word.dropFirst(2)
    guard let separator = body.firstIndex(of: UInt8(ascii: "=")) else {
      return .init(name: String(decoding: body, as: UTF8.self), value: nil, range: range)
    }
    return .init(
      name: String(decoding: body[..<separator], as: UTF8.self),
      value: String(decoding: body[(separator + 1)...], as: UTF8.self),
      range: range
    )
  }
}
