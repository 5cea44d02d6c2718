import Expressions
import Workloads

/// One rule asked of one workload, for one target if the rule asks about targets.
struct Cell: Sendable {
  /// Position of the rule in the rule book.
  var rule: Int
  var target: String?
  var state: CheckState
  var reason: String?
  var failures: [Failure] = []
  /// Where it could not be assessed.
  var openQuestions: [OpenQuestion] = []
}

/// A subject for which the rule fails.
struct Failure: Sendable {
  var subject: Subject
  var severity: Severity
  var effects: [String: TargetEffect]
  var origin: Origin
  var path: String
  var evidence: String
  var message: String
  /// The rule that makes this one redundant here; it stays in the score and leaves the list.
  var absorbedBy: String?
}

/// A subject for which the rule could not be answered.
struct OpenQuestion: Sendable {
  var reason: String
  var origin: Origin
}
