/// A name cut into words: `dbPassword`, `DB_PASSWORD` and `db.password` are all [db, password].
///
/// The words lie in one array of lower-case bytes, each followed by a space.
struct NameWords: Sendable {
  private(set) var bytes: Bytes = []
  /// Where each word begins in `bytes`.
  private(set) var starts: [Int] = []
  /// Words without the numbers that end the name.
  private(set) var count = 0

  /// Names longer than this are no names.
  private static let longest = 512

  init(_ name: String) {
    self.init(Array(name.utf8.prefix(Self.longest)))
  }

  init(_ name: Bytes) {
    self.init(name, 0..<name.count)
  }

  init(_ name: Bytes, _ range: Range<Int>) {
    let end = Swift.min(range.upperBound, range.lowerBound + Self.longest)
    bytes.reserveCapacity(range.count + 8)
    var previous = UInt8(0)
    for position in range.lowerBound..<Swift.max(end, range.lowerBound) {
      let byte = name[position]
      guard byte.isAlphanumeric || byte >= 0x80 else {
        close()
        previous = 0
        continue
      }
      let next = position + 1 < end ? name[position + 1] : 0
      let startsWord =
        byte.isUpper
        && (previous.isLower
          || (previous.isUpper && next.isLower && !isPlural(next, name, position + 2, end)))
      // Numbers stand alone only at a word's end, so that `s3cret` and `b64` stay whole.
      if startsWord { close() }
      if isOpen == false { starts.append(bytes.count) }
      bytes.append(byte.lowercased)
      isOpen = true
      previous = byte
    }
    close()
    count = starts.count
    while count > 0, isNumber(count - 1) { count -= 1 }
  }

  private var isOpen = false

  /// `APIs`: the `s` belongs to the capitals before it.
  private func isPlural(_ next: UInt8, _ name: Bytes, _ after: Int, _ end: Int) -> Bool {
    next == ascii("s") && (after >= end || !name[after].isLower)
  }

  private mutating func close() {
    guard isOpen, let start = starts.last else { return }
    isOpen = false
    // `password2` is the word `password` and a number.
    var end = bytes.count
    while end > start, bytes[end - 1].isDigit { end -= 1 }
    if end > start, end < bytes.count {
      bytes.insert(0x20, at: end)
      starts.append(end + 1)
    }
    bytes.append(0x20)
  }

  private func isNumber(_ index: Int) -> Bool {
    bytes[starts[index]].isDigit && wordIsDigits(index)
  }

  private func wordIsDigits(_ index: Int) -> Bool {
    let end = index + 1 < starts.count ? starts[index + 1] - 1 : bytes.count - 1
    return bytes.allSatisfy(in: starts[index]..<end) { $0.isDigit }
  }
}
