import RuleEngine
import Testing
import Unmoor

/// The samples of the infrastructure languages; what is expected was written by hand from their files.
@Suite struct TerraformOrdersTests {
  private func assessment() async throws -> Assessment { try await Shop.terraformOrders.value }

  static let fates = [
    SampleFate("orders-production-api", ["ready", "ready", "ready"]),
    // 512 units of processor never go with 512 MiB.
    SampleFate(
      "orders-production-worker",
      ["blocked", "needs-changes", "needs-changes"],
      by: ["cost/invalid-fargate-size"]
    ),
    SampleFate(
      "orders-production-ledger",
      ["blocked", "blocked", "blocked"],
      by: ["host/privileged", "state/bind-mount-data"]
    ),
  ]

  @Test(arguments: fates)
  func meetsItsFate(_ fate: SampleFate) async throws { try fate.check(try await assessment()) }

  @Test func threeTasksMove() async throws {
    let names = try await assessment().workloads.filter { $0.disposition == .move }.map(\.name)
    #expect(names.sorted() == Self.fates.map(\.workload).sorted())
  }

  static let findings = [
    SampleFinding("host/privileged", "orders-production-ledger", "templates/ledger.json.tftpl:1"),
    SampleFinding("state/bind-mount-data", "orders-production-ledger", "ledger.tf:22"),
    SampleFinding("host/network-mode-not-awsvpc", "orders-production-ledger", "ledger.tf:16"),
    SampleFinding("iam/managed-admin-policy", "orders-production-ledger", "ledger.tf:10"),
    SampleFinding("logs/unsupported-driver", "orders-production-ledger", "ledger.tf:25"),
    SampleFinding("cost/tags-not-propagated", "orders-production-ledger", "ledger.tf:32"),
    SampleFinding("image/registry-tags-mutable", "orders-production-ledger", "main.tf:38"),
    SampleFinding("cost/invalid-fargate-size", "orders-production-worker", "worker.tf:8"),
    SampleFinding("secrets/plaintext-env", "orders-production-worker", "terraform.tfvars:10"),
    SampleFinding("net/sg-ingress-open", "orders-production-worker", "network.tf:97"),
    SampleFinding("iam/service-wildcard", "orders-production-worker", "iam.tf:64"),
    SampleFinding("iam/permissions-management", "orders-production-worker", "iam.tf:65"),
    SampleFinding(
      "net/assign-public-ip",
      "orders-production-worker",
      "modules/queue-worker/main.tf:44"
    ),
    SampleFinding(
      "logs/retention-missing",
      "orders-production-worker",
      "modules/queue-worker/main.tf:3"
    ),
    SampleFinding("image/latest-tag", "orders-production-worker", "worker.tf:6"),
    SampleFinding("logs/debug-level", "orders-production-worker", "worker.tf:17"),
    SampleFinding("net/sg-egress-open", "orders-production-api", "network.tf:72"),
    SampleFinding("secrets/no-rotation", "orders-production-api", "data.tf:16"),
  ]

  @Test(arguments: findings)
  func finds(_ expected: SampleFinding) async throws {
    let places = expected.places(in: try await assessment())
    #expect(places.contains(expected.place), "found at \(places)")
  }

  /// What a careless tool would report here.
  static let nothing = [
    // The provider's default tags reach all.
    SampleFinding("cost/no-tags", "orders-production-api"),
    SampleFinding("cost/no-tags", "orders-production-worker"),
    SampleFinding("cost/no-tags", "orders-production-ledger"),
    // terraform.tfvars wins over the defaults.
    SampleFinding("logs/retention-missing", "orders-production-api"),
    SampleFinding("image/latest-tag", "orders-production-api"),
    SampleFinding("cost/single-replica", "orders-production-api"),
    SampleFinding("cost/no-autoscaling", "orders-production-api"),
    SampleFinding("metrics/container-insights-off", "orders-production-api"),
    // A balancer answers everybody, and port 80 only redirects.
    SampleFinding("net/sg-ingress-open", "orders-production-api"),
    SampleFinding("net/http-listener", "orders-production-api"),
    // The collector runs in the same task.
    SampleFinding("config/hardcoded-localhost", "orders-production-api"),
    SampleFinding("trace/exporter-localhost", "orders-production-api"),
    SampleFinding("iam/execution-role", "orders-production-api"),
    SampleFinding("iam/data-exfiltration", "orders-production-api"),
    SampleFinding("image/registry-tags-mutable", "orders-production-api"),
    SampleFinding("net/sg-egress-open", "orders-production-worker"),
  ]

