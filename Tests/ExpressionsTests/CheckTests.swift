import Testing

@testable import Expressions

struct CheckTests {
  private final class Mount: ExpressionObject {
    let source: ExpressionValue
    let readOnly: Bool?
    init(source: ExpressionValue, readOnly: Bool?) {
      self.source = source
      self.readOnly = readOnly
    }
    var typeName: String { "Mount" }
    func value(at index: Int) -> ExpressionValue {
      switch index {
      case 0: source
      case 1: .bool(readOnly ?? false)
      default: .list(["x", "y"].map(ExpressionValue.string))
      }
    }
    func has(fieldAt index: Int) -> Bool { index != 1 || readOnly != nil }
  }

  /// Counts how often its elements are asked for.
  private final class Mounts: LazyList {
    let count = 1_000_000
    func element(at index: Int) -> ExpressionValue {
      .object(Mount(source: .string("/\(index)"), readOnly: nil))
    }
  }

  private static let environment = Environment(
    objects: [
      ObjectSchema(
        name: "Mount",
        fields: [
          .init("source", .string), .init("readOnly", .bool), .init("options", .list(.string)),
        ]
      )
    ],
    variables: [
      ("mount", .object("Mount")), ("mounts", .list(.object("Mount"))), ("any", .dyn),
      ("labels", .map(.string, .string)),
    ],
    functions: [
      FunctionDeclaration(name: "twice", parameters: [.int], result: .int) { arguments in
        guard case .int(let number) = arguments[0] else {
          return .failure(EvaluationError(.noSuchOverload, "never"))
        }
        return .success(.int(number * 2))
      },
      FunctionDeclaration(
        name: "under",
        isMember: true,
        parameters: [.object("Mount"), .string],
        result: .bool
      ) { arguments in
        guard case .object(let mount) = arguments[0], case .string(let root) = arguments[1],
          case .string(let source) = mount.value(at: 0)
        else { return .failure(EvaluationError(.noSuchOverload, "never")) }
        return .success(.bool(source.hasPrefix(root)))
      },
    ]
  )

  private static func run(_ text: String, source: ExpressionValue = .string("/var")) -> String {
    do throws(ExpressionError) {
      let mount = ExpressionValue.object(Mount(source: source, readOnly: nil))
      let program = try environment.compile(text)
      return describe(
        program.evaluate([
          mount, .list(.lazy(Mounts())), mount, .map(ExpressionMap([("a", .string("1"))])),
        ])
      )
    } catch {
      return "\(error.line):\(error.column): \(error.message)"
    }
  }

  @Test(arguments: [
    ("mount.source", "'/var'"), ("has(mount.source)", "true"), ("has(mount.readOnly)", "false"),
    ("mount.readOnly", "false"), ("mount.?readOnly.orValue(true)", "true"),
    ("mount.?source", "some('/var')"), ("any.source", "'/var'"), ("has(any.readOnly)", "false"),
    ("any.nope", "error: 'Mount' has no field 'nope'"),
    ("any.source.deep", "error: a value of type 'string' has no field 'deep'"),
    ("mounts.exists(m, m.source == '/7')", "true"), ("mounts[41].source", "'/41'"),
    ("mount.options.map(o, o + '!')", "['x!', 'y!']"), ("twice(21)", "42"),
    ("twice(any)", "error: no such overload: twice(Mount)"), ("mount.under('/va')", "true"),
    ("type(mount) == Mount", "true"), ("mount == any", "true"), ("labels.a", "'1'"),
    ("labels['b']", "error: no such key: 'b'"), ("labels.?b.orValue('none')", "'none'"),
    ("'a' in labels", "true"),
    ("mount.options[2]", "error: index out of bounds: 2 in a list of 2 elements"),
  ])
  func hostObjects(text: String, expected: String) {
    #expect(Self.run(text) == expected)
  }

