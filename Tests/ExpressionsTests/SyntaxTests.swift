import Testing

@testable import Expressions

struct SyntaxTests {
  @Test(arguments: [
    (#"'a' + "b""#, "'ab'"), (#"r'\n' == '\\n'"#, "true"), (#"'\u00e9\x41\101'"#, "'éAA'"),
    (#"b'\xff\377é'"#, "b[255, 255, 195, 169]"), ("'''a\n'b' '''", "'a\n'b' '"),
    ("\"\"\"x\r\ny\"\"\"", "'x\r\ny'"), (#"'\ud83d\ude00'"#, "'😀'"),
    ("-9223372036854775808", "\(Int64.min)"),
    ("0xFFu + 1u", "256u"), (".5 + 1e1", "10.5"), ("1 // comment", "1"), ("--1", "1"),
    ("2 + 3 * 4 - 6 / 2", "11"), ("1 - 2 - 3", "-4"), ("-7 % 3", "-1"),
    ("true ? 1 : false ? 2 : 3", "1"), ("{'a b': 1}.`a b`", "1"), ("[1, 2,]", "[1, 2]"),
    ("{'package': 1}.package", "1"), ("!true || !!true", "true"), ("1 < 2 == true", "true"),
  ])
  func reads(text: String, expected: String) {
    #expect(evaluate(text) == expected)
  }

  @Test(arguments: [
    ("1 +", "1:4: expected an expression, found the end"),
    ("(1", "1:3: expected ')', found the end"),
    ("'abc", "1:1: the string is not closed"),
    ("'é' + \n  'a", "2:3: the string is not closed"),
    ("while", "1:1: 'while' is a reserved word"),
    ("9223372036854775808", "1:1: the integer does not fit in 64 bits"),
    (#"'\q'"#, "1:2: unknown escape sequence"),
    (#"b'\u0041'"#, "1:3: unknown escape sequence in bytes"),
    (#"'\ud800'"#, "1:2: the escape sequence is no Unicode code point"),
    ("a.in", "1:3: expected a field name, found 'in'"),
    ("1 @ 2", "1:3: unexpected character '@'"), ("1 & 2", "1:3: unexpected character '&'"),
    ("1 = 2", "1:3: unexpected character '='"), ("1 +\u{0}", "1:4: unexpected character '\u{0}'"),
    ("has(1)", "1:1: has() takes a field selection such as has(a.b)"),
    ("[1].map(x.y, 1)", "1:11: expected a variable's name here"),
    ("[1].all(x, x, true)", "1:12: all() needs two different variables"),
    ("TestAllTypes{}", "1:1: not supported: making a message of type 'TestAllTypes'"),
    ("math.greatest(1, 2)", "1:6: not supported: the math extension ('math.greatest')"),
    ("base64.encode(b'')", "1:8: not supported: the encoders extension ('base64.encode')"),
    ("proto.hasExt(1, 2)", "1:7: not supported: the protocol buffers extension ('proto.hasExt')"),
    ("cel.block([1], 2)", "1:5: not supported: the block extension ('cel.block')"),
  ])
  func refuses(text: String, expected: String) {
    #expect(evaluate(text) == expected)
  }

  @Test(arguments: [
    ("(", ")", 200), ("[", "]", 200), ("!", "", 200), ("-", "", 200), ("[1].map(x, ", ")", 200),
    ("{1: ", "}", 200), ("true ? 1 : ", "", 200), ("size(", ")", 200),
  ])
  func nestsDeepButBounded(open: String, close: String, depth: Int) {
    let inner = open == "!" ? "true" : open == "size(" ? "'a'" : "1"
    func nested(_ count: Int) -> String {
      String(repeating: open, count: count) + inner + String(repeating: close, count: count)
    }
    let shallow = evaluate(nested(depth), checked: false)
    #expect(!shallow.contains("nests deeper"), "\(open): \(shallow)")
    for count in [300, 20_000] {
      let text = nested(count)
      let result = evaluate(text, checked: false)
      #expect(
        result.contains("nests deeper than 250 levels") || result.contains("longer than"),
        "\(open) × \(count): \(result.prefix(80))"
      )
    }
  }

  @Test(arguments: ["1 + ", "a.", "x[0] == ", "1 in ", "a.b."])
  func longChainsAreBounded(part: String) {
    let text = String(repeating: part, count: 5000) + "x"
    #expect(evaluate(text, checked: false).contains("nests deeper than 250 levels"))
  }

  @Test func longLogicIsFine() {
    let text = String(repeating: "true && ", count: 10_000) + "true"
    #expect(evaluate(text) == "true")
  }
}
