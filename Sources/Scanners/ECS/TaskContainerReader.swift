internal import DocumentTrees
internal import Templates
internal import Workloads

/// Reads one container definition; what concerns the whole task goes to the task's reader.
struct TaskContainerReader {
  let fields: AWSFields
  var task: TaskDefinitionReader
  var container: Container

  init(_ fields: AWSFields, task: TaskDefinitionReader) {
    self.fields = fields
    self.task = task
    let name = fields["name"].sketch ?? ""
    container = Container(name: name, origin: fields.origin)
  }

  /// The container; nil for one of a skeleton that nobody filled in.
  mutating func read() -> Container? {
    let name = fields.text("name")
    if name.isAbsent {
      if fields.text("image").isAbsent { return nil }
      container.name = task.workload.name
    }
    readImage()
    readProcess()
    readResources()
    readPorts()
    readNetwork()
    readEnvironment()
    readMounts()
    readSecurity()
    readLinuxParameters()
    readHealthCheck()
    readLogging()
    readDependencies()
    readOthers()
    return container
  }

  // MARK: Image

  private mutating func readImage() {
    let image = fields["image"]
    container.image = Self.image(image)
    task.link("image", image)
    let credentials = fields.object("repositoryCredentials")["credentialsParameter"]
    if !credentials.text.isAbsent {
      addSetting("repositoryCredentials.credentialsParameter", credentials)
      task.workload.imagePullSecrets.append(credentials.text)
      task.addSecret(credentials, target: .known("repositoryCredentials", credentials.origin))
    }
    addSetting("versionConsistency", fields["versionConsistency"])
  }

  /// An image whose tag alone is not known still has a repository.
  static func image(_ datum: Datum) -> Value<ImageReference> {
    let text = datum.text
    if let reason = text.unknownReason, let parts = datum.parts {
      if case .text(let beginning)? = parts.first,
        let image = ImageReference(beginning: beginning, unknownRest: reason)
      {
        return .known(image, datum.origin)
      }
      if let image = RegistryImage.of(parts) { return .known(image, datum.origin) }
    }
    return text.map { ImageReference($0) }
  }

  // MARK: Process

  private mutating func readProcess() {
    (container.entrypoint, container.entrypointSketch) = Self.words(fields["entryPoint"])
    (container.command, container.commandSketch) = Self.words(fields["command"])
    container.workingDirectory = fields.text("workingDirectory")
    container.user = fields.text("user")
    container.tty = fields.flag("pseudoTerminal")
    addSetting("interactive", fields["interactive"])
    addSetting("startTimeout", fields["startTimeout"], unlessZero: true)
    readStopTimeout()
    let restart = fields.object("restartPolicy")
    addSetting("restartPolicy.enabled", restart["enabled"])
    addSetting(
      "restartPolicy.restartAttemptPeriod",
      restart["restartAttemptPeriod"],
      unlessZero: true
    )
    for code in restart.elements("ignoredExitCodes") {
      addSetting("restartPolicy.ignoredExitCodes", code)
    }
  }

  /// The task stops when its slowest container has.
  private mutating func readStopTimeout() {
    let value = fields.positive("stopTimeout").map(Double.init)
    addSetting("stopTimeout", fields["stopTimeout"], unlessZero: true)
    switch (task.workload.stopGracePeriod.state, value.state) {
    case (_, .absent): break
    case (.known(let longest), .known(let own)):
      if own > longest { task.workload.stopGracePeriod = value }
    case (.unknown, .unknown), (.known, .unknown): break
    default: task.workload.stopGracePeriod = value
    }
  }

  /// Words of a list, and its line with gaps if some are not known.
  static func words(_ datum: Datum) -> (Value<[String]>, String?) {
    if datum.isNothing { return (Value(.absent, datum.origin), nil) }
    if let gap = datum.gap { return (.unknown(gap.reason, datum.origin), nil) }
    let elements = datum.elements
    // A skeleton has a list of one empty text.
    if datum.more == nil, elements.allSatisfy({ $0.text.isAbsent }) {
      return (Value(.absent, datum.origin), nil)
    }
    let values = elements.map(\.string)
    let reason = values.lazy.compactMap(\.unknownReason).first ?? datum.more?.reason
    guard let reason else { return (.known(values.compactMap(\.known), datum.origin), nil) }
    let sketches = elements.compactMap(\.sketch)
    let isProgramKnown = elements.first?.sketch.map { !$0.hasPrefix("…") } ?? false
    let more = datum.more == nil ? [] : ["…"]
    return (
      .unknown(reason, datum.origin),
      isProgramKnown ? (sketches + more).joined(separator: " ") : nil
    )
  }

  // MARK: Size

  private mutating func readResources() {
    let unit = "it is not a number"
    // Shares of a core for the scheduler; 0 leaves the choice to the agent.
    container.resources.cpuRequest = fields.positive("cpu").map { Double($0) / 1024 }
    container.resources.memoryLimit = fields.positive("memory").map(orUnknown: unit) {
      TaskSize.mebibytes($0)
    }
    let reservation = fields.positive("memoryReservation").map(orUnknown: unit) {
      TaskSize.mebibytes($0)
    }
    container.resources.memoryRequest = reservation
    container.resources.origin =
      fields.has("memory") ? fields.place(of: "memory") : fields.place(of: "cpu")
    for requirement in fields.elements("resourceRequirements") {
      let requirement = AWSFields(requirement)
      guard let type = requirement.text("type").known else { continue }
      if requirement.text("value").isAbsent { continue }
      if type.uppercased() != "NEURONDEVICE" || requirement.text("value").known != "0" {
        container.gpu = .known(true, requirement.origin)
      }
      addSetting("resourceRequirements.\(type)", requirement["value"])
      let sharing = requirement.object("sharingStrategy").object("nvidiaMps")
      addSetting("resourceRequirements.\(type).nvidiaMps.memory", sharing["memory"])
      addSetting(
        "resourceRequirements.\(type).nvidiaMps.maxComputePercent",
        sharing["maxComputePercent"]
      )
    }
  }

  // MARK: Rest

  private mutating func readDependencies() {
    for dependency in fields.elements("dependsOn") {
      let dependency = AWSFields(dependency)
      let name = dependency.text("containerName")
      if name.isAbsent { continue }
      let condition = dependency.text("condition").known ?? "START"
      container.settings.append(
        NamedValue("dependsOn", name.map { "\($0):\(condition)" }, dependency.origin)
      )
    }
  }

  private mutating func readOthers() {
    addSetting("essential", fields["essential"])
    for label in fields["dockerLabels"].entries where !Self.isSkeleton(label) {
      task.workload.annotations.append(
        NamedValue(label.key, label.value.string, label.keyOrigin)
      )
    }
    for spec in fields.texts("credentialSpecs") {
      container.settings.append(NamedValue("credentialSpecs", spec, spec.origin))
    }
    let router = fields.object("firelensConfiguration")
    if !router.text("type").isAbsent {
      addSetting("firelensConfiguration.type", router["type"])
      for option in router["options"].entries where !Self.isSkeleton(option) {
        addSetting("firelensConfiguration.options.\(option.key)", option.value)
      }
    }
  }

  /// Skeletons have one entry `KeyName` without a value.
  static func isSkeleton(_ entry: DatumObject.Entry) -> Bool {
    entry.key == "KeyName" && entry.value.text.isAbsent
  }

  // MARK: Settings

  mutating func addSetting(_ name: String, _ datum: Datum, unlessZero: Bool = false) {
    let value = datum.text
    if value.isAbsent || unlessZero && value.known == "0" { return }
    container.settings.append(NamedValue(name, value, datum.origin))
  }
}
