/// The patterns of a `.dockerignore`, matched as Docker matches them.
///
/// Patterns are relative to the build context whatever slashes are around them, `**` stands for
/// any number of folders, a pattern that matches a folder takes all that is in it, `!` makes an
/// exception, and the last pattern that matches decides.
package struct DockerIgnore: Hashable, Sendable {
  package struct Pattern: Hashable, Sendable {
    /// Cleaned: without `!`, outer slashes, and `.` and `..` where they say nothing.
    package var text: String
    package var isException: Bool
    /// 1-based.
    package var line: Int
    fileprivate var pattern: PathPattern
  }

  package private(set) var patterns: [Pattern] = []
  package private(set) var issues: [DocumentIssue] = []

  package init(_ text: String) {
    self.init(Array(text.utf8))
  }

  package init(_ bytes: [UInt8]) {
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    let lines = content.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      // A comment starts with the very first character; `\#` has no meaning of its own.
      if line.first == UInt8(ascii: "#") { continue }
      add(Array(line), line: index + 1)
    }
  }

  private mutating func add(_ line: [UInt8], line number: Int) {
    var start = skipSpace(line, from: 0, to: line.count)
    let end = trimEnd(line, from: start, to: line.count)
    guard start < end else { return }
    let isException = line[start] == UInt8(ascii: "!")
    if isException { start = skipSpace(line, from: start + 1, to: end) }
    guard start < end else {
      let place = Place(line: number, column: 1)
      issues.append(DocumentIssue(.syntax, "an exception needs a pattern after !", at: place))
      return
    }
    let text = Self.cleaned(line[start..<end])
    guard let pattern = PathPattern(text) else {
      let place = Place(line: number, column: start + 1)
      issues.append(DocumentIssue(.syntax, "a bracket of the pattern is wrong", at: place))
      return
    }
    patterns.append(Pattern(text: text, isException: isException, line: number, pattern: pattern))
  }

  /// A path without its outer slashes, cleaned as Go's `filepath.Clean` does it.
  private static func cleaned(_ path: ArraySlice<UInt8>) -> String {
    let isRooted = path.first == UInt8(ascii: "/")
    var parts: [ArraySlice<UInt8>] = []
    for part in path.split(separator: UInt8(ascii: "/")) {
      if part.elementsEqual(".".utf8) { continue }
      guard part.elementsEqual("..".utf8) else {
        parts.append(part)
        continue
      }
      if let last = parts.last, !last.elementsEqual("..".utf8) {
        parts.removeLast()
      } else if !isRooted {
        parts.append(part)
      }
    }
    return String(decoding: Array(parts.joined(separator: [UInt8(ascii: "/")])), as: UTF8.self)
  }

  /// Whether a path, relative to the build context, is kept out of it.
  package func excludes(_ path: String) -> Bool {
    decidingPattern(for: path).map { !$0.isException } ?? false
  }

  /// The pattern that decides on a path: the last one that matches it.
  package func decidingPattern(for path: String) -> Pattern? {
    let scalars = Array(Self.cleaned(Array(path.utf8)[...]).unicodeScalars)
    guard !scalars.isEmpty else { return nil }
    return patterns.last { !$0.text.isEmpty && $0.pattern.matches(scalars) }
  }
}
