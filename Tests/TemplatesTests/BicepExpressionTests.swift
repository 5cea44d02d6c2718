import DocumentTrees
import Testing
import Workloads

@testable import Templates

/// Values of expressions, each worked out by hand from the language reference.
@Suite struct BicepExpressionTests {
  @Test(arguments: [
    (#"'a\'b'"#, "'a'b'"),
    (#"'\\ \n \t \r'"#, "'\\ \n \t \r'"),
    (#"'\u{1F600}\u{41}'"#, "'😀A'"),
    (#"'\${x}'"#, "'${x}'"),
    (#"'$x $'"#, "'$x $'"),
    (#"'a${1 + 2}b${'c'}'"#, "'a3bc'"),
    (#"'${'${'x'}'}'"#, "'x'"),
    (#"'${true} ${null}'"#, "'True '"),
    (#"'${{ a: 'b' }.a}'"#, "'b'"),
    ("'''\na'b\n'''", "'a'b\n'"),
    ("'''a${x}\\n'''", "'a${x}\\n'"),
    ("''''x''''", "''x''"),
    ("$'''a${1}'''", "'a1'"),
    ("$$'''${1}$${2}$$${3}'''", "'${1}2$3'"),
    ("$'''\n${'a'}\n'''", "'a\n'"),
  ])
  func texts(_ expression: String, _ expected: String) {
    #expect(BicepCase.value(expression) == expected)
  }

  @Test(arguments: [
    ("1 + 2 * 3", "7"),
    ("(1 + 2) * 3", "9"),
    ("10 - 2 - 3", "5"),
    ("7 / 2", "3"),
    ("-7 / 2", "-3"),
    ("7 % 3", "1"),
    ("-(2 + 3)", "-5"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("9223372036854775807 + 1", "?"),
    ("9223372036854775808", "?"),
    ("1 / 0", "?"),
    ("1 < 2 == true", "true"),
    ("2 >= 2 && !(1 > 2)", "true"),
    ("'a' < 'b'", "true"),
    ("'1' == 1", "false"),
    ("'Ab' == 'aB'", "false"),
    ("'Ab' =~ 'aB'", "true"),
    ("'Ab' !~ 'aB'", "false"),
    ("1 != 2", "true"),
    ("true || false && false", "true"),
    ("null ?? 'x'", "'x'"),
    ("null ?? null ?? 3", "3"),
    ("false ? 1 : true ? 2 : 3", "2"),
    ("1 == 1 || missing", "true"),
    ("missing && false", "false"),
    ("(\n 1 +\n 2\n)", "3"),
    ("true\n ? 'yes'\n : 'no'", "'yes'"),
  ])
  func operators(_ expression: String, _ expected: String) {
    #expect(BicepCase.value(expression) == expected)
  }

  @Test(arguments: [
    ("{ a: { b: 1 } }.a.b", "1"),
    ("{ a: 1 }['a']", "1"),
    ("{ 'a-b': 2 }['a-b']", "2"),
    ("{ a: 1 }.A", "1"),
    ("{ a: 1 }.b", "?"),
    ("{ a: 1 }.?b", "null"),
    ("{ a: 1 }.?b.c.d", "null"),
    ("{ a: 1 }[?'b'] ?? 5", "5"),
    ("[1, 2, 3][1]", "2"),
    ("[1, 2, 3][^1]", "3"),
    ("[1, 2, 3][^4]", "?"),
    ("[1, 2, 3][?^4]", "null"),
    ("[1, 2][?5]", "null"),
    ("[1, 2][-1]", "?"),
    ("null!", "null"),
    ("[{ a: 1 }][0].a", "1"),
  ])
  func access(_ expression: String, _ expected: String) {
    #expect(BicepCase.value(expression) == expected)
  }

  @Test(arguments: [
    ("[\n  1\n  2, 3\n  // a comment\n  4 /* another */\n]", "[1, 2, 3, 4]"),
    ("[...[1, 2], 3]", "[1, 2, 3]"),
    ("[...missing, 3]", "[3, …]"),
    ("{ ...{ a: 1, b: 1 }, b: 2 }", "{a: 1, b: 2}"),
    ("{ a: 1, ...missing }", "{a: 1, …}"),
    ("{ '${'k'}1': 1 }", "{k1: 1}"),
    ("{ a: 1, a: 2 }", "{a: 2}"),
    ("[for x in [1, 2]: x * 2]", "[2, 4]"),
    ("[for (x, i) in ['a', 'b']: '${x}${i}']", "['a0', 'b1']"),
    ("[\n  for x in [1]: {\n    a: x\n  }\n]", "[{a: 1}]"),
    ("[for x in [[1], [2, 3]]: [for y in x: y + 1]]", "[[2], [3, 4]]"),
    ("[for x in missing: x]", "[…]"),
    ("range(2, 3)", "[2, 3, 4]"),
    ("length([for i in range(0, 10): i])", "10"),
  ])
  func collections(_ expression: String, _ expected: String) {
    #expect(BicepCase.value(expression) == expected)
  }

  @Test(arguments: [
    ("map([1, 2], x => x + 1)", "[2, 3]"),
    ("map(['a', 'b'], (x, i) => '${i}${x}')", "['0a', '1b']"),
    ("filter([1, 2, 3], x => x > 1)", "[2, 3]"),
    ("reduce([1, 2, 3], 10, (sum, x) => sum + x)", "16"),
    ("sort([3, 1, 2], (a, b) => a < b)", "[1, 2, 3]"),
    ("toObject(['a', 'b'], x => x, x => length(x))", "{a: 1, b: 1}"),
    ("map([1, 2], x => map([10], y => x * y))", "[[10], [20]]"),
    ("map([1], (x) => { a: x })", "[{a: 1}]"),
    ("sys.concat('a', az.toUpper('b'))", "'aB'"),
    ("any('x')", "'x'"),
    ("double(4)", "8"),
    ("twice(x => x)", "?"),
    ("greet('Ann')", "'Hi Ann!'"),
    ("nameof(config.port)", "'port'"),
    ("config.port + 1", "81"),
    ("base64('hi!')", "'aGkh'"),
    ("noSuchFunction(1)", "?"),
    ("contains(resourceGroup().location, 'x')", "?"),
    ("'${resourceGroup().name}-app'", "'…-app'"),
  ])
  func functions(_ expression: String, _ expected: String) {
    let main = """
      var config = { port: 80 }
      func double(n int) int => n * 2
      func greet(
        name string
      ) string => 'Hi ${name}!'
      func twice(f string) string => f
      """
    #expect(BicepCase.value(expression, with: ["main.bicep": main]) == expected)
  }

  @Test(arguments: [
    ("loadTextContent('a.txt')", "'hi!'"),
    ("loadFileAsBase64('a.txt')", "'aGkh'"),
    ("loadFileAsBase64('b.txt')", "'aGkhIQ=='"),
    ("loadTextContent('utf16.txt', 'utf-16')", "?"),
    ("loadJsonContent('c.json')", "{a: [1, {b.c: 'x'}]}"),
    ("loadJsonContent('c.json', '$.a[0]')", "1"),
    ("loadJsonContent('c.json', 'a[1][\\'b.c\\']')", "'x'"),
    ("loadJsonContent('c.json', '$..a')", "?"),
    ("loadYamlContent('d.yaml').k", "'v'"),
    ("loadTextContent('../secret')", "?"),
    ("loadTextContent('/etc/passwd')", "?"),
    ("loadTextContent('missing.txt')", "?"),
    ("map(loadDirectoryFileInfo('dir', '*.t?t'), f => f.baseName)", "['one', 'two.x']"),
  ])
  func filesOfTheFolder(_ expression: String, _ expected: String) {
    let files = [
      "a.txt": "hi!", "b.txt": "hi!!", "utf16.txt": "abc",
      "c.json": #"{ "a": [1, { "b.c": "x" }] /* why */ }"#, "d.yaml": "k: v\n",
      "dir/one.txt": "", "dir/two.x.tot": "", "dir/three.md": "",
    ]
    #expect(BicepCase.value(expression, with: files) == expected)
  }

  /// What is known of something not known stays known around it.
  @Test func unknownsSpreadNoFurtherThanTheyMust() {
    let files = BicepCase(
      """
      param tag string
      param plan string?
      var image = 'shop:${tag}'
      output image string = image
      output plan string = plan ?? 'free'
      output same bool = image == 'other:1'
      output maybe bool = image == 'shop:1'
      output both object = tag == 'x' ? { a: 1, b: 2 } : { a: 1, b: 3 }
      """
    )
    #expect(files.output("image") == "'shop:…'")
    #expect(files.output("plan") == "'free'")
    #expect(files.output("same") == "false")
    #expect(files.output("maybe") == "?")
    #expect(files.output("both") == "{a: 1, b: ?}")
  }

  @Test func valuesRememberWhereTheyStood() throws {
    let made = BicepCase("param port int = 80\nvar copy = port\noutput it int = copy\n")
    let origin = try #require(made.origin(of: "it"))
    #expect(origin.location?.range.start.line == 3)
    #expect(origin.location?.range.start.column == 17)
    #expect(origin.via.map(\.range.start.line) == [1, 2])
  }
}
