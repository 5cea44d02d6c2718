import DocumentTrees
import Testing
import Workloads

@testable import RuleEngine

/// Absorption, variants, targets, evidence and effort, each on the smallest estate that shows it.
@Suite struct EvaluationTests {
  private func app(_ change: (inout Container) -> Void) -> Workload {
    Make.workload("app", image: "acme/app:1", line: 3) { _, container in change(&container) }
  }

  private func place(_ line: Int, in file: String = "compose.yaml") -> Origin {
    Origin(SourceLocation(file: file, line: line))
  }

  private func state(_ assessment: Assessment, _ rule: String) -> [CheckState] {
    assessment.checks.filter { $0.rule == rule }.map(\.state)
  }

  // MARK: Absorption

  @Test func absorbedFindingLeavesTheListAndStaysInTheScore() async throws {
    let workload = app { $0.privileged = .known(true) }
    let small = try TestBook.rule("host/small", assert: "!container.privileged", severity: "low")
    let big = try TestBook.rule("host/big", assert: "!container.privileged")
    let absorbing = try TestBook.rule(
      "host/big",
      assert: "!container.privileged",
      more: "absorbs: [host/small]"
    )
    let apart = try await TestBook.assess([workload], with: [small, big])
    let together = try await TestBook.assess([workload], with: [small, absorbing])
    #expect(apart.findings.map(\.rule) == ["host/big", "host/small"])
    #expect(together.findings.map(\.rule) == ["host/big"])
    #expect(together.summary.score == apart.summary.score)
    #expect(together.workloads[0].verdicts == apart.workloads[0].verdicts)
    #expect(state(together, "host/small") == [.fail])
    #expect(together.summary.effort.low == 1)
    #expect(apart.summary.effort.low == 2)
  }

  /// A finding on a mount takes away others of that mount, not of the mount beside it.
  @Test func absorbsOnlyAtItsSubjectAndBelow() async throws {
    let workload = app { container in
      container.mounts = [
        Make.mount("/var/run/docker.sock", "/sock"), Make.mount("/srv/data", "/data"),
      ]
    }
    let socket = try TestBook.rule(
      "host/socket",
      on: "mount",
      assert: #"!mount.source.endsWith(".sock")"#,
      more: "absorbs: [host/bind, host/any]"
    )
    let bind = try TestBook.rule("host/bind", on: "mount", assert: #"mount.type != "bind""#)
    let any = try TestBook.rule("host/any", assert: "container.mounts.size() == 0")
    let assessment = try await TestBook.assess([workload], with: [socket, bind, any])
    let found = assessment.findings.map { "\($0.rule) \($0.path)" }.sorted()
    #expect(
      found == [
        "host/any containers[app]", "host/bind containers[app].mount[1]",
        "host/socket containers[app].mount[0]",
      ]
    )
  }

  @Test func containersFindingAbsorbsThoseOfItsParts() async throws {
    let workload = app { container in
      container.privileged = .known(true)
      container.devices = [.known("/dev/kvm", place(5))]
    }
    let whole = try TestBook.rule(
      "host/whole",
      assert: "!container.privileged",
      more: "absorbs: [host/device]"
    )
    let device = try TestBook.rule("host/device", on: "device", assert: "false")
    let assessment = try await TestBook.assess([workload], with: [whole, device])
    #expect(assessment.findings.map(\.rule) == ["host/whole"])
  }

  // MARK: Variants

