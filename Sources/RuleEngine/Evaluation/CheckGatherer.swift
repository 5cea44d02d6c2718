import DocumentTrees
import Workloads

/// Turns judgements, which come in order of their workloads' ids, into checks in order of rules.
struct CheckGatherer {
  /// Masks what most checks say in the same words.
  var memo: MaskMemo
  private var checks = Checks([])
  private var byRule: [[Checks.Entry]]
  private var reasons = Checks.Texts()

  init(rules: [Rule], targets: [Target], masker: Masker) {
    memo = MaskMemo(masker)
    checks.rules = rules.map(\.id)
    checks.targets = targets.map(\.id)
    byRule = Array(repeating: [], count: rules.count)
  }

  mutating func add(_ judgement: Judgement) {
    let workload = Int32(truncatingIfNeeded: checks.workloads.count)
    checks.workloads.append(judgement.facts.workload.id)
    let noSubject = reason(judgement.text(of: .noSubject))
    let disposition = reason(judgement.text(of: .disposition))
    let format = reason(judgement.text(of: .format))
    for entry in judgement.entries {
      let cell = entry.cell < 0 ? nil : judgement.cells[Int(entry.cell)]
      let reason =
        switch entry.reason {
        case .none: Int32(-1)
        case .noSubject: noSubject
        case .disposition: disposition
        case .format: format
        case .detailed: reason(cell?.reason)
        }
      byRule[Int(entry.rule)].append(
        Checks.Entry(
          rule: entry.rule,
          workload: workload,
          target: entry.target,
          reason: reason,
          locations: cell.map { locations(of: $0) } ?? -1,
          state: entry.state
        )
      )
    }
  }

  private mutating func reason(_ text: String?) -> Int32 {
    guard let text else { return -1 }
    return reasons.index(of: memo.mask(text))
  }

  private mutating func locations(of cell: Cell) -> Int32 {
    let places: [SourceLocation]
    switch cell.state {
    case .fail: places = cell.failures.compactMap(\.origin.location)
    case .notAssessed, .error: places = cell.openQuestions.compactMap(\.origin.location)
    case .pass, .notApplicable: places = []
    }
    if places.isEmpty { return -1 }
    if places.count == 1 { return checks.add([FileLocation(places[0])]) }
    return checks.add(Set(places).sorted().map(FileLocation.init))
  }

  /// All checks by rule, then workload.
  mutating func finish() -> Checks {
    checks.reasons = reasons.all
    checks.entries.reserveCapacity(byRule.reduce(0) { $0 + $1.count })
    for entries in byRule { checks.entries += entries }
    byRule = []
    return checks
  }
}
