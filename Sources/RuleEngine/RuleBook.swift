import DocumentTrees
import Expressions

/// The rules in force, with the checklist and the catalogue that they lean on.
package struct RuleBook: Sendable {
  package let rules: [Rule]
  package let checklist: Checklist
  package let catalogue: Catalogue
  package let detector: SecretDetector
  /// `sha256:` and the digest over everything the book was read from.
  package let digest: String

  package init(
    rules: [Rule],
    checklist: Checklist,
    catalogue: Catalogue,
    detector: SecretDetector,
    digest: String
  ) throws(RuleError) {
    self.rules = rules.sorted { $0.id < $1.id }
    self.checklist = checklist
    self.catalogue = catalogue
    self.detector = detector
    self.digest = digest
    try checkReferences()
  }

  /// A book with other rules of an already checked one; `account` tells how it differs.
  init(_ other: RuleBook, rules: [Rule], account: String) {
    self.rules = rules
    checklist = other.checklist
    catalogue = other.catalogue
    detector = other.detector
    var hash = SHA256()
    hash.update(Array((other.digest + account).utf8))
    digest = "sha256:" + hash.finish()
  }

  /// Ids are unique, absorbed rules exist and absorb nothing back, and targets are known.
  private func checkReferences() throws(RuleError) {
    let ids = rules.map(\.id)
    let known = Set(ids)
    for (first, second) in zip(rules, rules.dropFirst()) where first.id == second.id {
      throw second.error("the id '\(second.id)' is taken by another rule")
    }
    for rule in rules {
      for absorbed in rule.absorbs where !known.contains(absorbed) {
        throw rule.error(
          "it absorbs '\(absorbed)', which is no rule\(suggestion(for: absorbed, among: ids))"
        )
      }
      let targets = catalogue.targets.map(\.id)
      let named =
        [rule.effects] + (rule.wording.compiledContent?.variants ?? []).compactMap(\.effects)
      for target in named.flatMap(\.keys).sorted() where !targets.contains(target) {
        throw rule.error(
          "'\(target)' is no target\(suggestion(for: target, among: targets))"
        )
      }
    }
    try checkAbsorption()
  }

  /// Rules that absorb each other would all leave the report.
  private func checkAbsorption() throws(RuleError) {
    let absorbed = Dictionary(uniqueKeysWithValues: rules.map { ($0.id, $0.absorbs) })
    for rule in rules where !rule.absorbs.isEmpty {
      var seen: Set<String> = []
      var next = rule.absorbs
      while let id = next.popLast() {
        if id == rule.id {
          throw rule.error("it absorbs itself, directly or through others")
        }
        if seen.insert(id).inserted { next += absorbed[id] ?? [] }
      }
    }
  }
}

extension Rule {
  fileprivate func error(_ problem: String) -> RuleError {
    RuleError(file: location.file, place: location.range.start, problem: "\(id): \(problem)")
  }
}
