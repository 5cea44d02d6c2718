import Expressions
import Workloads

/// What is known of a rule before any workload is looked at.
struct RulePlan: Sendable {
  let rule: Rule
  /// `SubjectKind.number` of its subject.
  let kind: Int
  /// Positions of the targets that it is asked for; -1 alone if it does not ask about targets.
  let targets: [Int32]
  private let limitsFormats: Bool
  /// A bit for each disposition that it judges.
  private let dispositions: UInt

  init(_ rule: Rule, targets: [String]) {
    self.rule = rule
    kind = rule.appliesTo.number
    limitsFormats = !rule.formats.isEmpty
    dispositions = rule.dispositions.reduce(0) { $0 | $1.bit }
    self.targets =
      rule.asksAboutTarget
      ? targets.indices.filter { rule.effects[targets[$0], default: .none] != .none }
        .map { Int32(truncatingIfNeeded: $0) }
      : [-1]
  }

  /// Why the rule has nothing to say of a workload as a whole.
  func reason(_ disposition: Disposition, _ format: String) -> Judgement.Reason {
    if dispositions & disposition.bit == 0 { return .disposition }
    if limitsFormats, !rule.formats.contains(format) { return .format }
    return .none
  }
}

/// A rule with its expressions compiled.
final class ReadyRule {
  let rule: Rule
  let condition: Program?
  let assertion: Program
  let conditionAsksTarget: Bool
  let assertionAsksTarget: Bool
  /// In a fixed order, so that the same evidence is always named first.
  let needs: [Rule.Evidence]

  init(_ rule: Rule) {
    self.rule = rule
    do {
      let logic = try rule.logic.content()
      condition = logic.condition
      assertion = logic.assertion
    } catch {
      condition = nil
      assertion = .failing("the rule cannot be used: \(error)")
    }
    conditionAsksTarget = condition?.mentions.variables.contains("target") == true
    assertionAsksTarget = assertion.mentions.variables.contains("target")
    needs = rule.needs.sorted { $0.rawValue < $1.rawValue }
  }
}

/// The rules that one task has asked so far, compiled when they are first asked.
final class ReadyRules {
  private let rules: [Rule]
  private var ready: [ReadyRule?]

  init(_ rules: [Rule]) {
    self.rules = rules
    ready = Array(repeating: nil, count: rules.count)
  }

  subscript(number: Int) -> ReadyRule {
    if let known = ready[number] { return known }
    let rule = ReadyRule(rules[number])
    ready[number] = rule
    return rule
  }
}

extension Disposition {
  fileprivate var bit: UInt {
    switch self {
    case .move: 1
    case .externalise: 2
    case .absorb: 4
    case .localOnly: 8
    case .infrastructure: 16
    case .duplicate: 32
    }
  }
}
