import DocumentTrees
import Testing

@testable import RuleEngine

/// What the loader says of broken rules, whole, with the line and column of the rule's file.
@Suite struct RuleLoaderTests {
  struct Broken: CustomTestStringConvertible, Sendable {
    var name: String
    /// A line of the good rule, and what stands in its place.
    var line: String
    var instead: String
    var error: String
    var testDescription: String { name }
  }

  static let good = """
    id: host/test
    title: Something is amiss
    step: application
    topic: host
    severity: high
    appliesTo: container
    targets: { ecs-fargate: blocks, aca: advisory }
    dispositions: [move]
    when: container.name != ""
    assert: '!container.privileged'
    at: container.privileged
    message: "{{ container.name }} is amiss."
    remediation:
      text: Mend it.
      effort: 1
    references: [https://example.com]
    needs: [container]
    variants:
      - when: container.tty
        severity: low
    sameAs: { trivy: [KSV-0017] }

    """

  static let cases = [
    Broken(
      name: "unknown key",
      line: "severity: high",
      instead: "severty: high",
      error: "host/test.yaml:5:1: unknown key 'severty'; did you mean 'severity'?"
    ),
    Broken(
      name: "unknown key like none",
      line: "severity: high",
      instead: "colour: red",
      error: "host/test.yaml:5:1: unknown key 'colour'"
    ),
    Broken(
      name: "id is not the path",
      line: "id: host/test",
      instead: "id: host/tests",
      error: "host/test.yaml:1:5: the id 'host/tests' is not the file's path 'host/test.yaml'"
    ),
    Broken(
      name: "no id",
      line: "id: host/test",
      instead: "",
      error: "host/test.yaml:2:1: the rule has no 'id'"
    ),
    Broken(
      name: "unknown step",
      line: "step: application",
      instead: "step: aplication",
      error: "host/test.yaml:3:7: 'aplication' is no step of the checklist; "
        + "did you mean 'application'?"
    ),
    Broken(
      name: "topic of another step",
      line: "topic: host",
      instead: "topic: net",
      error: "host/test.yaml:4:8: 'net' is no topic of step 'application'"
    ),
    Broken(
      name: "misspelt topic",
      line: "topic: host",
      instead: "topic: hots",
      error: "host/test.yaml:4:8: 'hots' is no topic of step 'application'; did you mean 'host'?"
    ),
    Broken(
      name: "unknown severity",
      line: "severity: high",
      instead: "severity: hihg",
      error: "host/test.yaml:5:11: 'hihg' is none of blocker, high, medium, low, info; "
        + "did you mean 'high'?"
    ),
    Broken(
      name: "unknown subject",
      line: "appliesTo: container",
      instead: "appliesTo: contaner",
      error: "host/test.yaml:6:12: 'contaner' is no subject of rules ('unmoor rules fields' lists "
        + "them); did you mean 'container'?"
    ),
    Broken(
      name: "unknown effect",
      line: "targets: { ecs-fargate: blocks, aca: advisory }",
      instead: "targets: { ecs-fargate: block, aca: advisory }",
      error: "host/test.yaml:7:25: 'block' is none of blocks, needs-change, advisory, none; "
        + "did you mean 'blocks'?"
    ),
    Broken(
      name: "targets as a list",
      line: "targets: { ecs-fargate: blocks, aca: advisory }",
      instead: "targets: [aca]",
      error: "host/test.yaml:7:10: 'targets' is a mapping"
    ),
    Broken(
      name: "unknown disposition",
      line: "dispositions: [move]",
      instead: "dispositions: [moves]",
      error: "host/test.yaml:8:16: 'moves' is none of move, externalise, absorb, local-only, "
        + "duplicate, infrastructure; "
        + "did you mean 'move'?"
    ),
    Broken(
      name: "disposition outside a list",
      line: "dispositions: [move]",
      instead: "dispositions: move",
      error: "host/test.yaml:8:15: 'dispositions' is a list"
    ),
    Broken(
      name: "misspelt field in a plain scalar",
      line: "when: container.name != \"\"",
      instead: "when: container.nam != \"\"",
      error: "host/test.yaml:9:17: 'container' has no field 'nam'; did you mean 'name'?"
    ),
    Broken(
      name: "misspelt field in a quoted scalar",
      line: "assert: '!container.privileged'",
      instead: "assert: '!container.privilegd'",
      error: "host/test.yaml:10:21: 'container' has no field 'privilegd'; "
        + "did you mean 'privileged'?"
    ),
    Broken(
      name: "misspelt field on a block's second line",
      line: "assert: '!container.privileged'",
      instead: "assert: |-\n  container.tty ||\n  containr.privileged",
      error: "host/test.yaml:12:3: undeclared reference to 'containr'; did you mean 'container'?"
    ),
    Broken(
      name: "no assert",
      line: "assert: '!container.privileged'",
      instead: "",
      error: "host/test.yaml:1:1: the rule has no 'assert'"
    ),
    Broken(
      name: "assert is a text",
      line: "assert: '!container.privileged'",
      instead: "assert: container.name",
      error: "host/test.yaml:10:9: 'assert' must be true or false, not string"
    ),
    Broken(
      name: "misspelt place",
      line: "at: container.privileged",
      instead: "at: container.priv",
      error: "host/test.yaml:11:15: 'container' has no field 'priv'"
    ),
    Broken(
      name: "no message",
      line: "message: \"{{ container.name }} is amiss.\"",
      instead: "",
      error: "host/test.yaml:1:1: the rule has no 'message'"
    ),
    Broken(
      name: "message without end",
      line: "message: \"{{ container.name }} is amiss.\"",
      instead: "message: \"{{ container.name is amiss.\"",
      error: "host/test.yaml:12:10: the template has '{{' without '}}'"
    ),
    Broken(
      name: "message of a wrong field",
      line: "message: \"{{ container.name }} is amiss.\"",
      instead: "message: \"{{ mount.source }} is amiss.\"",
      error: "host/test.yaml:12:10: in '{{ mount.source }}': "
        + "'mount' is a type; no variable of that name is in scope"
    ),
    Broken(
      name: "effort in words",
      line: "  effort: 1",
      instead: "  effort: much",
      error: "host/test.yaml:15:11: 'effort' is a whole number"
    ),
    Broken(
      name: "remediation of a text only",
      line: "  effort: 1",
      instead: "",
      error: "host/test.yaml:14:3: the remediation has no 'effort'"
    ),
    Broken(
      name: "unknown evidence",
      line: "needs: [container]",
      instead: "needs: [contaner]",
      error: "host/test.yaml:17:9: 'contaner' is none of container, build, baseImage; "
        + "did you mean 'container'?"
    ),
    Broken(
      name: "variant without a condition",
      line: "  - when: container.tty",
      instead: "  - message: It is amiss.",
      error: "host/test.yaml:19:5: the variant has no 'when'"
    ),
    Broken(
      name: "unknown key of a variant",
      line: "    severity: low",
      instead: "    serverity: low",
      error: "host/test.yaml:20:5: unknown key 'serverity'; did you mean 'severity'?"
    ),
    Broken(
      name: "equivalents without a list",
      line: "sameAs: { trivy: [KSV-0017] }",
      instead: "sameAs: { trivy: KSV-0017 }",
      error: "host/test.yaml:21:18: 'sameAs' lists ids by tool"
    ),
    Broken(
      name: "references with a mapping",
      line: "references: [https://example.com]",
      instead: "references: [{ a: b }]",
      error: "host/test.yaml:16:14: 'references' is a list of texts"
    ),
  ]

