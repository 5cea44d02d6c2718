import Testing

@testable import DocumentTrees

private func build(_ text: String, inputs: BuildInputs = BuildInputs()) throws -> DockerfileBuild {
  DockerfileBuild(try Dockerfile.parse(text), inputs: inputs)
}

private func show(_ text: ExpandedText) -> String {
  text.text ?? "?\(text.unknownReason ?? "")"
}

private func show(_ base: DockerfileBuild.Base) -> String {
  switch base {
  case .stage(let index): "#\(index)"
  case .scratch: "scratch"
  case .image(let text): show(text)
  }
}

@Suite struct DockerfileStageTests {
  @Test(arguments: [
    ("FROM a", ["a"]),
    ("FROM a AS b\nFROM B\nFROM b AS c\nFROM c", ["a", "#0", "#0", "#2"]),
    ("FROM scratch\nFROM later\nFROM x AS later", ["scratch", "later", "x"]),
    ("ARG B=base\nFROM a AS base\nFROM ${B}\nFROM $B-alpine", ["a", "#0", "base-alpine"]),
    ("ARG A=1\nARG B=${A}2\nFROM x:$B", ["x:12"]),
    ("ARG A\nFROM x:${A:-3}", ["x:3"]),
    ("ARG A\nFROM x:${A}", ["?ARG A has no default"]),
    ("FROM x:${A}", ["?A is not declared"]),
    ("FROM a\nARG A=1\nFROM x:$A", ["a", "?A is not declared"]),
    ("ARG A=\"q r\"\nFROM $A", ["q r"]),
    ("ARG A=\"1.2\" B='x'\nFROM y:$A-$B", ["y:1.2-x"]),
    ("FROM x:$TARGETARCH", ["?TARGETARCH depends on the platform of the build"]),
  ])
  func resolvesBases(text: String, expected: [String]) throws {
    #expect(try build(text).stages.map { show($0.base) } == expected)
  }

  @Test func takesWhatTheBuildIsGiven() throws {
    let inputs = BuildInputs(
      arguments: ["A": .known("given"), "B": .unknown(reason: "B is unset in .env")],
      targetPlatform: .init(os: "linux", architecture: "arm", variant: "v7")
    )
    let text = """
      ARG A=1
      ARG B=2
      FROM x:$A
      FROM x:$B
      FROM --platform=$TARGETPLATFORM x:$TARGETOS-$TARGETARCH$TARGETVARIANT
      FROM --platform=$BUILDPLATFORM x
      """
    let stages = try build(text, inputs: inputs).stages
    #expect(
      stages.map { show($0.base) } == ["x:given", "?B is unset in .env", "x:linux-armv7", "x"]
    )
    #expect(
      stages.map { $0.platform.map(show) } == [
        nil, nil, "linux/arm/v7", "?BUILDPLATFORM depends on the platform of the build",
      ]
    )
  }

  private static let graph = """
    FROM a AS one
    FROM b AS two
    COPY --from=one x y
    FROM c AS three
    RUN --mount=type=bind,from=two,target=/x z
    FROM d AS four
    ONBUILD COPY --from=0 x y
    FROM four AS five
    FROM e
    COPY --from=nginx:1 x y
    COPY --from=9 x y
    """

  @Test(arguments: [
    (nil, 5, [5]), ("one", 0, [0]), ("TWO", 1, [0, 1]), ("three", 2, [0, 1, 2]),
    ("four", 3, [3]), ("five", 4, [0, 3, 4]), ("2", 2, [0, 1, 2]), ("", 5, [5]),
  ])
  func reachesWhatTheTargetNeeds(target: String?, stage: Int, reached: [Int]) throws {
    let build = try build(Self.graph)
    #expect(build.stage(target: target) == stage)
    #expect(build.reachableStages(from: stage) == reached)
  }

  @Test(arguments: ["missing", "6", "-1"])
  func knowsNoOtherTarget(target: String) throws {
    #expect(try build(Self.graph).stage(target: target) == nil)
  }

  @Test func circlesEnd() throws {
    let build = try build(
      "FROM a AS x\nCOPY --from=y . .\nFROM b AS y\nCOPY --from=x . .\nCOPY --from=y . ."
    )
    #expect(build.reachableStages(from: 0) == [0, 1])
  }

  @Test func readsMounts() throws {
    let file = try Dockerfile.parse(
      "FROM a\nRUN --mount='type=Secret,id=npm,required,\"dst=/a,b\"' "
        + "--mount=from=x,src=/y,target=/z,rw=true c"
    )
    let mounts = RunMount.all(of: file.stages[0].instructions[0])
    #expect(mounts.map(\.type) == ["secret", "bind"])
    #expect(mounts.map(\.id) == ["npm", nil])
    #expect(mounts.map(\.target) == ["/a,b", "/z"])
    #expect(mounts.map(\.from) == [nil, "x"])
    #expect(mounts.map(\.source) == [nil, "/y"])
    #expect(mounts[0].options == ["required": nil])
    #expect(mounts[1].options == ["rw": "true"])
  }
}

