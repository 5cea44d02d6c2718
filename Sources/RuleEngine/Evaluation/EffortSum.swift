import DocumentTrees
import Workloads

/// Adds up work by remediation unit: one change that clears six findings is counted once.
///
/// A unit is a named change (or a rule) at one place of one file; where several findings share it,
/// the greatest effort counts.
struct EffortSum: Sendable {
  private struct Unit: Hashable {
    var change: String
    var place: SourceLocation?
    /// Tells apart what has no place of its own.
    var workload: String
  }

  private var known: [Unit: Int] = [:]
  private var possible: [Unit: Int] = [:]

  mutating func add(_ cell: Cell, of rule: Rule, workload: String) {
    let change = rule.remediationUnit ?? rule.id
    for failure in cell.failures where failure.absorbedBy == nil {
      let place = failure.origin.location
      let unit = Unit(change: change, place: place, workload: place == nil ? workload : "")
      known[unit] = max(known[unit, default: 0], rule.remediation.effort)
    }
    for question in cell.openQuestions {
      let place = question.origin.location
      let unit = Unit(change: change, place: place, workload: place == nil ? workload : "")
      possible[unit] = max(possible[unit, default: 0], rule.remediation.effort)
    }
  }

  var effort: Effort {
    let low = known.values.reduce(0, +)
    let more = possible.filter { known[$0.key] == nil }.values.reduce(0, +)
    return Effort(low: low, high: low + more)
  }
}
