internal import DocumentTrees
internal import Workloads

/// What a container may do, and what it is handed in confidence.
extension ComposeServiceReader {
  mutating func readSecurityField(_ entry: ComposeEntry) -> Bool {
    let value = entry.value
    switch entry.key {
    case "privileged": container.privileged = session.bool(value)
    case "read_only": container.readOnlyRootFilesystem = session.bool(value)
    case "cap_add": container.addedCapabilities = session.strings(value)
    case "cap_drop": container.droppedCapabilities = session.strings(value)
    case "security_opt": readSecurityOptions(value)
    case "sysctls": container.sysctls = session.named(value)
    case "ulimits": readUlimits(value)
    case "pid": workload.pidMode = session.string(value)
    case "ipc": workload.ipcMode = session.string(value)
    case "uts", "userns_mode", "cgroup": addSettings(entry.key, value)
    default: return false
    }
    return true
  }

  private mutating func readSecurityOptions(_ value: ComposeValue) {
    container.securityOptions = session.strings(value)
    for option in container.securityOptions {
      guard let text = option.known else { continue }
      let parts = text.split(maxSplits: 1) { $0 == ":" || $0 == "=" }
      guard parts.first == "no-new-privileges" else { continue }
      let isOn = parts.count < 2 || Quantities.bool(String(parts[1])) != false
      container.allowPrivilegeEscalation = .known(!isOn, option.origin)
    }
  }

  private mutating func readUlimits(_ value: ComposeValue) {
    for entry in session.entries(value) where !entry.key.hasPrefix("x-") {
      var limit = Ulimit(name: entry.key, origin: entry.place)
      if entry.value.kind == .mapping {
        for field in session.entries(entry.value) {
          switch field.key {
          case "soft": limit.soft = session.integer(field.value)
          case "hard": limit.hard = session.integer(field.value)
          default: session.unsupported(field, in: "ulimits")
          }
        }
      } else {
        limit.soft = session.integer(entry.value)
        limit.hard = limit.soft
      }
      container.ulimits.append(limit)
    }
  }

  // MARK: Secrets and configs

  private struct Grant {
    var name: String
    var target: Value<String> = .absent
    var origin: Origin
  }

  mutating func readSecrets(_ value: ComposeValue) {
    for grant in grants(value, "secrets") {
      let (source, detail) = source(declarations.secrets[grant.name], grant, "Secret")
      var secret = SecretReference(name: grant.name, source: source, origin: grant.origin)
      secret.detail = detail
      secret.target = grant.target
      workload.secrets.append(secret)
    }
  }

  mutating func readConfigs(_ value: ComposeValue) {
    for grant in grants(value, "configs") {
      let (source, detail) = source(declarations.configs[grant.name], grant, "Config")
      var config = ConfigReference(name: grant.name, source: source, origin: grant.origin)
      config.detail = detail
      config.target = grant.target
      workload.configs.append(config)
    }
  }

  private mutating func grants(_ value: ComposeValue, _ part: String) -> [Grant] {
    var grants: [Grant] = []
    for element in session.elements(value) {
      guard let (grant, files) = grant(element, part) else { continue }
      grants.append(grant)
      for entry in files { addSettings("\(part).\(grant.name).\(entry.key)", entry.value) }
    }
    return grants
  }

  /// A grant, and how its file is to look like in the container.
  private func grant(_ element: ComposeValue, _ part: String) -> (Grant, [ComposeEntry])? {
    guard element.kind == .mapping else {
      let name = session.string(element)
      return name.known.map { (Grant(name: $0, origin: name.origin), []) }
    }
    var grant = Grant(name: "", origin: element.origin)
    var files: [ComposeEntry] = []
    var isNamed = false
    for entry in session.entries(element) {
      switch entry.key {
      case "source":
        let source = session.string(entry.value)
        // A name that depends on an unset variable has its notice already.
        isNamed = !source.isAbsent
        grant.name = source.known ?? ""
      case "target": grant.target = session.string(entry.value)
      case "uid", "gid", "mode": files.append(entry)
      default: session.unsupported(entry, in: part)
      }
    }
    guard !grant.name.isEmpty else {
      if !isNamed { session.invalid(element, "An element of \(part) needs a source.") }
      return nil
    }
    return (grant, files)
  }

  /// Where a secret or config comes from; its content itself is never kept.
  private func source(
    _ declaration: ComposeEntry?,
    _ grant: Grant,
    _ kind: String
  ) -> (String, Value<String>) {
    guard let declaration else {
      if let location = grant.origin.location {
        session.notice(
          .invalidValue,
          location,
          "\(kind) \(grant.name) is not declared in the project."
        )
      }
      return ("undeclared", .absent)
    }
    let value = declaration.value
    if let field = value["external"] {
      let external = self.external(field)
      if external.isExternal.known != false {
        return ("external", value["name"].map { session.string($0) } ?? external.name)
      }
    }
    if let file = value["file"] { return ("file", session.string(file)) }
    if let variable = value["environment"] { return ("environment", session.string(variable)) }
    if value["content"] != nil { return ("content", .absent) }
    if value["driver"] != nil || value["template_driver"] != nil { return ("external", .absent) }
    return ("undeclared", .absent)
  }
}
