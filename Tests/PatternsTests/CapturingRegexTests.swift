import Testing

@testable import Patterns

/// Submatches as RE2 and Go's `regexp` give them; worked out by hand from the rule that the match
/// is the one that a backtracking search would find first.
@Suite struct CapturingRegexTests {
  private static func texts(_ match: RegexMatch?, _ text: String) -> [String?]? {
    let bytes = Array(text.utf8)
    return match.map { match in
      ([match.range] + match.groups).map { range in
        range.map { String(decoding: bytes[$0], as: UTF8.self) }
      }
    }
  }

  @Test(arguments: [
    // pattern, text, the match and its groups
    ("(a+)(b?)", "xaab", ["aab", "aa", "b"]),
    ("(a|ab)(c|bcd)(d*)", "abcd", ["abcd", "a", "bcd", ""]),
    ("(a+?)(a*)", "aaa", ["aaa", "a", "aa"]),
    ("(?U)(a+)(a+?)", "aaa", ["aaa", "a", "aa"]),
    ("a{1,3}?(a*)", "aaaa", ["aaaa", "aaa"]),
    ("(a)|(b)", "b", ["b", nil, "b"]),
    ("((a)|(b))*", "ab", ["ab", "b", "a", "b"]),
    ("(|a)*", "aa", ["", ""]),
    ("(a*)+", "b", ["", ""]),
    ("(?m)^(b)$", "a\nb\nc", ["b", "b"]),
    (#"\b(\w+)$"#, "one two", ["two", "two"]),
    ("(é+)(.)", "aéé😀", ["éé😀", "éé", "😀"]),
  ])
  func prefersWhatABacktrackingSearchFindsFirst(
    pattern: String,
    text: String,
    expected: [String?]
  ) throws {
    var work = 1_000_000
    let match = try CapturingRegex(pattern).firstMatch(in: Array(text.utf8), work: &work)
    #expect(Self.texts(match, text) == expected)
  }

  @Test(arguments: [
    ("a*", "baac", ["", "aa", ""]), ("", "aé", ["", "", ""]), ("^a", "aaa", ["a"]),
    (#"\d\d"#, "12345", ["12", "34"]), ("x", "", []), ("$", "ab", [""]),
  ])
  func findsAllThatDoNotOverlap(pattern: String, text: String, expected: [String]) throws {
    var work = 1_000_000
    let bytes = Array(text.utf8)
    let matches = try CapturingRegex(pattern).matches(in: bytes, work: &work)
    #expect(matches.map { String(decoding: bytes[$0.range], as: UTF8.self) } == expected)
  }

  @Test func namesAreThoseOfTheGroups() throws {
    let regex = try CapturingRegex("(?P<year>[0-9]+)-(x)(?:y)(?<day>z)")
    #expect(regex.groupNames == ["year", nil, "day"])
  }

  /// Both machines run the same programs; they must agree on whether there is a match.
  @Test func agreesWithTheQuickMachine() throws {
    let patterns = [
      "(a|b)*a", "^(ab)*$", "a{2,3}b?", "(a*)*b", "(?:a|)+$", #"\bab\b"#, "(^a|b$)", "[^a]b+?",
    ]
    var generator = SystemRandomNumberGenerator()
    for pattern in patterns {
      let quick = try LinearRegex(pattern)
      let capturing = try CapturingRegex(pattern)
      for _ in 0..<200 {
        let length = Int.random(in: 0...6, using: &generator)
        let text = String((0..<length).map { _ in "ab ".randomElement(using: &generator) ?? "a" })
        var work = 100_000
        let match = try capturing.firstMatch(in: Array(text.utf8), work: &work)
        #expect(quick.matches(text) == (match != nil), "\(pattern) on “\(text)”")
      }
    }
  }

  @Test(arguments: ["(a+)+$", "(a|a)*$", "^(a?){50}a{50}$", "(.*)*x", #"(\w+\s?)*!"#])
  func hostilePatternsAreLinear(pattern: String) throws {
    let text = Array(repeating: UInt8(ascii: "a"), count: 2000) + [UInt8(ascii: "b")]
    var work = 10_000_000
    #expect(try CapturingRegex(pattern).firstMatch(in: text, work: &work) == nil || work > 0)
  }

  @Test func workIsBounded() throws {
    let regex = try CapturingRegex("(a.*x|a)")
    let text = Array(repeating: UInt8(ascii: "a"), count: 5000)
    var work = 100_000
    #expect { try regex.matches(in: text, work: &work) } throws: {
      "\($0)" == "the search takes too long"
    }
  }
}
