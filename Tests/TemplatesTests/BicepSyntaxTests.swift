import DocumentTrees
import Testing
import Workloads

@testable import Templates

/// Trees with places, and errors with their lines.
@Suite struct BicepSyntaxTests {
  /// Kind, name and range of each declaration; of resources also those nested in them.
  private func dump(_ text: String) -> [String] {
    BicepParser.file(Array(text.utf8)).statements.flatMap { dump($0, "") }
  }

  private func dump(_ statement: BicepStatement, _ indent: String) -> [String] {
    let range = statement.range
    let place =
      "\(range.start.line):\(range.start.column)-\(range.end.line):\(range.end.column)"
    let decorators = statement.decorators.map { "@\($0.calledName ?? "") " }.joined()
    var nested: [String] = []
    let what: String
    switch statement.kind {
    case .targetScope(let value): what = "targetScope \(value.plainText ?? "")"
    case .metadata(let name, _): what = "metadata \(name.text)"
    case .parameter(let name, _, let value):
      what = "param \(name.text)\(value == nil ? "" : " =")"
    case .variable(let name, let type, _): what = "var \(name.text)\(type == nil ? "" : " typed")"
    case .output(let name, _, _): what = "output \(name.text)"
    case .type(let name, _): what = "type \(name.text)"
    case .function(let name, let function): what = "func \(name.text)/\(function.parameters.count)"
    case .resource(let resource):
      what = "resource \(resource.name.text)\(resource.isExisting ? " existing" : "")"
      var body = resource.body
      if case .loop(let loop) = body.kind { body = loop.body }
      if case .guarded(_, let inner) = body.kind { body = inner }
      if case .object(let items) = body.kind {
        for case .resource(let inner) in items { nested += dump(inner, indent + "  ") }
      }
    case .module(let module): what = "module \(module.name.text)"
    case .extensionUse(let use):
      what = "extension \(use.specification) as \(use.alias?.text ?? "-")"
    case .importSymbols(let symbols):
      let items = symbols.items.map { "\($0.name)>\($0.alias.text)" }
      what = "import \(symbols.wildcard?.text ?? items.joined(separator: " "))"
    case .assertion(let name, _): what = "assert \(name.text)"
    case .test(let name, _, _): what = "test \(name.text)"
    case .using(let path): what = "using \(path?.plainText ?? "none")"
    case .extends(let path): what = "extends \(path.plainText ?? "")"
    }
    return ["\(indent)\(place) \(decorators)\(what)"] + nested
  }

