/// Decides a workload's verdict on one target from its cells.
///
/// Lexicographic: a blocking rule that fails, then a blocking rule that could not be assessed, then
/// a rule that asks for a change. Each verdict names the rules that decided it.
struct VerdictRule: Sendable {
  let rules: [Rule]
  /// The facts that each target's data has, by target.
  let facts: [String: Set<String>]

  func verdict(on target: String, cells: [Cell]) -> TargetVerdict {
    var verdict = decide(target, cells)
    guard let known = facts[target], !verdict.decidedBy.isEmpty else { return verdict }
    let deciders = Set(verdict.decidedBy)
    var cited: [String] = []
    for cell in cells where deciders.contains(rules[cell.rule].id) {
      cited += rules[cell.rule].constraints
    }
    verdict.facts = Set(cited).intersection(known).sorted()
    return verdict
  }

  private func decide(_ target: String, _ cells: [Cell]) -> TargetVerdict {
    var blocking: Set<String> = []
    var open: Set<String> = []
    var changing: Set<String> = []
    for cell in cells where cell.target == nil || cell.target == target {
      let rule = rules[cell.rule]
      switch cell.state {
      case .fail:
        for failure in cell.failures {
          switch failure.effects[target, default: .none] {
          case .blocks: blocking.insert(rule.id)
          case .needsChange: changing.insert(rule.id)
          case .advisory, .none: break
          }
        }
        // Another subject of the same rule that could not be assessed may still block.
        if !cell.openQuestions.isEmpty, rule.effects[target] == .blocks { open.insert(rule.id) }
      case .notAssessed, .error:
        if rule.effects[target] == .blocks { open.insert(rule.id) }
      case .pass, .notApplicable: break
      }
    }
    if !blocking.isEmpty {
      return TargetVerdict(target: target, verdict: .blocked, decidedBy: blocking.sorted())
    }
    if !open.isEmpty {
      return TargetVerdict(
        target: target,
        verdict: .notEnoughEvidence,
        decidedBy: open.sorted()
      )
    }
    if !changing.isEmpty {
      return TargetVerdict(target: target, verdict: .needsChanges, decidedBy: changing.sorted())
    }
    return TargetVerdict(target: target, verdict: .ready, decidedBy: [])
  }
}
