import DocumentTrees
import Templates
import Workloads

/// What claims to storage resolve to: volumes, classes, the drivers behind them.
enum StorageClaims {
  struct Storage {
    var storageClass: Value<String> = .absent
    var provisioner: Value<String> = .absent
    var medium: Value<String> = .absent
  }

  /// What a claim of the pod's namespace resolves to.
  static func resolve(
    _ claim: String,
    for object: ManifestObject,
    _ index: ManifestIndex
  ) -> Storage {
    guard let found = index.find("PersistentVolumeClaim", claim, for: object) else {
      return Storage()
    }
    return resolve(found.spec, for: found, index)
  }

  /// What the specification of a claim resolves to.
  static func resolve(
    _ spec: Datum,
    for object: ManifestObject,
    _ index: ManifestIndex
  ) -> Storage {
    var storage = Storage()
    storage.storageClass = spec["storageClassName"].settled
    if storage.storageClass.isAbsent {
      let old = object.annotation("volume.beta.kubernetes.io/storage-class")
      if !old.isAbsent { storage.storageClass = old }
    }
    let isBlock = spec["volumeMode"].settled.known == "Block"
    if let volume = volume(for: spec, storage.storageClass, object, index) {
      (storage.provisioner, storage.medium) = volumeDriver(volume, storage, object, index)
    } else if let name = storage.storageClass.known, !name.isEmpty {
      storage.provisioner = provisioner(ofClass: name, spec.origin, object, index)
      storage.medium = medium(storage.provisioner, className: name, spec.origin)
    } else if storage.storageClass.isAbsent {
      readDefault(&storage, spec, object, index)
    } else {
      storage.medium = .known("unknown", spec.origin)
    }
    if isBlock { storage.medium = .known("block", spec["volumeMode"].origin) }
    return storage
  }

  /// The volume that a claim names, or that was made for it.
  private static func volume(
    for spec: Datum,
    _ storageClass: Value<String>,
    _ object: ManifestObject,
    _ index: ManifestIndex
  ) -> ManifestObject? {
    if let name = spec["volumeName"].settled.known {
      return index.find("PersistentVolume", name, for: object, isClusterWide: true)
    }
    let candidates = index.all("PersistentVolume").prefix(1000)
    let selector = LabelSelector(spec["selector"])
    return candidates.lazy.map { index.objects[$0] }.first { volume in
      let claim = volume.spec["claimRef"]["name"].settled.known
      if let claim { return claim == object.name && isNear(volume, object) }
      // Only a claim that no class serves by itself takes a volume that lies ready.
      guard isNear(volume, object), let name = storageClass.known,
        volume.spec["storageClassName"].settled.known ?? "" == name
      else { return false }
      let isServed = index.find("StorageClass", name, for: object, isClusterWide: true) != nil
      return !isServed && (selector?.matches(volume.metadata["labels"]) ?? true)
    }
  }

  private static func isNear(_ volume: ManifestObject, _ object: ManifestObject) -> Bool {
    Neighbourhood.nearness(object, volume.inNamespace(object.namespace)).map { $0 > 990 } ?? false
  }

  private static func volumeDriver(
    _ volume: ManifestObject,
    _ storage: Storage,
    _ object: ManifestObject,
    _ index: ManifestIndex
  ) -> (Value<String>, Value<String>) {
    let types = [
      "hostPath", "local", "nfs", "csi", "awsElasticBlockStore", "gcePersistentDisk", "azureDisk",
      "azureFile", "cephfs", "rbd", "iscsi", "fc", "glusterfs", "cinder", "vsphereVolume",
      "flexVolume", "portworxVolume", "storageos", "scaleIO", "quobyte", "flocker",
    ]
    for type in types {
      let body = volume.spec[type]
      if body.isNothing { continue }
      let driver = body["driver"].settled
      let provisioner = driver.isAbsent ? Value.known(type, body.origin) : driver
      return (provisioner, medium(provisioner, className: "", body.origin))
    }
    return (.absent, .known("unknown", volume.origin))
  }

  private static func provisioner(
    ofClass name: String,
    _ origin: Origin,
    _ object: ManifestObject,
    _ index: ManifestIndex
  ) -> Value<String> {
    if let found = index.find("StorageClass", name, for: object, isClusterWide: true) {
      return found.body["provisioner"].settled
    }
    return wellKnown[name].map { .known($0, origin) } ?? .absent
  }