@Suite struct ImageConfigurationTests {
  private func configuration(
    _ text: String,
    inputs: BuildInputs = BuildInputs()
  ) throws -> ImageConfiguration {
    let build = try build(text, inputs: inputs)
    return build.effectiveConfiguration(of: build.file.stages.count - 1)
  }

  @Test func inheritsAlongTheChain() throws {
    let image = try configuration(
      """
      ARG PORT=8080
      FROM node:20 AS base
      ARG PORT
      ENV PORT=$PORT NODE_ENV=development
      WORKDIR /app
      USER node
      EXPOSE $PORT/udp 9000-9002
      LABEL team="a b" tier=web
      VOLUME ["/data"]
      HEALTHCHECK --retries=3 CMD curl localhost
      STOPSIGNAL SIGTERM
      FROM alpine AS other
      FROM base
      ENV NODE_ENV production
      WORKDIR sub/../src
      VOLUME /data /logs
      COPY --from=other --chown=1 a b $PORT/
      SHELL ["/bin/bash", "-c"]
      RUN make
      CMD start $PORT
      """
    )
    #expect(image.chain == [0, 2])
    #expect(image.involvedStages == [0, 1, 2])
    #expect(show(image.base) == "node:20")
    #expect(
      image.environment.map { "\($0.name)=\(show($0.value)) \(spot($0.range)) \($0.stage)" } == [
        "PORT=8080 4:5-4:15 0", "NODE_ENV=production 14:5-14:24 2",
      ]
    )
    #expect(
      image.variable("PORT")?.value.sources.map(spot) == ["4:10-4:15", "1:5-1:14", "3:5-3:9"]
    )
    #expect(image.workingDirectory.map { show($0.value) } == "/app/src")
    #expect(
      image.user.map { "\(show($0.value)) \(spot($0.range)) \($0.stage)" } == "node 6:1-6:10 0"
    )
    #expect(
      image.exposedPorts.map { "\(show($0.text)) \($0.ports?.description ?? "-") \($0.transport)" }
        == ["8080/udp 8080...8080 udp", "9000-9002 9000...9002 tcp"]
    )
    #expect(image.labels.map { "\($0.name)=\(show($0.value))" } == ["team=a b", "tier=web"])
    #expect(
      image.volumes.map { "\(show($0.value)) \(spot($0.range))" } == [
        "/data 9:9-9:16", "/logs 16:14-16:19",
      ]
    )
    #expect(image.command?.value.words == ["/bin/bash", "-c", "start $PORT"])
    #expect(image.entrypoint == nil)
    #expect(image.stopSignal.map { show($0.value) } == "SIGTERM")
    #expect(image.runs.map { "\(spot($0.instruction.range)) \($0.stage)" } == ["19:1-19:9 2"])
    let copied = try #require(image.copiedFiles.first)
    #expect(copied.from == .stage(1))
    #expect(copied.sources.map(show) == ["a", "b"])
    #expect(copied.destination.map(show) == "8080/")
    guard case .command(let check, let options)? = image.healthcheck?.value else {
      Issue.record("no health check")
      return
    }
    #expect(check.words == ["/bin/sh", "-c", "curl localhost"])
    #expect(options.map(\.text) == ["--retries=3"])
  }

  /// A stage's ENTRYPOINT takes away a CMD from below, but not its own.
  @Test(arguments: [
    ("FROM a\nCMD c\nENTRYPOINT [\"e\"]", "e", "/bin/sh -c c", false),
    ("FROM a\nENTRYPOINT [\"e\"]", "e", nil, true),
    ("FROM a AS b\nCMD [\"c\"]\nFROM b\nENTRYPOINT [\"e\"]", "e", nil, true),
    ("FROM a AS b\nENTRYPOINT [\"e\"]\nFROM b\nCMD [\"c\"]", "e", "c", false),
    ("FROM a\nCMD [\"c\"]\nCMD [\"d\", \"$X\"]", nil, "d $X", false),
    ("FROM a\nENTRYPOINT [\"e\"]\nENTRYPOINT []", "", nil, true),
    ("FROM a\nSHELL [\"pwsh\", \"-c\"]\nENTRYPOINT e", "pwsh -c e", nil, true),
    ("FROM a", nil, nil, false),
  ])
  func entrypointResetsCommand(
    text: String,
    entrypoint: String?,
    command: String?,
    drops: Bool
  ) throws {
    let image = try configuration(text)
    #expect(image.entrypoint?.value.words.joined(separator: " ") == entrypoint)
    #expect(image.command?.value.words.joined(separator: " ") == command)
    #expect(image.dropsBaseCommand == drops)
  }

  @Test(arguments: [
    // ARG and ENV: the later one wins while building.
    ("FROM a\nARG X=1\nENV X=2\nENV Y=$X", "2"),
    ("FROM a\nENV X=2\nARG X=1\nENV Y=$X", "1"),
    ("FROM a\nENV X=2\nARG X\nENV Y=$X", "2"),
    (
      "ARG X=1\nFROM a\nENV Y=$X",
      "?X is not set in the Dockerfile; the base image may set it"
    ),
    ("ARG X=1\nFROM a\nARG X\nENV Y=$X", "1"),
    ("ARG X=1\nFROM a\nARG X=2\nENV Y=$X", "2"),
    ("FROM a\nARG X\nENV Y=$X", "?ARG X has no default"),
    ("FROM a\nARG X\nENV Y=${X:-d}", "d"),
    ("FROM a\nENV Y=${X:-d}", "?X is not set in the Dockerfile; the base image may set it"),
    ("FROM scratch\nENV Y=${X:-d}", "d"),
    (
      "FROM scratch\nENV Y=/a:$PATH",
      "/a:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    ),
    ("FROM a AS b\nARG X=1\nFROM b\nENV Y=$X", "1"),
    ("FROM a AS b\nENV X=1\nFROM b\nENV Y=$X$X", "11"),
    ("FROM a\nENV X=1\nENV X=2 Y=$X", "1"),
    ("FROM a\nARG X=1 Z=${X}2\nENV Y=$Z", "12"),
    ("FROM a\nENV Y='$X'", "$X"),
    ("FROM a\nENV Y two words", "two words"),
    ("FROM a\nENV Y=\"two words\"", "two words"),
    ("# escape=`\nFROM a\nENV Y=c:\\bin", "c:\\bin"),
    ("FROM a AS b\nONBUILD ENV Y=1\nFROM b", "1"),
    ("FROM a AS b\nONBUILD ENV Y=1\nFROM b AS c\nENV Y=2\nFROM c", "2"),
    ("FROM a\nONBUILD ENV Y=1\nENV Y=0", "0"),
  ])
  func scopes(text: String, expected: String) throws {
    #expect(try configuration(text).variable("Y").map { show($0.value) } == expected)
  }

  @Test(arguments: [
    ("FROM a\nWORKDIR /x/./y/../z/", "/x/z"), ("FROM scratch\nWORKDIR x", "/x"),
    ("FROM a\nWORKDIR /x\nWORKDIR y\nWORKDIR ../z", "/x/z"),
    ("FROM a\nWORKDIR x", "?the path is relative to the base image's working directory"),
    ("FROM a\nENV D=/d\nWORKDIR $D/e", "/d/e"), ("# escape=`\nFROM a\nWORKDIR C:\\x", "C:\\x"),
    ("FROM a\nWORKDIR /..", "/"),
  ])
  func joinsWorkingDirectories(text: String, expected: String) throws {
    #expect(try configuration(text).workingDirectory.map { show($0.value) } == expected)
  }

  @Test func healthcheckCanBeSwitchedOff() throws {
    let image = try configuration("FROM a AS b\nHEALTHCHECK CMD c\nFROM b\nHEALTHCHECK NONE")
    #expect(image.healthcheck?.value == ImageConfiguration.Healthcheck.none)
    #expect(image.healthcheck?.range.start.line == 4)
  }

  @Test func keepsTriggersOfTheTarget() throws {
    let image = try configuration("FROM a\nONBUILD RUN b\nONBUILD USER c")
    #expect(image.triggers.map(\.instruction.keyword) == [.run, .user])
    #expect(image.user == nil)
    #expect(image.runs.isEmpty)
  }

  @Test func expandsHeredocsOfCopies() throws {
    let image = try configuration(
      "FROM a\nENV X=1\nCOPY <<a <<'b' /d/\n$X \"q\" \\$X\na\n$X\nb\n"
    )
    #expect(image.copiedFiles[0].contents.map(show) == ["1 \"q\" $X\n", "$X\n"])
    #expect(image.copiedFiles[0].sources.map(show) == ["<<a", "<<b"])
  }

  @Test(arguments: [
    ("80", "80...80 tcp"), ("53/UDP", "53...53 udp"), ("1-3/sctp", "1...3 sctp"), ("http", "- tcp"),
    ("3-1", "- tcp"), ("70000", "- tcp"), ("1-2-3", "- tcp"), ("8080:80", "- tcp"),
    ("99999999999999999999", "- tcp"), ("-", "- tcp"), ("/tcp", "- tcp"),
  ])
  func readsPorts(text: String, expected: String) throws {
    let port = try #require(try configuration("FROM a\nEXPOSE \(text)").exposedPorts.first)
    #expect("\(port.ports?.description ?? "-") \(port.transport)" == expected)
  }
}
