import RuleEngine

extension Verdict {
  /// As a reader says it.
  var label: String {
    switch self {
    case .blocked: "blocked"
    case .notEnoughEvidence: "not enough evidence"
    case .needsChanges: "needs changes"
    case .ready: "ready"
    }
  }

  /// For narrow columns.
  var shortLabel: String {
    switch self {
    case .blocked: "blocked"
    case .notEnoughEvidence: "unclear"
    case .needsChanges: "changes"
    case .ready: "ready"
    }
  }
}

extension Disposition {
  /// The heading over the workloads of this fate.
  var heading: String {
    switch self {
    case .move: "Moves"
    case .externalise: "Becomes a managed service"
    case .absorb: "Absorbed by the platform"
    case .localOnly: "Stays local"
    case .duplicate: "Another definition of a workload"
    case .infrastructure: "Infrastructure around them"
    }
  }
}

extension TargetEffect {
  /// As in "blocks AWS Fargate".
  var label: String {
    switch self {
    case .blocks: "blocks"
    case .needsChange: "needs a change"
    case .advisory: "advisory"
    case .none: "no effect"
    }
  }
}

extension CheckState {
  /// As a column heading.
  var label: String {
    switch self {
    case .pass: "passed"
    case .fail: "failed"
    case .notAssessed: "not assessed"
    case .notApplicable: "not applicable"
    case .error: "error"
    }
  }
}

extension Score {
  /// `54–71`, rounded down, so that no score looks better than a gate takes it for.
  var interval: String {
    let (low, high) = (floor / 100, ceiling / 100)
    return low == high ? String(low) : "\(low)–\(high)"
  }

  var coveragePercent: Int { coverage / 100 }
}

extension Effort {
  /// `12–20`.
  var interval: String { low == high ? String(low) : "\(low)–\(high)" }
}

extension TargetSize {
  /// `0.5 vCPU, 1 GiB`, with the plan where there are several; nil if no size is known.
  var amount: String? {
    guard let cpu, let memory else { return nil }
    let gibibytes = Double(memory) / Double(1 << 30)
    let text = "\(trimmed(cpu)) vCPU, \(trimmed(gibibytes)) GiB"
    return profile.map { "\(text) (\($0))" } ?? text
  }

  private func trimmed(_ number: Double) -> String {
    number == number.rounded() ? String(Int(number)) : "\(number)"
  }
}

extension FileLocation {
  /// `compose.yaml:14:9`, as editors open it.
  var place: String { line > 0 ? "\(file):\(line):\(column)" : file }
}

/// `1 workload`, `2 workloads`.
func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
  "\(count) \(count == 1 ? singular : plural ?? singular + "s")"
}
