/// What the cells of a rule count in the score.
struct RuleWeight: Sendable {
  /// The position of its step in the checklist.
  let step: Int
  /// A cell that is asked once for all targets.
  let whole: Int
  /// One of the cells of a rule that is asked for each target.
  let shared: Int

  init(_ rule: Rule, checklist: Checklist, targets: [Target]) {
    // The loader has checked that there is such a step.
    step = checklist.steps.firstIndex { $0.id == rule.step } ?? 0
    let weight = checklist.severityWeights[rule.severity] ?? 0
    let sharers = targets.count { rule.effects[$0.id, default: .none] != .none }
    whole = ScoreSum.share(weight: weight, sharedBy: 1)
    shared = ScoreSum.share(weight: weight, sharedBy: sharers)
  }
}
