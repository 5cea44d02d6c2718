import DocumentTrees
import Workloads

/// Turns the stages that a target needs into the model.
struct StageConverter {
  private(set) var stages: Value<[BuildStage]>
  private(set) var notices: [Notice] = []
  /// Whether the text stands inside another file, so that its places mean nothing there.
  let isInline: Bool

  private let file: String
  private let dockerfile: Dockerfile
  private let build: DockerfileBuild

  /// Stages whose inherited settings are worked out; a chain of thousands is hostile.
  private static let maximumResolvedStages = 64

  init(_ dockerfile: Dockerfile, file: String, request: BuildRequest) {
    self.file = file
    self.dockerfile = dockerfile
    isInline = request.inlineText.known != nil
    var inputs = BuildInputs()
    for argument in request.arguments {
      switch argument.value.state {
      case .known(let value): inputs.arguments[argument.name] = .known(value)
      case .unknown(let reason): inputs.arguments[argument.name] = .unknown(reason: reason)
      case .absent:
        inputs.arguments[argument.name] = .unknown(
          reason: "build argument \(argument.name) is taken from the host"
        )
      }
    }
    build = DockerfileBuild(dockerfile, inputs: inputs, target: request.target.known)
    stages = .absent
    if let reason = request.target.unknownReason {
      stages = .unknown(reason, request.target.origin)
      return
    }
    guard let target = build.stage(target: request.target.known) else {
      let reason = "the Dockerfile \(file) has no stage '\(request.target.known ?? "")'"
      stages = .unknown(reason, request.target.origin)
      let place = request.target.location ?? SourceLocation(file: file, line: 1)
      notices.append(Notice(.invalidValue, place, "The D" + reason.dropFirst(5) + "."))
      return
    }
    let needed = build.reachableStages(from: target)
    if needed.count > Self.maximumResolvedStages {
      notices.append(
        Notice(
          .limit,
          SourceLocation(file: file, line: 1),
          "\(needed.count) stages: only the final one was followed to its settings."
        )
      )
    }
    let chain = Set(build.chain(of: target))
    stages = .known(
      needed.map { index in
        let resolves = index == target || needed.count <= Self.maximumResolvedStages
        var stage = stage(index, isFinal: index == target, resolves: resolves)
        stage.isInImage = chain.contains(index)
        return stage
      }
    )
    // The final stage stands last even if the file goes on behind it.
    stages = stages.map { $0.sorted { !$0.isFinal && $1.isFinal } }
  }

  // MARK: Stages

  private func stage(_ index: Int, isFinal: Bool, resolves: Bool) -> BuildStage {
    let source = dockerfile.stages[index]
    let configuration = resolves ? build.effectiveConfiguration(of: index) : nil
    let bottom = build.chain(of: index).first ?? index
    var stage = BuildStage(
      index: index,
      name: source.name?.text ?? "",
      isFinal: isFinal,
      base: base(build.stages[bottom].base, of: bottom),
      origin: origin(source.from.range)
    )
    if let platform = build.stages[bottom].platform, !isBuildersPlatform(of: bottom) {
      stage.platform = value(platform)
    }
    stage.instructions = [instruction(source.from, nil)]
    stage.instructions += source.instructions.map { instruction($0, configuration) }
    if let configuration { apply(configuration, to: &stage) }
    return stage
  }

  /// Whether FROM asks for what it would get anyway: the platform of whoever builds.
  private func isBuildersPlatform(of stage: Int) -> Bool {
    let text = dockerfile.stages[stage].from.flag("platform")?.value ?? ""
    return ["$BUILDPLATFORM", "${BUILDPLATFORM}", "$TARGETPLATFORM", "${TARGETPLATFORM}"]
      .contains(unquoted(text))
  }

  private func base(_ base: DockerfileBuild.Base, of stage: Int) -> Value<ImageReference> {
    let place = origin(dockerfile.stages[stage].base.range)
    switch base {
    case .scratch: return .known(ImageReference("scratch"), place)
    case .image(let text):
      let whole = value(text, at: place.location)
      guard let reason = whole.unknownReason,
        let partial = ImageReference(beginning: text.knownPrefix, unknownRest: reason)
      else { return whole.map { ImageReference($0) } }
      return .known(partial, whole.origin)
    // A chain's first stage never builds on another.
    case .stage: return .unknown("the stage builds on itself", place)
    }
  }

