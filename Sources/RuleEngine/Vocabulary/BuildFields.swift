import Expressions
import Workloads

/// A build with its stages, as rules see it.
final class BuildFacts: Sendable {
  let build: Build
  let stages: [StageFacts]

  init(_ build: Build, stages: [StageFacts]) {
    self.build = build
    self.stages = stages
  }
}

extension Vocabulary {
  static let build = ObjectType<BuildFacts>(
    "build",
    "How an image is built.",
    [
      .text("context", "The build context, relative to the scanned root.") { $0.build.context },
      .text("dockerfile", "The Dockerfile's path.") { $0.build.dockerfile },
      .text("target", "The stage that is asked for.") { $0.build.target },
      .objects("arguments", namedValue, "Build arguments.", origin: \.origin) {
        $0.build.arguments
      },
      Field(
        "stages",
        .list(.object("stage")),
        "The stages that the target needs; the last one becomes the image."
      ) { facts in
        FieldContent(facts.build.stages, empty: .list([])) { _ in
          .list(facts.stages.map { stage.value($0, $0.stage.origin) })
        }
      },
      Field("hasDockerignore", .bool, "Whether an ignore file applies to the context.") {
        contextFact($0.build) { .bool($0.hasDockerignore) }
      },
      Field("ignoresEverythingFirst", .bool, "Whether the ignore file starts with `*`.") {
        contextFact($0.build) { .bool($0.ignoresEverythingFirst) }
      },
      Field(
        "unignored",
        .list(.string),
        "Names such as `.env` and `.git` that enter the context."
      ) { contextFact($0.build) { .list($0.unignored.map { .string($0) }) } },
    ]
  )

  static let stage = ObjectType<StageFacts>(
    "stage",
    "One stage of a Dockerfile, with the settings inherited from earlier stages.",
    [
      Field("index", .int, "Its number, from 0.") { FieldContent(.int(Int64($0.stage.index))) },
      .plain("name", "Its name, if it has one.") { $0.stage.name },
      Field("isFinal", .bool, "Whether it becomes the image.") {
        FieldContent(.bool($0.stage.isFinal))
      },
      Field("isInImage", .bool, "Whether its layers are in the image: final, or built on by that.")
      {
        FieldContent(.bool($0.stage.isInImage))
      },
      .object(
        "base",
        image,
        "The image that its chain of stages begins with.",
        absent: ImageReference(""),
        origin: { _ in .none }
      ) { $0.stage.base },
      Field("baseFacts", .object(baseImage.name), "What the catalogue says of its base.") {
        FieldContent($0.base, empty: .unknown(because: "the base image is not known")) {
          baseImage.value($0, .none)
        }
      },
      .text("platform", "The platform of its FROM.") { $0.stage.platform },
      .objects("instructions", instruction, "Its own instructions.", origin: \.origin) {
        $0.stage.instructions
      },
      Field(
        "neighbours",
        .list(.object(instruction.name)),
        "Its own instructions, for rules that compare each with all; unknown if they are too many."
      ) { facts in
        let instructions = facts.stage.instructions
        // A hostile file has thousands, and comparing each with all would take minutes.
        if instructions.count >= 200 {
          return FieldContent(
            .unknown(because: "the stage has too many instructions to compare each with all")
          )
        }
        return FieldContent(
          .list(instructions.map { instruction.value($0, $0.origin) }),
          isPresent: !instructions.isEmpty
        )
      },
      .text("user", "The user in force at its end.") { $0.stage.user },
      .text("workingDirectory", "The working directory in force at its end.") {
        $0.stage.workingDirectory
      },
      .words("command", "CMD in force, a shell form with its shell.") { $0.stage.command },
      .plain("commandForm", "`exec` or `shell`.") { $0.stage.commandForm?.rawValue ?? "" },
      .words("entrypoint", "ENTRYPOINT in force, a shell form with its shell.") {
        $0.stage.entrypoint
      },
      .plain("entrypointForm", "`exec` or `shell`.") { $0.stage.entrypointForm?.rawValue ?? "" },
      .objects("ports", port, "Exposed ports.", origin: \.origin) { $0.stage.ports },
      .texts("volumes", "Paths declared by VOLUME.") { $0.stage.volumes },
      .objects("labels", namedValue, "Labels.", origin: \.origin) { $0.stage.labels },
      .object(
        "healthCheck",
        healthCheck,
        "The HEALTHCHECK in force.",
        absent: HealthCheck(type: .absent, origin: .none),
        origin: \.origin
      ) { facts in facts.stage.healthCheck.map { .known($0, $0.origin) } ?? .absent },
      .text("stopSignal", "The STOPSIGNAL in force.") { $0.stage.stopSignal },
    ]
  )

  static let instruction = ObjectType<BuildInstruction>(
    "instruction",
    "One instruction of a stage.",
    [
      .plain("keyword", "In capitals: `RUN`, `COPY`.") { $0.keyword },
      .text("text", "Everything behind keyword and flags, continuations joined.") { $0.text },
      .plain("form", "`exec`, `shell` or empty.") { $0.form?.rawValue ?? "" },
      .objects("flags", namedValue, "Its flags.", origin: \.origin) { $0.flags },
      .texts("arguments", "Its arguments.") { $0.arguments },
      .objects("commands", command, "The simple commands of a shell text.", origin: \.origin) {
        $0.commands
      },
      .text("from", "Where COPY or ADD takes files from; absent: the context.") { $0.from },
      .texts("sources", "Sources of COPY and ADD.") { $0.sources },
      .text("destination", "The destination of COPY and ADD.") { $0.destination },
      .objects("contents", namedValue, "Files that COPY or ADD write out.", origin: \.origin) {
        $0.contents
      },
      .objects("pairs", namedValue, "Pairs of ENV, ARG and LABEL.", origin: \.origin) {
        $0.pairs
      },
    ]
  )

  static let command = ObjectType<BuildCommand>(
    "command",
    "A simple command of a shell text; variables stay as written.",
    [
      .plain("name", "The program.") { $0.name },
      Field("words", .list(.string), "Program and arguments.") { strings($0.words) },
      .plain("text", "The words in one line.") { $0.words.joined(separator: " ") },
      Field("runsInBackground", .bool, "Whether it ends with `&`.") {
        FieldContent(.bool($0.runsInBackground))
      },
      Field("redirections", .list(.string), "Files that it writes to.") {
        strings($0.redirections)
      },
    ]
  )

  private static func contextFact(
    _ build: Build,
    _ read: (ContextFacts) -> ExpressionValue
  ) -> FieldContent {
    let facts = build.contextFacts
    if facts.known { return FieldContent(read(facts)) }
    return FieldContent(.unknown(because: "the build context was not looked at"))
  }
}
