import DocumentTrees
import Templates
import Workloads

/// What was read of a deployment so far.
struct AzureReading {
  private(set) var deployment: Deployment
  var workloads: [Workload] = []
  var resources: [Resource] = []
  var notices: [Notice] = []
  /// Permissions of policies stated apart from their vault, by the vault's address.
  var vaultPolicies: [(vault: [String], permissions: [Value<String>])] = []
  /// Rules stated apart from their network security group.
  var looseRules: [(group: [String], rule: DeclaredResource)] = []
  /// Network security groups of subnets, by the subnet's address.
  var subnetGroups: [(subnet: [String], group: ResourceLink)] = []
  /// Whether apps ask for a sign-in, by the app's address.
  var signIns: [(app: [String], refuses: Value<Bool>)] = []
  /// Address ranges that firewalls of databases let in, and settings stated apart, by the server's.
  var openRanges: [(server: [String], range: Value<String>)] = []
  var databaseTLS: [(server: [String], required: Value<Bool>)] = []
  /// Whether Defender scans registries, if the deployment says so.
  var registryScanning: Value<Bool> = .absent
  private var ids: Set<String> = []
  private var unread: Set<String> = []

  init(_ deployment: Deployment) {
    self.deployment = deployment
    self.deployment.resources = AzureParents.found(in: deployment.resources)
  }

  // MARK: Making parts of the estate

  /// A resource with its name, address, identifiers and tags.
  func make(
    _ kind: ResourceKind,
    _ declared: DeclaredResource,
    type: String? = nil
  ) -> Resource {
    let body = declared.properties
    var resource = Resource(
      kind,
      name: AzureName.shown(declared),
      type: type ?? declared.type,
      format: deployment.format,
      project: deployment.project,
      origin: declared.origin
    )
    resource.address = declared.address
    resource.identifiers = AzureName.identifiers(declared)
    let tags = AzureTags.all(body["tags"], inherited: declared.inheritedTags)
    resource.tags = tags.tags
    resource.tagsUnknown = tags.more
    return resource
  }

  /// A resource that a workload states itself: its ingress, its scale rules.
  func part(
    _ kind: ResourceKind,
    of workload: Workload,
    name: String,
    type: String,
    origin: Origin
  ) -> Resource {
    var resource = Resource(
      kind,
      name: name,
      type: type,
      format: workload.format,
      project: workload.project,
      origin: origin
    )
    if origin.location == nil { resource.origin = Origin(workload.location) }
    return resource
  }

  func makeWorkload(_ declared: DeclaredResource, kind: String) -> Workload {
    let location = declared.origin.location ?? SourceLocation(file: deployment.project, line: 1)
    var workload = Workload(
      name: AzureName.shown(declared),
      kind: kind,
      format: deployment.format,
      project: deployment.project,
      location: location
    )
    workload.address = declared.address
    workload.identifiers = AzureName.identifiers(declared)
    let tags = AzureTags.all(declared.properties["tags"], inherited: declared.inheritedTags)
    workload.labels = tags.tags
    workload.labelsUnknown = tags.more
    return workload
  }

  /// Takes a workload in; names that are known only once deployed may be the same ones.
  mutating func add(_ workload: Workload) {
    var workload = workload
    let wish = workload.id
    var number = 2
    while !ids.insert(workload.id).inserted {
      workload.id = "\(wish)~\(number)"
      number += 1
    }
    workloads.append(workload)
  }

  // MARK: Notices

  mutating func notice(_ kind: Notice.Kind, _ location: SourceLocation?, _ message: String) {
    guard let location, notices.count < 1000 else { return }
    let notice = Notice(kind, location, message)
    if !notices.contains(notice) { notices.append(notice) }
  }

  /// Types of the families that matter here and that no reader takes: said once for each type.
  mutating func noteUnread(_ declared: DeclaredResource) {
    guard let reason = AzureUnread.reason(declared.type),
      unread.insert(declared.type.lowercased()).inserted
    else { return }
    notice(
      .unsupportedFormat,
      declared.origin.location,
      "Resources of the type \(declared.type) are not assessed\(reason)."
    )
  }
}

/// Names and ids of Azure resources.
enum AzureName {
  /// A name for readers: the last segment if it is known, else the one of the language.
  static func shown(_ declared: DeclaredResource) -> String {
    let name = declared.properties["name"].string.known
    guard let last = name?.split(separator: "/").last, !last.isEmpty else { return declared.name }
    return String(last)
  }

  /// What others may call a resource: its type and name, as at the end of its id.
  static func identifiers(_ declared: DeclaredResource) -> [Value<String>] {
    var identifiers: [Value<String>] = []
    if let name = declared.properties["name"].string.known, !name.isEmpty {
      if let tail = tail(type: declared.type, name: name) {
        identifiers.append(.known(tail, declared.properties["name"].origin))
      }
    }
    let id = declared.properties["id"].string
    if let text = id.known { identifiers.append(.known(tail(of: text), id.origin)) }
    return identifiers
  }

