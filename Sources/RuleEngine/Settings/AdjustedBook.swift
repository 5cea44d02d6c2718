package import DocumentTrees

extension RuleBook {
  /// The book with a project's own weights, and what was changed, in words.
  ///
  /// Fails if the settings name a rule or a target that is none: a misspelt switch must not leave a
  /// rule on that somebody relies on being off, or the other way round.
  package func adjusted(
    by settings: ProjectSettings
  ) throws(RuleError) -> (book: RuleBook, changes: [(place: Place, text: String)]) {
    if settings.rules.isEmpty { return (self, []) }
    var changed = rules
    var off: Set<String> = []
    var changes: [(place: Place, text: String)] = []
    var account = ""
    for setting in settings.rules {
      let named = changed.indices.filter { Glob(setting.pattern).matches(changed[$0].id) }
      if named.isEmpty {
        throw RuleError(
          file: ProjectSettings.fileName,
          place: setting.place,
          problem: "'\(setting.pattern)' is no rule"
            + suggestion(for: setting.pattern, among: rules.map(\.id))
        )
      }
      for target in setting.effects.keys.sorted() where catalogue.target(target) == nil {
        throw RuleError(
          file: ProjectSettings.fileName,
          place: setting.place,
          problem: "'\(target)' is no target"
            + suggestion(for: target, among: catalogue.targets.map(\.id))
        )
      }
      for index in named {
        if setting.isOff { off.insert(changed[index].id) }
        changed[index] = changed[index].weighed(setting.severity, setting.effects)
      }
      let text = setting.words
      changes.append((setting.place, text))
      account += text
    }
    let kept = changed.filter { !off.contains($0.id) }
    return (RuleBook(self, rules: kept, account: account), changes)
  }
}

extension ProjectSettings.RuleSetting {
  /// What the setting changes, as a sentence with its reason.
  fileprivate var words: String {
    var parts: [String] = []
    if isOff { parts.append("off") }
    if let severity { parts.append("severity \(severity.rawValue)") }
    for (target, effect) in effects.sorted(by: { $0.key < $1.key }) {
      parts.append("\(target) \(effect.rawValue)")
    }
    let change = "The project's settings change \(pattern): \(parts.joined(separator: ", "))"
    return reason.map { "\(change) (\($0))." } ?? change + "."
  }
}
