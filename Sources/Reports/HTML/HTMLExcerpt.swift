import RuleEngine

// The source around a finding, with the flagged stretch marked.
extension HTMLReport {
  /// Code points of one line that are shown; minified files have lines of megabytes.
  private static let shownColumns = 400
  private static let shownLines = 40
  /// Code points left standing before the mark where a long line is cut.
  private static let context = 80

  static func excerpt(_ finding: Finding, _ html: inout HTMLWriter) {
    guard !finding.excerpt.isEmpty else { return }
    html.raw("<pre class=\"src\">")
    for line in finding.excerpt.prefix(shownLines) {
      let marked = columns(finding.excerptLocation ?? finding.location, in: line.number)
      html.raw(marked == nil ? "<span data-n=\"" : "<span class=\"hit\" data-n=\"")
      html.number(line.number)
      html.raw("\">")
      source(line.text, marked, &html)
      // No line break: the spans are blocks, and a break would be an empty line more.
      html.raw("</span>")
    }
    html.raw("</pre>\n")
  }

  /// The flagged columns of a line, counted in code points from 0; `nil`: the line is only context.
  private static func columns(_ location: FileLocation, in line: Int) -> Range<Int>? {
    guard line >= location.line, line <= max(location.line, location.endLine) else { return nil }
    let start = line == location.line ? max(0, location.column - 1) : 0
    let end = line == location.endLine ? max(start, location.endColumn - 1) : Int.max
    return start..<end
  }

  private static func source(_ text: String, _ marked: Range<Int>?, _ html: inout HTMLWriter) {
    var text = text
    text.withUTF8 { bytes in
      let start = marked?.lowerBound ?? 0
      let first = start > shownColumns - context ? start - context : 0
      // Where the shown part, the mark and the line end, in bytes; found in one walk.
      let stops = offsets(
        of: [first, start, marked?.upperBound ?? 0, first + shownColumns],
        in: bytes
      )
      let (from, end) = (stops[0], stops[3])
      let mark = (min(stops[1], end), min(max(stops[1], stops[2]), end))
      if from > 0 { html.raw("<i>…</i>") }
      if marked == nil {
        html.text(bytes[from..<end])
      } else {
        // Indentation is nobody's fault: a mark over whole lines starts at the text.
        var lower = max(from, mark.0)
        while lower < mark.1, bytes[lower] == 0x20 || bytes[lower] == 0x09 { lower += 1 }
        html.text(bytes[from..<lower])
        if lower < mark.1 {
          html.raw("<mark>")
          html.text(bytes[lower..<mark.1])
          html.raw("</mark>")
        }
        html.text(bytes[max(lower, mark.1)..<end])
      }
      if end < bytes.count { html.raw("<i>…</i>") }
    }
  }

  /// Byte offsets of code points, which may lie behind the end.
  private static func offsets(
    of columns: [Int],
    in bytes: UnsafeBufferPointer<UInt8>
  ) -> [Int] {
    var result = columns.map { _ in bytes.count }
    let last = columns.max() ?? 0
    var column = 0
    for (offset, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
      for (index, wanted) in columns.enumerated() where wanted == column {
        result[index] = offset
      }
      column += 1
      if column > last { break }
    }
    return result
  }
}
