import RuleEngine
import Testing
import Unmoor

/// The samples end to end; what is expected was written from their files alone, by hand.
@Suite struct StorefrontTests {
  struct Fate: CustomTestStringConvertible, Sendable {
    var service: String
    var disposition: Disposition
    /// On ECS, EKS and Container Apps; empty if it does not move.
    var verdicts: [Verdict]
    /// Rules that must be among those that decided each verdict.
    var decidedBy: [String] = []
    var testDescription: String { service }

    init(
      _ service: String,
      _ disposition: Disposition,
      _ verdict: Verdict? = nil,
      by rules: [String] = []
    ) {
      self.service = service
      self.disposition = disposition
      verdicts = verdict.map { [$0, $0, $0] } ?? []
      decidedBy = rules
    }
  }

  static let fates = [
    // A reverse proxy in front of web and api.
    Fate("proxy", .absorb),
    Fate("web", .move, .needsChanges, by: ["state/named-volume"]),
    // Uploads lie in a folder of the host.
    Fate("api", .move, .blocked, by: ["state/bind-mount-data"]),
    Fate("worker", .move, .needsChanges, by: ["state/named-volume"]),
    // What is mounted at /erp depends on a variable that must be set and is not.
    Fate("batch", .move, .notEnoughEvidence),
    Fate("labels", .move, .blocked, by: ["host/devices", "host/network-host", "host/privileged"]),
    Fate("db", .externalise), Fate("cache", .externalise), Fate("queue", .externalise),
    Fate("filebeat", .absorb),
    Fate("mailhog", .localOnly), Fate("adminer", .localOnly),
  ]

  private func assessment() async throws -> Assessment {
    try await Shop.storefront.value
  }

  @Test func twelveServicesAndNothingElse() async throws {
    let names = try await assessment().workloads.map(\.name)
    #expect(names.sorted() == Self.fates.map(\.service).sorted())
  }

  @Test(arguments: fates)
  func meetsItsFate(_ fate: Fate) async throws {
    let assessment = try await assessment()
    let workload = try #require(assessment.workloads.first { $0.name == fate.service })
    #expect(workload.disposition == fate.disposition, "\(workload.dispositionReason)")
    #expect(workload.verdicts.map(\.verdict) == fate.verdicts, "\(workload.verdicts)")
    for verdict in workload.verdicts {
      for rule in fate.decidedBy {
        #expect(verdict.decidedBy.contains(rule), "\(verdict.target): \(verdict.decidedBy)")
      }
    }
  }

