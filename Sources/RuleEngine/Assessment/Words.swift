/// Whether a workload can run on a target, worst first.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
  case blocked
  case notEnoughEvidence = "not-enough-evidence"
  case needsChanges = "needs-changes"
  case ready
}

/// What becomes of a workload.
public enum Disposition: String, Hashable, Sendable, CaseIterable {
  /// It runs on the target.
  case move
  /// It becomes a managed service.
  case externalise
  /// The platform does its job.
  case absorb
  /// It is never deployed.
  case localOnly = "local-only"
  /// Another manifest defines the same workload, and is judged in its place.
  case duplicate
  /// It runs nothing itself: roles, networks, logs and registries that no single workload owns.
  case infrastructure
}

/// How bad a finding is, worst first.
public enum Severity: String, Hashable, Sendable, CaseIterable, Comparable {
  case blocker, high, medium, low, info

  public var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// Orders by weight: `info < blocker`.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank > right.rank }
}

/// What a failing rule means for a target.
public enum TargetEffect: String, Hashable, Sendable, CaseIterable {
  case blocks
  case needsChange = "needs-change"
  case advisory
  case none
}

/// How sure a fact or a finding is.
public enum Confidence: String, Hashable, Sendable, CaseIterable {
  case high, medium, low
}

/// The state of one cell of rule × workload.
public enum CheckState: String, Hashable, Sendable, CaseIterable {
  case pass
  case fail
  case notAssessed = "not-assessed"
  case notApplicable = "not-applicable"
  case error
}
