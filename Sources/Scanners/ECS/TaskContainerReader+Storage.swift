internal import DocumentTrees
internal import Templates
internal import Workloads

/// Variables, mounts, and what the kernel is asked for.
extension TaskContainerReader {
  mutating func readEnvironment() {
    let environment = fields["environment"]
    for datum in environment.elements {
      let pair = AWSFields(datum)
      let name = pair["name"].sketch ?? "…"
      if name.isEmpty { continue }
      let value = pair["value"]
      container.variables.append(
        Variable(
          name: name,
          value: value.isNothing ? .known("", datum.origin) : value.string,
          source: .environment,
          origin: datum.origin
        )
      )
      // What a program is told the address of, it uses.
      task.link("uses", value)
    }
    if let more = environment.more { addUnknownVariable(more, environment.origin) }
    let secrets = fields["secrets"]
    for datum in secrets.elements {
      let pair = AWSFields(datum)
      let name = pair["name"].sketch ?? "…"
      if name.isEmpty { continue }
      let from = pair["valueFrom"]
      container.variables.append(
        Variable(
          name: name,
          value: Value(.absent, from.origin),
          source: .secretReference,
          origin: datum.origin
        )
      )
      if !from.text.isAbsent { task.addSecret(from, target: .known(name, datum.origin)) }
    }
    if let more = secrets.more { addUnknownVariable(more, secrets.origin) }
    for file in fields.elements("environmentFiles") {
      let value = AWSFields(file)["value"]
      if value.text.isAbsent { continue }
      container.environmentFiles.append(value.displayText)
    }
  }

  private mutating func addUnknownVariable(_ gap: Gap, _ origin: Origin) {
    container.variables.append(
      Variable(
        name: "…",
        value: .unknown(gap.reason, origin),
        source: .environment,
        origin: origin
      )
    )
  }

  // MARK: Mounts

  mutating func readMounts() {
    for datum in fields.elements("mountPoints") {
      let point = AWSFields(datum)
      let source = point.text("sourceVolume")
      let target = point.text("containerPath")
      if source.isAbsent, target.isAbsent { continue }
      var mount = Mount(type: .known("volume", datum.origin), origin: datum.origin)
      mount.source = source
      mount.target = target
      mount.readOnly = point.flag("readOnly")
      resolve(source, &mount)
      container.mounts.append(mount)
    }
    for datum in fields.elements("volumesFrom") {
      let source = AWSFields(datum).text("sourceContainer")
      if source.isAbsent { continue }
      let isReadOnly = AWSFields(datum).flag("readOnly").known == true
      task.workload.volumesFrom.append(source.map { isReadOnly ? "\($0):ro" : $0 })
    }
  }

  private mutating func resolve(_ source: Value<String>, _ mount: inout Mount) {
    guard let name = source.known else {
      if let reason = source.unknownReason { mount.type = .unknown(reason, mount.origin) }
      return
    }
    switch task.volumeKinds[name] ?? task.volumeKinds["…"] {
    case .host(let path):
      mount.type = .known("bind", mount.origin)
      mount.source = path
    case .scratch: mount.type = .known("emptyDir", mount.origin)
    case .kept: break
    case .unknown(let reason): mount.type = .unknown(reason, mount.origin)
    case nil:
      mount.type = .unknown("the volume is not declared", mount.origin)
      task.notices.add(
        .invalidValue,
        mount.origin,
        "A mount point names a volume that the task definition does not declare."
      )
    }
  }

  // MARK: Security

  mutating func readSecurity() {
    container.privileged = fields.flag("privileged")
    container.readOnlyRootFilesystem = fields.flag("readonlyRootFilesystem")
    container.securityOptions = fields.texts("dockerSecurityOptions")
    for option in container.securityOptions {
      guard let text = option.known, text.hasPrefix("no-new-privileges") else { continue }
      let isOff = text.hasSuffix("false")
      container.allowPrivilegeEscalation = .known(isOff, option.origin)
    }
    for limit in fields.elements("ulimits") {
      let limit = AWSFields(limit)
      guard let name = limit.text("name").known else { continue }
      var ulimit = Ulimit(name: name, origin: limit.origin)
      ulimit.soft = limit.integer("softLimit")
      ulimit.hard = limit.integer("hardLimit")
      container.ulimits.append(ulimit)
    }
    for control in fields.elements("systemControls") {
      let control = AWSFields(control)
      guard let name = control.text("namespace").known else { continue }
      container.sysctls.append(NamedValue(name, control["value"].string, control.origin))
    }
  }

  mutating func readLinuxParameters() {
    let linux = fields.object("linuxParameters")
    guard linux.isStated else { return }
    task.notices.check(linux, against: ECSShapes.linuxParameters)
    let capabilities = linux.object("capabilities")
    container.addedCapabilities = capabilities.texts("add")
    container.droppedCapabilities = capabilities.texts("drop")
    for device in linux.elements("devices") {
      let device = AWSFields(device)
      let path = device.text("hostPath")
      if path.isAbsent { continue }
      let target = device.text("containerPath").known
      let permissions = device.texts("permissions").compactMap { $0.known?.first }
      let tail = [target, permissions.isEmpty ? nil : String(permissions)].compactMap { $0 }
      container.devices.append(path.map { ([$0] + tail).joined(separator: ":") })
    }
    container.usesInit = linux.flag("initProcessEnabled")
    container.sharedMemory = linux.positive("sharedMemorySize").map(orUnknown: "it is not a size") {
      TaskSize.mebibytes($0)
    }
    for datum in linux.elements("tmpfs") {
      let temporary = AWSFields(datum)
      let path = temporary.text("containerPath")
      if path.isAbsent { continue }
      var mount = Mount(type: .known("tmpfs", datum.origin), origin: datum.origin)
      mount.target = path
      mount.size = temporary.positive("size").map(orUnknown: "it is not a size") {
        TaskSize.mebibytes($0)
      }
      mount.options = temporary.texts("mountOptions")
      if mount.options.contains(where: { $0.known == "ro" }) {
        mount.readOnly = .known(true, datum.origin)
      }
      container.mounts.append(mount)
    }
    addSetting("linuxParameters.maxSwap", linux["maxSwap"])
    // 0 is a swappiness, too.
    addSetting("linuxParameters.swappiness", linux["swappiness"])
  }
}