  @Test(arguments: nothing)
  func keepsQuietAbout(_ expected: SampleFinding) async throws {
    #expect(expected.places(in: try await assessment()).isEmpty)
  }

  /// A module's resources are called after the call, not `this`.
  @Test func namesAreTheUsers() async throws {
    for finding in try await assessment().findings {
      #expect(!" \(finding.message)".contains(" this "), "\(finding.rule): \(finding.message)")
    }
  }

  @Test func everyFileIsReadAndNothingIsShown() async throws {
    let assessment = try await assessment()
    #expect(assessment.inputs.allSatisfy { $0.state == "read" && $0.format == "terraform" })
    #expect(assessment.inputs.count == 13)
    #expect(assessment.notices.map(\.message) == [])
    for (format, text) in Shop.outputs(of: assessment) {
      #expect(!text.contains("Copper-Lantern"), "\(format)")
    }
  }
}

@Suite struct BicepShopTests {
  private func assessment() async throws -> Assessment { try await Shop.bicepShop.value }

  static let fates = [
    // Well made themselves; only what they share on Azure is not.
    SampleFate("catalog", ["ready", "ready", "needs-changes"], by: ["iam/azure-broad-role"]),
    SampleFate("order-export", ["ready", "ready", "needs-changes"], by: ["iam/azure-broad-role"]),
    SampleFate("price-refresh", ["ready", "ready", "needs-changes"], by: ["iam/azure-broad-role"]),
    // Half a core never goes with 3 GiB.
    SampleFate(
      "storefront",
      ["needs-changes", "needs-changes", "blocked"],
      by: ["cost/invalid-aca-size", "secrets/plaintext-env"]
    ),
    SampleFate(
      "pictures",
      ["needs-changes", "needs-changes", "needs-changes"],
      // No ingress, no rule and no smallest number of copies: nothing ever starts it.
      by: ["state/network-volume", "cost/scale-to-zero"]
    ),
  ]

  @Test(arguments: fates)
  func meetsItsFate(_ fate: SampleFate) async throws { try fate.check(try await assessment()) }

  @Test func theCacheBecomesAService() async throws {
    let cache = try #require(try await assessment().workloads.first { $0.name == "cache" })
    #expect(cache.disposition == .externalise)
    #expect(cache.replacement?.azure.isEmpty == false)
  }

  static let findings = [
    SampleFinding("secrets/plaintext-env", "storefront", "main.bicep:153"),
    SampleFinding("image/latest-tag", "storefront", "main.bicep:145"),
    SampleFinding("cost/invalid-aca-size", "storefront", "modules/app.bicep:24"),
    SampleFinding("net/aca-allow-insecure", "storefront", "main.bicep:147"),
    SampleFinding("iam/azure-broad-role", "catalog", "main.bicep:102"),
    SampleFinding("iam/azure-registry-admin", "catalog", "main.bicep:76"),
    SampleFinding("state/network-volume", "pictures", "modules/jobs.bicep:90"),
    SampleFinding("image/eol-base", "pictures", "modules/jobs.bicep:78"),
    SampleFinding("host/run-as-root", "pictures", "modules/jobs.bicep:78"),
    SampleFinding("cost/no-tags", "pictures", "modules/jobs.bicep:66"),
    SampleFinding("state/cache-container", "cache", "modules/jobs.bicep:112"),
    SampleFinding("image/registry-public", "catalog", "main.bicep:70"),
    SampleFinding("image/registry-public", "order-export", "main.bicep:70"),
  ]

