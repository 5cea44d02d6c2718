import DocumentTrees
import Templates
import Workloads

/// A volume of a pod: what it is and how mounts of it read.
struct PodVolume {
  /// The type as Kubernetes calls it: `emptyDir`, `hostPath`, `configMap`.
  var type: String
  /// The mount's source: a path, a claim, the name of a ConfigMap.
  var source: Value<String>
  /// The settings of the type.
  var body: Datum
  var declaration: Volume
}

/// Volumes, their mounts, and devices.
extension PodReader {
  mutating func readVolumes() {
    for element in spec["volumes"].elements.prefix(Self.maximumVolumes) {
      guard let name = element["name"].settled.known else { continue }
      // The one entry besides the name is the type; without any it is an empty folder.
      let typed = element.entries.first { $0.key != "name" && !$0.value.isNothing }
      let kind = typed?.key ?? element.entries.first { $0.key != "name" }?.key ?? "emptyDir"
      let body = element[kind]
      guard let volume = volume(name, kind, body, element) else {
        notes.unknownField(kind, in: "A volume", at: typed?.keyOrigin.location ?? body.location)
        continue
      }
      volumes[name] = volume
      workload.volumes.append(volume.declaration)
    }
    readClaimTemplates()
  }

  private static let maximumVolumes = 1000

  private mutating func volume(
    _ name: String,
    _ kind: String,
    _ body: Datum,
    _ element: Datum
  ) -> PodVolume? {
    var source = Value<String>.known(name, element["name"].origin)
    var declaration = Volume(name: name, origin: element.origin)
    var driver = Value<String>.known(kind, element.origin)
    switch kind {
    case "emptyDir", "downwardAPI", "awsElasticBlockStore", "gcePersistentDisk", "azureDisk", "fc",
      "iscsi", "rbd", "cinder", "flocker", "portworxVolume", "quobyte", "scaleIO", "storageos",
      "vsphereVolume", "photonPersistentDisk", "gitRepo", "glusterfs":
      break
    case "hostPath": source = body["path"].settled
    case "configMap":
      source = body["name"].settled
      if let name = source.known { uses.insert(PodUse(kind: "ConfigMap", name: name)) }
    case "secret":
      source = body["secretName"].settled
      if let name = source.known { uses.insert(PodUse(kind: "Secret", name: name)) }
    case "projected": readProjection(body)
    case "persistentVolumeClaim":
      source = body["claimName"].settled
      if let claim = source.known {
        declaration.name = claim
        let storage = StorageClaims.resolve(claim, for: object, index)
        if !storage.provisioner.isAbsent { driver = storage.provisioner }
        uses.insert(PodUse(kind: "PersistentVolumeClaim", name: claim))
      }
    case "ephemeral": readEphemeral(body, name, &driver)
    case "nfs":
      let path = body["path"].settled.known ?? ""
      source = body["server"].settled.map { "\($0):\(path)" }
    case "cephfs": source = body["path"].settled
    case "azureFile": source = body["shareName"].settled
    case "csi": driver = body["driver"].settled
    case "flexVolume": driver = body["driver"].settled
    case "image": source = body["reference"].settled
    default: return nil
    }
    declaration.driver = driver
    if kind != "configMap", kind != "secret", kind != "projected", kind != "downwardAPI" {
      PodFields.addSettings(kind, body, to: &declaration.driverOptions)
    }
    declare(kind, name, body)
    return PodVolume(type: kind, source: source, body: body, declaration: declaration)
  }

  /// Keeps ConfigMaps and Secrets that become files in the lists of what the platform hands over.
  private mutating func declare(_ kind: String, _ name: String, _ body: Datum) {
    switch kind {
    case "configMap":
      guard let map = body["name"].settled.known else { return }
      workload.configs.append(
        ConfigReference(name: map, source: "configMap", origin: body["name"].origin)
      )
    case "secret":
      guard let secret = body["secretName"].settled.known else { return }
      workload.secrets.append(
        SecretReference(name: secret, source: "kubernetes", origin: body["secretName"].origin)
      )
    default: break
    }
  }

  private mutating func readProjection(_ body: Datum) {
    for source in body["sources"].elements {
      if let name = source["configMap"]["name"].settled.known {
        uses.insert(PodUse(kind: "ConfigMap", name: name))
        declare("configMap", name, source["configMap"])
      }
      let secret = source["secret"]["name"]
      if let name = secret.settled.known {
        uses.insert(PodUse(kind: "Secret", name: name))
        workload.secrets.append(
          SecretReference(name: name, source: "kubernetes", origin: secret.origin)
        )
      }
    }
  }

