extension DockerfileBuild {
  /// What the image of a stage is configured to, as far as the Dockerfile tells.
  ///
  /// Follows the stage's chain of bases only; other stages that take part have a configuration of
  /// their own, which nothing at run time sees.
  package func effectiveConfiguration(of target: Int) -> ImageConfiguration {
    var builder = ConfigurationBuilder(build: self, target: target)
    builder.run()
    return builder.configuration
  }
}

/// Runs through the instructions of a chain of stages and keeps what they set.
struct ConfigurationBuilder {
  private let build: DockerfileBuild
  private let escape: UInt8
  private(set) var configuration: ImageConfiguration
  private var scope: VariableScope
  private var budget = ExpansionBudget()
  private var stage = 0
  private var hasCommand = false
  private var environment = NamedVariables()
  private var labels = NamedVariables()
  private var volumes: Set<String> = []

  /// What `docker build` gives an image whose base sets none.
  private static let defaultPath =
    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

  init(build: DockerfileBuild, target: Int) {
    self.build = build
    escape = build.file.syntax.escape.rawValue
    let chain = build.chain(of: target)
    let base = build.stages[chain[0]].base
    scope = VariableScope(fallback: base == .scratch ? .nothing : .baseImage)
    configuration = ImageConfiguration(
      target: target,
      chain: chain,
      involvedStages: build.reachableStages(from: target),
      base: base,
      platform: chain.reversed().lazy.compactMap { build.stages[$0].platform }.first
    )
    if base == .scratch { scope.set("PATH", .set(ExpandedText(Self.defaultPath))) }
  }

  mutating func run() {
    for index in configuration.chain {
      stage = index
      hasCommand = false
      let triggers = configuration.triggers
      configuration.triggers = []
      for trigger in triggers { apply(trigger.instruction) }
      for instruction in build.file.stages[index].instructions { apply(instruction) }
    }
    configuration.environment = environment.all
    configuration.labels = labels.all
  }

  private mutating func apply(_ instruction: Instruction) {
    switch instruction.keyword {
    case .arg: declare(instruction)
    case .env:
      for variable in variables(instruction) {
        scope.set(variable.name, .set(variable.value))
        environment.set(variable)
      }
    case .label: for variable in variables(instruction) { labels.set(variable) }
    case .user: configuration.user = text(instruction) ?? configuration.user
    case .workdir: changeDirectory(instruction)
    case .stopsignal: configuration.stopSignal = text(instruction) ?? configuration.stopSignal
    case .maintainer:
      configuration.maintainer = setting(instruction.arguments.first?.text ?? "", instruction)
    case .shell:
      configuration.shell = setting(instruction.arguments.map(\.text), instruction)
    case .cmd:
      configuration.command = setting(command(instruction, instruction.arguments), instruction)
      configuration.dropsBaseCommand = false
      hasCommand = true
    case .entrypoint:
      configuration.entrypoint = setting(command(instruction, instruction.arguments), instruction)
      // Only a CMD of this very stage outlives a new ENTRYPOINT.
      if !hasCommand {
        configuration.command = nil
        configuration.dropsBaseCommand = true
      }
    case .healthcheck: check(instruction)
    case .expose: expose(instruction)
    case .volume: addVolumes(instruction)
    case .add, .copy: copy(instruction)
    case .run: configuration.runs.append(.init(instruction: instruction, stage: stage))
    case .onbuild:
      if let trigger = instruction.trigger {
        configuration.triggers.append(.init(instruction: trigger, stage: stage))
      }
    case .from, .unknown: break
    }
  }

  // MARK: Texts

  private mutating func expand(_ argument: Instruction.Argument) -> ExpandedText {
    WordExpander.expand(argument, escape: escape, scope: scope, budget: &budget)
  }

  private func setting<Value>(
    _ value: Value,
    _ instruction: Instruction
  ) -> ImageConfiguration.Setting<Value> {
    ImageConfiguration.Setting(value: value, range: instruction.range, stage: stage)
  }

  private mutating func text(
    _ instruction: Instruction
  ) -> ImageConfiguration.Setting<ExpandedText>? {
    guard let argument = instruction.arguments.first else { return nil }
    return setting(expand(argument), instruction)
  }

  private mutating func declare(_ instruction: Instruction) {
    for declaration in ArgumentDeclaration.all(of: instruction) {
      let global = build.globalScope.values[declaration.name]
      let value = build.inputs.declared(
        declaration,
        inherited: global,
        escape: escape,
        scope: scope,
        budget: &budget
      )
      // Without a value of its own, a name keeps the one that an ENV gave it.
      if case .unset = value, scope.values[declaration.name] != nil { continue }
      scope.set(declaration.name, value)
    }
  }

