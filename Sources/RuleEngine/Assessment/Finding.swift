/// A stretch of a file, 1-based, `end` behind the last character.
public struct FileLocation: Hashable, Comparable, Sendable {
  /// Relative to the scanned root.
  public var file: String
  public var line: Int
  public var column: Int
  public var endLine: Int
  public var endColumn: Int

  public init(file: String, line: Int, column: Int, endLine: Int, endColumn: Int) {
    self.file = file
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
  }

  public static func < (left: FileLocation, right: FileLocation) -> Bool {
    if left.file != right.file { return left.file < right.file }
    return (left.line, left.column, left.endLine, left.endColumn)
      < (right.line, right.column, right.endLine, right.endColumn)
  }
}

/// One rule failing at one place.
public struct Finding: Sendable {
  public var rule: String
  public var title: String
  public var topic: String
  public var step: String
  public var severity: Severity
  public var confidence: Confidence
  /// The workload's id.
  public var workload: String
  public var location: FileLocation
  /// The place inside the document, without line numbers: `services.web.volumes[0].source`.
  public var path: String
  /// The text that decided it, masked.
  public var evidence: String
  /// The files and lines a value passed through on its way to `location`.
  public var provenance: [FileLocation]
  public var message: String
  public var remediation: Remediation
  /// In the order of the targets; a target without an effect is left out.
  public var targets: [(target: String, effect: TargetEffect)]
  public var references: [String]
  /// Lines around `location`, masked.
  public var excerpt: [SourceLine]
  /// Where `location` lies in the excerpt, if masking moved its columns.
  public var excerptLocation: FileLocation?
  /// Stable over moved lines: made of rule, workload, path and normalised evidence.
  public var fingerprint: String
  public var waived: Waiver?

  public init(
    rule: String,
    title: String,
    topic: String,
    step: String,
    severity: Severity,
    confidence: Confidence,
    workload: String,
    location: FileLocation,
    path: String,
    evidence: String,
    provenance: [FileLocation],
    message: String,
    remediation: Remediation,
    targets: [(target: String, effect: TargetEffect)],
    references: [String],
    excerpt: [SourceLine],
    fingerprint: String,
    waived: Waiver? = nil
  ) {
    self.rule = rule
    self.title = title
    self.topic = topic
    self.step = step
    self.severity = severity
    self.confidence = confidence
    self.workload = workload
    self.location = location
    self.path = path
    self.evidence = evidence
    self.provenance = provenance
    self.message = message
    self.remediation = remediation
    self.targets = targets
    self.references = references
    self.excerpt = excerpt
    self.fingerprint = fingerprint
    self.waived = waived
  }
}

/// One line of a scanned file, with secrets replaced.
public struct SourceLine: Hashable, Sendable {
  public var number: Int
  public var text: String

  public init(number: Int, text: String) {
    self.number = number
    self.text = text
  }
}

/// How a finding is mended.
public struct Remediation: Hashable, Sendable {
  public var text: String
  /// Points for one change: 1 trivial, 3 a day, 5 a redesign, 8 a new architecture.
  public var effort: Int

  public init(text: String, effort: Int) {
    self.text = text
    self.effort = effort
  }
}

/// Who accepted a finding, why and until when.
public struct Waiver: Hashable, Sendable {
  public var reason: String
  public var owner: String?
  /// An ISO 8601 date.
  public var until: String?

  public init(reason: String, owner: String?, until: String?) {
    self.reason = reason
    self.owner = owner
    self.until = until
  }
}

/// One cell of rule × workload (× target, where the rule asks about the target).
public struct Check: Hashable, Sendable {
  public var rule: String
  public var workload: String
  /// `nil` unless the rule asks about the target.
  public var target: String?
  public var state: CheckState
  /// Why it is `not-assessed`, `not-applicable` or `error`.
  public var reason: String?
  /// Where it failed or could not be assessed.
  public var locations: [FileLocation]

  public init(
    rule: String,
    workload: String,
    target: String?,
    state: CheckState,
    reason: String?,
    locations: [FileLocation]
  ) {
    self.rule = rule
    self.workload = workload
    self.target = target
    self.state = state
    self.reason = reason
    self.locations = locations
  }
}

/// Something about the scanned files that the reader must know.
public struct NoticeRecord: Hashable, Sendable {
  public var kind: String
  public var file: String
  public var line: Int
  public var message: String

  public init(kind: String, file: String, line: Int, message: String) {
    self.kind = kind
    self.file = file
    self.line = line
    self.message = message
  }
}

/// What reports need to know of a rule.
public struct RuleSummary: Sendable {
  public var id: String
  public var title: String
  public var step: String
  public var topic: String
  public var severity: Severity
  public var references: [String]
  /// Ids of the targets' facts that it rests on.
  public var constraints: [String]

  public init(
    id: String,
    title: String,
    step: String,
    topic: String,
    severity: Severity,
    references: [String],
    constraints: [String] = []
  ) {
    self.id = id
    self.title = title
    self.step = step
    self.topic = topic
    self.severity = severity
    self.references = references
    self.constraints = constraints
  }
}