  /// `microsoft.app/managedenvironments/demo` of a whole id; a text that is no id as it stands.
  static func tail(of id: String) -> String {
    let pieces = id.split(separator: "/")
    guard let last = pieces.lastIndex(where: { $0.lowercased() == "providers" }) else { return id }
    return pieces[(last + 1)...].joined(separator: "/").lowercased()
  }

  static func tail(type: String, name: String) -> String? {
    let types = type.split(separator: "/")
    let names = name.split(separator: "/")
    guard let space = types.first, types.count > 1 else { return nil }
    // A child may be named by its last segment only; then nobody finds it by id.
    guard names.count == types.count - 1 else { return nil }
    let pairs = zip(types.dropFirst(), names).map { "\($0)/\($1)" }
    return ([String(space)] + pairs).joined(separator: "/").lowercased()
  }

  /// The last segment of an id of which only the last segments are known.
  static func lastSegment(_ datum: Datum) -> String? {
    guard let sketch = datum.sketch, let last = sketch.split(separator: "/").last,
      !last.contains("…")
    else { return nil }
    return String(last)
  }

  /// The end of an id, if all of it is known; an id is as good as known with that.
  static func knownTail(_ id: Datum) -> Value<String> {
    let text = id.string
    if text.known != nil { return text.map(tail(of:)) }
    guard let sketch = id.sketch, sketch.contains("/providers/") else { return text }
    let tail = tail(of: sketch)
    return tail.contains("…") ? text : .known(tail, id.origin)
  }

  /// A link to what an id names.
  static func link(_ relation: String, _ id: Datum, kind: ResourceKind? = nil) -> ResourceLink {
    ResourceLink(
      relation,
      knownTail(id),
      addresses: id.references.map(\.address),
      kind: kind?.name ?? ""
    )
  }

  /// Links to the secret of a key vault that an address names, and to the vault.
  static func vaultLinks(_ url: Datum) -> [ResourceLink] {
    var links: [ResourceLink] = []
    let sketch = url.sketch ?? ""
    let pieces = sketch.split(separator: "/").map { $0.lowercased() }
    if let place = pieces.firstIndex(of: "secrets"), pieces.indices.contains(place + 1),
      !pieces[place + 1].contains("…")
    {
      links.append(
        ResourceLink(
          "vault-secret",
          .known("vault-secret:\(pieces[place + 1])", url.origin),
          kind: ManagedSecret.kind.name
        )
      )
    }
    if pieces.count > 1, let vault = pieces[1].split(separator: ".").first, !vault.contains("…") {
      let text = Value.known("microsoft.keyvault/vaults/\(vault)", url.origin)
      links.append(ResourceLink("vault", text, kind: SecretVault.kind.name))
    }
    let addresses = url.references.map(\.address)
    if !addresses.isEmpty {
      links.append(ResourceLink("vault", url.string, addresses: addresses))
    }
    return links
  }
}

/// Tags.
enum AzureTags {
  static func all(
    _ datum: Datum,
    inherited: [DatumObject.Entry]
  ) -> (tags: [NamedValue], more: String?) {
    if datum.isNothing, inherited.isEmpty { return ([], nil) }
    // `param tags object = {}`: tags are planned for, and those who deploy know them.
    if datum.isObject, datum.entries.isEmpty, datum.more == nil, !datum.origin.via.isEmpty {
      return ([], "its tags are a parameter that is empty unless it is given")
    }
    var tags = datum.entries.map { NamedValue($0.key, $0.value.string, $0.keyOrigin) }
    let own = Set(tags.map(\.name))
    for entry in inherited where !own.contains(entry.key) {
      tags.append(NamedValue(entry.key, entry.value.string, entry.keyOrigin))
    }
    return (tags, datum.more?.reason)
  }
}

extension Datum {
  /// Whether something is switched on by a text such as `Enabled`.
  var isEnabled: Value<Bool> {
    string.map { ["enabled", "true"].contains($0.lowercased()) }
  }

  /// The value, or a default that the platform sets where nothing is stated.
  func flag(or standard: Bool, _ place: Origin) -> Value<Bool> {
    isNothing ? .known(standard, place) : flag
  }

  func integer(or standard: Int, _ place: Origin) -> Value<Int> {
    isNothing ? .known(standard, place) : integer
  }

  /// The number of seconds.
  var seconds: Value<Double> { number }

  /// Text, empty texts counting as absent.
  var filled: Value<String> {
    let value = string
    return value.known?.isEmpty == true ? Value(.absent, value.origin) : value
  }
}