  @Test func goodRuleLoads() throws {
    let rule = try TestBook.rule(Self.good)
    #expect(rule.id == "host/test")
    #expect(rule.effects == ["ecs-fargate": .blocks, "aca": .advisory])
    #expect(rule.confidence == .high && rule.dispositions == [.move])
    let variants = try rule.wording.content().variants
    #expect(rule.needs == [.container] && variants.count == 1)
    #expect(!rule.asksAboutTarget)
    #expect(rule.sameAs.map(\.tool) == ["trivy"] && rule.sameAs.first?.ids == ["KSV-0017"])
  }

  @Test(arguments: cases)
  func saysWhatIsWrongAndWhere(_ broken: Broken) throws {
    #expect(Self.good.contains(broken.line + "\n"))
    var lines = Self.good.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    let index = try #require(lines.firstIndex(of: broken.line))
    // A comment keeps the numbers of the lines below.
    lines[index] = broken.instead.isEmpty ? "# gone" : broken.instead
    let text = lines.joined(separator: "\n")
    let error = #expect(throws: RuleError.self) { try TestBook.rule(text) }
    #expect(error?.description == broken.error)
  }

  @Test func aListIsNoRule() {
    let error = #expect(throws: RuleError.self) { try TestBook.rule("- a\n") }
    #expect(error?.description == "host/test.yaml:1:1: a rule is a mapping")
  }
}