  private func apply(_ configuration: ImageConfiguration, to stage: inout BuildStage) {
    if let user = configuration.user { stage.user = value(user) }
    if let directory = configuration.workingDirectory { stage.workingDirectory = value(directory) }
    if let signal = configuration.stopSignal { stage.stopSignal = value(signal) }
    if let command = configuration.command {
      stage.command = .known(command.value.words, origin(command.range))
      stage.commandForm = command.value.shell == nil ? .exec : .shell
    }
    if let entrypoint = configuration.entrypoint {
      stage.entrypoint = .known(entrypoint.value.words, origin(entrypoint.range))
      stage.entrypointForm = entrypoint.value.shell == nil ? .exec : .shell
    }
    stage.variables = configuration.environment.map {
      Variable(
        name: $0.name,
        value: value($0.value, at: location($0.range)),
        source: .dockerfile,
        origin: origin($0.range)
      )
    }
    stage.labels = configuration.labels.map {
      NamedValue($0.name, value($0.value, at: location($0.range)), origin($0.range))
    }
    stage.volumes = configuration.volumes.map { value($0) }
    stage.ports = configuration.exposedPorts.map(port)
    if let check = configuration.healthcheck { stage.healthCheck = healthCheck(check) }
  }

  private func port(_ exposed: ImageConfiguration.ExposedPort) -> Port {
    let place = origin(exposed.range)
    var port = Port(origin: place)
    port.transport = .known(exposed.transport, place)
    if let ports = exposed.ports {
      port.container = .known(ports.lowerBound, place)
      port.containerEnd = .known(ports.upperBound, place)
    } else {
      let reason = exposed.text.unknownReason ?? "the text is no port"
      port.container = .unknown(reason, place)
      port.containerEnd = .unknown(reason, place)
    }
    return port
  }

  private func healthCheck(
    _ setting: ImageConfiguration.Setting<ImageConfiguration.Healthcheck>
  ) -> HealthCheck {
    let place = origin(setting.range)
    switch setting.value {
    case .none:
      return HealthCheck(type: .known("none", place), origin: place)
    case .command(let command, let options):
      var check = HealthCheck(type: .known("command", place), origin: place)
      check.command = .known(command.words, place)
      for option in options {
        let at = origin(option.range)
        let text = option.value ?? ""
        let seconds: Value<Double> =
          Quantities.seconds(text).map { .known($0, at) }
          ?? .unknown("'\(text)' is no duration", at)
        switch option.name {
        case "interval": check.interval = seconds
        case "timeout": check.timeout = seconds
        case "start-period": check.startPeriod = seconds
        case "start-interval": check.startInterval = seconds
        case "retries":
          check.retries = Int(text).map { .known($0, at) } ?? .unknown("'\(text)' is no number", at)
        default: break
        }
      }
      return check
    }
  }

  // MARK: Instructions

  private func instruction(
    _ source: Instruction,
    _ configuration: ImageConfiguration?
  ) -> BuildInstruction {
    let effective = source.trigger ?? source
    let text = effective.arguments.map(\.text).joined(separator: " ")
    var result = BuildInstruction(
      keyword: source.keyword.rawValue.uppercased(),
      text: .known(text, origin(source.range)),
      origin: origin(source.range)
    )
    switch effective.form {
    case .exec: result.form = .exec
    case .shell: result.form = .shell
    case .plain, .pairs, .legacyPair: break
    }
    result.flags = source.flags.map { flag in
      let place = origin(flag.range)
      return NamedValue(flag.name, flag.value.map { .known($0, place) } ?? .absent, place)
    }
    result.arguments = effective.arguments.map { .known($0.text, origin($0.range)) }
    result.commands = effective.shellCommands.map { command in
      BuildCommand(
        words: command.words,
        runsInBackground: command.runsInBackground,
        redirections: command.redirections.filter { $0.operation.contains(">") }.map(\.target),
        origin: origin(command.range)
      )
    }
    result.pairs = pairs(of: effective, configuration)
    copy(effective, configuration, into: &result)
    if effective.keyword == .volume, let configuration {
      let own = configuration.volumes.filter {
        source.range.start <= $0.range.start && $0.range.start < source.range.end
      }
      if !own.isEmpty { result.arguments = own.map { value($0) } }
    }
    return result
  }

