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
    var masked = lines.map(MaskedText.init)
    for pass in 0..<Self.passes where !change(&masked, pass: pass) { return masked }
    // Each pass leaves fewer characters, yet a hostile text can make it take many.
    for (index, found) in ranges(masked.map { Array($0.text.utf8) }).enumerated()
    where !found.ranges.isEmpty { hide(&masked[index]) }
    for index in masked.indices where !known.ranges(Array(masked[index].text.utf8)).isEmpty {
      hide(&masked[index])
    }
    return masked
  }

  private func change(_ masked: inout [MaskedText], pass: Int) -> Bool {
    let lines = masked.map { Array($0.text.utf8) }
    var isChanged = false
    for (index, found) in ranges(lines).enumerated() where !found.ranges.isEmpty {
      isChanged = true
      // Only a secret's own first characters may stay, not those of its further lines.
      let keepsHead = pass == 0 && !found.isContinuation
      masked[index].replace(found.ranges, in: lines[index], keepsHead: keepsHead)
    }
    return isChanged
  }

  private func hide(_ line: inout MaskedText) {
    let bytes = Array(line.text.utf8)
    let whole = bytes.trimmed(0..<bytes.count)
    if !whole.isEmpty { line.replace([whole], in: bytes, keepsHead: false) }
  }

  /// What to mask in each line.
  private func ranges(_ lines: [Bytes]) -> [(ranges: [Range<Int>], isContinuation: Bool)] {
    var scanner = LineScanner(detector: detector, lines: lines)
    return lines.indices.map { index in
      let line = lines[index]
      let shown = scanner.ranges(index).filter { !isMasked(line, $0) }
      let all = joined(shown + known.ranges(line)).filter { !isStars(line, $0) }
      return (all, scanner.isContinuation)
    }
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