  @Test func firstVariantThatHoldsChangesTheFinding() async throws {
    let text = """
      id: host/test
      title: Something is amiss
      step: application
      topic: host
      severity: high
      appliesTo: port
      targets: { ecs-fargate: blocks, eks-fargate: blocks, aca: blocks }
      assert: 'false'
      message: Port {{ port.published }} is amiss.
      remediation: { text: Mend it., effort: 1 }
      variants:
        - when: port.published > 9000
          severity: info
          targets: { ecs-fargate: advisory, eks-fargate: needs-change, aca: none }
          message: Port {{ port.published }} is high.
        - when: port.published > 8000
          severity: low
      """
    let rule = try TestBook.rule(text)
    let workload = app { $0.ports = [Make.port(80), Make.port(8080), Make.port(9999)] }
    let assessment = try await TestBook.assess([workload], with: [rule])
    let found = assessment.findings.map { "\($0.severity) \($0.message)" }
    #expect(
      found.sorted() == [
        "high Port 80 is amiss.", "info Port 9999 is high.", "low Port 8080 is amiss.",
      ]
    )
    let high = try #require(assessment.findings.first { $0.severity == .info })
    #expect(
      high.targets.map { "\($0.target) \($0.effect.rawValue)" } == [
        "ecs-fargate advisory", "eks-fargate needs-change",
      ]
    )

    let only = try await TestBook.assess([app { $0.ports = [Make.port(9999)] }], with: [rule])
    #expect(
      only.workloads[0].verdicts.map { "\($0.target) \($0.verdict.rawValue)" } == [
        "ecs-fargate ready", "eks-fargate needs-changes", "aca ready",
      ]
    )
    // The score keeps the rule's own severity.
    let plain = try TestBook.rule("host/test", on: "port", assert: "false")
    let same = try await TestBook.assess([app { $0.ports = [Make.port(9999)] }], with: [plain])
    #expect(only.summary.score == same.summary.score)
  }

  // MARK: Targets

  @Test func ruleThatMentionsTheTargetIsAskedOncePerTarget() async throws {
    let rule = try TestBook.rule(
      "host/test",
      assert: #"target.id != "aca""#,
      targets: "{ ecs-fargate: blocks, eks-fargate: none, aca: blocks }"
    )
    #expect(rule.asksAboutTarget)
    let assessment = try await TestBook.assess([app { _ in }], with: [rule])
    #expect(
      assessment.checks.map { "\($0.target ?? "-") \($0.state.rawValue)" } == [
        "ecs-fargate pass", "aca fail",
      ]
    )
    #expect(assessment.findings.count == 1)
    #expect(assessment.findings.first?.targets.map(\.target) == ["aca"])
    #expect(
      assessment.workloads[0].verdicts.map(\.verdict) == [.ready, .ready, .blocked]
    )
  }

  @Test func oneFindingSpeaksForSeveralTargets() async throws {
    let rule = try TestBook.rule("host/test", assert: #"target.id == "eks-fargate""#)
    let assessment = try await TestBook.assess([app { _ in }], with: [rule])
    #expect(assessment.findings.count == 1)
    #expect(assessment.findings.first?.targets.map(\.target) == ["ecs-fargate", "aca"])
  }

  @Test func messageMayNameTheTarget() async throws {
    let rule = try TestBook.rule(
      """
      id: host/test
      title: Something is amiss
      step: application
      topic: host
      severity: high
      appliesTo: container
      targets: { aca: blocks }
      assert: 'false'
      message: It cannot run on {{ target.id }}.
      remediation: { text: Mend it., effort: 1 }
      """
    )
    let assessment = try await TestBook.assess([app { _ in }], with: [rule])
    #expect(assessment.findings.map(\.message) == ["It cannot run on aca."])
  }

  // MARK: Unknown values and evidence

  @Test func unknownIsNotAssessedWithItsReason() async throws {
    let workload = app { $0.user = .unknown("variable UID is not set", place(7)) }
    let rule = try TestBook.rule("host/test", assert: #"container.user != "root""#)
    let assessment = try await TestBook.assess([workload], with: [rule])
    let check = try #require(assessment.checks.first)
    #expect(check.state == .notAssessed)
    #expect(check.reason?.contains("variable UID is not set") == true)
    #expect(assessment.findings.isEmpty)
    #expect(assessment.summary.score == Score(floor: 0, ceiling: 10_000, coverage: 0))
    #expect(assessment.workloads[0].verdicts.allSatisfy { $0.verdict == .notEnoughEvidence })
    #expect(assessment.summary.effort == Effort(low: 0, high: 1))
  }

  @Test func unknownThatDecidesNothingIsAbsorbed() async throws {
    let workload = app { container in
      container.user = .unknown("variable UID is not set")
      container.privileged = .known(true)
    }
    let fails = try TestBook.rule(
      "host/and",
      assert: #"container.user != "root" && !container.privileged"#
    )
    let passes = try TestBook.rule(
      "host/or",
      assert: #"container.user != "root" || container.privileged"#
    )
    let assessment = try await TestBook.assess([workload], with: [fails, passes])
    #expect(state(assessment, "host/and") == [.fail])
    #expect(state(assessment, "host/or") == [.pass])
  }

  /// fail > not assessed > pass, over the subjects of one rule.
  @Test(arguments: [
    (["bind", "volume"], CheckState.fail), (["volume", nil], .notAssessed), (["bind", nil], .fail),
    (["volume"], .pass), ([], .notApplicable),
  ])
  func worstSubjectDecides(types: [String?], expected: CheckState) async throws {
    let workload = app { container in
      container.mounts = types.map { type in
        Mount(type: type.map { .known($0) } ?? .unknown("why"), origin: place(4))
      }
    }
    let rule = try TestBook.rule("host/test", on: "mount", assert: #"mount.type != "bind""#)
    let assessment = try await TestBook.assess([workload], with: [rule])
    #expect(assessment.checks.map(\.state) == [expected])
  }

  @Test(arguments: [
    ("build", "the Dockerfile of the image is not among the inputs"),
    ("baseImage", "the image is not in the catalogue of base images"),
  ])
  func missingEvidenceIsNotAssessed(need: String, reason: String) async throws {
    let rule = try TestBook.rule("host/test", assert: "true", more: "needs: [\(need)]")
    let assessment = try await TestBook.assess([app { _ in }], with: [rule])
    #expect(assessment.checks.map(\.state) == [.notAssessed])
    #expect(assessment.checks.first?.reason == reason)
  }

  @Test func unreadDockerfileLeavesItsRulesOpen() async throws {
    let workload = app { container in
      var build = Build(origin: place(4))
      build.stages = .unknown("the Dockerfile api/Dockerfile is missing", place(4))
      container.build = build
    }
    let rules = try ["stage", "instruction", "command"].map {
      try TestBook.rule("host/\($0)", on: $0, assert: "false")
    }
    let assessment = try await TestBook.assess([workload], with: rules)
    for check in assessment.checks {
      #expect(check.state == .notAssessed)
      #expect(check.reason == "the Dockerfile api/Dockerfile is missing")
    }
    #expect(assessment.checks.count == 3)
  }

  @Test func errorOfAnExpressionIsSaid() async throws {
    let rule = try TestBook.rule("host/test", assert: "1 / workload.replicas == 1")
    let workload = Make.workload("app", image: "acme/app:1") { workload, _ in
      workload.replicas = .known(0)
    }
    let assessment = try await TestBook.assess([workload], with: [rule])
    #expect(assessment.checks.map(\.state) == [.error])
    #expect(assessment.checks.first?.reason?.hasPrefix("the rule's expression failed: ") == true)
    #expect(assessment.summary.score == Score(floor: 0, ceiling: 10_000, coverage: 0))
  }

  @Test func otherDispositionsAreNotJudged() async throws {
    let rule = try TestBook.rule("host/test", assert: "false")
    let database = Make.workload("db", image: "postgres:15")
    let assessment = try await TestBook.assess([database], with: [rule])
    #expect(assessment.checks.map(\.state) == [.notApplicable])
    #expect(assessment.workloads[0].verdicts.isEmpty)
    #expect(assessment.summary.score == nil)
  }

  // MARK: Effort

  /// One base image, built into three workloads, with two rules that the same change mends.
  @Test func oneChangeIsCountedOnce() async throws {
    let workloads = ["a", "b", "c"].map { name in
      Make.workload(name, image: "acme/\(name):1") { _, container in
        var build = Make.build(from: "debian:8")
        build.origin = place(1, in: "Dockerfile")
        container.build = build
      }
    }
    let unit = { (id: String, effort: Int) in
      try TestBook.rule(
        """
        id: \(id)
        title: Something is amiss
        step: image
        topic: image
        severity: high
        appliesTo: stage
        targets: { aca: advisory }
        assert: 'false'
        message: Something is amiss.
        remediation: { text: Mend it., effort: \(effort), unit: base-image }
        """,
        path: id + ".yaml"
      )
    }
    let both = try await TestBook.assess(
      workloads,
      with: [try unit("image/old", 3), try unit("image/fat", 1)]
    )
    #expect(both.findings.count == 6)
    // The greatest effort of the unit, once.
    #expect(both.summary.effort == Effort(low: 3, high: 3))
    let apart = try await TestBook.assess(
      workloads,
      with: [
        try unit("image/old", 3), try TestBook.rule("host/other", on: "stage", assert: "false"),
      ]
    )
    #expect(apart.summary.effort == Effort(low: 4, high: 4))
  }

  @Test func openQuestionsRaiseOnlyTheUpperBound() async throws {
    let known = app { $0.privileged = .known(true) }
    var open = known
    open.containers[0].user = .unknown("why")
    let rules = [
      try TestBook.rule("host/a", assert: "!container.privileged", effort: 5),
      try TestBook.rule("host/b", assert: #"container.user != "root""#, effort: 3),
    ]
    #expect(
      try await TestBook.assess([known], with: rules).summary.effort == Effort(low: 5, high: 5)
    )
    #expect(
      try await TestBook.assess([open], with: rules).summary.effort == Effort(low: 5, high: 8)
    )
  }
}
