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

/// What all rules say of one workload.
///
/// Most cells pass or do not apply. They are kept as a few numbers; only those that failed or are
/// open have a `Cell` with the details.
struct Judgement: Sendable {
  /// Why a cell does not apply, where that is one of a few reasons.
  enum Reason: UInt8, Sendable {
    case none
    /// Nothing in the workload is the rule's subject.
    case noSubject
    case disposition
    case format
    /// As the details say.
    case detailed
  }

  struct Entry: Sendable {
    /// Position of the rule in the rule book.
    var rule: Int32
    /// Position of the target among those assessed; -1: none.
    var target: Int32 = -1
    /// Position among `cells`; -1: no details.
    var cell: Int32 = -1
    var state: CheckState
    var reason: Reason
  }

  let facts: WorkloadFacts
  var entries: [Entry] = []
  /// Those that failed or are open.
  var cells: [Cell] = []

  init(_ facts: WorkloadFacts) { self.facts = facts }

  /// Adds a cell that failed or is open.
  mutating func add(_ cell: Cell, target: Int32) {
    entries.append(
      Entry(
        rule: Int32(truncatingIfNeeded: cell.rule),
        target: target,
        cell: Int32(truncatingIfNeeded: cells.count),
        state: cell.state,
        reason: cell.reason == nil ? .none : .detailed
      )
    )
    cells.append(cell)
  }

  /// A reason in words; `nil` if there is none.
  func text(of reason: Reason) -> String? {
    switch reason {
    case .none, .detailed: nil
    case .noSubject: "nothing in the workload is the rule's subject"
    case .disposition:
      "the workload's disposition is \(facts.decision.disposition.rawValue)"
    case .format: "the rule is not about \(facts.workload.format.rawValue)"
    }
  }
}

/// A subject for which the rule fails.
struct Failure: Sendable {
  /// The subject's path within its workload.
  var subject: String
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
