/// Where `needle` starts in `haystack` at or behind `start`.
package func firstOccurrence(
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
package func lastOccurrence(
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
