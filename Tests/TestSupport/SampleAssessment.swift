public import RuleEngine

/// One assessment with a bit of everything, for the tests of all reports.
///
/// It is written by hand and serves as is: its figures belong together, but nothing computed them.
public enum SampleAssessment {
  public static let targetIDs = ["ecs-fargate", "eks-fargate", "aca"]

  /// A name as an attacker or a cat on a keyboard would choose it.
  public static let nastyName =
    "<script>alert(\"x\")</script>\u{1B}[31m🚢\u{202E}evil&'`\u{7}-"
    + String(repeating: "very-long-", count: 12)

  /// Scans of a folder that holds nothing to assess.
  public static let empty = Assessment(
    tool: tool,
    options: [],
    inputs: [
      InputFile(path: "package.json", format: "unknown", sha256: digest("c"), state: "unsupported"),
      InputFile(path: "compose.yaml", format: "compose", sha256: digest("d"), state: "unreadable"),
    ],
    summary: Summary(
      score: nil,
      verdicts: targetIDs.map { target in
        (target: target, counts: Verdict.allCases.map { (verdict: $0, count: 0) })
      },
      dispositions: Disposition.allCases.map { (disposition: $0, count: 0) },
      findings: Severity.allCases.map { (severity: $0, count: 0) },
      effort: Effort(low: 0, high: 0)
    ),
    steps: steps(nil, nil, nil, nil, nil),
    workloads: [],
    findings: [],
    checks: [],
    notices: [
      NoticeRecord(
        kind: "unreadable",
        file: "compose.yaml",
        line: 7,
        message: "found a tab character where indentation is expected"
      )
    ],
    rules: [],
    targets: targets,
    lookedFor: lookedFor
  )

  public static let rich: Assessment = {
    var assessment = bare
    assessment.platformFacts = platformFacts
    return assessment
  }()

  private static let bare = Assessment(
    tool: tool,
    options: [(name: "paths", value: "Samples/storefront"), (name: "profile", value: "")],
    inputs: [
      InputFile(path: ".env", format: "dotenv", sha256: digest("1"), state: "read"),
      InputFile(path: "compose.yaml", format: "compose", sha256: digest("2"), state: "read"),
      InputFile(
        path: "legacy/docker-compose.old.yml",
        format: "compose",
        sha256: digest("3"),
        state: "unreadable"
      ),
      InputFile(
        path: "services/<b>\u{202E}bold</b>/Dockerfile",
        format: "dockerfile",
        sha256: digest("4"),
        state: "partial"
      ),
      InputFile(
        path: "services/api/Dockerfile",
        format: "dockerfile",
        sha256: digest("5"),
        state: "read"
      ),
    ],
    summary: Summary(
      score: Score(floor: 4674, ceiling: 6059, coverage: 8615),
      verdicts: [
        (target: "ecs-fargate", counts: counts(1, 1, 2, 1)),
        (target: "eks-fargate", counts: counts(2, 1, 1, 1)),
        (target: "aca", counts: counts(1, 0, 2, 2)),
      ],
      dispositions: [
        (disposition: .move, count: 5), (disposition: .externalise, count: 2),
        (disposition: .absorb, count: 1), (disposition: .localOnly, count: 1),
        (disposition: .duplicate, count: 0),
        (disposition: .infrastructure, count: 0),
      ],
      findings: [
        (severity: .blocker, count: 2), (severity: .high, count: 3), (severity: .medium, count: 7),
        (severity: .low, count: 1), (severity: .info, count: 1),
      ],
      effort: Effort(low: 19, high: 27)
    ),
    steps: steps(
      Score(floor: 4200, ceiling: 5800, coverage: 8400),
      Score(floor: 6400, ceiling: 6400, coverage: 10_000),
      Score(floor: 3333, ceiling: 6667, coverage: 6666),
      Score(floor: 5000, ceiling: 5500, coverage: 9500),
      nil
    ),
    workloads: workloads,
    findings: findings,
    checks: Checks(checks),
    notices: notices,
    rules: rules,
    targets: targets,
    lookedFor: lookedFor
  )
}

extension SampleAssessment {
  static let tool = Tool(name: "unmoor", version: "0.1.0", ruleSetDigest: "sha256:" + digest("a"))

  static let targets = [
    TargetSummary(id: "ecs-fargate", title: "AWS Fargate on ECS"),
    TargetSummary(id: "eks-fargate", title: "AWS Fargate on EKS"),
    TargetSummary(id: "aca", title: "Azure Container Apps"),
  ]

  static let platformFacts = [
    PlatformFact(
      target: "ecs-fargate",
      id: "docker-sock",
      subject: "Engine socket mount",
      effect: "blocks",
      statement: "There is no engine socket on <Fargate>.",
      instead: "Build images in the pipeline.",
      confidence: "verified",
      sources: [
        .init(title: "ECS on Fargate", place: "https://docs.aws.amazon.com/ecs/", date: "2025")
      ]
    ),
    PlatformFact(
      target: "aca",
      id: "docker-sock",
      subject: "Engine socket mount",
      effect: "blocks",
      statement: nil,
      instead: "Build images in the pipeline.",
      confidence: "schema-absence",
      sources: [.init(title: "Microsoft.App schema", place: "repo:path.json", date: "")]
    ),
  ]

  static let lookedFor = [
    "Compose files (compose.yaml, docker-compose.yml, and any YAML with services)",
    "Dockerfiles (Dockerfile, *.Dockerfile, Containerfile)",
  ]

  static let notices = [
    NoticeRecord(
      kind: "overlay",
      file: "compose.override.yaml",
      line: 0,
      message: "merged into compose.yaml, as Compose does by default"
    ),
    NoticeRecord(
      kind: "unreadable",
      file: "legacy/docker-compose.old.yml",
      line: 12,
      message:
        "mapping values are not allowed in this context \u{1B}]0;owned\u{7}<img src=x onerror=1>"
    ),
  ]

  static func digest(_ digit: String) -> String { String(repeating: digit, count: 64) }

  static func counts(
    _ blocked: Int,
    _ open: Int,
    _ changes: Int,
    _ ready: Int
  ) -> [(verdict: Verdict, count: Int)] {
    [
      (verdict: .blocked, count: blocked), (verdict: .notEnoughEvidence, count: open),
      (verdict: .needsChanges, count: changes), (verdict: .ready, count: ready),
    ]
  }

  static func steps(
    _ application: Score?,
    _ image: Score?,
    _ observability: Score?,
    _ security: Score?,
    _ cost: Score?
  ) -> [StepResult] {
    [
      StepResult(id: "application", title: "Application", weight: 30, score: application),
      StepResult(id: "image", title: "Image", weight: 20, score: image),
      StepResult(id: "observability", title: "Observability", weight: 20, score: observability),
      StepResult(id: "security", title: "Security", weight: 20, score: security),
      StepResult(id: "cost", title: "Cost", weight: 10, score: cost),
    ]
  }

  static func at(_ file: String, _ line: Int, _ column: Int, _ endColumn: Int) -> FileLocation {
    FileLocation(file: file, line: line, column: column, endLine: line, endColumn: endColumn)
  }
}
