import Expressions
import Testing

@testable import RuleEngine

@Suite struct MessageTemplateTests {
  private let environment = Environment(
    variables: [
      ("name", .string), ("count", .int), ("ratio", .double), ("names", .list(.string)),
      ("on", .bool), ("gone", .string),
    ],
    functions: []
  )

  private let values: [ExpressionValue] = [
    .string("web"), .int(3), .double(2.5), .strings(["a", "b"]), .bool(true),
    .unknown(because: "variable X is not set"),
  ]

  @Test(arguments: [
    ("nothing to replace", "nothing to replace"),
    ("{{ name }}", "web"),
    ("{{name}}{{count}}", "web3"),
    ("a {{ name }} b {{ count + 1 }} c", "a web b 4 c"),
    ("{{ ratio }} and {{ ratio * 2.0 }}", "2.5 and 5"),
    ("{{ names }}", "a, b"),
    ("{{ on }}", "true"),
    ("the value is {{ gone }}.", "the value is (unknown)."),
    ("{{ 1 / (count - 3) }}", "(unknown)"),
    ("{ name } }}", "{ name } }}"),
    (#"{{ on ? "ja" : "nein" }} – {{ name }}"#, "ja – web"),
    ("", ""),
  ])
  func renders(_ template: String, as text: String) throws {
    #expect(try MessageTemplate(template, in: environment).render(values) == text)
  }

  @Test(arguments: [
    ("{{ name", "the template has '{{' without '}}'"),
    ("{{ name }} and {{ count", "the template has '{{' without '}}'"),
    ("{{ nam }}", "in '{{ nam }}': undeclared reference to 'nam'; did you mean 'name'?"),
  ])
  func refuses(_ template: String, because problem: String) {
    let error = #expect(throws: TemplateError.self) {
      try MessageTemplate(template, in: environment)
    }
    #expect(error?.problem == problem)
  }
}
