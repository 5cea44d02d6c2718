import RuleEngine
import Testing
import Unmoor

/// Every example of every built-in rule: a bad one is found at its marks, a good one is not.
@Suite struct RuleExampleTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var rule: Rule
    var testDescription: String { rule.id }
  }

  static let rules: [Case] = ((try? Shop.unmoor())?.book.rules ?? []).map { Case(rule: $0) }

  @Test func builtInRulesLoad() throws {
    #expect(try Shop.unmoor().book.rules.count == Self.rules.count)
    #expect(Self.rules.count >= 40)
  }

  @Test(arguments: rules)
  func examplesHold(_ example: Case) async throws {
    let outcome = await RuleTester(unmoor: try Shop.unmoor()).test(example.rule)
    #expect(outcome.problems.isEmpty, "\(outcome.problems.joined(separator: "\n"))")
    #expect(outcome.passed >= 2)
  }
}
