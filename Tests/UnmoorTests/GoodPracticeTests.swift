import RuleEngine
import Testing
import Unmoor

/// Dockerfiles and Compose files as good teams write them: nothing is found but what is named here.
@Suite struct GoodPracticeTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var files: [String: String]
    /// Rules that have something to say all the same, as `rule line`.
    var finds: [String] = []
  }

  /// An image says nothing about these, which the definition that deploys it states.
  static let outside: Set = ["trace/none"]

  static let dockerfiles = [
    Case(
      testDescription: "a build in stages, an init process, a cache mount, a secret mount",
      files: [
        "Dockerfile": """
        # syntax=docker/dockerfile:1
        # check=skip=JSONArgsRecommended
        ARG NODE_VERSION=24
        FROM --platform=$BUILDPLATFORM node:${NODE_VERSION}-slim AS Build
        WORKDIR /src
        COPY package.json package-lock.json ./
        RUN --mount=type=cache,target=/root/.npm \\
            --mount=type=secret,id=npmrc,target=/root/.npmrc \\
            npm ci
        COPY . .
        RUN npm run build && npm prune --omit=dev

        FROM node:${NODE_VERSION}-slim AS runtime
        RUN apt-get update \\
         && apt-get install -y --no-install-recommends tini \\
         && rm -rf /var/lib/apt/lists/*
        ENV NODE_ENV=production
        WORKDIR /app
        COPY --link --chown=1001:1001 --from=build /src/dist ./dist
        USER 1001:1001
        EXPOSE 8080
        HEALTHCHECK --interval=30s --start-period=10s CMD ["node", "dist/health.js"]
        ENTRYPOINT ["tini", "--"]
        CMD ["node", "dist/server.js"]
        """,
        ".dockerignore": ".git\nnode_modules\n",
      ]
    ),
    Case(
      testDescription: "a compiled program on scratch, its builder from a registry with a port",
      files: [
        "Dockerfile": """
        FROM registry.example.com:5000/go@sha256:\(String(repeating: "ab", count: 32)) AS build
        COPY go.mod go.sum main.go ./
        RUN CGO_ENABLED=0 go build -o /app .
        FROM scratch
        COPY --from=0 /app /app
        USER 65532:65532
        HEALTHCHECK CMD ["/app", "-check"]
        ENTRYPOINT ["/app"]
        """
      ]
    ),
    Case(
      testDescription: "an image without root and shell",
      files: [
        "Dockerfile": """
        FROM golang:1.27 AS build
        RUN go build -o /app .
        FROM gcr.io/distroless/static-debian13:nonroot
        COPY --from=build /app /app
        ENTRYPOINT ["/app"]
        """
      ],
      finds: ["image/no-healthcheck 3"]
    ),
    Case(
      testDescription: "a user by an argument, a shell that gives way to the program",
      files: [
        "Dockerfile": """
        FROM python:3.13-slim
        ARG UID=10001
        ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PORT=8000
        WORKDIR /app
        COPY requirements.txt .
        RUN pip install -r requirements.txt && useradd --uid ${UID} app
        COPY --chown=app:app shop ./shop
        USER ${UID}
        EXPOSE $PORT
        HEALTHCHECK CMD ["python", "-m", "shop.check"]
        CMD exec gunicorn shop:app --bind 0.0.0.0:$PORT
        """
      ]
    ),
    Case(
      testDescription: "packages of Alpine without a cache, a user of its own",
      files: [
        "Dockerfile": """
        FROM eclipse-temurin:21-jre-alpine
        RUN apk add --no-cache tzdata && addgroup -S app && adduser -S -G app app
        COPY --chmod=0444 target/shop.jar /shop.jar
        USER app:app
        EXPOSE 8080
        HEALTHCHECK --start-period=30s CMD ["wget", "-qO-", "http://localhost:8080/health"]
        ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "/shop.jar"]
        """
      ]
    ),
  ]

  @Test(arguments: dockerfiles)
  func findsNothingElse(in expected: Case) async throws {
    let assessment = try await Shop.assess(expected.files)
    #expect(assessment.workloads.map(\.disposition) == [.move])
    let found = assessment.findings.filter { !Self.outside.contains($0.rule) }
    #expect(found.map { "\($0.rule) \($0.location.line)" } == expected.finds)
    #expect(assessment.notices.isEmpty)
  }
}
