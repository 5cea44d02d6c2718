import RuleEngine
import Scanners
import Testing
import Unmoor

/// Secrets of many kinds in every place of a project: none may reach any output.
///
/// Tokens are put together here, so that none stands in this file.
@Suite struct SecretLeakTests {
  struct Secret: CustomTestStringConvertible, Sendable {
    var kind: String
    var value: String
    var testDescription: String { kind }
  }

  private static func filler(_ count: Int, _ alphabet: String = lower + upper + digits) -> String {
    let letters = Array(alphabet.utf8)
    var state: UInt64 = 88_172_645_463_325_252
    return String(
      decoding: (0..<count).map { _ in
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return letters[Int(state % UInt64(letters.count))]
      },
      as: UTF8.self
    )
  }

  private static let lower = "abcdefghijklmnopqrstuvwxyz"
  private static let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
  private static let digits = "0123456789"
  private static let hex = "0123456789abcdef"

  /// Recognised by their shape, wherever they stand.
  static let tokens = [
    Secret(kind: "AWS access key id", value: "AK" + "IA" + filler(16, upper + "234567")),
    Secret(kind: "AWS temporary key id", value: "AS" + "IA" + filler(16, upper + "234567")),
    Secret(kind: "Azure client secret", value: filler(3) + "8Q" + "~" + filler(34)),
    Secret(kind: "GCP API key", value: "AI" + "za" + filler(35)),
    Secret(kind: "GCP OAuth secret", value: "GOC" + "SPX-" + filler(28)),
    Secret(kind: "GitHub personal token", value: "gh" + "p_" + filler(36)),
    Secret(kind: "GitHub server token", value: "gh" + "s_" + filler(36)),
    Secret(kind: "GitHub fine-grained token", value: "github" + "_pat_" + filler(82)),
    Secret(kind: "GitLab token", value: "gl" + "pat-" + filler(20)),
    Secret(kind: "Slack token", value: "xo" + "xb-1234567890-" + filler(24)),
    Secret(kind: "Slack webhook", value: "https://hooks.slack" + ".com/services/" + filler(44)),
    Secret(kind: "Stripe key", value: "sk" + "_live_" + filler(24)),
  ]

  /// Known for secrets by the name beside them.
  static let passwords = [
    Secret(kind: "short password", value: "Tr4m"),
    Secret(kind: "word", value: "blackbird"),
    Secret(kind: "words", value: "correct-horse-battery-staple"),
    Secret(kind: "digits", value: "83619274"),
    Secret(kind: "special characters", value: "p#ss!w0rd&Zx%9"),
    Secret(kind: "hexadecimal", value: filler(64, hex)),
    Secret(kind: "base64", value: filler(43) + "="),
    Secret(kind: "long", value: filler(300)),
    Secret(kind: "German", value: "Überlänge-Straße-7"),
    Secret(kind: "Chinese", value: "密码是西瓜汁"),
    Secret(kind: "emoji", value: "🍉melon🍉juice"),
    Secret(kind: "with slashes", value: "ab/cd/efgh/ijkl"),
    Secret(kind: "with a colon", value: "left:right7"),
    Secret(kind: "with an at sign", value: "left%40right7"),
    Secret(kind: "with a tag", value: "a<b>c</b>d9"),
    Secret(kind: "UUID", value: "6f1c2a50-77d4-4d1b-9c3e-" + filler(12, hex)),
    Secret(kind: "with a plus", value: "one+two+three9"),
    Secret(kind: "with dots", value: "alpha.beta.gamma7"),
  ]