  @Test(arguments: [
    ("mount.sorce", "1:7: 'Mount' has no field 'sorce'; did you mean 'source'?"),
    ("mout.source", "1:1: undeclared reference to 'mout'; did you mean 'mount'?"),
    (
      "mount.source.contain('a')",
      "1:14: undeclared reference to function 'contain'; did you mean 'contains'?"
    ),
    ("twise(1)", "1:1: undeclared reference to function 'twise'; did you mean 'twice'?"),
    ("mount.source > 1", "1:14: operator '>' cannot be applied to 'string' and 'int'"),
    ("mount.source == 1", "1:14: operator '==' cannot be applied to 'string' and 'int'"),
    ("mount.source && true", "1:7: an operand of '&&' must be of type 'bool', not 'string'"),
    ("mounts.all(m, m.sourc == '')", "1:17: 'Mount' has no field 'sourc'; did you mean 'source'?"),
    ("twice('a')", "1:1: no overload of 'twice' takes (string)"),
    ("has(mount.xyz)", "1:11: 'Mount' has no field 'xyz'"),
    ("mount.source.x", "1:14: type 'string' does not support field selection"),
    ("labels[1]", "1:8: a key of 'map(string, string)' cannot be of type 'int'"),
    ("mount.source.matches('(')", "1:22: invalid regular expression: missing ')'"),
    (
      #"mount.source.matches('(?=a)')"#,
      "1:22: invalid regular expression: look-around is not part of RE2"
    ),
    ("true ? 1 : 'a'", "1:6: the branches of '?:' differ in type: 'int' and 'string'"),
    ("1.all(x, true)", "1:1: type 'int' has no elements to go through"),
    ("xyzzy", "1:1: undeclared reference to 'xyzzy'"),
    ("type(1) == dyn", "1:12: undeclared reference to 'dyn'"),
  ])
  func mistakesAreFoundEarly(text: String, expected: String) {
    #expect(Self.run(text) == expected)
  }

  @Test func unknownFields() {
    let unknown = ExpressionValue.unknown(because: "TAG is not set")
    #expect(Self.run("mount.source == '/a'", source: unknown) == "unknown: TAG is not set")
    #expect(Self.run("has(mount.source)", source: unknown) == "unknown: TAG is not set")
    #expect(Self.run("mount.?source.orValue('x')", source: unknown) == "unknown: TAG is not set")
    #expect(Self.run("mount.under('/')  ", source: unknown).hasPrefix("error"))
    #expect(Self.run("mount.source.matches('a') || true", source: unknown) == "true")
    #expect(Self.run("mount.source + 'a'", source: unknown) == "unknown: TAG is not set")
  }

  @Test func pathsAndMentions() throws {
    let path = try Self.environment.compilePath("mount.source")
    let selection = try #require(path.selection)
    #expect(selection.field == "source")
    #expect(selection.fieldIndex == 0)
    #expect(selection.operand.resultType == .object("Mount"))
    #expect(path.program.resultType == .string)
    #expect(path.program.mentions.variables == ["mount"])
    #expect(path.program.mentions.fields == [.init(object: "Mount", field: "source")])
    #expect(try Self.environment.compilePath("mount").selection == nil)
    let program = try Self.environment.compile("mounts.exists(m, m.readOnly) && 'a' in labels")
    #expect(program.mentions.variables == ["mounts", "labels"])
    #expect(program.mentions.fields == [.init(object: "Mount", field: "readOnly")])
  }

  @Test(arguments: [
    ("[1, 2]", "list(int)"), ("[]", "list(dyn)"), ("[1, 'a']", "list(dyn)"),
    ("{'a': [1u]}", "map(string, list(uint))"), ("[[], [1]]", "list(list(int))"),
    ("[1].map(x, string(x))", "list(string)"), ("optional.of(1)", "optional(int)"),
    ("optional.of([1]).orValue([])", "list(int)"), ("type(1)", "type(int)"),
    ("[1, 2].transformMap(i, v, 'a')", "map(int, string)"), ("{}.?a", "optional(dyn)"),
    ("timestamp('2024-01-01T00:00:00Z') - duration('1s')", "timestamp"),
    ("true ? null : timestamp(0)", "timestamp"), ("dyn(1) + 2", "int"), ("size('a')", "int"),
    ("dyn(1) + dyn(2)", "dyn"),
  ])
  func deducesTypes(text: String, expected: String) throws {
    #expect(try Environment().compile(text).resultType.description == expected)
  }
}
