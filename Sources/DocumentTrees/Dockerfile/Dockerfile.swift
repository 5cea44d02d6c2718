/// A Dockerfile, read as BuildKit reads it.
package struct Dockerfile: Hashable, Sendable {
  package var syntax: DockerfileSyntax
  /// ARG instructions before the first FROM.
  package var globalArguments: [Instruction]
  package var stages: [Stage]
  package var issues: [DocumentIssue]

  package var directives: [DockerfileSyntax.Directive] { syntax.directives }
  package var comments: [DockerfileSyntax.Comment] { syntax.comments }
  /// Every instruction in the order of the file.
  package var instructions: [Instruction] { syntax.instructions }

  /// A build stage: a FROM instruction and what follows it.
  package struct Stage: Hashable, Sendable {
    /// 0-based, as `COPY --from=0` counts.
    package var index: Int
    package var name: Instruction.Argument?
    /// An image, an earlier stage or `scratch`; variables are still in it.
    package var base: Instruction.Argument
    package var platform: Instruction.Flag?
    package var from: Instruction
    /// What follows FROM, in order.
    package var instructions: [Instruction]
    /// From FROM to the end of the last instruction.
    package var range: PlaceRange
  }

  package static func parse(
    _ text: String,
    limits: DocumentLimits = DocumentLimits()
  ) throws(DocumentError) -> Dockerfile {
    try parse(Array(text.utf8), limits: limits)
  }

  /// Reads a Dockerfile that has at least one build stage.
  ///
  /// Throws what keeps the stages from being seen; a fault of one instruction, such as a flag it
  /// does not have or a word that is none, is an issue, though BuildKit refuses the file for it.
  package static func parse(
    _ bytes: [UInt8],
    limits: DocumentLimits = DocumentLimits()
  ) throws(DocumentError) -> Dockerfile {
    let syntax = try DockerfileSyntax.parse(bytes, limits: limits)
    var stages = StageCollector()
    for instruction in syntax.instructions { try stages.add(instruction) }
    return try stages.finish(syntax)
  }
}

/// Deals the instructions of a file out to its stages.
private struct StageCollector {
  private var globalArguments: [Instruction] = []
  private var stages: [Dockerfile.Stage] = []
  private var issues: [DocumentIssue] = []
  private var unknownCount = 0

  private static let maximumUnknown = 20

  mutating func add(_ instruction: Instruction) throws(DocumentError) {
    if instruction.keyword == .unknown {
      try skip(instruction)
      return
    }
    if instruction.keyword == .from {
      try begin(instruction)
    } else if !stages.isEmpty {
      stages[stages.count - 1].instructions.append(instruction)
      stages[stages.count - 1].range.end = instruction.range.end
    } else if instruction.keyword == .arg {
      globalArguments.append(instruction)
    } else {
      throw DocumentError(
        "\(instruction.keyword.rawValue.uppercased()) stands before the first FROM; only ARG may",
        at: instruction.range.start
      )
    }
    issues += DockerfileCheck.issues(of: instruction)
  }

  /// Leaves a line out that is no instruction; too many of them, and this is no Dockerfile.
  private mutating func skip(_ instruction: Instruction) throws(DocumentError) {
    let problem = DockerfileCheck.unknownInstruction(instruction)
    unknownCount += 1
    if stages.isEmpty || unknownCount > Self.maximumUnknown {
      throw DocumentError(problem, at: instruction.range.start)
    }
    let skipped = problem.hasSuffix("?") ? " The line is not read" : " and is not read"
    issues.append(DocumentIssue(.skipped, problem + skipped, at: instruction.range.start))
  }

  private mutating func begin(_ from: Instruction) throws(DocumentError) {
    guard from.arguments.count == 1 || from.arguments.count == 3 else {
      throw DocumentError(
        "FROM takes an image and an optional AS with a name, but has \(from.arguments.count) words",
        at: from.range.start
      )
    }
    var name: Instruction.Argument?
    if from.arguments.count == 3 {
      guard from.arguments[1].text.lowercased() == "as" else {
        throw DocumentError(
          "the second word of FROM must be AS",
          at: from.arguments[1].range.start
        )
      }
      name = from.arguments[2]
    }
    stages.append(
      Dockerfile.Stage(
        index: stages.count,
        name: name,
        base: from.arguments[0],
        platform: from.flag("platform"),
        from: from,
        instructions: [],
        range: from.range
      )
    )
  }

  func finish(_ syntax: DockerfileSyntax) throws(DocumentError) -> Dockerfile {
    guard !stages.isEmpty else {
      throw DocumentError(
        "the Dockerfile has no FROM, so it has no stage to build",
        at: syntax.instructions.last?.range.start ?? Place(line: 1, column: 1)
      )
    }
    let all = syntax.issues + issues + DockerfileCheck.repeatedNames(of: stages)
    return Dockerfile(
      syntax: syntax,
      globalArguments: globalArguments,
      stages: stages,
      issues: all.sorted { $0.place < $1.place }
    )
  }
}
