import RuleEngine

extension SampleAssessment {
  static let workloads: [WorkloadResult] = [
    workload(
      "web",
      line: 10,
      .move,
      "image storefront/web is built here and serves port 8080",
      Score(floor: 2500, ceiling: 3500, coverage: 9000),
      [
        (.blocked, ["host/docker-socket"]),
        (.blocked, ["host/docker-socket"]),
        (.blocked, ["host/docker-socket"]),
      ]
    ),
    workload(
      "api",
      line: 24,
      .move,
      "built from services/api/Dockerfile",
      Score(floor: 5800, ceiling: 5800, coverage: 10_000),
      [
        (
          .needsChanges,
          ["config/secret-in-environment", "image/runs-as-root", "image/tag-not-pinned"]
        ),
        (.needsChanges, ["config/secret-in-environment", "image/runs-as-root"]),
        (.needsChanges, ["config/secret-in-environment"]),
      ]
    ),
    workload(
      "worker",
      line: 38,
      .move,
      "built from services/worker, whose Dockerfile is missing",
      Score(floor: 3000, ceiling: 9000, coverage: 4000),
      [
        (.notEnoughEvidence, ["image/platform"]),
        (.notEnoughEvidence, ["image/platform"]),
        (.needsChanges, ["logs/written-to-file"]),
      ]
    ),
    workload(
      "static",
      line: 52,
      .move,
      "image nginx serves only files of its own",
      Score(floor: 10_000, ceiling: 10_000, coverage: 10_000),
      [(.ready, []), (.ready, []), (.ready, [])]
    ),
    workload(
      nastyName,
      id: "storefront/nasty",
      line: 66,
      .move,
      "built from \"services/<b>\u{202E}bold</b>\"",
      nil,
      [
        (.needsChanges, ["image/tag-not-pinned"]),
        (.blocked, ["host/privileged"]),
        (.ready, []),
      ]
    ),
    workload(
      "db",
      line: 80,
      .externalise,
      "image postgres:12 is a relational database (PostgreSQL)",
      nil,
      [],
      Replacement(
        aws: ["Amazon RDS for PostgreSQL", "Amazon Aurora PostgreSQL"],
        azure: ["Azure Database for PostgreSQL flexible server"],
        note: "Plan the cut-over with AWS DMS or logical replication."
      )
    ),
    workload(
      "cache",
      line: 88,
      .externalise,
      "image redis:alpine is a cache (Redis)",
      nil,
      [],
      Replacement(
        aws: ["Amazon ElastiCache"],
        azure: ["Azure Managed Redis"],
        note: nil
      )
    ),
    workload(
      "proxy",
      line: 94,
      .absorb,
      "image traefik:v2 is a reverse proxy; the platform's ingress does its job",
      nil,
      [],
      Replacement(
        aws: ["Application Load Balancer"],
        azure: ["Container Apps ingress"],
        note: nil
      )
    ),
    workload(
      "mailhog",
      line: 101,
      .localOnly,
      "image mailhog/mailhog is a test double for a mail server",
      nil,
      []
    ),
  ]

  private static func workload(
    _ name: String,
    id: String? = nil,
    line: Int,
    _ disposition: Disposition,
    _ reason: String,
    _ score: Score?,
    _ verdicts: [(Verdict, [String])],
    _ replacement: Replacement? = nil
  ) -> WorkloadResult {
    var result = WorkloadResult(
      id: id ?? "storefront/\(name)",
      name: name,
      kind: "service",
      format: "compose",
      project: "storefront",
      disposition: disposition,
      dispositionReason: reason,
      replacement: replacement,
      location: at("compose.yaml", line, 3, 3 + name.unicodeScalars.count),
      steps: steps(score, score, nil, score, nil),
      score: score,
      verdicts: zip(targetIDs, verdicts).map {
        TargetVerdict(target: $0, verdict: $1.0, decidedBy: $1.1)
      }
    )
    if name == "web" {
      result.sizes = sizes
      result.otherDefinitions = [
        DefinitionRecord(
          workload: "compose:dev/web",
          reason: "both are built from <web>/Dockerfile",
          location: at("dev/compose.yaml", 4, 3, 6)
        )
      ]
    }
    return result
  }
}

extension SampleAssessment {
  fileprivate static let sizes = [
    TargetSize(
      target: "ecs-fargate",
      cpu: 0.25,
      memory: 1 << 29,
      profile: nil,
      confidence: "verified",
      basis: "what its containers ask for"
    ),
    TargetSize(
      target: "eks-fargate",
      cpu: nil,
      memory: nil,
      profile: nil,
      confidence: "verified",
      basis: "no size holds what it asks for"
    ),
    TargetSize(
      target: "aca",
      cpu: 4,
      memory: 16 << 30,
      profile: "D4",
      confidence: "secondary",
      basis: "what its containers ask for"
    ),
  ]
}
