/// Finds the entry whose pattern says most about an image's name.
struct PatternIndex: Sendable {
  /// A pattern that fits, and how.
  struct Match: Sendable {
    var entry: Int
    var pattern: String
    /// Bytes of the name that the pattern states.
    var length: Int
    var manner: Manner
  }

  /// How a name fits a pattern, surest last.
  enum Manner: Int, Sendable, Comparable {
    /// Only the last part of the name fits: somebody's own image of that name.
    case lastPart
    case glob
    case exact

    static func < (left: Manner, right: Manner) -> Bool { left.rawValue < right.rawValue }
  }

  /// Words of a repository's last part that keep globs from matching.
  private let notWords: Set<String>
  /// Words of a repository's last part that say how the image is made, not what it runs.
  private let packagingWords: Set<String>
  private var exact: [String: Int] = [:]
  /// `*/name` by `name`.
  private var lastParts: [String: Int] = [:]
  private var globs: [(glob: Glob, entry: Int, pattern: String)] = []
  /// With a colon: compared with `repository:tag`.
  private var tagged: [(glob: Glob, entry: Int, pattern: String)] = []

  init(notWords: [String], packagingWords: [String] = []) {
    self.notWords = Set(notWords)
    self.packagingWords = Set(packagingWords)
  }

  /// Adds a pattern; returns the entry that has the same pattern already, if any.
  mutating func add(_ pattern: String, entry: Int) -> Int? {
    if pattern.utf8.contains(UInt8(ascii: ":")) {
      tagged.append((Glob(pattern), entry, pattern))
      return nil
    }
    guard Glob.isWild(pattern) else {
      if let old = exact.updateValue(entry, forKey: pattern) { return old }
      return nil
    }
    if pattern.hasPrefix("*/") {
      let name = String(pattern.dropFirst(2))
      if !Glob.isWild(name), !name.utf8.contains(UInt8(ascii: "/")) {
        if let old = lastParts.updateValue(entry, forKey: name) { return old }
        return nil
      }
    }
    globs.append((Glob(pattern), entry, pattern))
    return nil
  }

  /// The longest match; of equally long ones the surest.
  func match(_ names: ImageNames) -> Match? {
    var best: Match?
    func offer(_ match: Match) {
      if let best, (best.length, best.manner) >= (match.length, match.manner) { return }
      best = match
    }
    for name in names.all {
      if let entry = exact[name] {
        offer(Match(entry: entry, pattern: name, length: name.utf8.count, manner: .exact))
      }
    }
    if names.all.contains(where: { $0.utf8.count > names.last.utf8.count }) {
      for last in [String(names.last), plain(names.last)] {
        guard let entry = lastParts[last] else { continue }
        let length = last.utf8.count + 1
        offer(Match(entry: entry, pattern: "*/" + last, length: length, manner: .lastPart))
        break
      }
    }
    if best?.manner != .exact, !hasNotWord(names.last) {
      for (glob, entry, pattern) in globs where names.all.contains(where: glob.matches) {
        offer(Match(entry: entry, pattern: pattern, length: glob.literalCount, manner: .glob))
      }
    }
    if !names.tag.isEmpty {
      for (glob, entry, pattern) in tagged
      where names.all.contains(where: { glob.matches("\($0):\(names.tag)") }) {
        offer(Match(entry: entry, pattern: pattern, length: glob.literalCount, manner: .exact))
      }
    }
    return best
  }

  /// The last part without what only says how the image is made.
  private func plain(_ last: Substring) -> String {
    last.split { $0 == "-" || $0 == "_" || $0 == "." }
      .filter { !packagingWords.contains(String($0)) && !$0.allSatisfy(\.isNumber) }
      .joined(separator: "-")
  }

  private func hasNotWord(_ last: Substring) -> Bool {
    last.split { $0 == "-" || $0 == "_" || $0 == "." }.contains { notWords.contains(String($0)) }
  }
}
