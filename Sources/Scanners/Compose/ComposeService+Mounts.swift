internal import DocumentTrees
internal import Workloads

/// Mounts, temporary file systems and devices.
extension ComposeServiceReader {
  mutating func readMount(_ value: ComposeValue) {
    let mount: Mount?
    if value.kind == .mapping {
      mount = longMount(value)
    } else {
      mount = shortMount(value)
    }
    guard var mount else { return }
    locate(&mount, value.context)
    container.mounts.append(mount)
    if mount.type.known == "volume", let name = mount.source.known {
      declareVolume(name, mount.source.origin)
    }
  }

  // MARK: Short syntax

  private func shortMount(_ value: ComposeValue) -> Mount? {
    guard let text = session.scalar(value, "a mount"), !text.isEmpty else {
      if value.kind == .null { session.invalid(value, "Expected a mount, found nothing.") }
      return nil
    }
    let origin = session.origin(value, text)
    let syntax = VolumeSyntax(text)
    guard let target = syntax.target else {
      session.invalid(value, "Expected a mount such as SOURCE:TARGET or SOURCE:TARGET:ro.")
      var mount = Mount(type: .unknown("the mount cannot be read", origin), origin: origin)
      mount.source = .unknown("the mount cannot be read", origin)
      mount.target = .unknown("the mount cannot be read", origin)
      return mount
    }
    var mount = Mount(type: type(of: syntax, origin), origin: origin)
    mount.target = target.value(origin)
    if let source = syntax.source {
      mount.source = source.value(origin)
    } else if let reason = text.unknownReason {
      // The one part there is could hold a source once its variable is known.
      mount.type = .unknown(reason, origin)
      mount.source = .unknown(reason, origin)
    }
    for option in syntax.options {
      switch option.value(origin).state {
      case .known("ro"), .known("readonly"): mount.readOnly = .known(true, origin)
      case .known("rw"): mount.readOnly = .known(false, origin)
      case .known(""): break
      case .known(let other): mount.options.append(.known(other, origin))
      case .unknown(let reason):
        if mount.readOnly.isAbsent { mount.readOnly = .unknown(reason, origin) }
      case .absent: break
      }
    }
    return mount
  }

  private func type(of syntax: VolumeSyntax, _ origin: Origin) -> Value<String> {
    switch syntax.kind {
    case .bind: .known("bind", origin)
    case .volume: .known("volume", origin)
    case .namedPipe: .known("npipe", origin)
    case .unknown: .unknown(syntax.source?.unknownReason ?? "its source is not known", origin)
    }
  }

  // MARK: Long syntax

  private static let types: Set = ["bind", "volume", "tmpfs", "cluster", "npipe", "image"]

  private func longMount(_ value: ComposeValue) -> Mount {
    var mount = Mount(type: .absent, origin: value.origin)
    for entry in session.entries(value) {
      switch entry.key {
      case "type":
        mount.type = session.string(entry.value)
        if let type = mount.type.known, !Self.types.contains(type) {
          session.invalid(entry.value, "Compose knows no mount of this type.")
        }
      case "source": mount.source = session.string(entry.value)
      case "target": mount.target = session.string(entry.value)
      case "read_only": mount.readOnly = session.bool(entry.value)
      case "consistency": mount.options.append(session.string(entry.value))
      case "bind", "volume", "tmpfs", "image": readMountOptions(entry, &mount)
      default: session.unsupported(entry, in: "volumes")
      }
    }
    if mount.type.isAbsent {
      session.invalid(value, "A mount needs a type.")
      mount.type = .unknown("its type is not stated", value.origin)
    }
    if mount.target.isAbsent {
      session.invalid(value, "A mount needs a target.")
      mount.target = .unknown("its target is not stated", value.origin)
    }
    return mount
  }

  private func readMountOptions(_ part: ComposeEntry, _ mount: inout Mount) {
    for entry in session.entries(part.value) {
      switch (part.key, entry.key) {
      case ("bind", "propagation"), ("bind", "selinux"):
        mount.options.append(session.string(entry.value))
      case ("bind", "recursive"), ("bind", "create_host_path"), ("volume", "labels"),
        ("tmpfs", "mode"):
        break
      case ("volume", "nocopy"):
        let nocopy = session.bool(entry.value)
        if nocopy.known != false { mount.options.append(nocopy.map { _ in "nocopy" }) }
      case ("volume", "subpath"), ("image", "subpath"): mount.subpath = session.string(entry.value)
      case ("tmpfs", "size"): mount.size = session.bytes(entry.value)
      default: session.unsupported(entry, in: "volumes.\(part.key)")
      }
    }
  }