  /// A claim that names no class gets the cluster's default one.
  private static func readDefault(
    _ storage: inout Storage,
    _ spec: Datum,
    _ object: ManifestObject,
    _ index: ManifestIndex
  ) {
    let isDefault = { (found: ManifestObject) in
      found.annotation("storageclass.kubernetes.io/is-default-class").known == "true"
        || found.annotation("storageclass.beta.kubernetes.io/is-default-class").known == "true"
    }
    let classes = index.all("StorageClass").prefix(1000).lazy.map { index.objects[$0] }
    if let found = classes.first(where: { isDefault($0) && isNear($0, object) }) {
      storage.storageClass = .known(found.name, found.origin)
      storage.provisioner = found.body["provisioner"].settled
      storage.medium = medium(storage.provisioner, className: found.name, found.origin)
      return
    }
    // The default classes of the managed clusters all give disks, which only one node can mount;
    // who asks for more than one has other plans.
    let modes = spec["accessModes"].elements.compactMap { $0.string.known }
    let isShared = modes.contains { $0 == "ReadWriteMany" || $0 == "ReadOnlyMany" }
    storage.medium = .known(isShared ? "unknown" : "block", spec.origin)
  }

  private static func medium(
    _ provisioner: Value<String>,
    className: String,
    _ origin: Origin
  ) -> Value<String> {
    let text = (provisioner.known ?? className).lowercased()
    let place = provisioner.isAbsent ? origin : provisioner.origin
    let host = ["hostpath", "local", "host", "no-provisioner", "microk8s.io", "rancher.io/local"]
    let file = [
      "efs", "nfs", "azurefile", "azure-file", "file.csi", "azure_file", "cephfs", "smb",
      "glusterfs", "filestore", "fsx", "quobyte", "s3", "blob",
    ]
    let block = [
      "ebs", "gce-pd", "pd.csi", "disk", "rbd", "iscsi", "cinder", "elasticblockstore", "gp2",
      "gp3", "io1", "io2", "managed-csi", "managed-premium", "persistentdisk", "vsphere", "csi-vol",
      "longhorn", "fc", "linode", "dobs", "portworx", "scaleio", "storageos", "topolvm", "premium",
      "standard-rwo", "local-path-block", "openebs", "do-block-storage",
    ]
    if file.contains(where: { text.contains($0) }) { return .known("file", place) }
    if host.contains(where: { text.contains($0) }) { return .known("host", place) }
    if block.contains(where: { text.contains($0) }) { return .known("block", place) }
    return .known("unknown", place)
  }

  /// Classes that managed clusters bring along.
  private static let wellKnown = [
    "gp2": "kubernetes.io/aws-ebs", "gp3": "ebs.csi.aws.com", "efs-sc": "efs.csi.aws.com",
    "ebs-sc": "ebs.csi.aws.com", "default": "disk.csi.azure.com",
    "managed-csi": "disk.csi.azure.com", "managed-csi-premium": "disk.csi.azure.com",
    "managed": "disk.csi.azure.com", "managed-premium": "disk.csi.azure.com",
    "azurefile": "file.csi.azure.com", "azurefile-csi": "file.csi.azure.com",
    "azurefile-premium": "file.csi.azure.com", "azurefile-csi-premium": "file.csi.azure.com",
    "standard-rwo": "pd.csi.storage.gke.io", "premium-rwo": "pd.csi.storage.gke.io",
    "local-path": "rancher.io/local-path", "hostpath": "docker.io/hostpath",
  ]

  /// A claim as rules see it.
  static func resource(
    _ object: ManifestObject,
    name: String,
    body: Datum,
    origin: Origin,
    isTemplate: Bool,
    _ index: ManifestIndex
  ) -> Resource {
    let spec = body["spec"]
    var claim = object.resource(StorageClaim.kind, name: name, origin: origin)
    claim.type = "PersistentVolumeClaim"
    claim.tags = body["metadata"]["labels"].pairs
    claim.relation = isTemplate ? "template" : "claim"
    claim[StorageClaim.accessModes] = spec["accessModes"].settledList
    claim[StorageClaim.size] = spec["resources"]["requests"]["storage"].byteCount
    claim[StorageClaim.isTemplate] = .known(isTemplate, origin)
    let storage = resolve(spec, for: object, index)
    claim[StorageClaim.storageClass] = storage.storageClass
    claim[StorageClaim.provisioner] = storage.provisioner
    claim[StorageClaim.medium] = storage.medium
    return claim
  }
}
