import Reports
import RuleEngine
import Testing
import Unmoor

/// The samples of manifests, end to end; expectations were written from their files.
@Suite struct ManifestSamplesTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var folder: String
    var fates: [SampleFate]
    var findings: [SampleFinding]
    /// Values of the files that no report may show.
    var secrets: [String]
    var testDescription: String { folder }
  }

  static let samples = [
    Sample(
      folder: "fargate-task",
      fates: [
        SampleFate(
          "my-app",
          ["needs-changes", "needs-changes", "needs-changes"],
          by: ["secrets/plaintext-env", "logs/awslogs-options"]
        )
      ],
      findings: [
        SampleFinding("secrets/plaintext-env", "my-app", "task-definition.json:19"),
        SampleFinding("logs/awslogs-options", "my-app", "task-definition.json:27"),
        SampleFinding("image/latest-tag", "my-app", "task-definition.json:13"),
        SampleFinding("iam/task-role-equals-execution-role", "my-app", "task-definition.json:2"),
        SampleFinding("iam/data-exfiltration", "task-role-policy.json", "task-role-policy.json:14"),
        SampleFinding("iam/service-wildcard", "task-role-policy.json", "task-role-policy.json:19"),
      ],
      secrets: ["Kd8_qW2x-mZ41v"]
    ),
    Sample(
      folder: "container-app",
      fates: [
        // 0.5 vCPU never goes with 2 GiB on the Consumption plan.
        SampleFate("my-app", ["ready", "ready", "blocked"], by: ["cost/invalid-aca-size"])
      ],
      findings: [
        SampleFinding("net/aca-allow-insecure", "my-app", "containerapp.yaml:15"),
        SampleFinding("iam/azure-registry-password", "my-app", "containerapp.yaml:17"),
        SampleFinding("iam/azure-no-managed-identity", "my-app", "containerapp.yaml:2"),
        SampleFinding("secrets/aca-inline-value", "my-app", "containerapp.yaml:21"),
        SampleFinding("cost/keda-invalid-form", "scaledobject.yaml", "scaledobject.yaml:6"),
      ],
      secrets: ["pU7/h2LqR0sTnB4xW9yZ"]
    ),
    Sample(
      folder: "boutique",
      fates: [
        SampleFate(
          "catalogue-import",
          ["needs-changes", "blocked", "blocked"],
          by: ["state/kubernetes-hostpath"]
        ),
        // Its claim is of the class gp3, a disk, which neither pods on Fargate nor apps can mount.
        SampleFate(
          "cart",
          ["needs-changes", "blocked", "blocked"],
          by: ["state/persistent-volume-claim"]
        ),
        SampleFate("frontend", ["needs-changes", "needs-changes", "needs-changes"]),
        SampleFate("orders", ["needs-changes", "needs-changes", "ready"]),
      ],
      findings: [
        SampleFinding("state/kubernetes-hostpath", "catalogue-import", "agents.yaml:31"),
        SampleFinding("state/persistent-volume-claim", "cart", "cart.yaml:25"),
        SampleFinding("secrets/k8s-secret-manifest", "cart", "cart.yaml:40"),
        SampleFinding("image/latest-tag", "cart", "cart.yaml:15"),
        SampleFinding("net/ingress-class", "frontend"),
        SampleFinding("net/ingress-without-tls", "frontend"),
        SampleFinding("cost/keda-trigger", "orders"),
      ],
      secrets: ["q9vB_7eLt_2x4Rz", "cTl2Ql83ZUx0XzJ4Uno"]
    ),
  ]

  @Test(arguments: samples)
  func isJudgedAsByHand(_ sample: Sample) async throws {
    let assessment = try await Shop.unmoor().assess(root: Shop.sample(sample.folder))
    for fate in sample.fates { try fate.check(assessment) }
    let moving = assessment.workloads.filter { $0.disposition == .move }.map(\.name)
    #expect(moving.sorted() == sample.fates.map(\.workload).sorted())
    for finding in sample.findings {
      let places = finding.places(in: assessment)
      #expect(
        finding.place.isEmpty ? !places.isEmpty : places.contains(finding.place),
        "\(finding): \(places)"
      )
    }
    for output in Shop.outputs(of: assessment) {
      for secret in sample.secrets {
        #expect(!output.text.contains(secret), "the \(output.format) report shows a secret")
      }
    }
  }

  @Test func boutiqueGivesItsCacheAndLogsAway() async throws {
    let assessment = try await Shop.unmoor().assess(root: Shop.sample("boutique"))
    func fate(_ name: String) -> Disposition? {
      assessment.workloads.first { $0.name == name }?.disposition
    }
    #expect(fate("redis") == .externalise)
    #expect(fate("node-logs") == .absorb)
  }

  @Test func malformedScalerIsExplained() async throws {
    let assessment = try await Shop.unmoor().assess(root: Shop.sample("container-app"))
    let notice = try #require(assessment.notices.first { $0.file == "scaledobject.yaml" })
    #expect(notice.message.contains("properties.template.scale"))
    #expect(notice.message.contains("concurrentRequests"))
  }
}
