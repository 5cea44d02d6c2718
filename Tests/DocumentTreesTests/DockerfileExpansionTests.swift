import Testing

@testable import DocumentTrees

/// Expected values are those of BuildKit's own lexer tests and of POSIX; `?` starts what is
/// unknown, with its reason.
@Suite struct DockerfileExpansionTests {
  private static let variables = [
    "A": "one", "EMPTY": "", "PATHS": "/usr/local/bin", "V": "1.2.3", "DOTS": "a.b.a.b",
    "STAR": "a*b", "ü": "umlaut",
  ]

  private func expand(_ text: String, escape: UInt8 = UInt8(ascii: "\\")) -> String {
    var scope = VariableScope(fallback: .nothing)
    for (name, value) in Self.variables { scope.set(name, .set(ExpandedText(value))) }
    scope.set("MAYBE", .unknown(reason: "MAYBE is secret"))
    var part = ExpandedText("x")
    part.parts.append(.unknown(reason: "who knows"))
    scope.set("PART", .set(part))
    var budget = ExpansionBudget()
    let place = Place(line: 1, column: 1)
    let range = PlaceRange(start: place, end: place)
    let result = WordExpander.expand(
      text,
      at: range,
      escape: escape,
      scope: scope,
      budget: &budget
    )
    return result.text ?? "?\(result.unknownReason ?? "")"
  }

  @Test(arguments: [
    ("plain", "plain"), ("$A", "one"), ("${A}", "one"), ("x${A}y", "xoney"), ("$A$A", "oneone"),
    ("$A.txt", "one.txt"), ("$ü", "umlaut"), ("$", "$"), ("a$", "a$"), ("$/x", "$/x"),
    ("\\$A", "$A"), ("'$A'", "$A"), ("\"$A\"", "one"), ("\"'$A'\"", "'one'"), ("a\\ b", "a b"),
    ("\"a\\\"b\"", "a\"b"), ("\"a\\nb\"", "a\\nb"), ("\"\\$A\"", "$A"), ("'a\\nb'", "a\\nb"),
    ("\\\\", "\\"), ("a\\", "a"), ("\"\"", ""), ("''", ""), ("\"$EMPTY\"", ""),
    // Defaults
    ("${A:-d}", "one"), ("${A-d}", "one"), ("${EMPTY:-d}", "d"), ("${EMPTY-d}", ""),
    ("${NONE:-d}", "d"), ("${NONE-d}", "d"), ("${NONE:-}", ""), ("${NONE:-$A}", "one"),
    ("${NONE:-${NONE2:-${A}x}y}z", "onexyz"), ("${NONE:-'}'}", "}"), ("${NONE:-\"}\"}", "}"),
    ("${NONE:-a b}", "a b"), ("\"${NONE:-\"a b\"}\"", "a b"), ("${NONE:-\\}}", "}"),
    // Alternatives
    ("${A:+w}", "w"), ("${A+w}", "w"), ("${EMPTY:+w}", ""), ("${EMPTY+w}", "w"),
    ("${NONE:+w}", ""), ("${NONE+w}", ""), ("a${A:+-${A}}", "a-one"),
    // Errors
    ("${A:?no}", "one"), ("${A?no}", "one"), ("${EMPTY?no}", ""),
    ("${EMPTY:?no}", "?EMPTY must be given to the build"),
    ("${NONE:?hunter2}", "?NONE must be given to the build"),
    ("$NONE", "?NONE is not declared"), ("x${NONE}y", "?NONE is not declared"),
    ("${A", "?a substitution with ${ is not closed"),
    ("${", "?a substitution with ${ is not closed"),
    ("${A:-x", "?a substitution with ${ is not closed"), ("${}", "?${ has no variable name"),
    ("${{A}}", "?${ has no variable name"), ("'a", "?a single quote is not closed"),
    ("\"a", "?a double quote is not closed"),
    ("${A^^}", "?the modifier of a substitution is not one that BuildKit knows"),
    ("${A:1:2}", "?the modifier of a substitution is not one that BuildKit knows"),
    // Prefixes and suffixes
    ("${V#1.}", "2.3"), ("${V#*.}", "2.3"), ("${V##*.}", "3"), ("${V%.*}", "1.2"),
    ("${V%%.*}", "1"), ("${V#9}", "1.2.3"), ("${V%3}", "1.2."), ("${PATHS##*/}", "bin"),
    ("${PATHS%/*}", "/usr/local"), ("${V#?}", ".2.3"), ("${V##*}", ""), ("${V#*}", "1.2.3"),
    ("${V%${V#*.}}", "1."), ("${STAR#a\\*}", "b"), ("${STAR%\\*b}", "a"),
    ("${PATHS#\\/usr}", "/local/bin"),
    ("${V#\\x}", "?a pattern escapes a character that needs no escape"),
    ("${NONE#a}", "?NONE is not declared"),
    // Replacement
    ("${V/./-}", "1-2.3"), ("${V//./-}", "1-2-3"), ("${V//./}", "123"), ("${DOTS/a*b/X}", "X"),
    ("${DOTS//a?b/X}", "X.X"), ("${PATHS//\\//_}", "_usr_local_bin"), ("${V/9/-}", "1.2.3"),
    ("${V/./$A}", "1one2.3"), ("${V/.}", "?a substitution with ${ is not closed"),
    // Unknown values
    ("$MAYBE", "?MAYBE is secret"), ("${MAYBE:-d}", "?MAYBE is secret"),
    ("${MAYBE:+w}", "?MAYBE is secret"), ("${PART:+w}", "w"), ("${PART:-w}", "?who knows"),
    ("${A:-$MAYBE}", "one"), ("${A:+$MAYBE}", "?MAYBE is secret"), ("${PART#x}", "?who knows"),
  ])
  func expands(text: String, expected: String) {
    #expect(expand(text) == expected)
  }

  @Test(arguments: [
    ("c:\\$A", "c:\\one"), ("`$A", "$A"), ("\"c:\\a`\"b\"", "c:\\a\"b"), ("a` b", "a b"),
  ])
  func escapesWithBackquotes(text: String, expected: String) {
    #expect(expand(text, escape: UInt8(ascii: "`")) == expected)
  }

  @Test func keepsKnownPartsAndOrigins() throws {
    let file = try Dockerfile.parse(
      """
      ARG REGISTRY=example.org
      ARG TAG
      FROM ${REGISTRY}/app:${TAG}
      """
    )
    let build = DockerfileBuild(file)
    guard case .image(let image) = build.stages[0].base else {
      Issue.record("the base is no image")
      return
    }
    #expect(image.text == nil)
    #expect(image.unknownReason == "ARG TAG has no default")
    #expect(image.knownPrefix == "example.org/app:")
    #expect(image.sources.map(spot) == ["3:6-3:28", "1:5-1:25"])

    let given = DockerfileBuild(file, inputs: BuildInputs(arguments: ["TAG": .known("7")]))
    guard case .image(let known) = given.stages[0].base else {
      Issue.record("the base is no image")
      return
    }
    #expect(known.text == "example.org/app:7")
    #expect(known.buildArguments == ["TAG"])
    #expect(known.sources.map(spot) == ["3:6-3:28", "1:5-1:25", "2:5-2:8"])
  }
}
