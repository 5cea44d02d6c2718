extension SecretDetector {
  /// What a name says about its value.
  struct NameVerdict: Sendable {
    var isSecret = false
    /// A person chooses such values.
    var isPassword = false
    var isFaint = false
    var minimumLength = 1
  }

  /// Whether a value of this name is to be kept secret.
  package func isSecretName(_ name: String) -> Bool { judge(name: Array(name.utf8)).isSecret }

  func judge(name: Bytes) -> NameVerdict { judge(name, 0..<name.count) }

  func judge(_ bytes: Bytes, _ range: Range<Int>) -> NameVerdict {
    guard range.count <= 512 else { return NameVerdict() }
    let words = NameWords(bytes, range)
    guard words.count > 0 else { return NameVerdict() }

    var candidates: [(words: Range<Int>, marks: WordSequences.Marks)] = []
    var neutral: [Range<Int>] = []
    var isAbout = false
    for word in 0..<words.count {
      catalogue.names.matches(words, at: word) { found, marks in
        if marks.contains(.neutral) {
          neutral.append(found)
        } else if marks.contains(.aboutAnywhere) {
          isAbout = true
        } else if marks.contains(.aboutLast) {
          if found.upperBound == words.count, found.lowerBound > 0 { isAbout = true }
        } else if !marks.contains(.byValue) {
          if !marks.contains(.lastOnly) || found.upperBound == words.count {
            candidates.append((found, marks))
          }
        }
      }
    }
    guard !isAbout, !candidates.isEmpty else { return NameVerdict() }
    if catalogue.neutralNames.contains(bytes[range].map(\.lowercased)) { return NameVerdict() }

    var verdict = NameVerdict(isFaint: true, minimumLength: .max)
    for (found, marks) in candidates where !neutral.contains(where: { $0.overlaps(found) }) {
      verdict.isSecret = true
      if marks.contains(.password) { verdict.isPassword = true }
      if !marks.contains(.faint) { verdict.isFaint = false }
      verdict.minimumLength = min(verdict.minimumLength, marks.contains(.long) ? 16 : 1)
    }
    return verdict.isSecret ? verdict : NameVerdict()
  }
}
