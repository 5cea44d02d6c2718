/// Names of variables as BuildKit's expansion reads them.
enum VariableName {
  /// The end of the name at `start`: letters, digits and `_`, only digits, or one of `@*#?-$!0`.
  static func end(_ bytes: [UInt8], from start: Int, to end: Int) -> Int {
    guard start < end else { return start }
    var index = start
    if isDigit(bytes[start]) {
      while index < end, isDigit(bytes[index]) { index += 1 }
      return index
    }
    if "@*#?-$!".utf8.contains(bytes[start]) { return start + 1 }
    while index < end, isPart(bytes[index]) { index += 1 }
    return index
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    // Letters beyond ASCII are taken as they come; punctuation there is not worth a table.
    isASCIILetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
  }
}
