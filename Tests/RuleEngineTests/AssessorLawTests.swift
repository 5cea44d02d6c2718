import Testing
import Workloads

@testable import RuleEngine

/// The laws of DESIGN §4 on whole assessments; every failure names the seed that shows it.
@Suite struct AssessorLawTests {
  static let cases = 100

  /// All scores: the whole, the steps, and each workload's.
  private func scores(_ assessment: Assessment) -> [Score?] {
    [assessment.summary.score] + assessment.steps.map(\.score)
      + assessment.workloads.flatMap { [$0.score] + $0.steps.map(\.score) }
  }

  @Test func poolIsComplete() { #expect(RandomEstate.pool.count == 60) }

  private func turning(
    _ knobsTo: RandomEstate.Knob.Setting,
    from old: RandomEstate.Knob.Setting,
    seeds first: Int,
    _ isLawful: (_ before: Assessment, _ after: Assessment) -> String?
  ) async throws {
    for seed in first..<(first + Self.cases) {
      var dice = Dice(seed: UInt64(seed))
      let rules = RandomEstate.rules(&dice)
      var workloads = RandomEstate.workloads(&dice)
      let index = workloads.indices.randomElement(using: &dice) ?? 0
      let knob = RandomEstate.knobs.randomElement(using: &dice) ?? RandomEstate.knobs[0]
      knob.turn(&workloads[index], old)
      let before = try await TestBook.assess(workloads, with: rules)
      knob.turn(&workloads[index], knobsTo)
      let after = try await TestBook.assess(workloads, with: rules)
      if let problem = isLawful(before, after) {
        Issue.record("seed \(seed), \(knob.name): \(problem)")
      }
    }
  }

  private func compare(
    _ before: Assessment,
    _ after: Assessment,
    _ isLawful: (Score, Score) -> Bool
  ) -> String? {
    for (old, new) in zip(scores(before), scores(after)) {
      guard let old, let new else { continue }
      if !isLawful(old, new) { return "\(old) became \(new)" }
    }
    return nil
  }

  @Test func mendingNeverLowers() async throws {
    try await turning(.good, from: .bad, seeds: 0) { before, after in
      if after.summary.effort.low > before.summary.effort.low { return "effort rose" }
      return compare(before, after) { $1.floor >= $0.floor && $1.ceiling >= $0.ceiling }
    }
  }

  @Test func newDefectsNeverRaise() async throws {
    try await turning(.bad, from: .good, seeds: 1000) { before, after in
      compare(before, after) { $1.floor <= $0.floor && $1.ceiling <= $0.ceiling }
    }
  }

  @Test func goodEvidenceNarrows() async throws {
    try await turning(.good, from: .unknown, seeds: 2000) { before, after in
      compare(before, after) { $1.floor >= $0.floor && $1.ceiling <= $0.ceiling }
    }
  }

  @Test func badEvidenceNarrows() async throws {
    try await turning(.bad, from: .unknown, seeds: 3000) { before, after in
      compare(before, after) { $1.floor >= $0.floor && $1.ceiling <= $0.ceiling }
    }
  }

  /// Verdicts get no better by a defect and no worse by mending.
  @Test func verdictsFollow() async throws {
    func rank(_ verdict: Verdict) -> Int { Verdict.allCases.firstIndex(of: verdict) ?? 0 }
    func ranks(_ assessment: Assessment) -> [Int] {
      assessment.workloads.flatMap(\.verdicts).map { rank($0.verdict) }
    }
    try await turning(.bad, from: .good, seeds: 4000) { before, after in
      zip(ranks(before), ranks(after)).allSatisfy { $0 >= $1 } ? nil : "a verdict got better"
    }
  }

  @Test func orderOfWorkloadsDoesNotMatter() async throws {
    for seed in 5000..<(5000 + Self.cases) {
      var dice = Dice(seed: UInt64(seed))
      let rules = RandomEstate.rules(&dice)
      let workloads = RandomEstate.workloads(&dice)
      let first = try await TestBook.assess(workloads, with: rules)
      let second = try await TestBook.assess(
        workloads.shuffled(using: &dice),
        with: rules.shuffled(using: &dice)
      )
      #expect("\(first)" == "\(second)", "seed \(seed)")
    }
  }

  @Test func namesDoNotMatter() async throws {
    for seed in 6000..<(6000 + Self.cases) {
      var dice = Dice(seed: UInt64(seed))
      // Rules that ask for a name are left out, as a name is what they are about.
      let rules = RandomEstate.rules(&dice).filter { $0.conditionText?.contains("name") != true }
      let workloads = RandomEstate.workloads(&dice)
      let renamed = workloads.map { workload in
        var workload = workload
        workload.name = "zebra-\(workload.name)"
        workload.id = "compose:shop/\(workload.name)"
        workload.containers[0].name = workload.name
        return workload
      }
      let before = try await TestBook.assess(workloads, with: rules)
      let after = try await TestBook.assess(renamed, with: rules)
      #expect(scores(before) == scores(after), "seed \(seed)")
    }
  }

  @Test func duplicatesDoNotMatter() async throws {
    for seed in 7000..<(7000 + Self.cases) {
      var dice = Dice(seed: UInt64(seed))
      let rules = RandomEstate.rules(&dice).filter { $0.conditionText?.contains("name") != true }
      let workloads = RandomEstate.workloads(&dice)
      let copies = workloads.map { workload in
        var copy = workload
        copy.id += "-copy"
        copy.project = "another"
        return copy
      }
      let single = try await TestBook.assess(workloads, with: rules)
      let double = try await TestBook.assess(workloads + copies, with: rules)
      #expect(single.summary.score == double.summary.score, "seed \(seed)")
      #expect(single.steps == double.steps, "seed \(seed)")
    }
  }

  @Test func everyCellIsThereOnce() async throws {
    for seed in 8000..<(8000 + Self.cases) {
      var dice = Dice(seed: UInt64(seed))
      let rules = RandomEstate.rules(&dice)
      let workloads = RandomEstate.workloads(&dice)
      let assessment = try await TestBook.assess(workloads, with: rules)
      let keys = assessment.checks.map { "\($0.rule) \($0.workload) \($0.target ?? "-")" }
      #expect(Set(keys).count == keys.count, "seed \(seed)")
      for check in assessment.checks {
        let wantsReason = [.notAssessed, .notApplicable, .error].contains(check.state)
        #expect((check.reason?.isEmpty == false) == wantsReason, "seed \(seed): \(check)")
        #expect(check.state != .error, "seed \(seed): \(check)")
      }
      for finding in assessment.findings {
        let cell = assessment.checks.contains {
          $0.rule == finding.rule && $0.workload == finding.workload && $0.state == .fail
        }
        #expect(cell, "seed \(seed): a finding without a failed cell")
      }
      #expect(Set(assessment.findings.map(\.fingerprint)).count == assessment.findings.count)
    }
  }

  @Test func nothingGivesNoScore() async throws {
    let assessment = try await TestBook.assess([], with: RandomEstate.pool)
    #expect(assessment.summary.score == nil)
    #expect(assessment.steps.allSatisfy { $0.score == nil })
    #expect(assessment.summary.effort == Effort(low: 0, high: 0))
  }
}
