internal import DocumentTrees
internal import Workloads

/// Reads one service; each concern has a file of its own.
struct ComposeServiceReader {
  let session: ComposeSession
  let project: ComposeProject
  let declarations: ComposeDeclarations
  let service: ComposeValue
  var workload: Workload
  var container: Container
  /// Fields that are read once all others are known.
  var later = Later()
  /// Why fields that the service does not state are not known: what it extends is missing.
  var incomplete: String?

  struct Later {
    var build: ComposeValue?
    var legacyDockerfile: ComposeValue?
    var environment: ComposeValue?
    var environmentFiles: ComposeValue?
    var labelFiles: ComposeValue?
    var healthCheck: ComposeValue?
    var deploy: ComposeValue?
    var cpuQuota: ComposeValue?
    var cpuPeriod: ComposeValue?
    var hasProvider = false
  }

  init(
    _ entry: ComposeEntry,
    project: ComposeProject,
    declarations: ComposeDeclarations,
    session: ComposeSession
  ) {
    self.session = session
    self.project = project
    self.declarations = declarations
    service = entry.value
    workload = Workload(
      name: entry.key,
      kind: "service",
      format: .compose,
      project: project.name,
      location: entry.place.location ?? entry.value.location
    )
    container = Container(name: entry.key, origin: entry.place)
  }

  /// The workload; `nil` if its profiles are switched off.
  mutating func read() -> Workload? {
    for entry in session.entries(service) { read(entry) }
    guard isActive else { return nil }
    if let value = later.deploy { readDeploy(value) }
    readCPUQuota()
    if let value = later.labelFiles { readLabelFiles(value) }
    readEnvironment()
    readBuild()
    readHealthCheck()
    attachDefaultNetwork()
    readScalingLabels()
    if let reason = incomplete { markUnknown(reason) }
    workload.containers = [container]
    return workload
  }

  private mutating func read(_ entry: ComposeEntry) {
    let value = entry.value
    switch entry.key {
    case "image":
      container.image = session.image(value)
    case "build": later.build = value
    case "dockerfile": later.legacyDockerfile = value
    case "platform": container.platform = session.string(value)
    case "pull_policy": container.pullPolicy = session.string(value)
    case "command":
      container.command = words(value)
      if container.command.unknownReason != nil { container.commandSketch = sketch(value) }
    case "entrypoint":
      container.entrypoint = words(value)
      if container.entrypoint.unknownReason != nil { container.entrypointSketch = sketch(value) }
    case "working_dir": container.workingDirectory = session.string(value)
    case "user": container.user = session.string(value)
    case "group_add": container.groups = session.strings(value)
    case "init": container.usesInit = session.bool(value)
    case "tty": container.tty = session.bool(value)
    case "runtime": container.runtime = session.string(value)
    case "environment": later.environment = value
    case "env_file": later.environmentFiles = value
    case "label_file": later.labelFiles = value
    case "healthcheck": later.healthCheck = value
    case "deploy": later.deploy = value
    case "ports": container.ports += session.elements(value).compactMap(port)
    case "expose": container.ports += session.elements(value).compactMap(exposedPort)
    case "volumes": for element in session.elements(value) { readMount(element) }
    case "tmpfs": readTemporary(value)
    case "devices": container.devices += session.elements(value).compactMap(device)
    case "device_cgroup_rules": container.devices += session.strings(value)
    case "use_api_socket": mountEngineSocket(value)
    case "models": readModels(value)
    case "gpus": readGPUs(value)
    case "profiles": workload.profiles = session.strings(value)
    case "labels": workload.labels += session.named(value)
    case "annotations": workload.annotations = session.named(value)
    case "depends_on": readDependencies(value)
    case "extends": readUnresolvedExtends(value)
    case "logging": container.logging = logging(value, entry.place)
    case "log_driver", "log_opt": readLegacyLogging(entry)
    case "post_start", "pre_stop": readHooks(entry)
    case "secrets": readSecrets(value)
    case "configs": readConfigs(value)
    case "provider":
      later.hasProvider = true
      addSettings(entry.key, value)
    case "develop", "attach": break
    case "restart": workload.restartPolicy = workload.restartPolicy.or(session.string(value))
    case "stop_grace_period": workload.stopGracePeriod = session.seconds(value)
    case "stop_signal": workload.stopSignal = session.string(value)
    case "scale": workload.replicas = workload.replicas.or(session.integer(value))
    case "container_name": workload.containerName = session.string(value)
    default:
      if !readNetworkField(entry), !readSecurityField(entry), !readResourceField(entry) {
        readOther(entry)
      }
    }
  }

