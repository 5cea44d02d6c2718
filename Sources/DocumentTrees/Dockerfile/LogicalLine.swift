/// An instruction's text with its continuations joined, and the way back to the file.
struct LogicalLine {
  let places: PlaceMap
  private(set) var bytes: [UInt8] = []
  /// Where pieces of `bytes` start, here and in the file.
  private var pieces: [(offset: Int, source: Int)] = []

  init(places: PlaceMap) {
    self.places = places
  }

  mutating func append(_ source: [UInt8], from start: Int, to end: Int) {
    guard start < end else { return }
    pieces.append((bytes.count, start))
    bytes += source[start..<end]
  }

  /// The place of a byte; for one behind the end, the place behind the last.
  func place(of offset: Int) -> Place {
    guard !pieces.isEmpty else { return Place(line: 1, column: 1) }
    let piece = pieces[pieceIndex(of: offset)]
    return places.place(of: piece.source + offset - piece.offset)
  }

  /// The places of a stretch that is not empty.
  func range(_ start: Int, _ end: Int) -> PlaceRange {
    guard end > start else {
      let place = place(of: start)
      return PlaceRange(start: place, end: place)
    }
    // The end belongs to the piece of the last byte, not to the one that starts there.
    let piece = pieces[pieceIndex(of: end - 1)]
    return PlaceRange(
      start: place(of: start),
      end: places.place(of: piece.source + end - piece.offset)
    )
  }

  func string(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// An argument that is a stretch of the line as it is.
  func argument(_ start: Int, _ end: Int) -> Instruction.Argument {
    var argument = Instruction.Argument(text: string(start, end), range: range(start, end))
    guard end > start else { return argument }
    let first = pieceIndex(of: start)
    let last = pieceIndex(of: end - 1)
    guard last > first else { return argument }
    argument.pieces = (first...last).map { index in
      let offset = max(pieces[index].offset, start)
      return .init(offset: offset - start, start: place(of: offset))
    }
    return argument
  }

  private func pieceIndex(of offset: Int) -> Int {
    var low = 0
    var high = pieces.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if pieces[middle].offset <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
