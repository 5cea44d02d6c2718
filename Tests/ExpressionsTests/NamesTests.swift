import Testing

@testable import Expressions

/// How names are found in containers, behind dots and past the variables of macros.
struct NamesTests {
  private static func run(_ text: String, container: String) -> String {
    let values: [(String, ExpressionValue)] = [
      ("y", .string("y")), ("x.y", .string("x.y")), ("x.w.z", .string("x.w.z")),
      ("x.y.z", .string("x.y.z")), ("m", .map(ExpressionMap([("n", .string("m.n"))]))),
    ]
    let environment = Environment(
      variables: values.map { ($0.0, .dyn) },
      container: container
    )
    do throws(ExpressionError) {
      return describe(try environment.compile(text).evaluate(values.map(\.1)))
    } catch {
      return error.message
    }
  }

  @Test(arguments: [
    ("y", "", "'y'"), ("y", "x", "'x.y'"), ("y", "x.w", "'x.y'"), (".y", "x", "'y'"),
    ("y.z", "x", "'x.y.z'"), ("x.y.z", "", "'x.y.z'"),
    ("(x.y).z", "", "error: a value of type 'string' has no field 'z'"),
    ("z", "x.w", "'x.w.z'"), ("m.n", "x.w", "'m.n'"), (".m.n", "x", "'m.n'"),
    ("[{'z': 1}].exists(y, y.z == 1)", "x", "true"), ("[1].exists(y, .y == 'y')", "x", "true"),
    ("[1].map(y, [2].map(y, y))", "", "[[2]]"), ("int == type(1)", "x", "true"),
    ("nothing", "x", "undeclared reference to 'nothing'"),
    ("google.protobuf.Any", "", "not supported: protocol buffer type 'google.protobuf.Any'"),
  ])
  func resolves(text: String, container: String, expected: String) {
    #expect(Self.run(text, container: container) == expected)
  }
}