  @Test(arguments: findings)
  func finds(_ expected: SampleFinding) async throws {
    let places = expected.places(in: try await assessment())
    #expect(places.contains(expected.place), "found at \(places)")
  }

  static let nothing = [
    // main.bicepparam wins over the default.
    SampleFinding("image/latest-tag", "catalog"),
    SampleFinding("logs/debug-level", "storefront"),
    SampleFinding("cost/no-tags", "catalog"), SampleFinding("cost/no-tags", "order-export"),
    SampleFinding("image/no-healthcheck", "catalog"),
    SampleFinding("image/no-healthcheck", "storefront"),
    SampleFinding("secrets/plaintext-env", "catalog"),
    SampleFinding("secrets/plaintext-env", "order-export"),
    // Container Apps stops at ten by itself.
    SampleFinding("cost/no-max-replicas", "pictures"),
    SampleFinding("cost/no-autoscaling", "order-export"),
    SampleFinding("cost/single-replica", "catalog"),
    SampleFinding("image/registry-public", "pictures"),
  ]

  @Test(arguments: nothing)
  func keepsQuietAbout(_ expected: SampleFinding) async throws {
    #expect(expected.places(in: try await assessment()).isEmpty)
  }

  @Test func everyFileIsReadAndNothingIsShown() async throws {
    let assessment = try await assessment()
    #expect(
      assessment.inputs.map(\.path).sorted() == [
        "main.bicep", "main.bicepparam", "modules/app.bicep", "modules/jobs.bicep",
        "modules/vault.bicep",
      ]
    )
    #expect(assessment.inputs.allSatisfy { $0.state == "read" })
    #expect(assessment.notices.map(\.message) == [])
    for (format, text) in Shop.outputs(of: assessment) {
      #expect(!text.contains("Walnut-Meadow") && !text.contains("Velvet-Anchor"), "\(format)")
    }
  }
}

/// What becomes of a workload on ECS, EKS and Container Apps.
struct SampleFate: CustomTestStringConvertible, Sendable {
  var workload: String
  var verdicts: [String]
  /// Rules that must be among those that decided a verdict.
  var decidedBy: [String]
  var testDescription: String { workload }

  init(_ workload: String, _ verdicts: [String], by decidedBy: [String] = []) {
    self.workload = workload
    self.verdicts = verdicts
    self.decidedBy = decidedBy
  }

  func check(_ assessment: Assessment) throws {
    let found = try #require(assessment.workloads.first { $0.name == workload })
    #expect(found.disposition == .move, "\(found.dispositionReason)")
    #expect(found.verdicts.map(\.target) == ["ecs-fargate", "eks-fargate", "aca"])
    #expect(found.verdicts.map(\.verdict.rawValue) == verdicts, "\(found.verdicts)")
    let deciding = Set(found.verdicts.flatMap(\.decidedBy))
    #expect(deciding.isSuperset(of: decidedBy), "\(deciding)")
  }
}

/// A rule, a workload and a line that leads to the finding: where it stands, or the way it came.
struct SampleFinding: CustomTestStringConvertible, Sendable {
  var rule: String
  var workload: String
  var place: String
  var testDescription: String { "\(rule) \(workload)" }

  init(_ rule: String, _ workload: String, _ place: String = "") {
    self.rule = rule
    self.workload = workload
    self.place = place
  }

  func places(in assessment: Assessment) -> [String] {
    let id = assessment.workloads.first { $0.name == workload }?.id
    return assessment.findings.filter { $0.rule == rule && $0.workload == id }.flatMap { finding in
      ["\(finding.location.file):\(finding.location.line)"]
        + finding.provenance.map { "\($0.file):\($0.line)" }
    }
  }
}
