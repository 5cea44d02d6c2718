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
    add(state, share: Self.share(weight: weight, sharedBy: cells))
  }

  /// What one of several cells that share a weight counts.
  static func share(weight: Int, sharedBy cells: Int) -> Int { weight * unit / max(1, cells) }

  mutating func add(_ other: ScoreSum) {
    applicable += other.applicable
    passed += other.passed
    notAssessed += other.notAssessed
  }

  mutating func add(_ state: CheckState, share: Int) {
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
  /// One for each step.
  private var sums: [ScoreSum]
  private let steps: [Checklist.Step]

  init(steps: [Checklist.Step]) {
    self.steps = steps
    sums = Array(repeating: ScoreSum(), count: steps.count)
  }

  mutating func add(step: String, _ state: CheckState, weight: Int, sharedBy cells: Int) {
    guard let position = steps.firstIndex(where: { $0.id == step }) else { return }
    sums[position].add(state, weight: weight, sharedBy: cells)
  }

  /// Adds a cell to the step at a position of the checklist.
  mutating func add(stepAt position: Int, _ state: CheckState, share: Int) {
    sums[position].add(state, share: share)
  }

  /// Adds what another board over the same steps holds.
  mutating func add(_ other: ScoreBoard) {
    for position in sums.indices { sums[position].add(other.sums[position]) }
  }

  var results: [StepResult] {
    zip(steps, sums).map { step, sum in
      StepResult(id: step.id, title: step.title, weight: step.weight, score: sum.score)
    }
  }

  /// The mean of the assessed steps by their weights; `nil` if there is none.
  var overall: Score? {
    var weight = 0.0
    var floor = 0.0
    var ceiling = 0.0
    var coverage = 0.0
    for (step, sum) in zip(steps, sums) {
      guard let fractions = sum.fractions else { continue }
      weight += Double(step.weight)
      floor += Double(step.weight) * fractions.floor
      ceiling += Double(step.weight) * fractions.ceiling
      coverage += Double(step.weight) * fractions.coverage
    }
    if weight == 0 { return nil }
    return Score(floor: floor / weight, ceiling: ceiling / weight, coverage: coverage / weight)
  }
}
