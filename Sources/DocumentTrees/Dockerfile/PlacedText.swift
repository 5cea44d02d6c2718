/// Text that was put together from pieces of a file and still knows where each came from.
///
/// A shell command over several lines loses its continuations and comments on the way to the
/// shell; the pieces keep the way back.
package struct PlacedText: Hashable, Sendable {
  /// A run of text that stands in the file as it is; `offset` counts UTF-8 bytes of `text`.
  package struct Piece: Hashable, Sendable {
    package var offset: Int
    package var start: Place
  }

  package var text: String
  /// In order of `offset`; the first one starts at 0.
  package var pieces: [Piece]

  package init(_ text: String, startingAt start: Place) {
    self.text = text
    self.pieces = [Piece(offset: 0, start: start)]
  }

  init(_ text: String, pieces: [Piece]) {
    self.text = text
    self.pieces = pieces
  }
}

/// Walks once over a text and tells the place of offsets given in rising order.
struct PieceCursor {
  private let pieces: [PlacedText.Piece]
  private var piece = 0
  private var offset = 0
  private var current = Place(line: 1, column: 1)

  init(_ pieces: [PlacedText.Piece]) {
    self.pieces = pieces
    if let first = pieces.first { current = first.start }
  }

  /// The place of the byte at `target`, which must not lie before the last one asked for.
  mutating func place(of target: Int, in bytes: [UInt8]) -> Place {
    while piece + 1 < pieces.count, pieces[piece + 1].offset <= target {
      piece += 1
      offset = pieces[piece].offset
      current = pieces[piece].start
    }
    while offset < target, offset < bytes.count {
      if bytes[offset] == 0x0A {
        current = Place(line: Int(current.line) + 1, column: 1)
      } else if offset + 1 >= bytes.count || bytes[offset + 1] & 0xC0 != 0x80 {
        current.column += 1
      }
      offset += 1
    }
    return current
  }
}