  @Test func thirtyKinds() { #expect(Self.tokens.count + Self.passwords.count == 30) }

  private func check(_ files: [String: String], _ secret: String) async throws {
    let assessment = try await Shop.assess(files)
    #expect(!assessment.workloads.isEmpty)
    for (format, text) in Shop.outputs(of: assessment) {
      for form in [secret, escaped(secret)] where text.contains(form) {
        let line = text.split(separator: "\n").first { $0.contains(form) } ?? ""
        Issue.record("\(format) shows it: \(line.prefix(400))")
      }
    }
  }

  /// As HTML and JSON write it.
  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// Whatever fails is shown with the lines around it, so the project has many faults.
  @Test(arguments: tokens)
  func tokenIsNeverShown(_ secret: Secret) async throws {
    let token = secret.value
    try await check(
      [
        "compose.yaml": """
        # deployed with \(token)
        services:
          web:
            build:
              context: .
              args:
                WHATEVER: \(token)
            privileged: true
            network_mode: host
            command: serve --with \(token) /tmp/x
            environment:
              FOO: \(token)
              BAR: "before \(token) after"
              BAZ: ${BAZ}
              UNSET: ${QUX:?set it to \(token)}
              DEFAULTED: ${QUUX:-\(token)}
            env_file: web.env
            labels:
              note: "\(token)"
            volumes:
              - /srv/\(token):/data
              - ./\(token):/config
            extra_hosts:
              - "\(token):10.0.0.1"
            links:
              - api
            stop_grace_period: 20m
            healthcheck:
              test: 'curl -H "X: \(token)" http://localhost'
            logging:
              driver: splunk
              options:
                whatever: \(token)
            devices:
              - /dev/\(token)
            sysctls:
              net.core.somaxconn: "\(token)"
          api:
            image: example.com/api:1
            hostname: \(token)
            entrypoint: ["sh", "-c", "run \(token)"]
            user: root
            \(token): surplus
        """,
        ".env": "BAZ=\(token)\n",
        "web.env": "THING=\(token)\n# \(token)\n",
        "Dockerfile": """
        FROM debian:8
        # \(token)
        ARG WHATEVER=\(token)
        ENV THING=\(token)
        LABEL note="\(token)"
        RUN curl -H "X: \(token)" https://example.com && apt-get install -y cron
        ADD https://example.com/\(token) /tmp/x
        VOLUME /data/\(token)
        ENTRYPOINT run \(token) && cron && tail -f /var/log/x
        """,
      ],
      token
    )
  }

  @Test(arguments: passwords)
  func passwordIsNeverShown(_ secret: Secret) async throws {
    let value = secret.value
    let quoted = "'" + value.replacing("'", with: "''") + "'"
    try await check(
      [
        "compose.yaml": """
        services:
          web:
            build:
              context: .
              args:
                DB_PASSWORD: \(quoted)
            privileged: true
            network_mode: host
            links: [db]
            environment:
              DB_PASSWORD: \(quoted)
              SECRET_KEY: ${SECRET_KEY}
              API_TOKEN: ${API_TOKEN:-fallback}
              DATABASE_URL: postgresql://shop:${SECRET_KEY}@db:5432/shop
            env_file: [web.env]
            volumes:
              - /srv/data:/data
            stop_grace_period: 20m
          worker:
            image: example.com/worker:1
            privileged: true
            environment:
              - ADMIN_PASSWORD=${SECRET_KEY}
              - QUEUE_URL=amqp://shop:${SECRET_KEY}@queue:5672//
              # The value itself under another name, and beside it in a text.
              - NOTE=${SECRET_KEY}
              - GREETING=hello ${SECRET_KEY}
            command: ["--password", "${SECRET_KEY}"]
          db:
            image: postgres:13
            environment: { POSTGRES_PASSWORD: \(quoted) }
            ports: ["5432:5432"]
            volumes: ["./data:/var/lib/postgresql/data"]
          cache:
            image: redis:6
            command: redis-server --requirepass ${SECRET_KEY}
            volumes: ["./cache:/data"]
        """,
        ".env": "SECRET_KEY=\(quoted)\nAPI_TOKEN=\(quoted)\n",
        "web.env": "SMTP_PASSWORD=\(quoted)\n",
        "Dockerfile": """
        FROM debian:8
        ARG DB_PASSWORD=\(quoted)
        ENV ADMIN_PASSWORD=\(quoted)
        RUN apt-get update && apt-get install -y cron
        CMD cron && tail -f /var/log/x
        """,
      ],
      value
    )
  }

  /// A broken file is quoted nowhere, for its secrets would be.
  @Test(arguments: tokens)
  func errorTextsQuoteNothing(_ secret: Secret) async throws {
    let token = secret.value
    try await check(
      [
        "a/compose.yaml": "services:\n  a:\n    image: x\n    environment: [\(token)\n",
        "b/compose.yaml": "services:\n  b:\n    image: x\n    ports: [\"\(token)\"]\n",
        "c/compose.yaml": "services:\n  c:\n    image: x\n    extends: { file: \(token) }\n",
        "d/compose.yaml": "services:\n  d:\n    image: x\n    depends_on: [\(token)]\n",
        "e/compose.yaml": "include: [\(token)]\nservices:\n  e:\n    image: x\n",
        "f/compose.yaml": "services:\n  f:\n    image: x\n    env_file: \(token)\n",
        "g/compose.yaml": "services:\n  g:\n    image: x\n    mem_limit: \(token)\n",
        "h/compose.yaml": "services:\n  h:\n    image: x${\(token)}\n",
        "i/Dockerfile": "FROM x\n\(token) y\n",
        "j/Dockerfile": "FROM --\(token)=1 x\n",
        "k/Dockerfile": "# syntax=\(token)\nFROM x\nCOPY --from=\(token) a b\n",
        "l/compose.yaml": "services:\n  l:\n    image: x\n    \(token): 1\n    \(token): 2\n",
        "m/compose.yaml": "services:\n  m:\n    build: { context: ., dockerfile: \(token) }\n",
        "n/compose.yaml": "services:\n  n:\n    image: x\n    privileged: \(token)\n",
        "o/compose.yaml": "services: { o: { image: *\(token.filter(\.isLetter)) } }\n",
      ],
      token
    )
  }
}
