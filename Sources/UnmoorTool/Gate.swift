import RuleEngine

/// Decides the exit code of an assessment: DESIGN's 0, 1 and 3.
struct Gate {
  var failOn: FailOn?
  var minimumScore: Double?
  var minimumCoverage: Double?
  /// Paths named by the user, which must be readable.
  var required: [String]

  struct Outcome {
    var code: Int
    var reasons: [String]
  }

  func judge(_ assessment: Assessment) -> Outcome {
    let failures = failures(assessment)
    if !failures.isEmpty { return Outcome(code: 1, reasons: failures) }
    let gaps = gaps(assessment)
    return Outcome(code: gaps.isEmpty ? 0 : 3, reasons: gaps)
  }

  private func failures(_ assessment: Assessment) -> [String] {
    var reasons: [String] = []
    switch failOn {
    case .severity(let severity):
      let count = assessment.findings.count { $0.severity >= severity && $0.waived == nil }
      if count > 0 {
        reasons.append("gate: \(count) findings of severity \(severity.rawValue) or worse")
      }
    case .verdict(let verdict):
      let worst = Verdict.allCases.prefix { $0 != verdict } + [verdict]
      let count = assessment.workloads.count { workload in
        workload.verdicts.contains { worst.contains($0.verdict) }
      }
      if count > 0 {
        reasons.append("gate: \(count) workloads are \(verdict.rawValue) or worse on a target")
      }
    case nil: break
    }
    if let minimumScore, let score = assessment.summary.score,
      Double(score.floor) < minimumScore * 100
    {
      reasons.append(
        "gate: the score's floor \(percent(score.floor)) is below \(percent(Int(minimumScore * 100)))"
      )
    }
    return reasons
  }

  private func gaps(_ assessment: Assessment) -> [String] {
    var reasons: [String] = []
    let unread = assessment.inputs.filter { $0.state == "unreadable" || $0.state == "partial" }
    let hasGate = failOn != nil || minimumScore != nil || minimumCoverage != nil
    if hasGate, !unread.isEmpty {
      reasons.append(
        "gate: \(unread.count) inputs could not be read: "
          + unread.prefix(5).map(\.path).joined(separator: ", ")
      )
    }
    for path in required {
      guard let input = assessment.inputs.first(where: { $0.path == path }) else {
        reasons.append("\(path) is no file that can be assessed")
        continue
      }
      if input.state == "unreadable" { reasons.append("\(path) could not be read") }
    }
    guard let score = assessment.summary.score else {
      if minimumScore != nil || minimumCoverage != nil {
        reasons.append("gate: nothing could be scored")
      }
      return reasons
    }
    if let minimumCoverage, Double(score.coverage) < minimumCoverage * 100 {
      reasons.append(
        """
        gate: the coverage \(percent(score.coverage)) is below \
        \(percent(Int(minimumCoverage * 100)))
        """
      )
    }
    return reasons
  }

  private func percent(_ basisPoints: Int) -> String {
    let tenths = (basisPoints + 5) / 10
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
