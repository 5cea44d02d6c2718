/// A place in a text: 1-based line and column, columns counted in Unicode code points.
package struct Place: Hashable, Comparable, Sendable {
  package var line: Int32
  package var column: Int32

  package init(line: Int, column: Int) {
    self.line = Int32(clamping: line)
    self.column = Int32(clamping: column)
  }

  init(unclampedLine line: Int32, column: Int32) {
    self.line = line
    self.column = column
  }

  package static func < (left: Place, right: Place) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A stretch of text; `end` is the place just behind its last character.
package struct PlaceRange: Hashable, Comparable, Sendable {
  package var start: Place
  package var end: Place

  package init(start: Place, end: Place) {
    self.start = start
    self.end = end
  }

  package static func < (left: PlaceRange, right: PlaceRange) -> Bool {
    (left.start, left.end) < (right.start, right.end)
  }
}

/// A stretch of text in a named file.
///
/// `file` is relative to the scanned root, with `/` between its parts.
package struct SourceLocation: Hashable, Comparable, Sendable {
  package var file: String
  package var range: PlaceRange

  package init(file: String, range: PlaceRange) {
    self.file = file
    self.range = range
  }

  package init(file: String, line: Int, column: Int = 1) {
    let place = Place(line: line, column: column)
    self.init(file: file, range: PlaceRange(start: place, end: place))
  }

  package static func < (left: SourceLocation, right: SourceLocation) -> Bool {
    left.file == right.file ? left.range < right.range : left.file < right.file
  }
}
