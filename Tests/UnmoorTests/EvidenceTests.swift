import DocumentTrees
import RuleEngine
import Scanners
import Testing
import Unmoor

/// Taking evidence away never makes the result better: files broken, deleted, reordered.
@Suite struct EvidenceTests {
  static let compose = """
    services:
      web:
        build: ./web
        user: root
        volumes:
          - ./data:/var/lib/app
        ports:
          - "8080:8080"
      api:
        build: { context: ./api }
        read_only: true
        init: true
        stop_grace_period: 30s
    """
  static let dockerfile = """
    FROM node:20-slim
    RUN apt-get update && apt-get install -y cron
    USER 1000
    CMD ["node", "server.js"]
    """
  static let project = [
    "compose.yaml": compose, "web/Dockerfile": dockerfile, "api/Dockerfile": dockerfile,
  ]

  private func state(
    _ assessment: Assessment,
    _ workload: String
  ) -> [String: CheckState] {
    let id = assessment.workloads.first { $0.name == workload }?.id
    return Dictionary(
      assessment.checks.filter { $0.workload == id }
        .map { ("\($0.rule) \($0.target ?? "")", $0.state) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  @Test func deletedDockerfileIsNotAssessed() async throws {
    var files = Self.project
    let whole = try await Shop.assess(files)
    files["web/Dockerfile"] = nil
    let less = try await Shop.assess(files)
    let before = state(whole, "web")
    let after = state(less, "web")
    let subjects = Dictionary(
      uniqueKeysWithValues: try Shop.unmoor().book.rules.map { ($0.id, $0.appliesTo) }
    )
    var checked = 0
    for (key, state) in after {
      let rule = String(key.split(separator: " ")[0])
      guard let subject = subjects[rule], [.stage, .instruction, .command].contains(subject),
        try Shop.unmoor().book.rules.first(where: { $0.id == rule })?.dispositions.contains(.move)
          == true
      else { continue }
      checked += 1
      #expect(state == .notAssessed, "\(key) was \(before[key]?.rawValue ?? "-")")
    }
    #expect(checked > 0)
    // Nothing that passed or failed for the Dockerfile's sake turns into "not applicable".
    for (key, old) in before where old == .pass || old == .fail {
      #expect(after[key] != .notApplicable, "\(key)")
    }
    #expect(state(less, "api") == state(whole, "api"))
    #expect(less.notices.contains { $0.kind == "missing-file" })
  }

  /// What breaking or deleting one file of a project does.
  @Test(arguments: ["compose.yaml", "web/Dockerfile", "api/Dockerfile"])
  func brokenFileNeverRaisesTheFloor(path: String) async throws {
    let whole = try await Shop.assess(Self.project)
    for broken in ["services: [", "FROM\n", "\u{0}\u{1}", "FROM node:20\nNONSENSE x\n"] {
      var files = Self.project
      files[path] = broken
      let assessment = try await Shop.assess(files)
      #expect(
        (assessment.summary.score?.floor ?? 0) <= (whole.summary.score?.floor ?? 0),
        "\(path): \(broken)"
      )
    }
    var files = Self.project
    files[path] = nil
    // Without its Compose file, the Dockerfiles are two projects of their own.
    if path == "compose.yaml" { return }
    let assessment = try await Shop.assess(files)
    #expect((assessment.summary.score?.floor ?? 0) <= (whole.summary.score?.floor ?? 0))
  }

  @Test func brokenFileIsNamedWithLineAndReason() async throws {
    let assessment = try await Shop.assess([
      "good/compose.yaml": "services:\n  a:\n    image: acme/a:1\n",
      "bad/compose.yaml": "services:\n  b:\n    image: [\n",
    ])
    #expect(assessment.workloads.contains { $0.name == "a" })
    let notice = try #require(assessment.notices.first { $0.file == "bad/compose.yaml" })
    #expect(notice.kind == "unreadable" && notice.line >= 3 && !notice.message.isEmpty)
    #expect(assessment.inputs.first { $0.path == "bad/compose.yaml" }?.state == "unreadable")
  }

  @Test func nothingToAssessIsNoScore() async throws {
    let assessment = try await Shop.assess(["README.md": "# Nothing"])
    #expect(assessment.summary.score == nil)
    #expect(assessment.workloads.isEmpty)
  }

  // MARK: Determinism

  /// The same files, listed the other way round.
  private struct Backwards: FileTree {
    let files: MemoryFiles
    func read(_ path: String) -> FileContent { files.read(path) }
    func kind(of path: String) -> FileKind { files.kind(of: path) }
    func names(in directory: String) -> [String]? { files.names(in: directory)?.reversed() }
  }

  @Test func sameInputGivesTheSameBytes() async throws {
    var files = Self.project
    for number in 0..<6 {
      files["more\(number)/compose.yaml"] = Self.compose
      files["more\(number)/web/Dockerfile"] = Self.dockerfile
    }
    let first = Shop.outputs(of: try await Shop.assess(files))
    for _ in 0..<3 {
      let again = Shop.outputs(of: try await Shop.assess(files))
      #expect(first.map(\.text) == again.map(\.text))
    }
    let backwards = try await Shop.unmoor().assess(files: Backwards(files: MemoryFiles(files)))
    #expect(first.map(\.text) == Shop.outputs(of: backwards).map(\.text))
  }

  /// The folder's own place on the disk is nobody's business.
  @Test func folderDoesNotMatter() async throws {
    let folders = [try TemporaryFolder(), try TemporaryFolder()]
    var texts: [[String]] = []
    for folder in folders {
      for (path, text) in Self.project { try folder.write(text, to: "shop/\(path)") }
      let assessment = try await Shop.unmoor().assess(root: folder.path + "/shop")
      let outputs = Shop.outputs(of: assessment)
      for (format, text) in outputs { #expect(!text.contains(folder.path), "\(format)") }
      texts.append(outputs.map(\.text))
    }
    #expect(texts[0] == texts[1])
  }

  /// Paths to start from do not depend on their order either.
  @Test func orderOfThePathsDoesNotMatter() async throws {
    var options = Unmoor.Options()
    options.paths = ["web/Dockerfile", "compose.yaml", "api"]
    let first = try await Shop.assess(Self.project, options)
    options.paths.reverse()
    let second = try await Shop.assess(Self.project, options)
    #expect("\(first.findings)" == "\(second.findings)")
    #expect("\(first.checks)" == "\(second.checks)")
  }
}