  /// All values of one instruction see the variables from before it.
  private mutating func variables(_ instruction: Instruction) -> [ImageConfiguration.Variable] {
    var result: [ImageConfiguration.Variable] = []
    for (name, value) in instruction.pairs {
      let key = expand(name)
      result.append(
        ImageConfiguration.Variable(
          name: key.text ?? name.text,
          value: expand(value),
          range: PlaceRange(start: name.range.start, end: value.range.end),
          stage: stage
        )
      )
    }
    return result
  }

  // MARK: Instructions

  private func command(
    _ instruction: Instruction,
    _ arguments: [Instruction.Argument]
  ) -> ImageConfiguration.Command {
    guard instruction.form == .shell else {
      return ImageConfiguration.Command(arguments: arguments, shell: nil)
    }
    return ImageConfiguration.Command(
      arguments: arguments,
      shell: configuration.shell?.value ?? ["/bin/sh", "-c"]
    )
  }

  private mutating func check(_ instruction: Instruction) {
    guard let kind = instruction.arguments.first?.text.uppercased() else { return }
    if kind == "NONE" {
      configuration.healthcheck = setting(.none, instruction)
    } else if kind == "CMD" {
      let command = command(instruction, Array(instruction.arguments.dropFirst()))
      configuration.healthcheck = setting(
        .command(command, options: instruction.flags),
        instruction
      )
    }
  }

  private mutating func changeDirectory(_ instruction: Instruction) {
    guard let argument = instruction.arguments.first else { return }
    var path = expand(argument)
    if let text = path.text, !WorkingDirectory.isAbsolute(text) {
      let current =
        configuration.workingDirectory?.value
        ?? (configuration.base == .scratch
          ? ExpandedText("/")
          : ExpandedText(unknown: "the path is relative to the base image's working directory"))
      if let known = current.text, budget.takeBytes(known.utf8.count + text.utf8.count) {
        path.parts = ExpandedText(WorkingDirectory.join(known, text)).parts
      } else {
        path.parts = [.unknown(reason: current.unknownReason ?? "the path is too long")]
      }
      path.addOrigins(of: current)
    } else if let text = path.text {
      path.parts = ExpandedText(WorkingDirectory.join("", text)).parts
    }
    configuration.workingDirectory = setting(path, instruction)
  }

  private mutating func expose(_ instruction: Instruction) {
    for argument in instruction.arguments {
      let text = expand(argument)
      guard let known = text.text else {
        configuration.exposedPorts.append(
          .init(text: text, ports: nil, transport: "tcp", range: argument.range, stage: stage)
        )
        continue
      }
      for word in known.split(whereSeparator: \.isWhitespace) {
        var part = text
        part.parts = [.text(String(word))]
        let port = ExposedPortText(word)
        configuration.exposedPorts.append(
          .init(
            text: part,
            ports: port.ports,
            transport: port.transport,
            range: argument.range,
            stage: stage
          )
        )
      }
    }
  }

  private mutating func addVolumes(_ instruction: Instruction) {
    for argument in instruction.arguments {
      let path = expand(argument)
      if let text = path.text, !volumes.insert(text).inserted { continue }
      configuration.volumes.append(
        .init(value: path, range: argument.range, stage: stage)
      )
    }
  }

  private mutating func copy(_ instruction: Instruction) {
    var paths: [ExpandedText] = []
    for argument in instruction.arguments { paths.append(expand(argument)) }
    var contents: [ExpandedText] = []
    for heredoc in instruction.heredocs {
      // BuildKit always takes the backslash here, whatever the escape directive says.
      contents.append(
        heredoc.expands
          ? WordExpander.expand(
            heredoc.content.text,
            at: heredoc.range,
            escape: UInt8(ascii: "\\"),
            keepsQuotes: true,
            scope: scope,
            budget: &budget
          )
          : ExpandedText(heredoc.content.text, sources: [heredoc.range])
      )
    }
    let destination = paths.count > 1 ? paths.removeLast() : nil
    let flag = instruction.flag("from")
    let from = flag?.value.map { build.source(named: $0, at: flag?.range ?? instruction.range) }
    configuration.copiedFiles.append(
      .init(
        instruction: instruction,
        stage: stage,
        from: from,
        sources: paths,
        destination: destination,
        contents: contents
      )
    )
  }
}

/// Variables in the order of their first appearance, the last value of each.
private struct NamedVariables {
  private(set) var all: [ImageConfiguration.Variable] = []
  private var positions: [String: Int] = [:]

  mutating func set(_ variable: ImageConfiguration.Variable) {
    if let position = positions[variable.name] {
      all[position] = variable
    } else {
      positions[variable.name] = all.count
      all.append(variable)
    }
  }
}