  @Test func everyDeclarationHasItsPlace() {
    let text = """
      targetScope = 'subscription'
      metadata author = 'Ann'
      import { a, 'b-c' as d } from 'x.bicep'
      import * as all from 'y.bicep'
      extension kubernetes with { namespace: 'n' } as k8s
      provider 'br:x.io/y:1' as y
      import 'kubernetes@1.0.0' as old

      @description('''
      two lines
      ''') @secure()
      #disable-next-line some-rule
      param p string // comment
      param q { a: int?, *: 'x' | 'y' }[]? = null
      var v = [for (x, i) in [1]: x]
      var typed int = 1
      type t = resourceInput<'A.B/c@1'>.properties
      func f(a int, b string[]) string => '${a}'
      resource r 'A.B/c@1' = [for x in y: if (x.ok) {
        name: 'é'
        @batchSize(1)
        resource s 'd' = { name: 's' }
      }]
      resource e 'A.B/c@1' existing = { name: 'e' }
      module m 'm.bicep' = if (true) { name: 'm' }
      output o string = r[0].id
      assert right = 1 == 1
      test t1 'main.bicep' = { params: {} }
      """
    #expect(
      dump(text) == [
        "1:1-1:29 targetScope subscription", "2:1-2:24 metadata author",
        "3:1-3:40 import a>a b-c>d", "4:1-4:31 import all",
        "5:1-5:52 extension kubernetes as k8s", "6:1-6:28 extension br:x.io/y:1 as y",
        "7:1-7:33 extension kubernetes@1.0.0 as old", "9:1-13:15 @description @secure param p",
        "14:1-14:44 param q =", "15:1-15:31 var v", "16:1-16:18 var typed typed",
        "17:1-17:45 type t", "18:1-18:43 func f/2", "19:1-23:3 resource r",
        "  21:3-22:33 @batchSize resource s", "24:1-24:46 resource e existing",
        "25:1-25:45 module m", "26:1-26:26 output o", "27:1-27:22 assert right",
        "28:1-28:38 test t1",
      ]
    )
    #expect(BicepParser.file(Array(text.utf8)).errors.isEmpty)
    #expect(
      dump("using none\r\nextends 'b.bicepparam'\r\nparam x = 1\r\n")
        == ["1:1-1:11 using none", "2:1-2:23 extends b.bicepparam", "3:1-3:12 param x ="]
    )
  }

  /// The broken line is named, and what stands around it is kept.
  @Test(arguments: [
    ("var a = 'x\nvar b = 1", 1, 9, ["a", "b"]),
    ("var a = 'x${'y\nvar b = 1", 1, 13, ["b"]),
    ("var a = 'x${\nvar b = 1", 1, 13, ["b"]),
    ("var a = '''x\nvar b = 1", 1, 9, ["a"]),
    ("var a = 'x\\y'\nvar b = 1", 1, 11, ["a", "b"]),
    ("var a = '\\u{110000}'", 1, 10, ["a"]),
    ("var a = \"x\"\nvar b = 1", 1, 9, ["b"]),
    ("var a =\nvar b = 1", 1, 8, ["b"]),
    ("var a = 1 2\nvar b = 1", 1, 11, ["a", "b"]),
    ("var a = [1 2]\nvar b = 1", 1, 12, ["a", "b"]),
    ("var a = [1,,2]\nvar b = 1", 1, 12, ["a", "b"]),
    ("var a = { x: 1 y: 2 }\nvar b = 1", 1, 16, ["a", "b"]),
    ("var a = {\n  x 1\n  y: 2\n}\nvar b = 1", 2, 5, ["a", "b"]),
    ("var a = {\n  x: [\n    1\n\nvar b = 1", 5, 1, ["b"]),
    ("var a = (1 +\nvar b = 1", 2, 5, ["b"]),
    ("param a\nvar b = 1", 1, 8, ["b"]),
    ("param a string 'x'\nvar b = 1", 1, 16, ["b"]),
    ("resource a = {}\nvar b = 1", 1, 12, ["b"]),
    ("resource a 'A.B/c@1' = 'x'\nvar b = 1", 1, 24, ["b"]),
    ("resource a 'A.B/c@1' {}\nvar b = 1", 1, 22, ["b"]),
    ("module a 'x.bicep'\nvar b = 1", 1, 19, ["b"]),
    ("@secure()\n", 2, 1, []),
    ("@secure\nvar b = 1", 1, 2, ["b"]),
    ("import { a from 'x'\nvar b = 1", 1, 12, ["b"]),
    ("import * from 'x'\nvar b = 1", 1, 10, ["b"]),
    ("func a(x) int => x\nvar b = 1", 1, 9, ["b"]),
    ("var a = map([1], x =>)\nvar b = 1", 1, 22, ["b"]),
    ("var a = [for x y: x]\nvar b = 1", 1, 16, ["b"]),
    ("var a = true ? 1\nvar b = 1", 1, 17, ["b"]),
    ("var a = b.\nvar b = 1", 1, 11, ["b"]),
    ("what is this\nvar b = 1", 1, 1, ["b"]),
    ("var b = 1\n/* open", 2, 1, ["b"]),
    ("#unknown pragma\nvar b = 1", 1, 1, ["b"]),
  ])
  func errorsNameTheirLine(_ text: String, _ line: Int, _ column: Int, _ kept: [String]) throws {
    let file = BicepParser.file(Array(text.utf8))
    let first = try #require(file.errors.first)
    #expect(first.range.start == Place(line: line, column: column), "\(first.problem)")
    let names: [String] = file.statements.compactMap { statement in
      switch statement.kind {
      case .variable(let name, _, _): name.text
      default: nil
      }
    }
    #expect(names == kept)
  }

  @Test func oneNoticeNamesAllBrokenLines() throws {
    let deployment = BicepCase.deployment([
      "main.bicep": "var a =\nresource r 'A.B/c@1' = { name: 'r', x y }\nvar c = [1 2]\n"
    ])
    #expect(deployment.resources.map(\.name) == ["r"])
    let notice = try #require(deployment.notices.first)
    #expect(deployment.notices.count == 1)
    #expect(notice.kind == .unreadable)
    #expect(notice.message == "Line 1 cannot be read: Expected a value; also lines 2, 3.")
  }

  @Test func secretsOfBrokenTextsAreNotRepeated() {
    let file = BicepParser.file(Array("param p string = 'hunter2' hunter3 \"hunter4\"\n".utf8))
    #expect(!file.errors.isEmpty)
    #expect(!file.errors.contains { $0.problem.contains("hunter") })
  }
}
