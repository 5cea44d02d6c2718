import DocumentTrees
import Workloads

/// Cuts masked lines out of the scanned files.
///
/// Line starts are found once per file, and each file is masked once, however many findings it has.
struct Excerpts {
  private let sources: [String: SourceText]
  private let masker: Masker
  private var lines: [String: [SourceLine]] = [:]

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
    return Array(all[(first - 1)..<last])
  }

  private mutating func maskedLines(of file: String) -> [SourceLine] {
    if let known = lines[file] { return known }
    guard let source = sources[file] else { return [] }
    let texts = source.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { line in
        String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
      }
    let masked = masker.maskLines(texts).enumerated().map { number, masked in
      SourceLine(number: number + 1, text: Self.cut(masked.text))
    }
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
