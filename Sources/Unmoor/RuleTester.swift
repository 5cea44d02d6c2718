import DocumentTrees
package import RuleEngine
import Scanners

/// Runs the examples of rules: they are documentation and tests at once.
package struct RuleTester: Sendable {
  private let unmoor: Unmoor

  package init(unmoor: Unmoor) { self.unmoor = unmoor }

  package struct Outcome: Sendable {
    package var passed = 0
    /// One line each, with the rule file's line.
    package var problems: [String] = []
  }

  package func test(_ rule: Rule) async -> Outcome {
    var outcome = Outcome()
    let examples: [RuleExample]
    do {
      examples = try rule.parsedExamples()
    } catch {
      outcome.problems.append(error.description)
      return outcome
    }
    for (isBad, name) in [(true, "bad"), (false, "good")]
    where !examples.contains(where: { $0.isBad == isBad }) {
      outcome.problems.append("\(rule.location.file):1:1: the rule has no \(name) example")
    }
    for example in examples {
      let problems = await test(rule, example)
      if problems.isEmpty { outcome.passed += 1 }
      outcome.problems += problems.map { "\(rule.location.file):\(example.line):1: \($0)" }
    }
    return outcome
  }

  private func test(_ rule: Rule, _ example: RuleExample) async -> [String] {
    let assessment: Assessment
    do {
      assessment = try await unmoor.assess(files: MemoryFiles(example.files))
    } catch {
      return [error.description]
    }
    var problems: [String] = []
    for notice in assessment.notices where notice.kind == "unreadable" {
      problems.append("\(notice.file):\(notice.line): \(notice.message)")
    }
    let found = assessment.findings.filter { $0.rule == rule.id }.map {
      RuleExample.Mark(
        file: $0.location.file,
        place: Place(line: $0.location.line, column: $0.location.column)
      )
    }.sorted()
    // One place may be found for several workloads; the example marks it once.
    let places = found.reduce(into: [RuleExample.Mark]()) { places, mark in
      if places.last != mark { places.append(mark) }
    }
    for mark in example.marks where !places.contains(mark) {
      problems.append("\(rule.id) finds nothing at \(text(mark))")
    }
    for mark in places where !example.marks.contains(mark) {
      problems.append("\(rule.id) finds something at \(text(mark)), where no mark is")
    }
    let wrong: [CheckState] = example.isBad ? [.error] : [.error, .notAssessed]
    for check in assessment.checks where check.rule == rule.id && wrong.contains(check.state) {
      problems.append("\(rule.id) is \(check.state.rawValue): \(check.reason ?? "")")
    }
    return problems
  }

  private func text(_ mark: RuleExample.Mark) -> String {
    "\(mark.file):\(mark.place.line):\(mark.place.column)"
  }
}
