import Testing
import Workloads

@testable import RuleEngine

/// The verdict of a workload on a target, from every combination of states and effects.
@Suite struct VerdictTests {
  static let states: [CheckState] = CheckState.allCases

  /// What one cell demands: its share in the verdict, by DESIGN's lexicographic order.
  private func verdict(of state: CheckState, _ effect: TargetEffect) -> Verdict {
    switch (state, effect) {
    case (.fail, .blocks): .blocked
    case (.notAssessed, .blocks), (.error, .blocks): .notEnoughEvidence
    case (.fail, .needsChange): .needsChanges
    default: .ready
    }
  }

  private func cell(_ rule: Int, _ state: CheckState, _ effects: [String: TargetEffect]) -> Cell {
    var cell = Cell(rule: rule, state: state)
    if state == .fail {
      cell.failures = [
        Failure(
          subject: "",
          severity: .high,
          effects: effects,
          origin: .none,
          path: "",
          evidence: "",
          message: ""
        )
      ]
    }
    if state == .notAssessed || state == .error {
      cell.openQuestions = [OpenQuestion(reason: "why", origin: .none)]
    }
    return cell
  }

  private func rule(_ id: String, _ effect: TargetEffect) throws -> Rule {
    try TestBook.rule(id, assert: "true", targets: "{ aca: \(effect.rawValue) }")
  }

  @Test func worstOfTwoCellsDecides() throws {
    for first in TargetEffect.allCases {
      for second in TargetEffect.allCases {
        let rules = [try rule("host/first", first), try rule("host/second", second)]
        for left in Self.states {
          for right in Self.states {
            let cells = [cell(0, left, ["aca": first]), cell(1, right, ["aca": second])]
            let demands = [verdict(of: left, first), verdict(of: right, second)]
            let worst = Verdict.allCases.first { demands.contains($0) } ?? .ready
            let given = VerdictRule(rules: rules, facts: [:]).verdict(on: "aca", cells: cells)
            let case_ = "\(left) \(first), \(right) \(second)"
            #expect(given.verdict == worst, "\(case_)")
            let deciders = zip(["host/first", "host/second"], demands)
              .filter { $0.1 == worst && worst != .ready }.map(\.0)
            #expect(given.decidedBy == deciders, "\(case_)")
            // The rules say nothing about other targets.
            let other = VerdictRule(rules: rules, facts: [:]).verdict(
              on: "ecs-fargate",
              cells: cells
            )
            #expect(other.verdict == .ready && other.decidedBy.isEmpty)
          }
        }
      }
    }
  }

  @Test func cellOfAnotherTargetDoesNotCount() throws {
    let rules = [try rule("host/first", .blocks)]
    var failing = cell(0, .fail, ["aca": .blocks])
    failing.target = "ecs-fargate"
    #expect(
      VerdictRule(rules: rules, facts: [:]).verdict(on: "aca", cells: [failing]).verdict == .ready
    )
  }

  /// One subject that needs a change does not answer for another that could not be assessed.
  @Test func openSubjectOfAFailingRuleMayStillBlock() throws {
    let rules = [try rule("host/first", .blocks)]
    var mixed = cell(0, .fail, ["aca": .needsChange])
    mixed.openQuestions = [OpenQuestion(reason: "why", origin: .none)]
    let verdict = VerdictRule(rules: rules, facts: [:]).verdict(on: "aca", cells: [mixed])
    #expect(verdict.verdict == .notEnoughEvidence)
  }

  @Test func noCellsAreReady() {
    #expect(VerdictRule(rules: [], facts: [:]).verdict(on: "aca", cells: []).verdict == .ready)
  }
}
