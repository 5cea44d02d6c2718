import Testing

@testable import DocumentTrees

/// Every text here is large; each must be read in a time that only a linear reader keeps, with
/// much room for a slow machine and a debug build.
@Suite(.serialized) struct DockerfileHostileTests {
  private func timed(_ name: String, _ body: () throws -> Void) rethrows {
    let time = try ContinuousClock().measure(body)
    print("hostile \(name): \(time)")
    #expect(time < .seconds(30))
  }

  private func evaluate(_ text: String) throws -> ImageConfiguration {
    let build = DockerfileBuild(try Dockerfile.parse(text))
    let target = build.file.stages.count - 1
    return build.effectiveConfiguration(of: target)
  }

  private func times(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  @Test func oneLineOfAMegabyte() throws {
    for (name, line) in [
      ("words", "EXPOSE " + times("é ", 300_000)), ("pairs", "ENV " + times("é=1 ", 200_000)),
      ("flags", "RUN " + times("--mount=a ", 100_000) + "x"),
      ("text", "RUN " + times("a && ", 200_000) + "b"),
      ("json", "CMD [" + times("\"a\",", 250_000) + "\"b\"]"),
      ("brackets", "CMD " + times("[", 1_000_000)), ("quotes", "RUN " + times("\"'", 500_000)),
      ("onbuild", times("ONBUILD ", 125_000)), ("args", "ARG " + times("a=$b ", 200_000)),
    ] {
      try timed(name) {
        let file = try Dockerfile.parse("FROM a\n\(line)\n")
        #expect(file.issues.contains { $0.kind == .limit })
        #expect(file.instructions.count == 2)
        _ = DockerfileBuild(file).effectiveConfiguration(of: 0)
        _ = file.instructions[1].shellCommands
      }
    }
  }

  @Test func manyContinuations() throws {
    try timed("continuations") {
      let file = try Dockerfile.parse("FROM a\nRUN x " + times("\\\n y # é\\\n", 100_000) + "z\n")
      #expect(file.instructions[1].arguments[0].placed.pieces.count == 100_002)
      _ = file.instructions[1].shellCommands
    }
  }

  @Test func manyHeredocs() throws {
    try timed("heredocs") {
      let file = try Dockerfile.parse(
        "FROM a\nRUN x " + times("<<A ", 100_000) + "\n" + times("b\nA\n", 100_000)
      )
      #expect(file.instructions[1].heredocs.count == 100_000)
      #expect(file.instructions[1].shellCommands.count == 1)
    }
    timed("unclosed heredocs") {
      _ = #expect(throws: DocumentError.self) {
        try Dockerfile.parse(
          "FROM a\nRUN x " + times("<<A ", 100_000) + "\n" + times("b\n", 100_000)
        )
      }
    }
  }

  @Test func nestedSubstitutions() throws {
    try timed("substitutions") {
      let image = try evaluate("FROM a\nENV Y=" + times("${A:-", 200_000) + times("}", 200_000))
      #expect(
        image.variable("Y")?.value.unknownReason == "substitutions are nested more than 100 deep"
      )
    }
    try timed("variables") {
      let image = try evaluate("FROM scratch\nENV A=1\nENV Y=" + times("$A", 300_000))
      #expect(image.variable("Y")?.value.text?.utf8.count == 300_000)
    }
  }

  /// Each line makes the value ten times as long.
  @Test func growingVariables() throws {
    try timed("doubling") {
      let image = try evaluate(
        "FROM scratch\nENV Y=xxxxxxxxxx\n" + times("ENV Y=$Y$Y$Y$Y$Y$Y$Y$Y$Y$Y\n", 50)
      )
      #expect(image.variable("Y")?.value.text == nil)
    }
    try timed("directories") {
      let image = try evaluate("FROM scratch\n" + times("WORKDIR abcdefgh\n", 50_000))
      #expect(image.workingDirectory?.value.unknownReason == "the path is too long")
    }
    try timed("patterns") {
      let value = times("a", 100_000)
      let image = try evaluate(
        "FROM scratch\nENV A=\(value)\nENV Y=${A//\(times("*a", 1000))b/x}"
      )
      #expect(image.variable("Y")?.value.unknownReason == "matching a pattern takes too long")
    }
  }

  @Test func manyStages() throws {
    try timed("stages") {
      let text = (0..<20_000).map { index in
        "FROM \(index == 0 ? "x" : "s\(index - 1)") AS s\(index)\nENV V\(index)=1\nONBUILD RUN y\n"
      }.joined()
      let image = try evaluate(text)
      #expect(image.chain.count == 20_000)
      #expect(image.environment.count == 20_000)
      #expect(image.runs.count == 19_999)
    }
  }

  @Test func nestedShells() throws {
    for (name, text) in [
      ("substitutions", times("$(a ", 200_000)), ("closed", times("$(a ", 1000) + times(")", 1000)),
      ("backquotes", times("`a ", 300_000)), ("subshells", times("(a ", 300_000)),
      ("braces", times("${a ", 200_000)), ("quotes", times("\"$(a ", 150_000)),
      ("cases", times("case x in a) ", 80_000)),
      ("here-documents", "a" + times(" <<A", 100_000) + "\nb"),
      ("operators", times(";&|<>", 200_000)),
    ] {
      timed("shell \(name)") {
        _ = ShellCommand.split(PlacedText(text, startingAt: Place(line: 1, column: 1)))
      }
    }
  }

  /// Random bytes and random pieces of the language: nothing may trap.
  @Test func survivesNoise() {
    var generator = SystemRandomNumberGenerator()
    let pieces = [
      "FROM a\n", "RUN ", "COPY ", "ENV ", "ONBUILD ", "HEALTHCHECK ", "<<A", "<<-'B'", "\nA\n",
      "\\\n", "`",
      "${", "}", "$", ":-", "//", "#", "%", "'", "\"", "[", "]", ",", "=", " ", "\t", "--from=",
      "é", "\u{FEFF}",
      "# escape=`\n", "\r\n", "*", "(", ")", "`", "&", "|", ";", ">", "case x in", "\0", "\u{2003}",
      "ARG A\n", "EXPOSE 1-",
    ]
    for round in 0..<3000 {
      var bytes = Array("FROM scratch\n".utf8)
      for _ in 0..<Int.random(in: 0..<40, using: &generator) {
        if round % 3 == 0 {
          bytes.append(UInt8.random(in: 0...255, using: &generator))
        } else {
          bytes += Array((pieces.randomElement(using: &generator) ?? "").utf8)
        }
      }
      guard let file = try? Dockerfile.parse(bytes) else { continue }
      let build = DockerfileBuild(file)
      for index in file.stages.indices { _ = build.effectiveConfiguration(of: index) }
      for instruction in file.instructions {
        _ = instruction.shellCommands
        #expect(instruction.range.start <= instruction.range.end)
      }
      _ = DockerIgnore(bytes).excludes("a/b")
    }
  }
}