  private mutating func readEphemeral(
    _ body: Datum,
    _ name: String,
    _ driver: inout Value<String>
  ) {
    let template = body["volumeClaimTemplate"]
    guard template.isObject else { return }
    let storage = StorageClaims.resolve(template["spec"], for: object, index)
    if !storage.provisioner.isAbsent { driver = storage.provisioner }
  }

  /// A StatefulSet makes a claim of each template for each copy, and mounts it by its name.
  private mutating func readClaimTemplates() {
    for template in object.spec["volumeClaimTemplates"].elements.prefix(Self.maximumVolumes) {
      guard let name = template["metadata"]["name"].settled.known else { continue }
      let claim = StorageClaims.resource(
        object,
        name: name,
        body: template,
        origin: template["metadata"]["name"].origin,
        isTemplate: true,
        index
      )
      var declaration = Volume(name: name, origin: claim.origin)
      declaration.driver = claim[StorageClaim.provisioner]
      if declaration.driver.isAbsent {
        declaration.driver = .known("persistentVolumeClaim", claim.origin)
      }
      volumes[name] = PodVolume(
        type: "persistentVolumeClaim",
        source: .known(name, claim.origin),
        body: .absent(),
        declaration: declaration
      )
      workload.volumes.append(declaration)
      workload.resources.append(claim)
    }
  }

  // MARK: Mounts

  mutating func readMounts(
    _ body: Datum,
    _ values: [String: Value<String>],
    _ container: inout Container
  ) {
    for element in body["volumeMounts"].elements.prefix(Self.maximumVolumes) {
      container.mounts.append(mount(element, values))
      if let last = container.mounts.last { readSharedMemory(last, element, &container) }
      checkFields(element, PodFields.mount, "A volume mount")
    }
    for element in body["volumeDevices"].elements.prefix(Self.maximumVolumes) {
      let name = element["name"].settled.known ?? ""
      let source = volumes[name]?.source.known ?? name
      container.devices.append(element["devicePath"].settled.map { "\(source):\($0)" })
    }
  }

  private func mount(_ element: Datum, _ values: [String: Value<String>]) -> Mount {
    let name = element["name"].settled
    let volume = name.known.flatMap { volumes[$0] }
    var mount = Mount(
      type: .unknown("the pod declares no volume \(name.known ?? "of its name")", element.origin),
      origin: element.origin
    )
    if let volume {
      mount.type = .known(volume.type, volume.declaration.origin)
      mount.source = volume.source
      readType(of: volume, into: &mount)
    } else {
      mount.source = .unknown("the pod declares no such volume", name.origin)
      if let location = name.location, workload.kind != "StatefulSet" {
        notes.add(
          .invalidValue,
          location,
          "The pod declares no volume \(name.known ?? "of this name")."
        )
      }
    }
    mount.target = element["mountPath"].settled
    let readOnly = element["readOnly"].flag
    if !readOnly.isAbsent { mount.readOnly = readOnly }
    mount.subpath = element["subPath"].settled
    if mount.subpath.isAbsent, let text = element["subPathExpr"].settled.known {
      let origin = element["subPathExpr"].origin
      mount.subpath = VariableExpansion.expand(text, origin) { values[$0] }.value
    }
    let propagation = element["mountPropagation"].settled
    if !propagation.isAbsent, propagation.known != "None" { mount.options.append(propagation) }
    return mount
  }

  private func readType(of volume: PodVolume, into mount: inout Mount) {
    switch volume.type {
    case "configMap", "secret", "projected", "downwardAPI", "image":
      mount.readOnly = .known(true, volume.declaration.origin)
    case "emptyDir":
      let medium = volume.body["medium"].settled
      if medium.known?.isEmpty == false { mount.options.append(medium) }
      mount.size = volume.body["sizeLimit"].byteCount
    case "hostPath":
      let type = volume.body["type"].settled
      switch type.known {
      case "Directory", "DirectoryOrCreate": mount.sourceIsDirectory = true
      case "File", "FileOrCreate", "Socket", "CharDevice", "BlockDevice":
        mount.sourceIsDirectory = false
      default: break
      }
      if type.known?.isEmpty == false { mount.options.append(type) }
    default:
      let readOnly = volume.body["readOnly"].flag
      if !readOnly.isAbsent { mount.readOnly = readOnly }
    }
  }

  /// A volume in memory at /dev/shm is how a pod asks for more of it.
  private func readSharedMemory(
    _ mount: Mount,
    _ element: Datum,
    _ container: inout Container
  ) {
    guard mount.target.known == "/dev/shm", mount.type.known == "emptyDir" else { return }
    let name = element["name"].settled.known ?? ""
    guard volumes[name]?.body["medium"].settled.known == "Memory" else { return }
    container.sharedMemory =
      mount.size.isAbsent
      ? .unknown("the volume at /dev/shm has no size limit", mount.origin) : mount.size
  }
}
