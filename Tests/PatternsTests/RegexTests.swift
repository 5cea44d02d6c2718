import Testing

@testable import Patterns

struct RegexTests {
  private static func matches(_ pattern: String, _ text: String) throws -> Bool {
    try LinearRegex(pattern).matches(text)
  }

  @Test(arguments: [
    // pattern, texts with a match, texts without
    ("abc", ["abc", "xabcx"], ["ab", ""]),
    ("^abc$", ["abc"], ["xabc", "abcx", "abc\n"]),
    ("^a|b$", ["ax", "xb"], ["xa", "bx"]),
    ("", ["", "x"], []),
    ("a.c", ["abc", "aéc", "a😀c"], ["ac", "a\nc"]),
    ("(?s)a.c", ["a\nc"], ["ac"]),
    ("(?m)^b$", ["a\nb\nc", "b"], ["ab", "a\nbc"]),
    ("(?i)straße", ["STRAßE", "straße"], ["strasse"]),
    ("(?i)k", ["K", "k", "\u{212A}"], ["x"]),
    ("(?i:a)b", ["Ab"], ["aB"]),
    ("a*b+c?", ["b", "aabbc"], ["ac"]),
    ("^a{2,3}$", ["aa", "aaa"], ["a", "aaaa"]),
    ("^a{2,}$", ["aa", "aaaaa"], ["a"]),
    ("^a{2}$", ["aa"], ["a", "aaa"]),
    ("a{,2}", ["a{,2}"], ["aa"]),
    ("x{", ["x{"], ["x"]),
    (#"^\d+\.\d+$"#, ["1.25"], ["1x25", ".5", "١.١"]),
    (#"\bfoo\b"#, ["a foo b", "foo"], ["afoo", "food"]),
    (#"\Boo"#, ["foo"], ["oo"]),
    ("[^a-c]", ["d", "é"], ["abc", ""]),
    ("[]a]", ["]", "a"], ["b"]),
    ("[a-]", ["-"], ["b"]),
    (#"[\d\-_]"#, ["5", "-", "_"], ["a"]),
    ("[[:alpha:]][[:^alpha:]]", ["a1"], ["ab", "11"]),
    (#"\p{Lu}\pL"#, ["Éa", "AB"], ["aB", "1A"]),
    (#"\P{L}"#, ["1"], ["é"]),
    (#"\x{1F600}\x41\101"#, ["😀AA"], ["😀A"]),
    (#"\Qa.b\E+"#, ["a.b+", "a.b"], ["axb"]),
    ("(?P<n>a)(?<m>b)(?:c)", ["abc"], ["ab"]),
    ("(a*)*b", ["b", "aab"], ["aa"]),
    ("(a|ab)(c|bcd)", ["abcd", "ac"], ["ab"]),
    (
      "(^|/)(docker|containerd|podman)[.]sock$", ["/var/run/docker.sock", "podman.sock"],
      ["mydocker.sock", "docker.sockx", "docker-sock"]
    ),
    (#"\Aa\z"#, ["a"], ["a\n"]),
    ("a**?", [], []),
    ("é+", ["éé"], ["e"]),
    ("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", ["a", "a-b", "a1"], ["-a", "a-", "A", ""]),
  ])
  func agreesWithRE2(pattern: String, matching: [String], other: [String]) throws {
    if pattern == "a**?" {
      #expect(throws: RegexError.self) { try LinearRegex(pattern) }
      return
    }
    for text in matching { #expect(try Self.matches(pattern, text), "\(pattern) on \(text)") }
    for text in other { #expect(try !Self.matches(pattern, text), "\(pattern) on \(text)") }
  }

  @Test(arguments: [
    ("(", "missing ')'"), (")", "unexpected ')'"), ("*a", "nothing to repeat"),
    ("[a", "missing ']'"), ("[b-a]", "a range out of order in '[]'"),
    ("a{1001}", "a repetition out of order or above 1000"),
    ("a{3,2}", "a repetition out of order or above 1000"), ("a++", "a repetition of a repetition"),
    (#"(a)\1"#, "back-references are not part of RE2"),
    ("(?!a)", "look-around is not part of RE2"), ("(?<=a)b", "look-around is not part of RE2"),
    (
      #"\p{Greek}"#,
      "'\\p{Greek}' is not supported: only general categories such as L, Lu or Nd are"
    ),
    (#"\C"#, "'\\C' (any byte) is not supported"), ("\\", "a backslash at the end"),
    (#"\y"#, #"unknown escape '\y'"#), ("[[:foo:]]", "unknown set '[:foo:]'"),
    ("(((a{100}){100}){100})", "the pattern's repetitions make it too large"),
    (String(repeating: "(", count: 5000), "groups nest too deep"),
  ])
  func refuses(pattern: String, reason: String) {
    #expect { try LinearRegex(pattern) } throws: { "\($0)" == reason }
  }

  /// Patterns that take exponential or quadratic time elsewhere.
  @Test(arguments: [
    "(a+)+$", "(a|a)*$", "(a|aa)+$", "^(a?){500}a{500}$", "(.*)*x", "(x+x+)+y", ".*.*.*=.*",
    #"(\w+\s?)*!"#,
  ])
  func hostilePatternsAreLinear(pattern: String) throws {
    let text = String(repeating: "a", count: 50_000) + "b"
    let clock = ContinuousClock()
    let time = try clock.measure { _ = try Self.matches(pattern, text) }
    #expect(time < .seconds(10), "\(pattern) took \(time)")
  }

  /// More states than the cache holds: it starts anew and the answers stay right.
  @Test func outgrowsItsCache() throws {
    let regex = try LinearRegex("(a|b)*a(a|b){12}c")
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20 {
      let noise = (0..<2000).map { _ in Bool.random(using: &generator) ? "a" : "b" }.joined()
      let tail = "a" + String(noise.prefix(12)) + "c"
      #expect(regex.matches(noise + tail))
      #expect(!regex.matches(noise))
      #expect(!regex.matches(noise + "b" + String(noise.prefix(12))))
    }
  }
}
