/// Replaces secrets in everything that is shown: values, messages and lines of source.
///
/// A secret becomes `****`, behind its first two characters if it is long; the mask never tells how
/// long. Masking what is masked changes nothing, and no given secret of four or more characters is
/// ever part of a result.
package struct Masker: Sendable {
  let detector: SecretDetector
  let known: KnownSecrets

  /// Passes after which a line that still changes is hidden altogether.
  private static let passes = 6

  package init(_ detector: SecretDetector, known secrets: [String] = []) {
    self.detector = detector
    known = KnownSecrets(secrets)
  }

  /// Masks a value or a message; line breaks stay.
  package func mask(_ text: String) -> String {
    var bytes = Array(text.utf8)
    // Given secrets of several lines are only seen here.
    let ranges = known.ranges(bytes).flatMap { pieces(of: $0, in: bytes) }
    if !ranges.isEmpty {
      var masked = MaskedText(text)
      masked.replace(ranges, in: bytes, keepsHead: false)
      bytes = Array(masked.text.utf8)
    }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    return maskLines(lines).map(\.text).joined(separator: "\n")
  }

  /// Masks one line of YAML, JSON, a Dockerfile or an env file, seen alone.
  package func maskLine(_ line: String) -> String {
    if line.utf8.contains(0x0A) { return mask(line) }
    return maskLines([line]).map(\.text).joined()
  }

  /// Masks lines that follow each other; earlier lines tell what later ones hold.
  package func maskLines(_ lines: [String]) -> [MaskedText] {
    var bytes = lines.map { Array($0.utf8) }
    let changed = mask(&bytes, plain: nil)
    return lines.indices.map { changed[$0] ?? MaskedText(lines[$0]) }
  }

  /// Masks lines of valid UTF-8 in place, and says which ones changed.
  func mask(_ lines: inout [Bytes], plain: PlainLines?) -> [Int: MaskedText] {
    var changed: [Int: MaskedText] = [:]
    for pass in 0..<Self.passes {
      let found = ranges(lines, plain)
      if found.isEmpty { return changed }
      for found in found {
        // Only a secret's own first characters may stay, not those of its further lines.
        let keepsHead = pass == 0 && !found.isContinuation
        replace(found.ranges, at: found.line, of: &lines, keepsHead: keepsHead, &changed)
      }
    }
    // Each pass leaves fewer characters, yet a hostile text can make it take many.
    for found in ranges(lines, plain) { hide(found.line, of: &lines, &changed) }
    for index in lines.indices where !known.ranges(lines[index]).isEmpty {
      hide(index, of: &lines, &changed)
    }
    return changed
  }

  private func replace(
    _ ranges: [Range<Int>],
    at index: Int,
    of lines: inout [Bytes],
    keepsHead: Bool,
    _ changed: inout [Int: MaskedText]
  ) {
    var masked = changed[index] ?? MaskedText(String(decoding: lines[index], as: UTF8.self))
    masked.replace(ranges, in: lines[index], keepsHead: keepsHead)
    lines[index] = Array(masked.text.utf8)
    changed[index] = masked
  }

  private func hide(
    _ index: Int,
    of lines: inout [Bytes],
    _ changed: inout [Int: MaskedText]
  ) {
    let whole = lines[index].trimmed(0..<lines[index].count)
    if whole.isEmpty { return }
    replace([whole], at: index, of: &lines, keepsHead: false, &changed)
  }

  private struct Found {
    var line: Int
    var ranges: [Range<Int>]
    var isContinuation: Bool
  }

  /// What to mask, for each line that has anything.
  private func ranges(_ lines: [Bytes], _ plain: PlainLines?) -> [Found] {
    var scanner = LineScanner(detector: detector, lines: lines)
    var result: [Found] = []
    for (index, line) in lines.enumerated() {
      let isUnbiased = scanner.isUnbiased(index)
      if isUnbiased, plain?.contains(line) == true { continue }
      let shown = scanner.ranges(index).filter { !isMasked(line, $0) }
      let all = joined(shown + known.ranges(line)).filter { !isStars(line, $0) }
      if !all.isEmpty {
        result.append(Found(line: index, ranges: all, isContinuation: scanner.isContinuation))
      } else if isUnbiased, !scanner.dependsOnNeighbours, scanner.isUnbiased(index) {
        plain?.insert(line)
      }
    }
    return result
  }

  private func isMasked(_ line: Bytes, _ range: Range<Int>) -> Bool {
    detector.isStarred(line, line.trimmed(range)) || !line[range].contains { $0 > 0x20 }
  }

  private func isStars(_ line: Bytes, _ range: Range<Int>) -> Bool {
    line.allSatisfy(in: range) { $0 == ascii("*") }
  }

  private func pieces(of range: Range<Int>, in bytes: Bytes) -> [Range<Int>] {
    bytes[range].split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
      .map { $0.startIndex..<$0.endIndex }
  }
}
