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
