import DocumentTrees
import Testing
import Workloads

@testable import Scanners

/// What of a Dockerfile is in force in the image.
@Suite struct DockerfileScannerTests {
  static func build(
    _ text: String,
    target: String? = nil
  ) -> (build: Build, result: ScanResult) {
    let files = MemoryFiles(["Dockerfile": text])
    let scanner = DockerfileScanner(files: files, limits: DocumentLimits())
    let origin = Origin(SourceLocation(file: "compose.yaml", line: 1))
    var request = BuildRequest(context: .known(""), origin: origin)
    request.dockerfile = .known("Dockerfile", origin)
    if let target { request.target = .known(target, origin) }
    return scanner.build(request)
  }

  /// What a field of the last stage shows.
  static func show(_ stage: BuildStage, _ field: String) -> String {
    switch field {
    case "user": stage.user.shown
    case "directory": stage.workingDirectory.shown
    case "command": stage.command.shown
    case "entrypoint": stage.entrypoint.shown
    case "volumes": stage.volumes.map(\.shown).joined(separator: " ")
    case "ports":
      stage.ports.map { "\($0.container.shown)/\($0.transport.shown)" }.joined(separator: " ")
    case "variables":
      stage.variables.map { "\($0.name)=\($0.value.shown)" }.joined(separator: " ")
    case "base": stage.base.known?.text ?? "?"
    default: "no such field"
    }
  }

  @Test(arguments: [
    // Through the stages that the final one builds on, whatever the case of their names.
    ("FROM a AS Base\nUSER app\nFROM BASE", "user", "app"),
    ("FROM a AS base\nWORKDIR /srv\nFROM base\nWORKDIR shop", "directory", "/srv/shop"),
    ("FROM a AS base\nENV A=1\nFROM base\nENV B=$A$A", "variables", "A=1 B=11"),
    ("FROM a AS base\nEXPOSE 80\nFROM base\nEXPOSE 53/udp", "ports", "80/tcp 53/udp"),
    ("FROM a AS base\nVOLUME /x\nFROM base\nVOLUME [\"/y\"]", "volumes", "/x /y"),
    ("ARG TAG=3.13\nFROM python:${TAG}-slim AS base\nFROM base", "base", "python:3.13-slim"),
    // Files copied over bring no settings along.
    ("FROM a AS build\nUSER app\nFROM b\nCOPY --from=build /x /x", "user", "-"),
    // An entry point of its own takes the inherited command away.
    ("FROM a AS base\nCMD [\"x\"]\nFROM base\nENTRYPOINT [\"y\"]", "command", "-"),
    (
      "FROM a\nSHELL [\"/bin/bash\", \"-c\"]\nCMD run it", "command",
      #"["/bin/bash", "-c", "run it"]"#
    ),
    // Triggers of a stage are pulled where another builds on it, and not before.
    ("FROM a AS base\nONBUILD USER app\nFROM base", "user", "app"),
    ("FROM a\nONBUILD USER app", "user", "-"),
    ("FROM a\nARG UID=10001\nUSER ${UID}", "user", "10001"),
    ("FROM a\nENV DATA=/srv\nVOLUME $DATA/x", "volumes", "/srv/x"),
    ("FROM a\nENV PORT=8080\nEXPOSE $PORT 9000-9001", "ports", "8080/tcp 9000/tcp"),
    ("FROM a\nRNU x\nUSER app", "user", "app"),
  ])
  func inheritsAndExpands(text: String, field: String, expected: String) throws {
    let stage = try #require(Self.build(text).build.finalStage)
    #expect(Self.show(stage, field) == expected)
  }

  @Test(arguments: [
    ("FROM a AS x\nUSER one\nFROM b AS y\nUSER two", "x", "one"),
    ("FROM a AS x\nUSER one\nFROM b AS y\nUSER two", "X", "one"),
    ("FROM a AS x\nUSER one\nFROM b AS y\nUSER two", "0", "one"),
  ])
  func findsTheTarget(text: String, target: String, user: String) throws {
    let build = Self.build(text, target: target).build
    #expect(build.finalStage?.user.shown == user)
    #expect(build.stages.known?.count == 1)
  }

  @Test func tellsWhatIsInTheImage() throws {
    let text = """
      FROM a AS base
      FROM a AS tools
      FROM base AS build
      COPY --from=tools /t /t
      FROM base
      COPY --from=build /x /x
      """
    let stages = try #require(Self.build(text).build.stages.known)
    #expect(stages.map(\.index) == [0, 1, 2, 3])
    #expect(stages.map(\.isInImage) == [true, false, false, true])
  }

  @Test func readsHealthChecks() throws {
    let text = """
      FROM a
      HEALTHCHECK --interval=30s --timeout=3s --start-period=1m --start-interval=2s --retries=4 \\
        CMD ["/check"]
      """
    let check = try #require(Self.build(text).build.finalStage?.healthCheck)
    #expect(check.command.known == ["/check"])
    #expect(check.interval.known == 30)
    #expect(check.timeout.known == 3)
    #expect(check.startPeriod.known == 60)
    #expect(check.startInterval.known == 2)
    #expect(check.retries.known == 4)
    let none = Self.build("FROM a\nHEALTHCHECK NONE").build.finalStage?.healthCheck
    #expect(none?.type.known == "none")
  }

  /// One word that is no instruction costs its line, and says so.
  @Test func goesOnBehindAnUnknownInstruction() throws {
    let (build, result) = Self.build("FROM a\nRNU x\nUSER app\nhunter2\n")
    #expect(build.finalStage?.instructions.map(\.keyword) == ["FROM", "USER"])
    #expect(result.inputs["Dockerfile"]?.state == .partial)
    #expect(result.notices.allSatisfy { $0.kind == .unreadable })
    #expect(
      result.notices.map { "\($0.location.range.start.line): \($0.message)" } == [
        "2: Unknown instruction; did you mean RUN? The line is not read.",
        "4: The line does not start with a Dockerfile instruction and is not read.",
      ]
    )
  }

  @Test func keepsWhatHereDocumentsHold() throws {
    let text = "FROM a\nCOPY <<one <<'two' /d/\nA=1\none\nB=$2\ntwo\n"
    let stage = try #require(Self.build(text).build.finalStage)
    let contents = stage.instructions[1].contents
    #expect(contents.map(\.name) == ["one", "two"])
    #expect(contents.map(\.value.shown) == ["A=1\n", "B=$2\n"])
    #expect(contents.map { $0.origin.location?.range.start.line } == [3, 5])
  }

  @Test func expandsWhatVolumeDeclares() throws {
    let text = "FROM a\nENV HOME=/srv\nVOLUME $HOME/x [\"/y\"]\nVOLUME [\"$HOME/z\"]"
    let stage = try #require(Self.build(text).build.finalStage)
    let volumes = stage.instructions.filter { $0.keyword == "VOLUME" }
    #expect(volumes.last?.arguments.map(\.shown) == ["/srv/z"])
  }
}
