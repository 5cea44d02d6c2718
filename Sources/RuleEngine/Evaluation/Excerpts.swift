import DocumentTrees
import Workloads

/// Cuts masked lines out of the scanned files.
///
/// Line starts are found once per file, and each file is masked once, however many findings it has.
struct Excerpts {
  private let sources: [String: SourceText]
  private let masker: Masker
  private var files: [String: MaskedFile] = [:]
  private let plain = PlainLines()

  /// A file after masking.
  private struct MaskedFile {
    var lines: [Bytes] = []
    /// The lines that masking changed, by index.
    var changed: [Int: MaskedText] = [:]
  }

  /// Lines shown before and behind the one in question.
  static let context = 2
  /// Lines longer than this are cut: nobody reads them, and a hostile file has them by the megabyte.
  static let maximumLength = 400

  init(sources: [String: SourceText], masker: Masker) {
    self.sources = sources
    self.masker = masker
  }

  mutating func lines(around location: SourceLocation) -> [SourceLine] {
    let file = masked(location.file)
    if file.lines.isEmpty { return [] }
    let start = Int(location.range.start.line)
    // A subject may be a whole service: its head is enough to recognise it.
    let end = min(Int(location.range.end.line), start + 5)
    let first = max(1, start - Self.context)
    let last = min(file.lines.count, max(start, end) + Self.context)
    if first > last { return [] }
    return (first...last).map {
      SourceLine(
        number: $0,
        text: Self.cut(String(decoding: file.lines[$0 - 1], as: UTF8.self))
      )
    }
  }

  /// Where a location lies once its lines are masked; `nil` if nothing moved.
  mutating func location(_ location: FileLocation) -> FileLocation? {
    let file = masked(location.file)
    var moved = location
    if let line = file.changed[location.line - 1] {
      moved.column = line.maskedColumn(location.column)
    }
    if let line = file.changed[location.endLine - 1] {
      moved.endColumn = line.maskedColumn(location.endColumn)
    }
    return moved == location ? nil : moved
  }

  private mutating func masked(_ path: String) -> MaskedFile {
    if let known = files[path] { return known }
    guard let source = sources[path] else { return MaskedFile() }
    var file = MaskedFile()
    let isPlain = source.bytes.allSatisfy { $0 < 0x80 }
    for line in source.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let line = line.last == 13 ? line.dropLast() : line
      // What is no UTF-8 becomes what a reader will see of it.
      file.lines.append(isPlain ? Array(line) : Array(String(decoding: line, as: UTF8.self).utf8))
    }
    file.changed = masker.mask(&file.lines, plain: plain)
    files[path] = file
    return file
  }

  static func cut(_ text: String) -> String {
    if text.utf8.count <= maximumLength { return text }
    let kept = text.unicodeScalars.prefix(maximumLength)
    return kept.endIndex == text.unicodeScalars.endIndex
      ? text : String(String.UnicodeScalarView(kept)) + "…"
  }
}
