/// What a stage of a Dockerfile makes of its base image.
///
/// Whatever is absent here is inherited from the base image, which nobody has looked into.
package struct ImageConfiguration: Hashable, Sendable {
  /// A value and the instruction that set it.
  package struct Setting<Value: Hashable & Sendable>: Hashable, Sendable {
    package var value: Value
    package var range: PlaceRange
    package var stage: Int
  }

  package struct Variable: Hashable, Sendable {
    package var name: String
    package var value: ExpandedText
    /// The name and value in the file.
    package var range: PlaceRange
    package var stage: Int
  }

  /// CMD, ENTRYPOINT or the command of a HEALTHCHECK.
  package struct Command: Hashable, Sendable {
    /// The words of the exec form, or the one text of the shell form.
    package var arguments: [Instruction.Argument]
    /// What runs a command in shell form; nil for the exec form.
    package var shell: [String]?

    /// What the container runtime starts.
    package var words: [String] { (shell ?? []) + arguments.map(\.text) }
  }

  package struct ExposedPort: Hashable, Sendable {
    package var text: ExpandedText
    /// Absent if the text is unknown or no port.
    package var ports: ClosedRange<Int>?
    /// `tcp`, `udp` or `sctp`.
    package var transport: String
    package var range: PlaceRange
    package var stage: Int
  }

  package enum Healthcheck: Hashable, Sendable {
    /// `HEALTHCHECK NONE`: also switches off one of the base image.
    case none
    /// The options are flags of the instruction, such as `interval`.
    case command(Command, options: [Instruction.Flag])
  }

  /// A COPY or ADD.
  package struct CopiedFiles: Hashable, Sendable {
    package var instruction: Instruction
    package var stage: Int
    /// Absent if the files come from the build context.
    package var from: DockerfileBuild.Base?
    /// Paths, URLs or here-documents (`<<NAME`).
    package var sources: [ExpandedText]
    package var destination: ExpandedText?
    /// The contents of the instruction's here-documents, in their order.
    package var contents: [ExpandedText]
  }

  package struct Step: Hashable, Sendable {
    package var instruction: Instruction
    package var stage: Int
  }

  package var target: Int
  /// The stage and the stages below it, base first.
  package var chain: [Int]
  /// Every stage that takes part in the build, in the order of the file.
  package var involvedStages: [Int]
  /// `scratch` or the image at the end of the chain.
  package var base: DockerfileBuild.Base
  package var platform: ExpandedText?

  package var user: Setting<ExpandedText>?
  package var workingDirectory: Setting<ExpandedText>?
  /// In the order in which names appeared first.
  package var environment: [Variable] = []
  package var labels: [Variable] = []
  package var entrypoint: Setting<Command>?
  package var command: Setting<Command>?
  /// Whether an ENTRYPOINT took away the command of the base image.
  package var dropsBaseCommand = false
  package var shell: Setting<[String]>?
  package var exposedPorts: [ExposedPort] = []
  package var volumes: [Setting<ExpandedText>] = []
  package var healthcheck: Setting<Healthcheck>?
  package var stopSignal: Setting<ExpandedText>?
  package var maintainer: Setting<String>?
  package var copiedFiles: [CopiedFiles] = []
  /// RUN instructions of the chain, in order.
  package var runs: [Step] = []
  /// What the image does in builds of images made from it.
  package var triggers: [Step] = []

  /// The value of an environment variable the Dockerfile sets.
  package func variable(_ name: String) -> Variable? {
    environment.last { $0.name == name }
  }
}
