/// The whole outcome of one run, sorted and masked: every report is a pure function of it.
public struct Assessment: Sendable {
  public var tool: Tool
  /// What was asked for, as name and value, in the order of the names.
  public var options: [(name: String, value: String)]
  public var inputs: [InputFile]
  public var summary: Summary
  /// In the order of the checklist.
  public var steps: [StepResult]
  public var workloads: [WorkloadResult]
  /// Sorted by location, then rule.
  public var findings: [Finding]
  /// Every cell of rule × workload, sorted by rule, then workload.
  public var checks: Checks
  public var notices: [NoticeRecord]
  /// The rules that were asked, sorted by id.
  public var rules: [RuleSummary]
  /// What verdicts and findings cite of the targets, by target and id.
  public var platformFacts: [PlatformFact] = []
  /// The targets that were assessed, in display order.
  public var targets: [TargetSummary]
  /// What the scanners know how to read, in words, for the reader of an empty report.
  public var lookedFor: [String]

  public init(
    tool: Tool,
    options: [(name: String, value: String)],
    inputs: [InputFile],
    summary: Summary,
    steps: [StepResult],
    workloads: [WorkloadResult],
    findings: [Finding],
    checks: Checks,
    notices: [NoticeRecord],
    rules: [RuleSummary],
    targets: [TargetSummary],
    lookedFor: [String] = []
  ) {
    self.tool = tool
    self.options = options
    self.inputs = inputs
    self.summary = summary
    self.steps = steps
    self.workloads = workloads
    self.findings = findings
    self.checks = checks
    self.notices = notices
    self.rules = rules
    self.targets = targets
    self.lookedFor = lookedFor
  }
}

/// The program and the rules that made an assessment.
public struct Tool: Hashable, Sendable {
  public var name: String
  public var version: String
  /// `sha256:` and the digest over all rules and data in force.
  public var ruleSetDigest: String

  public init(name: String, version: String, ruleSetDigest: String) {
    self.name = name
    self.version = version
    self.ruleSetDigest = ruleSetDigest
  }
}

/// A file that was looked at.
public struct InputFile: Hashable, Sendable {
  public var path: String
  public var format: String
  public var sha256: String
  /// `read`, `partial`, `unreadable` or `unsupported`.
  public var state: String

  public init(path: String, format: String, sha256: String, state: String) {
    self.path = path
    self.format = format
    self.sha256 = sha256
    self.state = state
  }
}

/// A platform that workloads could move to.
public struct TargetSummary: Hashable, Sendable {
  /// `ecs-fargate`, `eks-fargate`, `aca`.
  public var id: String
  public var title: String

  public init(id: String, title: String) {
    self.id = id
    self.title = title
  }
}

/// The figures at the head of every report.
public struct Summary: Sendable {
  /// `nil`: nothing could be scored.
  public var score: Score?
  /// Workloads that move, by target and verdict; every target has every verdict.
  public var verdicts: [(target: String, counts: [(verdict: Verdict, count: Int)])]
  /// Workloads by disposition; every disposition is listed.
  public var dispositions: [(disposition: Disposition, count: Int)]
  /// Findings that are not waived, by severity; every severity is listed, worst first.
  public var findings: [(severity: Severity, count: Int)]
  public var effort: Effort

  public init(
    score: Score?,
    verdicts: [(target: String, counts: [(verdict: Verdict, count: Int)])],
    dispositions: [(disposition: Disposition, count: Int)],
    findings: [(severity: Severity, count: Int)],
    effort: Effort
  ) {
    self.score = score
    self.verdicts = verdicts
    self.dispositions = dispositions
    self.findings = findings
    self.effort = effort
  }
}

/// Points of work: `low` for what is known to need mending, `high` if all that could not be
/// assessed needs it too.
public struct Effort: Hashable, Sendable {
  public var low: Int
  public var high: Int

  public init(low: Int, high: Int) {
    self.low = low
    self.high = high
  }
}

/// A score as an interval, in basis points (0…10 000).
public struct Score: Hashable, Sendable {
  /// What is certainly fulfilled.
  public var floor: Int
  /// What is fulfilled if everything not assessed turns out well.
  public var ceiling: Int
  /// How much of what applies could be assessed.
  public var coverage: Int

  public init(floor: Int, ceiling: Int, coverage: Int) {
    self.floor = floor
    self.ceiling = ceiling
    self.coverage = coverage
  }
}

/// One step of the checklist.
public struct StepResult: Hashable, Sendable {
  public var id: String
  public var title: String
  public var weight: Int
  /// `nil`: no rule of this step applied.
  public var score: Score?

  public init(id: String, title: String, weight: Int, score: Score?) {
    self.id = id
    self.title = title
    self.weight = weight
    self.score = score
  }
}

/// One workload, with its fate.
public struct WorkloadResult: Sendable {
  public var id: String
  public var name: String
  public var kind: String
  public var format: String
  public var project: String
  public var disposition: Disposition
  /// Why, in words: "image postgres:15 is a relational database (PostgreSQL)".
  public var dispositionReason: String
  /// The managed services that take its place, per cloud.
  public var replacement: Replacement?
  public var location: FileLocation
  public var steps: [StepResult]
  public var score: Score?
  /// In the order of the targets; empty for workloads that do not move.
  public var verdicts: [TargetVerdict]
  /// The smallest size on each target, in their order; empty for workloads that do not move.
  public var sizes: [TargetSize] = []
  /// Other definitions of the same workload, which are not judged as deployed.
  public var otherDefinitions: [DefinitionRecord] = []

  public init(
    id: String,
    name: String,
    kind: String,
    format: String,
    project: String,
    disposition: Disposition,
    dispositionReason: String,
    replacement: Replacement?,
    location: FileLocation,
    steps: [StepResult],
    score: Score?,
    verdicts: [TargetVerdict]
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.format = format
    self.project = project
    self.disposition = disposition
    self.dispositionReason = dispositionReason
    self.replacement = replacement
    self.location = location
    self.steps = steps
    self.score = score
    self.verdicts = verdicts
  }
}

/// Another definition of the same workload.
public struct DefinitionRecord: Hashable, Sendable {
  /// That workload's id.
  public var workload: String
  /// How both are known to be the same, in words.
  public var reason: String
  public var location: FileLocation

  public init(workload: String, reason: String, location: FileLocation) {
    self.workload = workload
    self.reason = reason
    self.location = location
  }
}

/// What takes the place of a workload that does not move.
public struct Replacement: Hashable, Sendable {
  public var aws: [String]
  public var azure: [String]
  public var note: String?

  public init(aws: [String], azure: [String], note: String?) {
    self.aws = aws
    self.azure = azure
    self.note = note
  }
}

/// A workload's verdict on one target.
public struct TargetVerdict: Hashable, Sendable {
  public var target: String
  public var verdict: Verdict
  /// Ids of the rules that decided it, sorted; empty for `ready`.
  public var decidedBy: [String]
  /// Ids of the target's facts that those rules rest on, sorted.
  public var facts: [String] = []

  public init(target: String, verdict: Verdict, decidedBy: [String]) {
    self.target = target
    self.verdict = verdict
    self.decidedBy = decidedBy
  }
}
