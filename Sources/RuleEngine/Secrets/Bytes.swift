/// The bytes of a text; everything here looks at each byte a bounded number of times.
typealias Bytes = [UInt8]

extension [UInt8] {
  init(text: String) { self = Array(text.utf8) }

  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, self[start].isBlank { start += 1 }
    while end > start, self[end - 1].isBlank { end -= 1 }
    return start..<end
  }

  /// The range without blanks around it and without one pair of quotes.
  func unquoted(_ range: Range<Int>) -> Range<Int> {
    let inner = trimmed(range)
    guard inner.count >= 2, self[inner.lowerBound].isQuote,
      self[inner.upperBound - 1] == self[inner.lowerBound]
    else { return inner }
    return inner.lowerBound + 1..<inner.upperBound - 1
  }

  func has(_ prefix: Bytes, at start: Int, before end: Int) -> Bool {
    guard start >= 0, end - start >= prefix.count else { return false }
    for offset in 0..<prefix.count where self[start + offset] != prefix[offset] { return false }
    return true
  }

  func hasFolded(_ prefix: Bytes, at start: Int, before end: Int) -> Bool {
    guard start >= 0, end - start >= prefix.count else { return false }
    for offset in 0..<prefix.count
    where self[start + offset].lowercased != prefix[offset].lowercased { return false }
    return true
  }

  func ends(_ suffix: Bytes, at end: Int, after start: Int) -> Bool {
    has(suffix, at: end - suffix.count, before: end) && end - suffix.count >= start
  }

  /// Where `needle` first begins in the range.
  func first(_ needle: Bytes, in range: Range<Int>) -> Int? {
    guard let head = needle.first, range.count >= needle.count else { return nil }
    var position = range.lowerBound
    let last = range.upperBound - needle.count
    while position <= last {
      if self[position] == head, has(needle, at: position, before: range.upperBound) {
        return position
      }
      position += 1
    }
    return nil
  }

  func first(of byte: UInt8, in range: Range<Int>) -> Int? {
    self[range].firstIndex(of: byte)
  }

  func allSatisfy(in range: Range<Int>, _ test: (UInt8) -> Bool) -> Bool {
    for position in range where !test(self[position]) { return false }
    return true
  }

  func text(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }
}

/// Joins ranges that overlap or touch, in ascending order.
func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
  guard ranges.count > 1 else { return ranges.filter { !$0.isEmpty } }
  var result: [Range<Int>] = []
  for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
  )
  where !range.isEmpty {
    if let last = result.last, range.lowerBound <= last.upperBound {
      result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
    } else {
      result.append(range)
    }
  }
  return result
}
