internal import DocumentTrees
internal import Templates
internal import Workloads

extension TaskDefinitionReader {
  /// What stands behind a volume.
  enum VolumeKind {
    /// A folder of the host.
    case host(Value<String>)
    /// An empty folder for the time of the task.
    case scratch
    /// One that outlives the task, or that a plugin keeps.
    case kept
    case unknown(String)
  }

  mutating func readVolumes() {
    let volumes = fields["volumes", "volume"]
    for datum in volumes.elements {
      let volume = AWSFields(datum)
      let name = volume.text("name")
      if let known = name.known {
        notices.check(volume, against: ECSShapes.volume)
        volumeKinds[known] = read(volume, known)
      } else if let reason = name.unknownReason {
        workload.volumes.append(Volume(name: datum["name"].sketch ?? "…", origin: name.origin))
        volumeKinds["…"] = .unknown(reason)
      }
    }
    if let more = volumes.more { volumeKinds["…"] = .unknown(more.reason) }
  }

  private mutating func read(_ fields: AWSFields, _ name: String) -> VolumeKind {
    var volume = Volume(name: name, origin: fields.origin)
    let kind = kind(of: fields, &volume)
    workload.volumes.append(volume)
    return kind
  }

  private mutating func kind(of fields: AWSFields, _ volume: inout Volume) -> VolumeKind {
    let efs = fields.object("efsVolumeConfiguration")
    if efs.isStated, efs.gap != nil || !efs.text("fileSystemId").isAbsent {
      return elastic(efs, &volume)
    }
    let windows = fields.object("fsxWindowsFileServerVolumeConfiguration")
    if windows.isStated, !windows.text("fileSystemId").isAbsent {
      return fileServer(windows, &volume)
    }
    let objects = fields.object("s3filesVolumeConfiguration")
    if objects.isStated, !objects.text("fileSystemArn").isAbsent {
      volume.driver = .known("s3-files", fields.place(of: "s3filesVolumeConfiguration"))
      add(["fileSystemArn", "rootDirectory", "accessPointArn"], of: objects, to: &volume)
      addPort(of: objects, to: &volume)
      return .kept
    }
    let docker = fields.object("dockerVolumeConfiguration")
    if docker.isStated, isFilledIn(docker) { return plugin(docker, &volume) }
    if fields.flag("configuredAtLaunch", "configureAtLaunch").known == true {
      volume.driver = .known("ebs", fields["configuredAtLaunch", "configureAtLaunch"].origin)
      return .kept
    }
    let host = fields.object("host")
    let path = fields.has("hostPath") ? fields.text("hostPath") : host.text("sourcePath")
    if path.isAbsent { return .scratch }
    volume.driver = .known("host", path.origin)
    volume.driverOptions.append(NamedValue("sourcePath", path, path.origin))
    return .host(path)
  }

  /// A skeleton has every object with nothing in it.
  private func isFilledIn(_ docker: AWSFields) -> Bool {
    !docker.text("driver").isAbsent || !docker.text("scope").isAbsent
      || docker.flag("autoprovision").known == true || !docker["driverOpts"].entries.isEmpty
      || docker.entries.isEmpty
  }

  private mutating func elastic(_ efs: AWSFields, _ volume: inout Volume) -> VolumeKind {
    volume.driver = .known("efs", efs.origin)
    add(["fileSystemId", "rootDirectory", "transitEncryption"], of: efs, to: &volume)
    addPort(of: efs, to: &volume)
    let authorization = efs.object("authorizationConfig")
    if authorization.isStated {
      add(["accessPointId", "iam"], of: authorization, to: &volume)
      link("file-system", authorization["accessPointId"])
    }
    link("file-system", efs["fileSystemId"])
    return .kept
  }

  private mutating func fileServer(_ server: AWSFields, _ volume: inout Volume) -> VolumeKind {
    volume.driver = .known("fsx-windows", server.origin)
    add(["fileSystemId", "rootDirectory"], of: server, to: &volume)
    let authorization = server.object("authorizationConfig")
    if authorization.isStated {
      add(["credentialsParameter", "domain"], of: authorization, to: &volume)
      let credentials = authorization["credentialsParameter"]
      if !credentials.text.isAbsent {
        addSecret(credentials, target: .known("volume \(volume.name)", credentials.origin))
      }
    }
    link("file-system", server["fileSystemId"])
    return .kept
  }

  private func plugin(_ docker: AWSFields, _ volume: inout Volume) -> VolumeKind {
    let driver = docker.text("driver")
    // The engine's own driver is what it takes if none is named.
    let engineOwn = Value.known("local", docker.origin)
    volume.driver = (driver.isAbsent ? engineOwn : driver).map { "docker:" + $0 }
    add(["scope", "autoprovision"], of: docker, to: &volume)
    for entry in docker["driverOpts"].entries where !entry.key.isEmpty {
      volume.driverOptions.append(NamedValue(entry.key, entry.value.string, entry.keyOrigin))
    }
    for entry in docker["labels"].entries where !entry.key.isEmpty {
      volume.driverOptions.append(
        NamedValue("labels.\(entry.key)", entry.value.string, entry.keyOrigin)
      )
    }
    return .kept
  }

  private func add(_ names: [String], of fields: AWSFields, to volume: inout Volume) {
    for name in names {
      let value = fields[name].displayText
      if value.isAbsent || value.known == "" { continue }
      volume.driverOptions.append(NamedValue(name, value, fields.place(of: name)))
    }
  }

  private func addPort(of fields: AWSFields, to volume: inout Volume) {
    if fields["transitEncryptionPort"].positive.isAbsent { return }
    add(["transitEncryptionPort"], of: fields, to: &volume)
  }

  // MARK: Links and secrets

  mutating func link(_ relation: String, _ datum: Datum, kind: ResourceKind? = nil) {
    if let link = datum.link(relation, kind: kind) { workload.resourceLinks.append(link) }
  }

  /// Notes a secret that the platform hands over, by the ARN or name that it is taken from.
  mutating func addSecret(_ from: Datum, target: Value<String>) {
    let store = SecretStore(from.sketch ?? "…")
    var secret = SecretReference(
      name: store.name ?? target.known ?? "…",
      source: store.kind,
      origin: from.origin
    )
    secret.detail = from.displayText
    secret.target = target
    workload.secrets.append(secret)
    link("secret", from)
  }
}

/// Which store a reference to a secret names.
struct SecretStore {
  /// `secretsmanager`, `ssm`, or `managed store` if it cannot be told.
  var kind: String
  /// The secret's or parameter's name, if it can be seen.
  var name: String?

  /// `arn:aws:secretsmanager:eu-west-1:1:secret:db-AbCdEf:password::`, `arn:aws:ssm:…:parameter/db`
  /// or a parameter's bare name.
  init(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.first == "arn", parts.count > 5 else {
      // What follows the ARN of a secret picks a key of its JSON; parameters have no such thing.
      kind = text.hasPrefix("…:") ? "secretsmanager" : text == "…" ? "managed store" : "ssm"
      name = text.hasPrefix("…") || text.isEmpty ? nil : text
      return
    }
    kind = String(parts[2])
    if kind == "secretsmanager" {
      name = parts.count > 6 ? String(parts[6]) : nil
    } else {
      let path = parts[5...].joined(separator: ":")
      name = path.hasPrefix("parameter/") ? String(path.dropFirst("parameter/".count)) : path
    }
  }
}