/// What a rule book says of rules that do not fit together.
@Suite struct RuleBookTests {
  private func error(_ rules: [Rule]) -> String? {
    #expect(throws: RuleError.self) { _ = try TestBook.book(rules) }?.description
  }

  @Test func idsAreUnique() throws {
    let rule = try TestBook.rule("host/test", assert: "true")
    #expect(
      error([rule, rule])
        == "host/test.yaml:1:1: host/test: the id 'host/test' is taken by another rule"
    )
  }

  @Test func absorbedRulesExist() throws {
    let rules = [
      try TestBook.rule("host/test", assert: "true", more: "absorbs: [host/privileges]"),
      try TestBook.rule("host/privileged", assert: "true"),
    ]
    #expect(
      error(rules)
        == "host/test.yaml:1:1: host/test: it absorbs 'host/privileges', which is no rule; "
        + "did you mean 'host/privileged'?"
    )
  }

  @Test func targetsExist() throws {
    let rule = try TestBook.rule("host/test", assert: "true", targets: "{ ecs-fargat: blocks }")
    #expect(
      error([rule])
        == "host/test.yaml:1:1: host/test: 'ecs-fargat' is no target; did you mean 'ecs-fargate'?"
    )
  }

  @Test func targetsOfVariantsExist() throws {
    let rule = try TestBook.rule(
      "host/test",
      assert: "true",
      more: "variants: [{ when: 'true', targets: { eks: blocks, acs: blocks } }]"
    )
    #expect(
      error([rule]) == "host/test.yaml:1:1: host/test: 'acs' is no target; did you mean 'aca'?"
    )
  }

  /// Two rules that absorb each other would both leave the report.
  @Test(arguments: [["host/a"], ["host/b", "host/a"], ["host/b", "host/c", "host/a"]])
  func absorptionHasNoCycle(circle: [String]) throws {
    var rules: [Rule] = []
    for (index, id) in circle.enumerated() {
      let next = circle[(index + 1) % circle.count]
      rules.append(try TestBook.rule(id, assert: "true", more: "absorbs: [\(next)]"))
    }
    let text = try #require(error(rules))
    #expect(text.hasPrefix("host/a.yaml:1:1: host/a: it absorbs itself"))
  }

  @Test func absorptionMayFormAChain() throws {
    let book = try TestBook.book([
      try TestBook.rule("host/a", assert: "true", more: "absorbs: [host/b, host/c]"),
      try TestBook.rule("host/b", assert: "true", more: "absorbs: [host/c]"),
      try TestBook.rule("host/c", assert: "true"),
    ])
    #expect(book.rules.count == 3)
  }

  @Test func orderOfTheRulesIsThatOfTheirIds() throws {
    let ids = ["process/z", "host/b", "host/a"]
    let rules = try ids.map {
      try TestBook.rule($0, assert: "true", topic: $0.hasPrefix("p") ? "process" : "host")
    }
    #expect(try TestBook.book(rules).rules.map(\.id) == ["host/a", "host/b", "process/z"])
  }
}
