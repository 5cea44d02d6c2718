/// The patterns of one `.gitignore` or `.unmoorignore`, by the rules of gitignore(5).
struct IgnoreRules: Sendable {
  private struct Pattern {
    var glob: [UInt8]
    var isNegated: Bool
    var directoriesOnly: Bool
    /// Has a slash before its end: matched against the whole path below the file's directory.
    var isAnchored: Bool
  }

  private let patterns: [Pattern]

  init(_ text: [UInt8]) {
    patterns = text.split(separator: UInt8(ascii: "\n")).compactMap { line in
      var line = line.last == 13 ? line.dropLast() : line
      // Trailing spaces count only behind a backslash.
      while line.last == UInt8(ascii: " "), line.dropLast().last != UInt8(ascii: "\\") {
        line = line.dropLast()
      }
      guard let first = line.first, first != UInt8(ascii: "#") else { return nil }
      let isNegated = first == UInt8(ascii: "!")
      if isNegated { line = line.dropFirst() }
      let directoriesOnly = line.last == UInt8(ascii: "/")
      if directoriesOnly { line = line.dropLast() }
      let isAnchored = line.contains(UInt8(ascii: "/"))
      if line.first == UInt8(ascii: "/") { line = line.dropFirst() }
      if line.isEmpty { return nil }
      return Pattern(
        glob: Array(line),
        isNegated: isNegated,
        directoriesOnly: directoriesOnly,
        isAnchored: isAnchored
      )
    }
  }

  /// Whether `path`, relative to the file's directory, is ignored; `nil` if no pattern speaks of it.
  func verdict(on path: String, isDirectory: Bool) -> Bool? {
    let whole = Array(path.utf8)
    let name = whole.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? whole
    for pattern in patterns.reversed() where isDirectory || !pattern.directoriesOnly {
      if Glob.matches(pattern.glob, pattern.isAnchored ? whole : name) {
        return !pattern.isNegated
      }
    }
    return nil
  }
}

/// Shell patterns over paths: `*` and `?` stay within a part, `**` crosses parts.
enum Glob {
  private static let wildcards: [UInt8] = Array("*?[\\".utf8)

  /// Time is at most the product of the two lengths: a table row per pattern position.
  static func matches(_ pattern: [UInt8], _ path: [UInt8]) -> Bool {
    // Most patterns are plain names.
    if !pattern.contains(where: { wildcards.contains($0) }) { return pattern == path }
    let slash = UInt8(ascii: "/")
    var reachable = [Bool](repeating: false, count: path.count + 1)
    reachable[0] = true
    var index = 0
    while index < pattern.count {
      var next = [Bool](repeating: false, count: path.count + 1)
      switch pattern[index] {
      case UInt8(ascii: "*"):
        let isDouble = index + 1 < pattern.count && pattern[index + 1] == UInt8(ascii: "*")
        let startsPart = index == 0 || pattern[index - 1] == slash
        if isDouble, startsPart, index + 2 < pattern.count, pattern[index + 2] == slash {
          // "**/": nothing, or any number of whole parts.
          var open = false
          for position in 0...path.count {
            if reachable[position] { open = true }
            if reachable[position] || (open && position > 0 && path[position - 1] == slash) {
              next[position] = true
            }
          }
          index += 3
        } else if isDouble, startsPart, index + 2 == pattern.count {
          var open = false
          for position in 0...path.count {
            if reachable[position] { open = true }
            next[position] = open
          }
          index += 2
        } else {
          var open = false
          for position in 0...path.count {
            if position > 0, path[position - 1] == slash { open = false }
            if reachable[position] { open = true }
            next[position] = open
          }
          index += isDouble ? 2 : 1
        }
      case UInt8(ascii: "?"):
        for position in path.indices where reachable[position] && path[position] != slash {
          next[position + 1] = true
        }
        index += 1
      case UInt8(ascii: "["):
        guard let set = ByteClass(pattern, at: index) else {
          advance(&next, reachable, path) { $0 == UInt8(ascii: "[") }
          index += 1
          break
        }
        advance(&next, reachable, path) { $0 != slash && set.contains($0) }
        index = set.end
      case UInt8(ascii: "\\") where index + 1 < pattern.count:
        advance(&next, reachable, path) { $0 == pattern[index + 1] }
        index += 2
      case let byte:
        advance(&next, reachable, path) { $0 == byte }
        index += 1
      }
      reachable = next
    }
    return reachable[path.count]
  }

  private static func advance(
    _ next: inout [Bool],
    _ reachable: [Bool],
    _ path: [UInt8],
    where fits: (UInt8) -> Bool
  ) {
    for position in path.indices where reachable[position] && fits(path[position]) {
      next[position + 1] = true
    }
  }

  /// `[a-z]`, `[!x]`.
  private struct ByteClass {
    var ranges: [ClosedRange<UInt8>] = []
    var isNegated = false
    /// The index behind the closing bracket.
    var end: Int

    init?(_ pattern: [UInt8], at start: Int) {
      var index = start + 1
      if index < pattern.count, [UInt8(ascii: "!"), UInt8(ascii: "^")].contains(pattern[index]) {
        isNegated = true
        index += 1
      }
      let first = index
      while index < pattern.count, pattern[index] != UInt8(ascii: "]") || index == first {
        let low = pattern[index]
        if index + 2 < pattern.count, pattern[index + 1] == UInt8(ascii: "-"),
          pattern[index + 2] != UInt8(ascii: "]")
        {
          let high = pattern[index + 2]
          if low <= high { ranges.append(low...high) }
          index += 3
        } else {
          ranges.append(low...low)
          index += 1
        }
      }
      guard index < pattern.count else { return nil }
      end = index + 1
    }

    func contains(_ byte: UInt8) -> Bool {
      ranges.contains { $0.contains(byte) } != isNegated
    }
  }
}
