import Testing

@testable import DocumentTrees

/// `line:column-line:column`.
func spot(_ range: PlaceRange) -> String {
  "\(range.start.line):\(range.start.column)-\(range.end.line):\(range.end.column)"
}

@Suite struct DockerfileSyntaxTests {
  private func parse(_ text: String) throws -> DockerfileSyntax {
    try DockerfileSyntax.parse(Array(text.utf8))
  }

  /// Every keyword, flag, argument and here-document of a file with its place.
  @Test func everythingKnowsItsPlace() throws {
    let text = """
      # syntax=docker/dockerfile:1
      # A comment
      FROM --platform=linux/amd64 debian:12 AS base
      \tENV Ü="ä b" \\
        # inside
        TWO=2

      run --mount=type=cache,target=/x   apt-get \\
        update
      COPY ["a b", "/c/"]
      ONBUILD COPY --from=base <<-EOF /d
      \t\tline
      \tEOF
      HEALTHCHECK --interval=5s CMD curl -f localhost
      """
    let file = try parse(text)
    #expect(
      dump(file.instructions) == """
        from 3:1-3:46 plain
          keyword FROM 3:1-3:5
          flag platform=linux/amd64 3:6-3:28
          debian:12 3:29-3:38
          AS 3:39-3:41
          base 3:42-3:46
        env 4:2-6:8 pairs
          keyword ENV 4:2-4:5
          Ü 4:6-4:7
          "ä b" 4:8-4:13
          TWO 6:3-6:6
          2 6:7-6:8
        run 8:1-9:9 shell
          keyword run 8:1-8:4
          flag mount=type=cache,target=/x 8:5-8:33
          apt-get   update 8:36-9:9
        copy 10:1-10:20 exec
          keyword COPY 10:1-10:5
          a b 10:7-10:12
          /c/ 10:14-10:19
        onbuild 11:1-13:5 plain
          keyword ONBUILD 11:1-11:8
          copy 11:9-13:5 plain
            keyword COPY 11:9-11:13
            flag from=base 11:14-11:25
            <<-EOF 11:26-11:32
            /d 11:33-11:35
            heredoc EOF 12:1-13:5 line⏎
        healthcheck 14:1-14:48 shell
          keyword HEALTHCHECK 14:1-14:12
          flag interval=5s 14:13-14:26
          CMD 14:27-14:30
          curl -f localhost 14:31-14:48
        """
    )
    #expect(
      file.comments.map { "\($0.text) \(spot($0.range))" } == [
        "A comment 2:1-2:12", "inside 5:3-5:11",
      ]
    )
    #expect(file.directives.map(\.value) == ["docker/dockerfile:1"])
  }

  private func dump(_ instructions: [Instruction], indent: String = "") -> String {
    instructions.map { instruction in
      var lines = ["\(instruction.keyword) \(spot(instruction.range)) \(instruction.form)"]
      lines.append("  keyword \(instruction.keywordText) \(spot(instruction.keywordRange))")
      lines += instruction.flags.map { "  flag \($0.text.dropFirst(2)) \(spot($0.range))" }
      lines += instruction.arguments.map { "  \($0.text) \(spot($0.range))" }
      lines += instruction.heredocs.map {
        let content = $0.content.text.split(separator: "\n", omittingEmptySubsequences: false)
        return "  heredoc \($0.name) \(spot($0.range)) \(content.joined(separator: "⏎"))"
      }
      if let trigger = instruction.trigger { lines.append(dump([trigger], indent: "  ")) }
      return lines.map { indent + $0.split(separator: "\n").joined(separator: "\n" + indent) }
        .joined(separator: "\n")
    }.joined(separator: "\n")
  }

  @Test func textOverSeveralLinesKnowsItsPieces() throws {
    let file = try parse("FROM a\nRUN one \\\n# no\n  two \\\n\tthree\n")
    let text = try #require(file.instructions.last?.arguments.first?.placed)
    #expect(text.text == "one   two \tthree")
    #expect(
      text.pieces.map { "\($0.offset)=\($0.start.line):\($0.start.column)" } == [
        "0=2:5", "4=4:1", "10=5:1",
      ]
    )
  }

  @Test(arguments: [
    ("# escape=`\nFROM a\nRUN b `\n c", "b  c"),
    ("#\tESCAPE = ` \nFROM a\nRUN b `\n c", "b  c"),
    ("# Escape=`\r\nFROM a\r\nRUN b `\r\n c\r\n", "b  c"),
    ("# syntax=x\n# check=skip=all\n# escape=`\nFROM a\nRUN b `\n c", "b  c"),
    ("# other=1\n# escape=`\nFROM a\nRUN b \\\n c", "b  c"),
    ("\n# escape=`\nFROM a\nRUN b \\\n c", "b  c"),
    ("# escape=`\nFROM a\nRUN dir c:\\ ` \n  d:\\", "dir c:\\   d:\\"),
    ("\u{FEFF}# escape=`\nFROM a\nRUN b `\n c", "b  c"),
    ("FROM a\nRUN b \\", "b"),
    ("FROM a\nRUN b \\\n\\\n c", "b  c"),
    ("FROM a\nRUN b\\\\\n", "b\\\\"),
  ])
  func joinsLines(text: String, expected: String) throws {
    #expect(try parse(text).instructions.last?.arguments.first?.text == expected)
  }

  @Test(arguments: [
    ("", "1:1: the Dockerfile has no instructions"),
    ("# only\n", "1:1: the Dockerfile has no instructions"),
    ("# escape=x\nFROM a", "1:1: the escape directive must be \\ or `"),
    ("# escape=`\n# escape=`\nFROM a", "2:1: the parser directive escape is there twice"),
    ("# syntax=a\n# SYNTAX=b\nFROM a", "2:1: the parser directive syntax is there twice"),
    ("FROM a\nENV b", "2:5: ENV needs a name and a value"),
    ("FROM a\nLABEL a=1 b", "2:11: LABEL has a word without =; each must be name=value"),
    ("FROM a\nCMD [1]", "2:5: a JSON array of arguments may hold strings only"),
    (
      "FROM a\nCMD [\"a\", {\"b\": [null, -1.5e3]}]",
      "2:5: a JSON array of arguments may hold strings only"
    ),
    ("FROM a\nRUN <<A\nb", "2:1: the here-document is not closed before the end of the file"),
    (
      "FROM a\nRUN <<A <<B\nA\nA\n",
      "2:1: the here-document is not closed before the end of the file"
    ),
    ("\u{FF}\u{FE}", "1:1: the line does not start with a Dockerfile instruction"),
    ("RNU a\nFROM b", "1:1: unknown instruction; did you mean RUN?"),
    (
      "FROM a\n" + String(repeating: "hunter2=b\n", count: 21),
      "22:1: the line does not start with a Dockerfile instruction"
    ),
    ("\\\n", "1:1: the line does not start with a Dockerfile instruction"),
    ("RUN a\nFROM b", "1:1: RUN stands before the first FROM; only ARG may"),
    ("ARG a\n", "1:1: the Dockerfile has no FROM, so it has no stage to build"),
    ("FROM a b", "1:1: FROM takes an image and an optional AS with a name, but has 2 words"),
    ("FROM a to b", "1:8: the second word of FROM must be AS"),
  ])
  func refuses(text: String, expected: String) {
    let error = #expect(throws: DocumentError.self) { try Dockerfile.parse(text) }
    #expect(
      error.map { "\($0.place.line):\($0.place.column): \($0.problem)" } == expected
    )
  }

  @Test func refusesOtherEncodingsAndSizes() {
    let wide = #expect(throws: DocumentError.self) {
      try Dockerfile.parse([0xFF, 0xFE, 0x46, 0x00])
    }
    #expect(wide?.problem == "the file is UTF-16 text; a Dockerfile is UTF-8")
    let large = #expect(throws: DocumentError.self) {
      try Dockerfile.parse("FROM abc", limits: DocumentLimits(maximumBytes: 7))
    }
    #expect(large?.problem == "the file is larger than 7 bytes")
  }

  @Test(arguments: [
    (
      "FROM a\nRUN b \\\n\n c",
      "3:1 an empty line continues an instruction; BuildKit warns that it will be an error"
    ),
    ("FROM a\nRNU b\nUSER c", "2:1 unknown instruction; did you mean RUN? The line is not read"),
    (
      "FROM a\nhunter2=b",
      "2:1 the line does not start with a Dockerfile instruction and is not read"
    ),
    ("FROM a\nCOPY --form=b c d", "2:6 COPY has no such flag"),
    ("FROM a\nCOPY --from=b --from=c d e", "2:15 the flag --from is there twice"),
    ("FROM a\nCOPY b", "2:1 COPY needs at least a source and a destination"),
    ("FROM a\nRUN", "2:1 RUN needs a command"),
    ("FROM a\nSHELL sh -c", "2:1 SHELL must be a JSON array of strings"),
    ("FROM a\nHEALTHCHECK CONNECT 1", "2:1 HEALTHCHECK must be followed by NONE or CMD"),
    ("FROM a\nONBUILD ONBUILD RUN b", "2:9 ONBUILD cannot hold this instruction"),
    ("FROM a\nONBUILD COPY b", "2:9 COPY needs at least a source and a destination"),
    ("FROM a AS b\nFROM c AS B", "2:11 an earlier stage has the same name"),
    (
      "FROM a AS 1b",
      "1:11 a stage name starts with a letter and holds letters, digits, - _ and . only"
    ),
    (
      "FROM a\nRUN --mount=type=ssh --mount=type=tmpfs --device=x --network=none --security=insecure b",
      nil
    ),
    (
      "FROM --platform=x a\nADD --keep-git-dir=true --checksum=s --chown=a --chmod=1 --link --unpack --exclude=c --exclude=d b .",
      nil
    ),
    ("FROM a\nCOPY --parents --link --chown=1 --chmod=2 --from=x --exclude=y b c", nil),
    (
      "FROM a\nHEALTHCHECK --interval=1s --timeout=1s --start-period=1s --start-interval=1s --retries=2 CMD b",
      nil
    ),
  ])
  func notesFaultsInsideInstructions(text: String, expected: String?) throws {
    let issues = try Dockerfile.parse(text).issues
    #expect(
      issues.map { "\($0.place.line):\($0.place.column) \($0.problem)" }
        == (expected.map { [$0] } ?? [])
    )
  }

  // MARK: Here-documents

  @Test(arguments: [
    ("RUN <<EOF\na\n b\nEOF", "EOF|expands|a⏎ b⏎"),
    ("RUN <<'EOF'\n$a\nEOF", "EOF|raw|$a⏎"),
    ("RUN <<\"E F\"\na\nE F", "E F|raw|a⏎"),
    ("RUN <<-EOF\n\t\ta\n\t b\n\tEOF", "EOF|expands|a⏎ b⏎"),
    ("RUN 3<<EOF cat\nEOF", "EOF|expands|"),
    ("RUN cat <<A <<B > c\n1\nA\n2\nB", "A|expands|1⏎ B|expands|2⏎"),
    ("COPY <<a.txt <<'b.txt' /d/\n1\na.txt\n2\nb.txt", "a.txt|expands|1⏎ b.txt|raw|2⏎"),
    ("ADD <<a /d\r\n1\r\na\r\n", "a|expands|1␍⏎"),
    ("RUN echo \"<<EOF\"", ""),
    ("RUN echo '<<EOF'", ""),
    ("RUN echo <<<EOF", ""),
    ("RUN [\"a\", \"<<EOF\"]", ""),
    ("RUN echo $((1<<3))", ""),
    ("RUN echo ${a<<EOF}", ""),
    ("RUN echo \\<<EOF", ""),
    ("CMD cat <<EOF", ""),
    ("RUN echo 'open <<EOF", ""),
    ("RUN cat \\\n <<EOF\n# kept\nEOF", "EOF|expands|# kept⏎"),
  ])
  func takesHeredocs(text: String, expected: String) throws {
    let instruction = try #require(try parse(text).instructions.first)
    #expect(try parse(text).instructions.count == 1)
    let found = instruction.heredocs.map {
      let content = $0.content.text.replacing("\r\n", with: "␍⏎").replacing("\n", with: "⏎")
      return "\($0.name)|\($0.expands ? "expands" : "raw")|\(content)"
    }
    #expect(found.joined(separator: " ") == expected)
  }
}
