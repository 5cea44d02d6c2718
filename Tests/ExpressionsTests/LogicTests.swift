import Testing

@testable import Expressions

/// The truth tables of `&&`, `||`, `?:`, `all` and `exists` for true, false, unknown and error.
struct LogicTests {
  /// `t`, `f`, `u` and `e` as operands; each unknown has a reason of its own.
  private static let variables: [(String, ExpressionType, ExpressionValue)] = [
    ("t", .bool, .bool(true)), ("f", .bool, .bool(false)), ("u", .bool, .unknown(because: "u")),
    ("v", .bool, .unknown(because: "v")), ("list", .list(.bool), .list([])),
  ]

  private static func symbol(_ text: String) -> String {
    switch evaluate(text.replacing("e", with: "(1 / 0 == 1)"), variables) {
    case "true": "t"
    case "false": "f"
    case "unknown: u": "u"
    case "error: division by zero": "e"
    case let other: other
    }
  }

  @Test(arguments: [
    // Rows: the left operand; columns: t, f, u, e.
    ("t", "&&", "tfue"), ("f", "&&", "ffff"), ("u", "&&", "ufuu"), ("e", "&&", "efue"),
    ("t", "||", "tttt"), ("f", "||", "tfue"), ("u", "||", "tuuu"), ("e", "||", "teue"),
  ])
  func binary(left: String, operation: String, row: String) {
    for (right, expected) in zip("tfue", row) {
      #expect(
        Self.symbol("\(left) \(operation) \(right)") == String(expected),
        "\(left) \(operation) \(right)"
      )
    }
  }

  @Test(arguments: [
    ("t ? t : e", "t"), ("t ? u : e", "u"), ("t ? e : t", "e"), ("f ? e : t", "t"),
    ("f ? t : u", "u"), ("u ? t : t", "u"), ("u ? e : e", "u"), ("e ? t : t", "e"),
    ("!t", "f"), ("!u", "u"), ("!e", "e"), ("!(f && e)", "t"),
  ])
  func conditionalAndNot(text: String, expected: String) {
    #expect(Self.symbol(text) == expected)
  }

  /// A macro over elements behaves as the operator between them, in any order.
  @Test func quantifiersAgreeWithOperators() {
    for first in "tfu" {
      for second in "tfu" {
        for third in "tfu" {
          let list = [first, second, third].map(String.init)
          let range = "[\(list.joined(separator: ", "))]"
          #expect(
            evaluate("\(range).all(x, x)", Self.variables)
              == evaluate(list.joined(separator: " && "), Self.variables)
          )
          #expect(
            evaluate("\(range).exists(x, x)", Self.variables)
              == evaluate(list.joined(separator: " || "), Self.variables)
          )
        }
      }
    }
  }

  @Test(arguments: [
    ("[0, 1, 2].exists(x, 2 / x == 2)", "true"),
    ("[0, 1, 2].all(x, 2 / x == 2)", "false"),
    ("[0, 2].exists(x, 4 / x == 9)", "error: division by zero"),
    ("[0, 1].all(x, 1 / x == 1)", "error: division by zero"),
    ("[0].exists(x, u || 1 / x == 1)", "unknown: u"),
    ("[true, u].exists_one(x, x)", "unknown: u"),
    ("[true, true, u].exists_one(x, x)", "false"),
    ("[false, u].filter(x, x)", "unknown: u"),
    ("size([u, t])", "2"),
    ("[u, t].map(x, !x).exists(x, !x)", "true"),
    ("u == v", "unknown: u, v"),
    ("u && v", "unknown: u, v"),
    ("v && u && v", "unknown: u, v"),
    ("t in [u, t]", "true"),
    ("f in [u, t]", "unknown: u"),
    ("u in list", "false"),
    ("[t, u] == [f, u]", "false"),
    ("[t, u] == [t, f]", "unknown: u"),
    ("{'a': u} == {'b': u}", "false"),
    ("{'a': u}.b", "error: no such key: 'b'"),
    ("has({'a': u}.a)", "true"),
    ("[u, t][1]", "true"),
    ("(u ? 'a' : 'b') + 'c'", "unknown: u"),
    ("cel.bind(x, u, x || t)", "true"),
    ("[u].all(x, x) || t", "true"),
  ])
  func unknownsSpreadOnlyAsFarAsTheyMust(text: String, expected: String) {
    #expect(evaluate(text, Self.variables) == expected)
  }

  @Test func spentBudgetIsNotAbsorbed() {
    let loop = "lists.range(1000).all(x, lists.range(1000).all(y, x + y >= 0))"
    #expect(
      evaluate("\(loop) || true", costLimit: 10_000)
        == "error: the expression costs more than its limit"
    )
    #expect(evaluate(loop, costLimit: 10_000_000) == "true")
  }
}
