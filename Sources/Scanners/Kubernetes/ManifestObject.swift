import DocumentTrees
import Templates
import Workloads

/// One object of a manifest.
struct ManifestObject: Sendable {
  let body: Datum
  let file: String
  let folder: String
  /// The folder's parts.
  let parts: [Substring]
  let apiVersion: String
  /// The API group; empty for Kubernetes' core.
  let group: String
  /// Whether its apiVersion names a group of Kubernetes that does not have its kind.
  let isMisplaced: Bool
  let kind: String
  let name: String
  /// As stated; nil if the manifest leaves it to whoever applies it.
  let namespace: String?
  /// Its name in the text, else its beginning.
  let location: SourceLocation
  /// What rendered it: the `# Source:` that Helm writes.
  let source: String?

  var origin: Origin { Origin(location, via: body.origin.via) }

  /// The namespace with the folder that it is meant in.
  ///
  /// Manifests in different folders are as a rule different installations (examples, bases and
  /// overlays, environments), so that `default` in one has nothing to do with `default` in another.
  var project: String {
    let namespace = namespace ?? "default"
    return folder.isEmpty ? namespace : "\(folder):\(namespace)"
  }

  /// With a `folder`, the object belongs to what is installed from there, wherever its text lies.
  init(
    _ body: Datum,
    file: String,
    source: String? = nil,
    inherited: String? = nil,
    folder: String? = nil
  ) {
    self.body = body
    self.file = file
    self.source = source
    let folder = folder ?? RelativePath.directory(of: source ?? file)
    self.folder = folder
    parts = folder.split(separator: "/")
    let version = body["apiVersion"].string.known ?? inherited ?? ""
    apiVersion = version
    let group = version.lastIndex(of: "/").map { String(version[..<$0]) } ?? ""
    let kind = body["kind"].string.known ?? ""
    self.kind = kind
    self.group = KubernetesGroups.group(of: kind, stated: group)
    isMisplaced = self.group != group
    let metadata = body["metadata"]
    let named = metadata["name"]
    let generated = metadata["generateName"]
    let text = named.settled.known ?? generated.settled.known.map { $0 + "*" } ?? ""
    name = text
    let namespace = metadata["namespace"].settled.known
    self.namespace = namespace.flatMap { $0.isEmpty ? nil : $0 }
    let place = named.isNothing ? (generated.isNothing ? body["kind"] : generated) : named
    location = place.location ?? body.location ?? SourceLocation(file: file, line: 1)
  }

  /// Its group in words.
  var groupName: String { group.isEmpty ? "v1" : group }

  var metadata: Datum { body["metadata"] }
  var spec: Datum { body["spec"] }

  func annotation(_ name: String) -> Value<String> { metadata["annotations"][name].settled }

  /// A resource of the object, with its labels as tags.
  func resource(_ kind: ResourceKind, name: String? = nil, origin: Origin? = nil) -> Resource {
    var resource = Resource(
      kind,
      // A message reads on: "Autoscaler without a name has no upper bound".
      name: name ?? (self.name.isEmpty ? "without a name" : self.name),
      type: self.kind,
      format: .kubernetes,
      project: project,
      origin: origin ?? self.origin
    )
    resource.tags = metadata["labels"].pairs
    return resource
  }
}

/// Says which objects of other files an object may mean.
///
/// Two stated namespaces must be the same, wherever the files lie. Where one is left open, or both
/// are `default`, the files must lie near each other: one's folder at most three levels inside the other's, or both at
/// most two levels inside a common one, one of them directly. Of several that fit, the nearest count.
struct Neighbourhood: Sendable {
  /// How near two objects are; nil if they cannot mean each other.
  static func nearness(_ first: ManifestObject, _ second: ManifestObject) -> Int? {
    if first.file == second.file, first.namespace == second.namespace || oneIsOpen(first, second) {
      return first.source == second.source ? 1_000_001 : 1_000_000
    }
    let (left, right) = (first.parts, second.parts)
    let shared = zip(left, right).prefix { $0 == $1 }.count
    let distance = left.count + right.count - 2 * shared
    if first.sharesNamespace(with: second) { return 1000 - min(distance, 999) }
    // `default` says no more than an open namespace: every installation has one.
    guard first.namespace == second.namespace || oneIsOpen(first, second) else { return nil }
    let (near, far) = (min(left.count, right.count) - shared, max(left.count, right.count) - shared)
    guard near == 0 ? far <= 3 : near == 1 && far <= 2 else { return nil }
    return 1000 - min(distance, 999)
  }

  private static func oneIsOpen(_ first: ManifestObject, _ second: ManifestObject) -> Bool {
    first.namespace == nil || second.namespace == nil
  }

  /// The nearest of several, by their numbers; objects that need not share a namespace with
  /// `isClusterWide`.
  static func nearest(
    _ candidates: [Int],
    of object: ManifestObject,
    in objects: [ManifestObject],
    isClusterWide: Bool = false
  ) -> [Int] {
    var best = Int.min
    var found: [Int] = []
    for candidate in candidates {
      var other = objects[candidate]
      if isClusterWide { other = other.inNamespace(object.namespace) }
      guard let nearness = nearness(object, other), nearness >= best else { continue }
      if nearness > best { found = [] }
      best = nearness
      found.append(candidate)
    }
    return found
  }
}

extension ManifestObject {
  private init(_ other: ManifestObject, namespace: String?) {
    body = other.body
    file = other.file
    folder = other.folder
    parts = other.parts
    apiVersion = other.apiVersion
    group = other.group
    isMisplaced = other.isMisplaced
    kind = other.kind
    name = other.name
    location = other.location
    source = other.source
    self.namespace = namespace
  }

  /// Whether both state the same namespace, one of their own.
  func sharesNamespace(with other: ManifestObject) -> Bool {
    namespace != nil && namespace == other.namespace && namespace != "default"
  }

  func inNamespace(_ namespace: String?) -> ManifestObject {
    ManifestObject(self, namespace: namespace)
  }
}
