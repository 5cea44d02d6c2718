import DocumentTrees
import Workloads

/// Cuts masked lines out of the scanned files.
///
/// Line starts are found once per file, and each file is masked once, however many findings it has.
struct Excerpts {
  private let sources: [String: SourceText]
  private let masker: Masker
  private var lines: [String: [MaskedText]] = [:]

  /// Lines shown before and behind the one in question.
  static let context = 2
  /// Lines longer than this are cut: nobody reads them, and a hostile file has them by the megabyte.
  static let maximumLength = 400

  init(sources: [String: SourceText], masker: Masker) {
    self.sources = sources
    self.masker = masker
  }

  mutating func lines(around location: SourceLocation) -> [SourceLine] {
    let all = maskedLines(of: location.file)
    if all.isEmpty { return [] }
    let start = Int(location.range.start.line)
    // A subject may be a whole service: its head is enough to recognise it.
    let end = min(Int(location.range.end.line), start + 5)
    let first = max(1, start - Self.context)
    let last = min(all.count, max(start, end) + Self.context)
    if first > last { return [] }
    return (first...last).map {
      SourceLine(number: $0, text: Self.cut(all[$0 - 1].text))
    }
  }

  /// Where a location lies once its lines are masked; `nil` if nothing moved.
  mutating func location(_ location: FileLocation) -> FileLocation? {
    let all = maskedLines(of: location.file)
    var moved = location
    if all.indices.contains(location.line - 1) {
      moved.column = all[location.line - 1].maskedColumn(location.column)
    }
    if all.indices.contains(location.endLine - 1) {
      moved.endColumn = all[location.endLine - 1].maskedColumn(location.endColumn)
    }
    return moved == location ? nil : moved
  }

  private mutating func maskedLines(of file: String) -> [MaskedText] {
    if let known = lines[file] { return known }
    guard let source = sources[file] else { return [] }
    let texts = source.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { line in
        String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
      }
    let masked = masker.maskLines(texts)
    lines[file] = masked
    return masked
  }

  static func cut(_ text: String) -> String {
    if text.utf8.count <= maximumLength { return text }
    let kept = text.unicodeScalars.prefix(maximumLength)
    return kept.endIndex == text.unicodeScalars.endIndex
      ? text : String(String.UnicodeScalarView(kept)) + "…"
  }
}
