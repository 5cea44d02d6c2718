/// Where `needle` starts in `haystack` at or behind `start`.
func firstOccurrence(
  of needle: UnsafeBufferPointer<UInt8>,
  in haystack: UnsafeBufferPointer<UInt8>,
  from start: Int = 0
) -> Int? {
  guard let first = needle.first else { return start }
  var position = start
  let last = haystack.count - needle.count
  while position <= last {
    if haystack[position] == first, matches(needle, haystack, at: position) { return position }
    position += 1
  }
  return nil
}

/// Where `needle` starts last in `haystack`, not behind `end`.
func lastOccurrence(
  of needle: UnsafeBufferPointer<UInt8>,
  in haystack: UnsafeBufferPointer<UInt8>,
  upTo end: Int
) -> Int? {
  var position = min(end, haystack.count - needle.count)
  while position >= 0 {
    if matches(needle, haystack, at: position) { return position }
    position -= 1
  }
  return nil
}

private func matches(
  _ needle: UnsafeBufferPointer<UInt8>,
  _ haystack: UnsafeBufferPointer<UInt8>,
  at position: Int
) -> Bool {
  var index = 0
  while index < needle.count {
    if needle[index] != haystack[position + index] { return false }
    index += 1
  }
  return true
}

/// The price of looking for one text in another, at its worst.
func searchCost(_ haystack: String, _ needle: String) -> Int {
  let length = haystack.utf8.count
  let (product, overflow) = length.multipliedReportingOverflow(by: needle.utf8.count)
  return overflow ? .max : length / 16 + product / 1024 + 1
}

extension String {
  /// The byte offset of the code point at a 0-based position; nil behind the end.
  func byteOffset(ofScalar index: Int64) -> Int? {
    guard index >= 0 else { return nil }
    var seen: Int64 = 0
    var offset = 0
    for byte in utf8 {
      if byte & 0xC0 != 0x80 {
        if seen == index { return offset }
        seen += 1
      }
      offset += 1
    }
    return seen == index ? offset : nil
  }

  /// How many code points lie before a byte offset.
  func scalarIndex(ofByte offset: Int) -> Int64 {
    utf8.prefix(offset).reduce(0) { $1 & 0xC0 != 0x80 ? $0 + 1 : $0 }
  }

  /// The text between two byte offsets on code point boundaries.
  func slice(_ range: Range<Int>) -> String {
    var copy = self
    return copy.withUTF8 { String(decoding: $0[range], as: UTF8.self) }
  }
}
