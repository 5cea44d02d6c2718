/// Weighs cells: floor, ceiling and coverage.
///
/// A rule weighs what its severity says. Where it is asked once per target, its cells share that
/// weight, so that such a rule counts no more than another.
struct ScoreSum: Hashable, Sendable {
  /// All in sixtieths of a weight, which 1…6 targets divide evenly.
  private(set) var applicable = 0
  private(set) var passed = 0
  private(set) var notAssessed = 0

  static let unit = 60

  init() {}

  mutating func add(_ state: CheckState, weight: Int, sharedBy cells: Int) {
    let share = weight * Self.unit / max(1, cells)
    switch state {
    case .notApplicable: return
    case .pass: passed += share
    case .fail: break
    case .notAssessed, .error: notAssessed += share
    }
    applicable += share
  }

  /// The exact fractions, or `nil` if nothing applied: never 100.
  var fractions: (floor: Double, ceiling: Double, coverage: Double)? {
    if applicable == 0 { return nil }
    let whole = Double(applicable)
    return (
      Double(passed) / whole, Double(passed + notAssessed) / whole,
      Double(applicable - notAssessed) / whole
    )
  }

  var score: Score? {
    fractions.map { Score(floor: $0.floor, ceiling: $0.ceiling, coverage: $0.coverage) }
  }
}

extension Score {
  /// Rounds fractions to basis points: the only rounding there is.
  init(floor: Double, ceiling: Double, coverage: Double) {
    self.init(
      floor: Int((floor * 10_000).rounded()),
      ceiling: Int((ceiling * 10_000).rounded()),
      coverage: Int((coverage * 10_000).rounded())
    )
  }
}

/// The scores of all steps and the whole, over one workload or over all.
struct ScoreBoard: Sendable {
  private var sums: [String: ScoreSum] = [:]
  private let steps: [Checklist.Step]

  init(steps: [Checklist.Step]) { self.steps = steps }

  mutating func add(step: String, _ state: CheckState, weight: Int, sharedBy cells: Int) {
    sums[step, default: ScoreSum()].add(state, weight: weight, sharedBy: cells)
  }

  var results: [StepResult] {
    steps.map {
      StepResult(id: $0.id, title: $0.title, weight: $0.weight, score: sums[$0.id]?.score)
    }
  }

  /// The mean of the assessed steps by their weights; `nil` if there is none.
  var overall: Score? {
    var weight = 0.0
    var floor = 0.0
    var ceiling = 0.0
    var coverage = 0.0
    for step in steps {
      guard let fractions = sums[step.id]?.fractions else { continue }
      weight += Double(step.weight)
      floor += Double(step.weight) * fractions.floor
      ceiling += Double(step.weight) * fractions.ceiling
      coverage += Double(step.weight) * fractions.coverage
    }
    if weight == 0 { return nil }
    return Score(floor: floor / weight, ceiling: ceiling / weight, coverage: coverage / weight)
  }
}
