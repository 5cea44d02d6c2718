import DocumentTrees
import RuleEngine
import Testing
import Unmoor

/// `.unmoor.yaml`: a project's own answers, which always show.
@Suite struct SettingsTests {
  private static let compose = """
    services:
      ci:
        image: example.com/ci:1
        privileged: true
      mail:
        image: mailhog/mailhog:v1.0.1
    """

  private func assess(_ settings: String?, asOf: String? = nil) async throws -> Assessment {
    var files = ["compose.yaml": Self.compose]
    files[".unmoor.yaml"] = settings
    var options = Unmoor.Options()
    options.asOf = asOf
    return try await Unmoor().assess(files: MemoryFiles(files), options: options)
  }

  private func problem(_ settings: String) async -> String {
    do {
      _ = try await assess(settings)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func waiverKeepsScoreAndVerdictAndIsShown() async throws {
    let plain = try await assess(nil)
    let waived = try await assess(
      """
      waivers:
        - rule: host/privileged
          workload: ci
          reason: it moves to a build service next month
          owner: platform team
          until: 2027-03-31
      """
    )
    #expect(waived.summary.score == plain.summary.score)
    #expect(waived.workloads.map(\.verdicts) == plain.workloads.map(\.verdicts))
    let finding = try #require(waived.findings.first { $0.rule == "host/privileged" })
    #expect(finding.waived?.owner == "platform team")
    #expect(finding.waived?.until == "2027-03-31")
    let count = { (assessment: Assessment) in
      assessment.summary.findings.first { $0.severity == .blocker }?.count ?? 0
    }
    #expect(count(waived) == count(plain) - 1)
  }

  @Test func waiverEndsAfterItsLastDay() async throws {
    let settings = "waivers: [{rule: host/privileged, reason: later, until: 2027-03-31}]"
    let onLastDay = try await assess(settings, asOf: "2027-03-31")
    #expect(onLastDay.findings.contains { $0.waived != nil })
    let after = try await assess(settings, asOf: "2027-04-01")
    #expect(!after.findings.contains { $0.waived != nil })
    #expect(after.notices.contains { $0.message.contains("expired on 2027-03-31") })
  }

  @Test func waiverOfNothingIsToldOf() async throws {
    let assessment = try await assess("waivers: [{rule: host/gpu, reason: none here}]")
    #expect(
      assessment.notices.contains { $0.message == "The waiver of host/gpu covers no finding." }
    )
  }

  @Test func ruleIsSwitchedOffOrWeighedAndTheReportSaysSo() async throws {
    let off = try await assess("rules:\n  host/privileged: off\n")
    #expect(!off.findings.contains { $0.rule == "host/privileged" })
    #expect(!off.checks.contains { $0.rule == "host/privileged" })
    #expect(off.notices.contains { $0.message.contains("host/privileged: off") && $0.line == 2 })
    let plain = try await assess(nil)
    #expect(off.tool.ruleSetDigest != plain.tool.ruleSetDigest)

    let weighed = try await assess(
      "rules:\n  host/privileged: {severity: low, targets: {aca: advisory}}\n"
    )
    let finding = try #require(weighed.findings.first { $0.rule == "host/privileged" })
    #expect(finding.severity == .low)
    #expect(finding.targets.first { $0.target == "aca" }?.effect == .advisory)
    #expect(finding.targets.first { $0.target == "ecs-fargate" }?.effect == .blocks)
  }

  @Test func dispositionIsOverruledWithItsReason() async throws {
    let assessment = try await assess(
      "workloads:\n  mail: {disposition: move, reason: we send real mail with it}\n  ci: local-only\n"
    )
    let mail = try #require(assessment.workloads.first { $0.name == "mail" })
    #expect(mail.disposition == .move)
    #expect(mail.dispositionReason == "the project's settings say so: we send real mail with it")
    #expect(assessment.workloads.first { $0.name == "ci" }?.disposition == .localOnly)
  }

  @Test func targetsAndExclusionsAreTaken() async throws {
    let assessment = try await assess("targets: [aca]\nexclude: [compose.yaml]\n")
    #expect(assessment.targets.map(\.id) == ["aca"])
    #expect(assessment.workloads.isEmpty)
  }

  @Test func commandLineMayLeaveItAlone() async throws {
    var options = Unmoor.Options()
    options.ignoresSettings = true
    let files = MemoryFiles(["compose.yaml": Self.compose, ".unmoor.yaml": "nonsense: ["])
    let assessment = try await Unmoor().assess(files: files, options: options)
    #expect(assessment.findings.contains { $0.rule == "host/privileged" })
  }

  @Test(arguments: [
    (
      "rules: {host/privilegd: off}",
      ".unmoor.yaml:1:9: 'host/privilegd' is no rule; did you mean 'host/privileged'?"
    ),
    ("ruls: {}", ".unmoor.yaml:1:1: unknown key 'ruls'; did you mean 'rules'?"),
    (
      "rules: {host/privileged: hgih}",
      ".unmoor.yaml:1:26: 'hgih' is none of blocker, high, medium, low, info; did you mean 'high'?"
    ),
    ("waivers: [{rule: host/gpu}]", ".unmoor.yaml:1:11: the waiver has no 'reason'"),
    ("waivers: [{reason: x}]", ".unmoor.yaml:1:11: a waiver names a 'rule' or a 'fingerprint'"),
    (
      "waivers: [{rule: a, reason: x, until: 2027-13-01}]",
      ".unmoor.yaml:1:39: 'until' is a date as YYYY-MM-DD"
    ),
    (
      "targets: [fargate]",
      ".unmoor.yaml: 'fargate' is no target; they are ecs-fargate, eks-fargate, aca"
    ),
    ("version: 2", ".unmoor.yaml:1:10: this version of the tool reads version 1"),
  ])
  func mistakesAreNamedWithTheirPlace(_ settings: String, _ expected: String) async {
    #expect(await problem(settings) == expected)
  }
}
