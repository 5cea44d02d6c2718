import Testing

@testable import RuleEngine

/// The laws of the score, over random cells; every failure names the seed that shows it.
@Suite struct ScoreLawTests {
  /// One cell as the score sees it.
  struct Cell {
    var step: String
    var state: CheckState
    var weight: Int
    var sharers: Int
  }

  static let steps: [Checklist.Step] = [
    .init(id: "a", title: "A", weight: 30, topics: []),
    .init(id: "b", title: "B", weight: 15, topics: []),
    .init(id: "c", title: "C", weight: 25, topics: []),
    .init(id: "d", title: "D", weight: 1, topics: []),
  ]

  static let cases = 4000

  private func board(_ cells: [Cell]) -> ScoreBoard {
    var board = ScoreBoard(steps: Self.steps)
    for cell in cells {
      board.add(step: cell.step, cell.state, weight: cell.weight, sharedBy: cell.sharers)
    }
    return board
  }

  /// All scores of a board: the whole and each step.
  private func scores(_ cells: [Cell]) -> [Score?] {
    let board = board(cells)
    return [board.overall] + board.results.map(\.score)
  }

  private func cells(_ dice: inout Dice) -> [Cell] {
    (0..<Int.random(in: 0...14, using: &dice)).map { _ in
      Cell(
        step: ["a", "b", "c", "d"].randomElement(using: &dice) ?? "a",
        state: CheckState.allCases.randomElement(using: &dice) ?? .pass,
        weight: [0, 2, 5, 10, 20].randomElement(using: &dice) ?? 1,
        sharers: Int.random(in: 1...3, using: &dice)
      )
    }
  }

  private func forEachCase(
    from first: Int,
    _ check: (_ cells: [Cell], _ seed: Int, _ dice: inout Dice) -> Void
  ) {
    for seed in first..<(first + Self.cases) {
      var dice = Dice(seed: UInt64(seed))
      check(cells(&dice), seed, &dice)
    }
  }

  @Test func boundsHold() {
    forEachCase(from: 0) { cells, seed, _ in
      for score in scores(cells).compactMap({ $0 }) {
        #expect((0...10_000).contains(score.floor), "seed \(seed)")
        #expect(score.floor <= score.ceiling && score.ceiling <= 10_000, "seed \(seed)")
        #expect((0...10_000).contains(score.coverage), "seed \(seed)")
        // What is not covered is exactly what is open between floor and ceiling.
        #expect(abs(score.ceiling - score.floor - (10_000 - score.coverage)) <= 1, "seed \(seed)")
      }
    }
  }

  @Test func nothingThatAppliesIsNoScore() {
    forEachCase(from: 10_000) { cells, seed, _ in
      for step in Self.steps {
        let own = cells.filter { $0.step == step.id && $0.state != .notApplicable && $0.weight > 0 }
        let score = board(cells).results.first { $0.id == step.id }?.score
        #expect((score == nil) == own.isEmpty, "seed \(seed)")
      }
      let applies = cells.contains { $0.state != .notApplicable && $0.weight > 0 }
      #expect((board(cells).overall == nil) == !applies, "seed \(seed)")
    }
    #expect(scores([]) == [nil, nil, nil, nil, nil])
  }

  /// Replaces one cell in one of `before` by one in `after`; both bounds may only move as told.
  private func changing(
    _ before: Set<CheckState>,
    to after: [CheckState],
    from first: Int,
    _ isLawful: (_ old: Score, _ new: Score) -> Bool
  ) {
    var checked = 0
    forEachCase(from: first) { cells, seed, dice in
      let candidates = cells.indices.filter { before.contains(cells[$0].state) }
      guard let index = candidates.randomElement(using: &dice) else { return }
      var changed = cells
      changed[index].state = after.randomElement(using: &dice) ?? .pass
      for (old, new) in zip(scores(cells), scores(changed)) {
        guard let old, let new else { continue }
        checked += 1
        #expect(isLawful(old, new), "seed \(seed): \(old) became \(new)")
      }
    }
    #expect(checked > Self.cases / 2)
  }

  @Test func fixingNeverLowers() {
    changing([.fail], to: [.pass, .notApplicable], from: 20_000) { old, new in
      new.floor >= old.floor && new.ceiling >= old.ceiling
    }
  }

  @Test func newDefectsNeverRaise() {
    changing([.pass, .notApplicable], to: [.fail], from: 30_000) { old, new in
      new.floor <= old.floor && new.ceiling <= old.ceiling
    }
  }

  @Test func evidenceOnlyNarrows() {
    changing([.notAssessed, .error], to: [.pass, .fail, .notApplicable], from: 40_000) { old, new in
      new.floor >= old.floor && new.ceiling <= old.ceiling && new.coverage >= old.coverage
    }
  }

  @Test func losingEvidenceNeverRaisesTheFloor() {
    changing([.pass, .fail, .notApplicable], to: [.notAssessed, .error], from: 50_000) { old, new in
      new.floor <= old.floor && new.ceiling >= old.ceiling && new.coverage <= old.coverage
    }
  }

  @Test func orderDoesNotMatter() {
    forEachCase(from: 60_000) { cells, seed, dice in
      #expect(scores(cells) == scores(cells.shuffled(using: &dice)), "seed \(seed)")
    }
  }

  @Test func duplicatesDoNotMatter() {
    forEachCase(from: 70_000) { cells, seed, dice in
      let copies = Int.random(in: 2...4, using: &dice)
      let repeated = (0..<copies).flatMap { _ in cells }
      #expect(scores(cells) == scores(repeated), "seed \(seed)")
    }
  }

  /// A rule that is asked once per target weighs as much as one that is asked once.
  @Test func cellsOfOneRuleShareItsWeight() {
    for sharers in 1...6 {
      let shared = (0..<sharers).map { _ in
        Cell(step: "a", state: .pass, weight: 10, sharers: sharers)
      }
      let single = Cell(step: "a", state: .fail, weight: 10, sharers: 1)
      #expect(board(shared + [single]).overall?.floor == 5000, "\(sharers) targets")
    }
  }

  /// One worked by hand: A 20 pass + 10 fail, B 5 open of 10, C and D do not apply.
  @Test func worksOutAsByHand() {
    let cells = [
      Cell(step: "a", state: .pass, weight: 20, sharers: 1),
      Cell(step: "a", state: .fail, weight: 10, sharers: 1),
      Cell(step: "b", state: .notAssessed, weight: 5, sharers: 1),
      Cell(step: "b", state: .pass, weight: 5, sharers: 1),
      Cell(step: "c", state: .notApplicable, weight: 20, sharers: 1),
    ]
    let board = board(cells)
    // 20/30, and 5/10 to 10/10.
    #expect(board.results[0].score == Score(floor: 6667, ceiling: 6667, coverage: 10_000))
    #expect(board.results[1].score == Score(floor: 5000, ceiling: 10_000, coverage: 5000))
    #expect(board.results[2].score == nil)
    // (30 · 2/3 + 15 · 1/2) / 45 = 27.5/45, (30 · 2/3 + 15) / 45 = 35/45, (30 + 7.5) / 45.
    #expect(board.overall == Score(floor: 6111, ceiling: 7778, coverage: 8333))
  }
}