  /// Fields that no rule has a place for yet, and fields that Compose does not know.
  private mutating func readOther(_ entry: ComposeEntry) {
    switch entry.key {
    case "blkio_config", "cgroup_parent", "cpu_percent", "cpu_rt_period", "cpu_rt_runtime",
      "cpu_shares", "cpuset", "credential_spec", "isolation", "mem_swappiness",
      "memswap_limit", "oom_kill_disable", "oom_score_adj", "pids_limit",
      "pull_refresh_after", "stdin_open", "volume_driver":
      addSettings(entry.key, entry.value)
    default:
      guard !entry.key.hasPrefix("x-") else { return }
      session.unsupported(entry, in: "A service")
      workload.unsupported.append(NamedValue(entry.key, .absent, entry.place))
    }
  }

  /// Keeps a field as text, the parts of mappings and lists each for themselves.
  mutating func addSettings(_ name: String, _ value: ComposeValue) {
    switch value.kind {
    case .scalar, .null:
      container.settings.append(NamedValue(name, session.string(value), value.origin))
    case .sequence:
      for element in session.elements(value) { addSettings(name, element) }
    case .mapping:
      for entry in session.entries(value) where !entry.key.hasPrefix("x-") {
        addSettings("\(name).\(entry.key)", entry.value)
      }
    }
  }

  // MARK: Profiles, dependencies, extends

  /// A service without profiles always runs; with some, if one of them is asked for.
  private var isActive: Bool {
    let wanted = session.options.profiles
    if wanted.isEmpty || workload.profiles.isEmpty || wanted.contains("*") { return true }
    return workload.profiles.contains { profile in
      // An unknown profile could be one of the wanted.
      profile.known.map(wanted.contains) ?? true
    }
  }

  private mutating func readDependencies(_ value: ComposeValue) {
    if value.kind == .sequence {
      for name in session.strings(value) {
        guard let known = name.known else { continue }
        add(Dependency(name: known, condition: "service_started", origin: name.origin))
      }
      return
    }
    for entry in session.entries(value, "a list or a mapping") where !entry.key.hasPrefix("x-") {
      var dependency = Dependency(
        name: entry.key,
        condition: "service_started",
        origin: entry.place
      )
      for field in session.entries(entry.value) {
        switch field.key {
        case "condition":
          let condition = session.string(field.value)
          if let known = condition.known { dependency.condition = known }
        case "required": dependency.required = session.bool(field.value).known ?? true
        case "restart": break
        default: session.unsupported(field, in: "depends_on")
        }
      }
      add(dependency)
    }
  }

  private mutating func add(_ dependency: Dependency) {
    workload.dependencies.append(dependency)
    guard dependency.required, !declarations.services.contains(dependency.name),
      let location = dependency.origin.location
    else { return }
    session.notice(
      .invalidValue,
      location,
      "depends_on names a service that the project does not have."
    )
  }

  private mutating func readUnresolvedExtends(_ value: ComposeValue) {
    incomplete = session.unresolved[value.location] ?? "what the service extends is not known"
  }

  /// What the service does not state itself may be stated by what it extends.
  private mutating func markUnknown(_ reason: String) {
    func mark<Wrapped>(_ value: inout Value<Wrapped>) {
      if value.isAbsent { value = .unknown(reason, container.origin) }
    }
    mark(&container.image)
    mark(&container.command)
    mark(&container.entrypoint)
    mark(&container.user)
    mark(&container.workingDirectory)
    mark(&container.privileged)
    mark(&container.readOnlyRootFilesystem)
    mark(&container.platform)
    mark(&container.resources.cpuLimit)
    mark(&container.resources.memoryLimit)
    mark(&container.resources.cpuRequest)
    mark(&container.resources.memoryRequest)
    mark(&workload.networkMode)
    mark(&workload.pidMode)
    mark(&workload.ipcMode)
    mark(&workload.restartPolicy)
    mark(&workload.replicas)
    if container.healthCheck == nil {
      container.healthCheck = HealthCheck(
        type: .unknown(reason, container.origin),
        origin: container.origin
      )
    }
  }
}

extension Value {
  /// This value, or the other one if this is absent.
  func or(_ other: Value) -> Value { isAbsent ? other : self }
}
