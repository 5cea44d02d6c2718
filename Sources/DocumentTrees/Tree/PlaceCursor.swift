extension Place {
  /// The place of a byte of a UTF-8 text, lines ended as libyaml ends them.
  init(ofOffset offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
    var cursor = PlaceCursor()
    while cursor.offset < offset, cursor.offset < bytes.count { cursor.advance(in: bytes) }
    self = cursor.place
  }
}

/// Walks over a UTF-8 text one character at a time and knows line and column.
///
/// Lines end as libyaml ends them: at CR LF, CR, LF, NEL, LS and PS.
struct PlaceCursor {
  var offset = 0
  var line = 1
  var column = 1

  var place: Place { Place(line: line, column: column) }

  /// Steps over one code point; over both halves of CR LF.
  mutating func advance(in bytes: UnsafeBufferPointer<UInt8>) {
    let byte = bytes[offset]
    offset += 1
    switch byte {
    case UInt8(ascii: "\n"):
      newLine()
    case UInt8(ascii: "\r"):
      if offset < bytes.count, bytes[offset] == UInt8(ascii: "\n") { offset += 1 }
      newLine()
    case ..<0x80:
      column += 1
    default:
      let first = offset - 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      if isBreak(bytes[first..<offset]) {
        newLine()
      } else if first > 0 || !bytes[..<offset].elementsEqual([0xEF, 0xBB, 0xBF]) {
        // A byte order mark at the very beginning takes no column.
        column += 1
      }
    }
  }

  private mutating func newLine() {
    line += 1
    column = 1
  }

  private func isBreak(_ character: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let first = character.startIndex
    switch (character.count, character[first]) {
    case (2, 0xC2): return character[first + 1] == 0x85
    case (3, 0xE2): return character[first + 1] == 0x80 && character[first + 2] & 0xFE == 0xA8
    default: return false
    }
  }
}
