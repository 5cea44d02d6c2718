/// A line with its secrets replaced, and where its columns went.
package struct MaskedText: Hashable, Sendable {
  /// A stretch that was replaced, in code points from the line's beginning.
  struct Edit: Hashable, Sendable {
    var original: Range<Int>
    var masked: Range<Int>
  }

  package internal(set) var text: String
  /// The edits of one pass after the other.
  private(set) var passes: [[Edit]] = []

  init(_ text: String) { self.text = text }

  package var isChanged: Bool { !passes.isEmpty }

  /// Where a 1-based column of the original line, in code points, is in the masked one.
  ///
  /// Columns inside a secret all lead behind its mask.
  package func maskedColumn(_ column: Int) -> Int {
    var offset = column - 1
    for edits in passes {
      var shift = 0
      for edit in edits {
        if offset <= edit.original.lowerBound { break }
        if offset < edit.original.upperBound {
          shift = edit.masked.upperBound - offset
          break
        }
        shift = edit.masked.upperBound - edit.original.upperBound
      }
      offset += shift
    }
    return offset + 1
  }

  /// Replaces ranges of bytes, which are ascending and disjoint.
  mutating func replace(_ ranges: [Range<Int>], in bytes: Bytes, keepsHead: Bool) {
    var result: Bytes = []
    var edits: [Edit] = []
    var end = 0
    var (original, masked) = (0, 0)
    for range in ranges {
      let before = Self.codePoints(bytes, end..<range.lowerBound)
      let length = Self.codePoints(bytes, range)
      let mask = Self.mask(bytes, range, length, keepsHead: keepsHead)
      result += bytes[end..<range.lowerBound]
      result += mask
      original += before
      masked += before
      edits.append(
        Edit(original: original..<original + length, masked: masked..<masked + mask.count)
      )
      original += length
      masked += mask.count
      end = range.upperBound
    }
    result += bytes[end...]
    text = String(decoding: result, as: UTF8.self)
    passes.append(edits)
  }

  private static func mask(
    _ bytes: Bytes,
    _ range: Range<Int>,
    _ length: Int,
    keepsHead: Bool
  ) -> Bytes {
    var mask = Array("****".utf8)
    guard keepsHead, length > 8 else { return mask }
    let head = bytes[range.lowerBound..<range.lowerBound + 2]
    if head.allSatisfy(\.isAlphanumeric) { mask.insert(contentsOf: head, at: 0) }
    return mask
  }

  private static func codePoints(_ bytes: Bytes, _ range: Range<Int>) -> Int {
    range.reduce(into: 0) { count, at in if bytes[at] & 0xC0 != 0x80 { count += 1 } }
  }
}
