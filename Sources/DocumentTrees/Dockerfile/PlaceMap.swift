/// Tells the place of any byte of a text in constant time.
///
/// Texts of ASCII only need the line starts; others also carry a count of code points at every
/// 64th byte, so that one very long line does not make places quadratic.
struct PlaceMap: Sendable {
  private static let stride = 64

  let bytes: [UInt8]
  /// Offset of the first byte of every line.
  let lineStarts: [Int]
  private let codePoints: [Int32]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    var isASCII = true
    for (offset, byte) in bytes.enumerated() {
      if byte == 0x0A { starts.append(offset + 1) }
      if byte >= 0x80 { isASCII = false }
    }
    lineStarts = starts
    codePoints = isASCII ? [] : Self.checkpoints(bytes)
  }

  /// The line (0-based) that holds the byte at `offset`.
  func line(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  func place(of offset: Int) -> Place {
    let line = line(of: offset)
    let start = lineStarts[line]
    let column = codePoints.isEmpty ? offset - start : count(upTo: offset) - count(upTo: start)
    return Place(line: line + 1, column: column + 1)
  }

  func range(_ start: Int, _ end: Int) -> PlaceRange {
    PlaceRange(start: place(of: start), end: place(of: end))
  }

  private func count(upTo offset: Int) -> Int {
    let checkpoint = offset / Self.stride
    var count = Int(codePoints[checkpoint])
    for index in checkpoint * Self.stride..<offset where bytes[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  private static func checkpoints(_ bytes: [UInt8]) -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(bytes.count / stride + 1)
    var count: Int32 = 0
    for (offset, byte) in bytes.enumerated() {
      if offset % stride == 0 { result.append(count) }
      if byte & 0xC0 != 0x80 { count += 1 }
    }
    if bytes.count % stride == 0 { result.append(count) }
    return result
  }
}