  private func pairs(
    of instruction: Instruction,
    _ configuration: ImageConfiguration?
  ) -> [NamedValue] {
    if instruction.keyword == .arg {
      return ArgumentDeclaration.all(of: instruction).map { declaration in
        let place = origin(declaration.range)
        let value = declaration.defaultValue.map { plainValue($0.text, place) } ?? .absent
        return NamedValue(declaration.name, value, place)
      }
    }
    return instruction.pairs.map { name, value in
      let whole = PlaceRange(start: name.range.start, end: value.range.end)
      let place = origin(whole)
      let known = (configuration?.environment ?? []) + (configuration?.labels ?? [])
      // The configuration holds the expanded value, unless a later instruction replaced it.
      if let variable = known.first(where: { $0.range.start == name.range.start }) {
        return NamedValue(variable.name, self.value(variable.value, at: location(whole)), place)
      }
      return NamedValue(unquoted(name.text), plainValue(value.text, place), place)
    }
  }

  private func copy(
    _ source: Instruction,
    _ configuration: ImageConfiguration?,
    into result: inout BuildInstruction
  ) {
    guard source.keyword == .copy || source.keyword == .add else { return }
    result.contents = source.heredocs.map { heredoc in
      let place = origin(heredoc.range)
      return NamedValue(heredoc.name, .known(heredoc.content.text, place), place)
    }
    if let flag = source.flag("from"), let name = flag.value {
      result.from = .known(name, origin(flag.range))
    }
    if let copied = configuration?.copiedFiles.first(where: { $0.instruction.range == source.range }
    ) {
      result.sources = copied.sources.map { value($0, at: location(source.range)) }
      if let destination = copied.destination {
        result.destination = value(destination, at: location(source.range))
      }
      return
    }
    let words = source.arguments.map { plainValue($0.text, origin($0.range)) }
    result.sources = Array(words.dropLast())
    if let last = words.last { result.destination = last }
  }

  // MARK: Values

  private func location(_ range: PlaceRange) -> SourceLocation {
    SourceLocation(file: file, range: range)
  }

  private func origin(_ range: PlaceRange) -> Origin { Origin(location(range)) }

  private func value(_ setting: ImageConfiguration.Setting<ExpandedText>) -> Value<String> {
    value(setting.value, at: location(setting.range))
  }

  /// Places inside an ARG's default are part of the value's way; the first is where it is used.
  private func value(_ text: ExpandedText, at place: SourceLocation? = nil) -> Value<String> {
    let own = place ?? text.sources.first.map(location)
    let via = text.sources.map(location).filter { $0 != own }
    let origin = Origin(own, via: via)
    if let known = text.text { return .known(known, origin) }
    return .unknown(text.unknownReason ?? "a part of it is not known", origin)
  }

  private func plainValue(_ text: String, _ origin: Origin) -> Value<String> {
    if text.contains("$"), !text.hasPrefix("'") {
      return .unknown("the value depends on a build argument", origin)
    }
    return .known(unquoted(text), origin)
  }

  private func unquoted(_ text: String) -> String {
    guard text.count >= 2, let quote = text.first, quote == "\"" || quote == "'",
      text.last == quote
    else { return text }
    return String(text.dropFirst().dropLast())
  }

  /// Lets the places of an inline Dockerfile point to the definition that holds it.
  static func pointing(to request: BuildRequest) -> @Sendable ([BuildStage]) -> [BuildStage] {
    let place = Origin(request.inlineText.location ?? request.origin.location)
    return { stages in
      stages.map { stage in
        var stage = stage
        stage.origin = place
        stage.base.origin = place
        stage.user.origin = place
        stage.command.origin = place
        stage.entrypoint.origin = place
        for index in stage.instructions.indices {
          stage.instructions[index].origin = place
          stage.instructions[index].text.origin = place
          for number in stage.instructions[index].commands.indices {
            stage.instructions[index].commands[number].origin = place
          }
          for number in stage.instructions[index].pairs.indices {
            stage.instructions[index].pairs[number].origin = place
          }
        }
        for index in stage.variables.indices { stage.variables[index].origin = place }
        for index in stage.ports.indices { stage.ports[index].origin = place }
        for index in stage.volumes.indices { stage.volumes[index].origin = place }
        stage.healthCheck?.origin = place
        return stage
      }
    }
  }
}