  @Test(arguments: ["db", "cache", "queue"])
  func managedServicesTakeOver(service: String) async throws {
    let workload = try #require(
      try await assessment().workloads.first { $0.name == service }
    )
    #expect(workload.replacement?.aws.isEmpty == false)
    #expect(workload.replacement?.azure.isEmpty == false)
  }

  @Test func verdictCountsKeepTheGroupsApart() async throws {
    let summary = try await assessment().summary
    for (target, counts) in summary.verdicts {
      let text = counts.map { "\($0.verdict.rawValue) \($0.count)" }
      #expect(
        text == ["blocked 2", "not-enough-evidence 1", "needs-changes 2", "ready 0"],
        "\(target)"
      )
    }
    #expect(
      summary.dispositions.map { "\($0.disposition.rawValue) \($0.count)" }
        == [
          "move 5", "externalise 3", "absorb 2", "local-only 2", "duplicate 0", "infrastructure 0",
        ]
    )
  }

  struct Place: CustomTestStringConvertible, Sendable {
    var rule: String
    var service: String
    var place: String
    var testDescription: String { "\(rule) \(service)" }

    init(_ rule: String, _ service: String, _ place: String) {
      self.rule = rule
      self.service = service
      self.place = place
    }
  }

  /// Findings that an architect would miss, and the lines where they stand.
  static let findings = [
    Place("state/named-volume", "web", "compose.yaml:39"),
    Place("state/bind-mount-data", "api", "compose.yaml:62"),
    Place("state/shared-volume-between-services", "worker", "compose.yaml:83"),
    Place("state/cron-daemon", "batch", "batch/Dockerfile:9"),
    Place("state/database-container", "db", "compose.yaml:116"),
    Place("state/cache-container", "cache", "compose.yaml:134"),
    Place("state/message-broker-container", "queue", "compose.yaml:141"),
    Place("host/privileged", "labels", "compose.yaml:108"),
    Place("host/network-host", "labels", "compose.yaml:109"),
    Place("host/devices", "labels", "compose.yaml:111"),
    Place("process/stop-timeout", "worker", "compose.yaml:88"),
    Place("process/shell-form-entrypoint", "batch", "batch/Dockerfile:9"),
    Place("process/multiple-processes", "api", "api/Dockerfile:23"),
    Place("config/hardcoded-localhost", "web", "compose.yaml:34"),
    Place("config/links", "web", "compose.yaml:41"),
    Place("config/extra-hosts", "api", "compose.yaml:65"),
    Place("config/source-mounted-dev", "web", "compose.override.yaml:8"),
    Place("image/eol-base", "web", "web/Dockerfile:1"),
    Place("image/eol-base", "api", "api/Dockerfile:1"),
    Place("image/eol-base", "batch", "batch/Dockerfile:1"),
    Place("image/update-alone", "api", "api/Dockerfile:6"),
    Place("image/remote-add", "api", "api/Dockerfile:10"),
    Place("logs/debug-level", "api", "compose.override.yaml:15"),
    Place("secrets/dockerfile", "api", "api/Dockerfile:4"),
    Place("net/database-port-published", "db", "compose.yaml:123"),
  ]

  @Test(arguments: findings)
  func finds(_ expected: Place) async throws {
    let assessment = try await assessment()
    let id = assessment.workloads.first { $0.name == expected.service }?.id
    let places = assessment.findings
      .filter { $0.rule == expected.rule && $0.workload == id }
      .map { "\($0.location.file):\($0.location.line)" }
    #expect(places.contains(expected.place), "found at \(places)")
  }

  /// What a careless tool would report here.
  static let nothing = [
    // Externalised and absorbed services are judged by their data, secrets and replacement only.
    Place("image/no-healthcheck", "cache", ""), Place("host/run-as-root", "filebeat", ""),
    Place("cost/no-requests", "db", ""), Place("host/docker-socket", "filebeat", ""),
    // entrypoint.sh ends in exec "$@".
    Place("process/shell-form-entrypoint", "api", ""),
    Place("process/stop-timeout", "api", ""),
    // 127.0.0.1:5672 is not published to others, yet 15672 beside it is.
    Place("net/database-port-published", "queue", "compose.yaml:148"),
    Place("config/hostname-or-dns-override", "queue", ""),
    Place("config/hardcoded-ip", "filebeat", ""),
    Place("config/hardcoded-ip", "web", ""),
    Place("image/latest-tag", "adminer", ""),
    Place("logs/no-log-configuration", "web", ""),
  ]

  @Test(arguments: nothing)
  func keepsQuietAbout(_ expected: Place) async throws {
    let assessment = try await assessment()
    let id = assessment.workloads.first { $0.name == expected.service }?.id
    let places = assessment.findings
      .filter { $0.rule == expected.rule && $0.workload == id }
      .map { "\($0.location.file):\($0.location.line)" }
      .filter { expected.place.isEmpty || $0 == expected.place }
    #expect(places.isEmpty)
  }

  @Test func unknownsAreListed() async throws {
    let assessment = try await assessment()
    for (variable, service) in [("TAX_API_URL", "api"), ("ERP_DROP_DIR", "batch")] {
      let id = assessment.workloads.first { $0.name == service }?.id
      let isNamed =
        assessment.checks.contains {
          $0.workload == id && $0.state == .notAssessed && $0.reason?.contains(variable) == true
        } || assessment.notices.contains { $0.message.contains(variable) }
      #expect(isNamed, "\(variable) of \(service)")
    }
  }

  @Test func noSecretOfTheShopIsShown() async throws {
    let secrets = [
      "Walnut-Harbor-0517", "Quiet-Pelican-88", "keyboard-cat-but-longer-77",
      "nova-shop-payments-4f1c-zq", "Maple-River-31", "Orchid-Lamp-42-Fjord", "wJalr" + "XUtnFEMI",
    ]
    for (format, text) in Shop.outputs(of: try await assessment()) {
      for secret in secrets { #expect(!text.contains(secret), "\(secret) in \(format)") }
    }
  }
}

@Suite struct StorefrontReadyTests {
  private func assessment() async throws -> Assessment {
    try await Shop.storefrontReady.value
  }

  @Test(arguments: ["web", "api", "worker", "order-export", "price-refresh"])
  func isReadyEverywhere(service: String) async throws {
    let workload = try #require(
      try await assessment().workloads.first { $0.name == service }
    )
    #expect(workload.disposition == .move, "\(workload.dispositionReason)")
    for verdict in workload.verdicts {
      #expect(verdict.verdict == .ready, "\(verdict.target): \(verdict.decidedBy)")
    }
    #expect(workload.verdicts.map(\.target) == ["ecs-fargate", "eks-fargate", "aca"])
  }

  @Test func holdsFiveServicesAndNothingElse() async throws {
    #expect(
      try await assessment().workloads.map(\.name).sorted() == [
        "api", "order-export", "price-refresh", "web", "worker",
      ]
    )
  }

  @Test func leftoversAreAdvisoryAtMost() async throws {
    for finding in try await assessment().findings {
      #expect(
        finding.targets.allSatisfy { $0.effect == .advisory },
        "\(finding.rule) at \(finding.location.file):\(finding.location.line)"
      )
    }
  }

  @Test func everyFileCouldBeRead() async throws {
    let assessment = try await assessment()
    #expect(assessment.inputs.allSatisfy { $0.state == "read" })
    #expect(!assessment.notices.contains { ["unreadable", "limit"].contains($0.kind) })
  }

  @Test func scoresAboveTheShopItWas() async throws {
    let before = try await Shop.storefront.value
    let after = try await assessment()
    #expect((after.summary.score?.floor ?? 0) > (before.summary.score?.ceiling ?? 10_000))
  }
}
