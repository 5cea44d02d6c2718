import RuleEngine

extension SampleAssessment {
  static let rules: [RuleSummary] = [
    rule("config/secret-in-environment", "Secret stands in the environment", "security", .high),
    rule("cost/no-limits", "Service sets no size", "cost", .low),
    rule(
      "host/docker-socket",
      "Container mounts the container engine's socket",
      "application",
      .blocker
    ),
    rule("host/privileged", "Container runs privileged", "security", .blocker),
    rule("image/package-cache", "Image keeps the package manager's cache", "image", .info),
    rule("image/platform", "Image is not built for linux/amd64 or linux/arm64", "image", .high),
    rule("image/runs-as-root", "Container runs as root", "security", .high),
    rule("image/tag-not-pinned", "Image tag can change between two deploys", "image", .medium),
    rule("logs/written-to-file", "Log goes to a file", "observability", .medium),
    rule("state/local-volume", "State is kept on the host", "application", .high),
  ]

  static let ruleBook = Dictionary(
    rules.map { ($0.id, $0) },
    uniquingKeysWith: { first, _ in first }
  )

  static let effects: [String: [TargetEffect]] = [
    "config/secret-in-environment": [.needsChange, .needsChange, .needsChange],
    "cost/no-limits": [.advisory, .advisory, .advisory],
    "host/docker-socket": [.blocks, .blocks, .blocks],
    "host/privileged": [.needsChange, .blocks],
    "image/runs-as-root": [.needsChange, .needsChange, .advisory],
    "image/tag-not-pinned": [.needsChange, .advisory, .advisory],
    "logs/written-to-file": [.needsChange, .needsChange, .needsChange],
    "state/local-volume": [.needsChange, .needsChange, .needsChange],
  ]

  static let remediations: [String: Remediation] = [
    "config/secret-in-environment": Remediation(
      text: "Keep the value in a secret store and refer to it by name.",
      effort: 2
    ),
    "cost/no-limits": Remediation(
      text: "Measure the service under load and set `mem_limit` and `cpus`.",
      effort: 1
    ),
    "host/docker-socket": Remediation(
      text:
        "Remove the mount; build images in the pipeline and reach the platform through its own API.",
      effort: 5
    ),
    "host/privileged": Remediation(
      text: "Drop `privileged` and name the capabilities that are needed.",
      effort: 3
    ),
    "image/package-cache": Remediation(
      text: "Remove /var/lib/apt/lists in the same RUN instruction.",
      effort: 1
    ),
    "image/runs-as-root": Remediation(
      text: "Add a USER instruction with a numeric user to the final stage.",
      effort: 1
    ),
    "image/tag-not-pinned": Remediation(
      text: "Name a version or a digest, for example `app:1.4.2`.",
      effort: 1
    ),
    "logs/written-to-file": Remediation(text: "Write the log to standard output.", effort: 2),
    "state/local-volume": Remediation(
      text: "Keep uploads in object storage, or mount a network file system.",
      effort: 5
    ),
  ]

  static let checks: [Check] =
    [
      Check(
        rule: "config/secret-in-environment",
        workload: "storefront/worker",
        target: nil,
        state: .notAssessed,
        reason: "variable QUEUE_URL is not set",
        locations: [at("compose.yaml", 41, 18, 30)]
      ),
      Check(
        rule: "host/docker-socket",
        workload: "storefront/web",
        target: nil,
        state: .fail,
        reason: nil,
        locations: [at("compose.yaml", 14, 9, 29)]
      ),
      Check(
        rule: "image/platform",
        workload: "storefront/worker",
        target: "ecs-fargate",
        state: .notAssessed,
        reason: "services/worker/Dockerfile does not exist",
        locations: [at("compose.yaml", 39, 12, 27)]
      ),
      Check(
        rule: "image/platform",
        workload: "storefront/worker",
        target: "eks-fargate",
        state: .notAssessed,
        reason: "services/worker/Dockerfile does not exist",
        locations: [at("compose.yaml", 39, 12, 27)]
      ),
      Check(
        rule: "image/runs-as-root",
        workload: "storefront/nasty",
        target: nil,
        state: .error,
        reason: "the expression costs more than 1000000 steps \u{1B}[2J<u>",
        locations: []
      ),
      Check(
        rule: "image/runs-as-root",
        workload: "storefront/static",
        target: nil,
        state: .pass,
        reason: nil,
        locations: []
      ),
      Check(
        rule: "logs/written-to-file",
        workload: "storefront/mailhog",
        target: nil,
        state: .notApplicable,
        reason: "the workload stays local",
        locations: []
      ),
    ]

  private static func rule(
    _ id: String,
    _ title: String,
    _ step: String,
    _ severity: Severity
  ) -> RuleSummary {
    RuleSummary(
      id: id,
      title: title,
      step: step,
      topic: String(id.prefix { $0 != "/" }),
      severity: severity,
      references: ["https://docs.docker.com/reference/\(id)/"],
      constraints: id == "host/docker-socket" ? ["docker-sock"] : []
    )
  }
}