  // MARK: tmpfs

  /// `tmpfs: /run` or a list, each with options as of `mount`: `/run:size=64m,mode=1777`.
  mutating func readTemporary(_ value: ComposeValue) {
    let elements = value.kind == .scalar ? [value] : session.elements(value, "a path or a list")
    for element in elements {
      guard let text = session.scalar(element, "a path"), !text.isEmpty else { continue }
      let origin = session.origin(element, text)
      var mount = Mount(type: .known("tmpfs", origin), origin: origin)
      let parts = text.split(at: UInt8(ascii: ":"), maxSplits: 1)
      mount.target = parts[0].value(origin)
      for option in parts.count > 1 ? parts[1].split(at: UInt8(ascii: ",")) : [] {
        let word = option.value(origin)
        if option.hasPrefix("size=") {
          mount.size = word.map(orUnknown: "its size cannot be read") {
            Quantities.bytes(String($0.dropFirst("size=".count)))
          }
        } else if word.known == "ro" {
          mount.readOnly = .known(true, origin)
        } else {
          mount.options.append(word)
        }
      }
      container.mounts.append(mount)
    }
  }

  /// `use_api_socket` stands for a mount of the engine's socket, and for the user's registry logins.
  mutating func mountEngineSocket(_ value: ComposeValue) {
    let isUsed = session.bool(value)
    guard isUsed.known != false, !isUsed.isAbsent else { return }
    var mount = Mount(type: isUsed.map { _ in "bind" }, origin: value.origin)
    mount.source = isUsed.map { _ in "/var/run/docker.sock" }
    mount.target = mount.source
    container.mounts.append(mount)
  }

  // MARK: Sources

  /// Finds a bind mount's source below the root.
  private func locate(_ mount: inout Mount, _ context: ComposeContext) {
    guard mount.type.known == "bind", let source = mount.source.known,
      let directory = context.directory,
      let path = RelativePath.resolve(source, in: directory)
    else { return }
    switch session.files.kind(of: path) {
    case .outsideRoot: break
    case .directory: (mount.projectPath, mount.sourceIsDirectory) = (path, true)
    case .file, .other: (mount.projectPath, mount.sourceIsDirectory) = (path, false)
    case .missing: mount.projectPath = path
    }
  }

  private mutating func declareVolume(_ name: String, _ origin: Origin) {
    guard !workload.volumes.contains(where: { $0.name == name }) else { return }
    guard let declaration = declarations.volumes[name] else {
      if let location = origin.location {
        session.notice(
          .invalidValue,
          location,
          "Volume \(name) is not declared under volumes."
        )
      }
      workload.volumes.append(Volume(name: name, origin: origin))
      return
    }
    var volume = Volume(name: name, origin: declaration.place)
    if declaration.value.kind == .mapping {
      for entry in declaration.value.entries {
        switch entry.key {
        case "driver": volume.driver = session.string(entry.value)
        case "driver_opts": volume.driverOptions = session.named(entry.value)
        case "name": volume.platformName = session.string(entry.value)
        case "external":
          let external = self.external(entry.value)
          volume.external = external.isExternal
          volume.platformName = volume.platformName.or(external.name)
        default: break
        }
      }
    }
    workload.volumes.append(volume)
  }

  /// `external: true`, or the older form with a name.
  func external(_ value: ComposeValue) -> (isExternal: Value<Bool>, name: Value<String>) {
    guard value.kind == .mapping else { return (session.bool(value), .absent) }
    let name = value["name"].map { session.string($0) } ?? .absent
    return (.known(true, value.origin), name)
  }

  // MARK: Devices

  /// A device as `SOURCE:TARGET:PERMISSIONS`, whatever its form.
  func device(_ value: ComposeValue) -> Value<String>? {
    guard value.kind == .mapping else {
      let text = session.string(value)
      return text.isAbsent ? nil : text
    }
    var source: Value<String> = .absent
    var rest: [Value<String>] = []
    var target: Value<String> = .absent
    for entry in session.entries(value) {
      switch entry.key {
      case "source": source = session.string(entry.value)
      case "target": target = session.string(entry.value)
      case "permissions": rest.append(session.string(entry.value))
      default: session.unsupported(entry, in: "devices")
      }
    }
    if source.isAbsent { session.invalid(value, "A device needs a source.") }
    if !target.isAbsent { rest.insert(target, at: 0) }
    return rest.reduce(source) { joined, part in
      switch (joined.state, part.state) {
      case (.known(let head), .known(let tail)): .known("\(head):\(tail)", value.origin)
      case (.unknown, _): joined
      default: part
      }
    }
  }
}
