/// How an image is built.
package struct Build: Sendable {
  /// The build context, relative to the scanned root; unknown if remote or outside.
  package var context: Value<String> = .absent
  /// The Dockerfile's path relative to the scanned root.
  package var dockerfile: Value<String> = .absent
  package var target: Value<String> = .absent
  package var arguments: [NamedValue] = []
  /// The stages that the target needs, in the order of the file; the last one is the image.
  ///
  /// Unknown with a reason if the Dockerfile is missing, unreadable or outside the root.
  package var stages: Value<[BuildStage]> = .absent
  /// Files and folders of the context, and how they are kept out of it.
  package var contextFacts = ContextFacts()
  package var origin: Origin

  package init(origin: Origin) { self.origin = origin }

  /// The stage that becomes the image.
  package var finalStage: BuildStage? { stages.known?.last }
}

/// What lies beside a Dockerfile, as far as rules ask.
package struct ContextFacts: Hashable, Sendable {
  package var hasDockerignore = false
  /// Whether the ignore file begins by excluding everything.
  package var ignoresEverythingFirst = false
  /// Names in the context that look like secrets or are bulky and are not ignored: `.env`, `.git`.
  package var unignored: [String] = []
  /// Whether the context was looked at.
  package var known = false

  package init() {}
}

/// One stage of a Dockerfile, with its settings in force: inherited from the stages it builds on.
package struct BuildStage: Sendable {
  package var index: Int
  package var name: String
  package var isFinal: Bool
  /// Whether its layers are part of the image: so are those of the stages the final one builds on.
  package var isInImage = false
  package var origin: Origin
  /// The outermost image that the chain of stages begins with.
  package var base: Value<ImageReference>
  package var platform: Value<String> = .absent
  package var instructions: [BuildInstruction] = []

  package var user: Value<String> = .absent
  package var workingDirectory: Value<String> = .absent
  package var command: Value<[String]> = .absent
  package var commandForm: Form?
  package var entrypoint: Value<[String]> = .absent
  package var entrypointForm: Form?
  package var variables: [Variable] = []
  package var ports: [Port] = []
  package var volumes: [Value<String>] = []
  package var labels: [NamedValue] = []
  package var healthCheck: HealthCheck?
  package var stopSignal: Value<String> = .absent

  /// How a command is written.
  package enum Form: String, Hashable, Sendable { case exec, shell }

  package init(
    index: Int,
    name: String,
    isFinal: Bool,
    base: Value<ImageReference>,
    origin: Origin
  ) {
    self.index = index
    self.name = name
    self.isFinal = isFinal
    self.base = base
    self.origin = origin
  }
}

/// One instruction of a stage.
package struct BuildInstruction: Sendable {
  /// In capitals: `RUN`, `COPY`.
  package var keyword: String
  /// Everything behind the keyword and flags, continuations joined, variables expanded if known.
  package var text: Value<String>
  package var form: BuildStage.Form?
  package var flags: [NamedValue] = []
  package var arguments: [Value<String>] = []
  /// The simple commands of a `RUN`, `CMD`, `ENTRYPOINT` or `HEALTHCHECK`.
  package var commands: [BuildCommand] = []
  /// `COPY --from` or `ADD`: where the files come from; absent for the build context.
  package var from: Value<String> = .absent
  /// Sources of `COPY` and `ADD`.
  package var sources: [Value<String>] = []
  package var destination: Value<String> = .absent
  /// Files whose text `COPY` and `ADD` hold themselves, as here-documents.
  package var contents: [NamedValue] = []
  /// Pairs of `ENV`, `ARG`, `LABEL`.
  package var pairs: [NamedValue] = []
  package var origin: Origin

  package init(keyword: String, text: Value<String>, origin: Origin) {
    self.keyword = keyword
    self.text = text
    self.origin = origin
  }
}

/// A simple command of a shell text, variables left as written.
package struct BuildCommand: Sendable {
  package var words: [String]
  package var runsInBackground: Bool
  package var redirections: [String]
  package var origin: Origin

  package var name: String { words.first ?? "" }

  package init(
    words: [String],
    runsInBackground: Bool = false,
    redirections: [String] = [],
    origin: Origin
  ) {
    self.words = words
    self.runsInBackground = runsInBackground
    self.redirections = redirections
    self.origin = origin
  }
}
