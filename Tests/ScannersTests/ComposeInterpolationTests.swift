import Testing
import Workloads

@testable import Scanners

/// The tables of compose-go's own tests (`template/template_test.go`).
struct ComposeInterpolationTests {
  private static let variables = ["FOO": "first", "BAR": ""]

  private static func expand(
    _ text: String
  ) -> (text: ComposeText, problems: [Interpolation.Problem]) {
    Interpolation.expand(text.utf8) { name in
      variables[name].map { ResolvedVariable(state: .known($0)) }
    }
  }

  @Test(arguments: [
    ("$${foo}", "${foo}"),
    ("foo", "foo"),
    ("$FOO-bar", "first-bar"),
    ("This ${BAR} var", "This  var"),
    ("This $FOO var", "This first var"),
    ("This ${FOO} var", "This first var"),
    ("ok ${missing:-def}", "ok def"),
    ("ok ${missing-def}", "ok def"),
    ("ok ${BAR:-def}", "ok def"),
    ("ok ${FOO:-def}", "ok first"),
    ("ok ${BAR-def}", "ok "),
    ("ok ${BAR:-/non:-alphanumeric}", "ok /non:-alphanumeric"),
    ("ok ${UNSET_VAR-$FOO}", "ok first"),
    ("ok ${UNSET_VAR-${FOO}}", "ok first"),
    ("ok ${UNSET_VAR-${FOO} ${FOO}}", "ok first first"),
    ("ok ${BAR:-$FOO}", "ok first"),
    ("ok ${BAR:-${FOO}}", "ok first"),
    ("ok ${BAR:-${FOO} ${FOO}}", "ok first first"),
    ("ok ${FOO:?err}", "ok first"),
    ("ok ${FOO?err}", "ok first"),
    ("ok ${BAR?err}", "ok "),
    ("${UNSET_VAR-myerror?msg}", "myerror?msg"),
    ("${FOO?bar-baz}", "first"),
    ("${BAR:-default_value_for_empty_var}", "default_value_for_empty_var"),
    ("ok ${FOO+alt}", "ok alt"),
    ("ok ${FOO:+alt}", "ok alt"),
    ("ok ${BAR+alt}", "ok alt"),
    ("ok ${BAR:+alt}", "ok "),
    ("ok ${UNSET_VAR+alt}", "ok "),
    ("ok ${UNSET_VAR:-}", "ok "),
    ("${UNSET_VAR:-a$$b}", "a$b"),
    ("${UNSET_VAR:-{}}", "{}"),
    ("$$FOO$$$FOO", "$FOO$first"),
    ("${UNSET_VAR:-${OTHER:-${THIRD:-deep}}}", "deep"),
  ])
  func replaces(_ template: String, by expected: String) {
    let (text, problems) = Self.expand(template)
    #expect(text.isKnown)
    #expect(text.string == expected)
    #expect(problems.isEmpty)
  }

  @Test(arguments: [
    "${", "$}", "${}", "${ }", "${ foo}", "${foo }", "${foo!}", "a$", "$1", "${FOO:}",
  ])
  func refuses(_ template: String) {
    let (text, problems) = Self.expand(template)
    #expect(!text.isKnown)
    #expect(problems.contains(.invalid))
  }

  @Test(arguments: [
    ("This ${missing} var", "missing"), ("$missing", "missing"), ("${BAR:-${missing}}", "missing"),
    ("${missing}:80", "missing"),
  ])
  func leavesUnsetVariablesUnknown(_ template: String, _ name: String) {
    let (text, problems) = Self.expand(template)
    #expect(text.unknownReason == "variable \(name) is not set")
    #expect(problems == [.unset(name)])
  }

  @Test(arguments: [
    ("not ok ${UNSET_VAR:?Mandatory Variable Unset}", "UNSET_VAR"),
    ("not ok ${BAR:?Mandatory Variable Empty}", "BAR"),
    ("not ok ${UNSET_VAR:?}", "UNSET_VAR"),
    ("not ok ${UNSET_VAR?Mandatory Variable Unset}", "UNSET_VAR"),
    ("not ok ${UNSET_VAR?Mandatory Variable ${FOO}}", "UNSET_VAR"),
  ])
  func namesRequiredVariables(_ template: String, _ name: String) {
    let (text, problems) = Self.expand(template)
    #expect(text.unknownReason == "required variable \(name) is not set")
    #expect(problems == [.required(name)])
  }

  @Test
  func keepsTheGapsOfEachPart() {
    let (text, _) = Self.expand("${A}:x${B}y:$FOO:${C}")
    let parts = text.split(at: UInt8(ascii: ":"))
    #expect(
      parts.map { $0.unknownReason ?? $0.string } == [
        "variable A is not set", "variable B is not set", "first", "variable C is not set",
      ]
    )
    let last = text.cutLast(at: UInt8(ascii: ":"))
    #expect(last?.0.gaps.count == 2)
    #expect(last?.1.unknownReason == "variable C is not set")
  }

  @Test
  func boundsWhatATextCanGrowTo() {
    let (text, problems) = Interpolation.expand(
      String(repeating: "${BIG}", count: 5000).utf8,
      resolve: { _ in ResolvedVariable(state: .known(String(repeating: "x", count: 1000))) }
    )
    #expect(problems == [.tooLong])
    #expect(text.bytes.count == 1)
  }

  @Test
  func refusesDeepNesting() {
    let deep = String(repeating: "${A:-", count: 100_000) + String(repeating: "}", count: 100_000)
    #expect(Self.expand(deep).problems == [.invalid])
  }
}
