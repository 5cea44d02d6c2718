import RuleEngine

extension SampleAssessment {
  static let findings: [Finding] = [
    finding(
      "image/tag-not-pinned",
      "storefront/web",
      at("compose.yaml", 12, 12, 33),
      "services.web.image",
      "storefront/web:latest",
      "Container web runs storefront/web:latest, which can change between two deploys.",
      "01",
      [
        SourceLine(number: 10, text: "  web:"),
        SourceLine(number: 11, text: "    restart: always"),
        SourceLine(number: 12, text: "    image: storefront/web:latest"),
        SourceLine(number: 13, text: "    volumes:"),
      ]
    ),
    finding(
      "host/docker-socket",
      "storefront/web",
      at("compose.yaml", 14, 9, 29),
      "services.web.volumes[0].source",
      "/var/run/docker.sock",
      "web mounts /var/run/docker.sock, which gives it control of the host.",
      "02",
      [
        SourceLine(number: 12, text: "    image: storefront/web:latest"),
        SourceLine(number: 13, text: "    volumes:"),
        SourceLine(number: 14, text: "      - /var/run/docker.sock:/var/run/docker.sock"),
        SourceLine(number: 15, text: "      - ./uploads:/app/uploads"),
        SourceLine(number: 16, text: "    ports:"),
      ]
    ),
    finding(
      "state/local-volume",
      "storefront/web",
      at("compose.yaml", 15, 9, 18),
      "services.web.volumes[1].source",
      "./uploads",
      "web writes uploads to ./uploads on the host, which is gone with the task.",
      "03",
      [
        SourceLine(number: 14, text: "      - /var/run/docker.sock:/var/run/docker.sock"),
        SourceLine(number: 15, text: "      - ./uploads:/app/uploads"),
        SourceLine(number: 16, text: "    ports:"),
      ]
    ),
    finding(
      "image/tag-not-pinned",
      "storefront/api",
      at("compose.yaml", 25, 12, 26),
      "services.api.image",
      "storefront/api",
      "Container api runs storefront/api, which can change between two deploys.",
      "04",
      [SourceLine(number: 25, text: "    image: storefront/api")]
    ),
    finding(
      "config/secret-in-environment",
      "storefront/api",
      at("compose.yaml", 31, 20, 30),
      "services.api.environment.DB_PASSWORD",
      "••••••••",
      "api gets DB_PASSWORD as plain text.",
      "05",
      [
        SourceLine(number: 30, text: "    environment:"),
        SourceLine(number: 31, text: "      DB_PASSWORD: \"••••••••\" # 🔑 & <b>\"secret\"</b>"),
        SourceLine(number: 32, text: "      DB_HOST: db"),
      ],
      provenance: [at(".env", 3, 13, 21), at("compose.yaml", 31, 20, 30)]
    ),
    finding(
      "logs/written-to-file",
      "storefront/worker",
      at("compose.yaml", 44, 14, 51),
      "services.worker.command",
      "worker --log-file=/var/log/worker.log",
      "worker writes its log to /var/log/worker.log, where the platform does not look.",
      "06",
      [SourceLine(number: 44, text: "    command: worker --log-file=/var/log/worker.log")]
    ),
    finding(
      "cost/no-limits",
      "storefront/static",
      at("compose.yaml", 52, 3, 9),
      "services.static",
      "static",
      "static sets no memory limit, so its size on the platform is a guess.",
      "07",
      [SourceLine(number: 52, text: "  static:")]
    ),
    finding(
      "image/tag-not-pinned",
      "storefront/static",
      at("compose.yaml", 53, 12, 17),
      "services.static.image",
      "nginx",
      "Container static runs nginx, which can change between two deploys.",
      "08",
      [SourceLine(number: 53, text: "    image: nginx")],
      waived: Waiver(
        reason: "Rebuilt nightly <on purpose>",
        owner: "platform@example.org",
        until: "2027-03-31"
      )
    ),
    finding(
      "host/privileged",
      "storefront/nasty",
      at("compose.yaml", 71, 19, 23),
      "services.\(nastyName).privileged",
      "true",
      "\(nastyName) runs privileged.",
      "09",
      [
        SourceLine(number: 70, text: "    build: \"services/<b>\u{202E}bold</b>\""),
        SourceLine(number: 71, text: "    privileged: 🚢 true \u{1B}[31m<script>alert(1)</script>"),
      ]
    ),
    finding(
      "image/tag-not-pinned",
      "storefront/nasty",
      at("compose.yaml", 72, 12, 26),
      "services.nasty.image",
      "例え/イメージ:latest",
      "Container runs 例え/イメージ:latest, which can change between two deploys.",
      "10",
      [SourceLine(number: 72, text: "    image: 例え/イメージ:latest")]
    ),
    finding(
      "image/tag-not-pinned",
      "storefront/cache",
      at("compose.yaml", 89, 12, 24),
      "services.cache.image",
      "redis:alpine",
      "Container cache runs redis:alpine, which can change between two deploys.",
      "11",
      []
    ),
    finding(
      "image/tag-not-pinned",
      "storefront/proxy",
      at("compose.yaml", 95, 12, 22),
      "services.proxy.image",
      "traefik:v2",
      "Container proxy runs traefik:v2, which can change between two deploys.",
      "12",
      []
    ),
    finding(
      "image/tag-not-pinned",
      "storefront/mailhog",
      at("compose.yaml", 102, 12, 27),
      "services.mailhog.image",
      "mailhog/mailhog",
      "Container mailhog runs mailhog/mailhog, which can change between two deploys.",
      "13",
      []
    ),
    finding(
      "image/runs-as-root",
      "storefront/api",
      at("services/api/Dockerfile", 1, 1, 27),
      "stages[0]",
      "node:14",
      "api runs as root, because no stage sets USER.",
      "14",
      [
        SourceLine(number: 1, text: "FROM node:14 AS production"),
        SourceLine(number: 2, text: "WORKDIR /app"),
      ]
    ),
    finding(
      "image/package-cache",
      "storefront/api",
      FileLocation(
        file: "services/api/Dockerfile",
        line: 4,
        column: 1,
        endLine: 6,
        endColumn: 22
      ),
      "stages[0].instructions[3]",
      "apt-get install -y curl",
      "api's image keeps the package lists that apt-get downloaded.",
      "15",
      [
        SourceLine(number: 3, text: "COPY . ."),
        SourceLine(number: 4, text: "RUN apt-get update \\"),
        SourceLine(number: 5, text: "  # for the health check"),
        SourceLine(number: 6, text: "  && apt-get insta\u{301}ll -y curl"),
        SourceLine(number: 7, text: "CMD [\"node\", \"server.js\"]"),
      ],
      references: ["javascript:alert(1)", "https://docs.docker.com/build/?a=1&b=\"2\""]
    ),
  ]

  private static func finding(
    _ rule: String,
    _ workload: String,
    _ location: FileLocation,
    _ path: String,
    _ evidence: String,
    _ message: String,
    _ fingerprint: String,
    _ excerpt: [SourceLine],
    provenance: [FileLocation] = [],
    references: [String]? = nil,
    waived: Waiver? = nil
  ) -> Finding {
    let about = ruleBook[rule] ?? ruleBook["image/platform"]
    return Finding(
      rule: rule,
      title: about?.title ?? "",
      topic: about?.topic ?? "",
      step: about?.step ?? "",
      severity: about?.severity ?? .info,
      confidence: about?.severity == .low ? .medium : .high,
      workload: workload,
      location: location,
      path: path,
      evidence: evidence,
      provenance: provenance.isEmpty ? [location] : provenance,
      message: message,
      remediation: remediations[rule] ?? Remediation(text: "Mend it.", effort: 1),
      targets: zip(targetIDs, effects[rule] ?? []).map { (target: $0, effect: $1) },
      references: references ?? about?.references ?? [],
      excerpt: excerpt,
      fingerprint: String(repeating: "0f1e2d3c4b5a69", count: 1) + fingerprint,
      waived: waived
    )
  }
}
