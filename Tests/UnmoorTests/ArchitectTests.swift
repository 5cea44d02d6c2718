import RuleEngine
import Testing
import Unmoor

/// What a migration architect says of the constructs that real projects surprised us with; the
/// projects are our own, the expectations were written by hand.
@Suite struct ArchitectTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var files: [String: String]
    var workload: String
    var disposition: Disposition = .move
    /// On ECS, EKS and Container Apps; nil where it does not matter.
    var verdicts: [Verdict]?
    /// Findings as `rule file:line`.
    var finds: [String] = []
    /// Rules that must have nothing to complain about.
    var findsNot: [String] = []
    /// Rules that must be answered.
    var answers: [String] = []
    /// Rules that must stay unanswered.
    var leavesOpen: [String] = []
    var options = Unmoor.Options()
  }

  static let proxies = [
    Case(
      testDescription: "a proxy that shows another service's uploads is absorbed",
      files: [
        "compose.yaml": """
        services:
          front:
            image: nginx:1.27
            ports: ["80:80"]
            volumes:
              - ./front.conf:/etc/nginx/conf.d/default.conf:ro
              - ./data/photos:/srv/photos:ro
            depends_on: [album]
          album:
            image: example.com/album:1
            volumes:
              - ./data/photos:/app/photos
        """
      ],
      workload: "front",
      disposition: .absorb,
      findsNot: ["state/bind-mount-data", "config/bind-mounted-config-file"]
    ),
    Case(
      testDescription: "a web server with files of its own moves",
      files: [
        "compose.yaml": """
        services:
          front:
            image: nginx:1.27
            ports: ["80:80"]
            volumes:
              - ./front.conf:/etc/nginx/conf.d/default.conf:ro
              - ./photos:/srv/photos:ro
            depends_on: [album]
          album:
            image: example.com/album:1
        """
      ],
      workload: "front"
    ),
    Case(
      testDescription: "a web server that nothing stands behind moves",
      files: [
        "compose.yaml": """
        services:
          simple:
            image: nginx
            ports: ["80:80"]
        """
      ],
      workload: "simple",
      verdicts: [.needsChanges, .needsChanges, .ready],
      finds: ["image/latest-tag compose.yaml:3"]
    ),
    Case(
      testDescription: "the engine's socket of a router that is absorbed blocks nothing",
      files: [
        "compose.yaml": """
        services:
          edge:
            image: traefik:2.6
            command: --providers.docker
            ports: ["80:80"]
            volumes:
              - /var/run/docker.sock:/var/run/docker.sock
          shop:
            image: example.com/shop:1
        """
      ],
      workload: "edge",
      disposition: .absorb,
      verdicts: [],
      findsNot: ["host/docker-socket", "host/sensitive-mount"]
    ),
  ]

  static let components = [
    Case(
      testDescription: "an image of a cache that runs another program moves",
      files: [
        "compose.yaml": """
        services:
          jobs:
            image: redis
            entrypoint: /code/start.sh -p 3000
            command: bundle exec thin -p 3000
            volumes: [".:/code"]
        """
      ],
      workload: "jobs",
      findsNot: ["state/cache-container"]
    ),
    Case(
      testDescription: "a start script before the service itself changes nothing",
      files: [
        "compose.yaml": """
        services:
          store:
            image: redis:7
            entrypoint: /start.sh
            command: redis-server --appendonly yes
        """
      ],
      workload: "store",
      disposition: .externalise,
      finds: ["state/cache-container compose.yaml:3"],
      findsNot: ["cost/no-requests", "host/run-as-root", "image/no-healthcheck"]
    ),
    Case(
      testDescription: "what a provider supplies is no container, and none of its own",
      files: [
        "compose.yaml": """
        services:
          shop:
            image: example.com/shop:1
            depends_on: [database]
          database:
            provider:
              type: awesomecloud
              options: { type: mysql }
        """
      ],
      workload: "database",
      disposition: .externalise,
      verdicts: [],
      findsNot: ["cost/no-requests", "image/no-healthcheck", "state/database-container"]
    ),
    Case(
      testDescription: "a database hides behind the Dockerfile that builds it",
      files: [
        "compose.yaml": """
        services:
          words:
            build: db
            image: example/words-store
        """,
        "db/Dockerfile": """
        FROM postgres:10.0-alpine
        COPY words.sql /docker-entrypoint-initdb.d/
        """,
      ],
      workload: "words",
      disposition: .externalise,
      finds: ["state/database-container compose.yaml:4"],
      findsNot: ["image/eol-base", "host/run-as-root", "image/latest-tag"]
    ),
    Case(
      testDescription: "the last part of a name tells what an image is",
      files: [
        "compose.yaml": """
        services:
          zk:
            image: ghcr.io/example/mirror/zookeeper:latest
            ports: ["2181:2181"]
        """
      ],
      workload: "zk",
      disposition: .externalise,
      verdicts: [],
      finds: ["net/database-port-published compose.yaml:4"],
      findsNot: ["image/latest-tag"]
    ),
  ]

  static let images = [
    Case(
      testDescription: "only the target stage counts",
      files: [
        "compose.yaml": """
        services:
          api:
            build:
              context: .
              target: builder
            image: example.com/api:1
        """,
        "Dockerfile": """
        FROM python:3.13-slim AS builder
        USER 1000
        CMD ["python", "main.py"]

        FROM builder AS dev
        USER root
        RUN apt-get install -y gcc git
        CMD ["flask", "run"]
        """,
      ],
      workload: "api",
      findsNot: [
        "host/run-as-root", "image/build-tools-in-final-stage", "config/development-command",
        "image/eol-base",
      ]
    ),
    Case(
      testDescription: "nothing reaches its end of life in an empty image",
      files: [
        "Dockerfile": """
        FROM golang:1.18 AS build
        RUN go build -o /bin/shop .
        FROM scratch
        COPY --from=build /bin/shop /shop
        CMD ["/shop"]
        """
      ],
      workload: "Dockerfile",
      finds: ["host/run-as-root Dockerfile:3"],
      findsNot: ["image/latest-base", "image/single-stage-build"]
    ),
    Case(
      testDescription: "a current runtime stands on a system that gets no fixes any more",
      files: [
        "app/Dockerfile": """
        FROM eclipse-temurin:17-jre-focal
        ENTRYPOINT ["java", "-jar", "/app.jar"]
        """
      ],
      workload: "app",
      finds: ["image/eol-base app/Dockerfile:1"]
    ),
    Case(
      testDescription: "the same runtime on a system that does is fine",
      files: [
        "app/Dockerfile": """
        FROM eclipse-temurin:17-jre-noble
        ENTRYPOINT ["java", "-jar", "/app.jar"]
        """
      ],
      workload: "app",
      findsNot: ["image/eol-base"],
      answers: ["image/eol-base"]
    ),
    Case(
      testDescription: "compilers that their own step takes away are not in the image",
      files: [
        "Dockerfile": """
        FROM alpine:3.22
        RUN apk add --no-cache --virtual .deps gcc make \\
          && make install \\
          && apk del .deps
        CMD ["server"]
        """
      ],
      workload: "Dockerfile",
      findsNot: ["image/single-stage-build", "image/build-tools-in-final-stage"]
    ),
    Case(
      testDescription: "a path that grows from the base image's is no secret",
      files: [
        "Dockerfile": """
        FROM python:3.13-slim
        ENV PATH="/venv/bin:$PATH"
        CMD ["python", "main.py"]
        """
      ],
      workload: "Dockerfile",
      findsNot: ["secrets/dockerfile"],
      answers: ["secrets/dockerfile"]
    ),
    Case(
      testDescription: "copying a folder takes its files of settings along",
      files: [
        "compose.yaml": """
        services:
          api: { build: api }
        """,
        "api/Dockerfile": """
        FROM python:3.13-slim
        WORKDIR /app
        COPY . /app
        """,
        "api/settings.env": "SMTP_HOST=mail.example.com",
      ],
      workload: "api",
      finds: ["config/env-file-copied api/Dockerfile:3"]
    ),
  ]

  static let unknowns = [
    Case(
      testDescription: "an unknown argument blocks no verdict",
      files: [
        "compose.yaml": """
        services:
          web:
            image: example.com/web:1
            command: ["gunicorn", "-b", "0.0.0.0:${PORT}", "shop"]
        """
      ],
      workload: "web",
      verdicts: [.needsChanges, .needsChanges, .ready],
      answers: ["process/init-system", "host/docker-in-docker"]
    ),
    Case(
      testDescription: "an unknown program does",
      files: [
        "compose.yaml": """
        services:
          web:
            image: example.com/web:1
            command: ${PROGRAM} --port 8000
        """
      ],
      workload: "web",
      verdicts: [.notEnoughEvidence, .notEnoughEvidence, .notEnoughEvidence],
      leavesOpen: ["process/init-system"]
    ),
    Case(
      testDescription: "an engine shows in spite of unknown arguments",
      files: [
        "compose.yaml": """
        services:
          web:
            image: example.com/builder:1
            command: dockerd --host=tcp://0.0.0.0:${PORT}
        """
      ],
      workload: "web",
      verdicts: [.blocked, .blocked, .blocked],
      answers: ["host/docker-in-docker"]
    ),
    Case(
      testDescription: "a Dockerfile that is missing gives neither findings nor credit",
      files: [
        "compose.yaml": """
        services:
          web:
            build: .
            ports: ["8000:8000"]
        """
      ],
      workload: "web",
      verdicts: [.notEnoughEvidence, .notEnoughEvidence, .notEnoughEvidence],
      findsNot: ["host/run-as-root", "image/no-healthcheck"],
      leavesOpen: ["host/run-as-root", "image/no-healthcheck", "image/eol-base"]
    ),
    Case(
      testDescription: "the text of an error stands for no value",
      files: [
        "compose.yaml": """
        services:
          batch:
            image: example.com/batch:1
            volumes:
              - ${DROP_DIR:?set DROP_DIR to /mnt/erp}:/erp
        """
      ],
      workload: "batch",
      verdicts: [.notEnoughEvidence, .notEnoughEvidence, .notEnoughEvidence],
      findsNot: ["state/bind-mount-data"],
      leavesOpen: ["state/bind-mount-data"]
    ),
    Case(
      testDescription: "an empty default is a value",
      files: [
        "compose.yaml": """
        services:
          job:
            image: ${REGISTRY-}job
            build: .
        """,
        "Dockerfile": """
        FROM python:3.13-slim
        USER 1000
        CMD ["python", "job.py"]
        """,
      ],
      workload: "job",
      verdicts: [.needsChanges, .needsChanges, .needsChanges],
      finds: ["image/latest-tag compose.yaml:3"]
    ),
  ]

  @Test(arguments: proxies + components + images + unknowns)
  func agrees(with expected: Case) async throws {
    let assessment = try await Shop.assess(expected.files, expected.options)
    let workload = try #require(
      assessment.workloads.first { $0.name == expected.workload },
      "\(assessment.workloads.map(\.name))"
    )
    #expect(workload.disposition == expected.disposition, "\(workload.dispositionReason)")
    if let verdicts = expected.verdicts {
      #expect(workload.verdicts.map(\.verdict) == verdicts, "\(workload.verdicts)")
    }
    let found = assessment.findings.filter { $0.workload == workload.id }
    let places = found.map { "\($0.rule) \($0.location.file):\($0.location.line)" }
    for place in expected.finds { #expect(places.contains(place), "\(places)") }
    for rule in expected.findsNot {
      #expect(!found.contains { $0.rule == rule }, "\(rule): \(places)")
    }
    for rule in expected.answers {
      let states = states(of: rule, workload.id, assessment)
      #expect(!states.isEmpty && !states.contains(.notAssessed), "\(rule): \(states)")
    }
    for rule in expected.leavesOpen {
      #expect(states(of: rule, workload.id, assessment).contains(.notAssessed), "\(rule)")
    }
  }

  private func states(
    of rule: String,
    _ workload: String,
    _ assessment: Assessment
  ) -> [CheckState] {
    assessment.checks.filter { $0.rule == rule && $0.workload == workload }.map(\.state)
  }

  /// Three services of one Dockerfile: what is mended in it once is paid for once.
  @Test func sharedDockerfileIsMendedOnce() async throws {
    let dockerfile = """
      FROM node:16
      WORKDIR /src
      COPY package.json /src
      USER 1000
      HEALTHCHECK CMD ["node", "check.js"]
      CMD ["node", "main.js"]
      """
    func effort(_ services: Int) async throws -> Int {
      let names = (1...services).map { "  node\($0): { build: ./node }" }
      let compose = "services:\n" + names.joined(separator: "\n")
      let assessment = try await Shop.assess([
        "compose.yaml": compose, "node/Dockerfile": dockerfile,
      ])
      let findings = assessment.findings.filter { $0.location.file == "node/Dockerfile" }
      #expect(Set(findings.map(\.workload)).count == services)
      return assessment.summary.effort.low
    }
    // Everything else is done per service, the base image once.
    let (one, two, three) = (try await effort(1), try await effort(2), try await effort(3))
    #expect(three - two == two - one)
    #expect(two - one < one)
  }
}
