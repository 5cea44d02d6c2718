internal import DocumentTrees
internal import Templates
internal import Workloads

/// Reads one family of resource types; a new type is one such file and a line in `AWSResources`.
protocol AWSResourceReader: Sendable {
  /// The types of CloudFormation and Terraform that it reads.
  static var types: [String] { get }
  static func read(_ declared: DeclaredResource, into reading: inout AWSReading)
}

/// What has been read of a deployment so far, not yet joined.
struct AWSReading {
  let deployment: Deployment
  /// The declared type of each address.
  let types: [String: String]
  var notices = AWSNotices()
  var workloads: [Workload] = []
  var resources: [Resource] = []
  /// What separate resources say of others: a rule of its group, a policy of its repository.
  var additions: [Addition] = []
  /// Addresses that stand for others: an access point for its file system.
  var aliases: [String: ResourceLink] = [:]
  var network = NetworkFacts()
  var scanning: [RegistryScanning] = []
  var limits = DocumentLimits()

  /// Changes a resource that another declaration names.
  struct Addition {
    var target: ResourceLink
    var kind: ResourceKind
    var apply: (inout Resource) -> Void
    /// Stands for the target if it is declared elsewhere.
    var substitute: Resource?
  }

  init(_ deployment: Deployment) {
    self.deployment = deployment
    types = Dictionary(
      deployment.resources.map { ($0.address, $0.type) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The folder or stack that a resource belongs to.
  func project(of declared: DeclaredResource) -> String {
    // Definitions in the API's own JSON stand alone: their folder is all that holds them together.
    guard deployment.format == .ecsTaskDefinition, let file = declared.origin.location?.file else {
      return deployment.project
    }
    return RelativePath.directory(of: file)
  }

  /// A resource with everything that all kinds have.
  func make(
    _ kind: ResourceKind,
    _ declared: DeclaredResource,
    _ fields: AWSFields,
    names: Datum...
  ) -> Resource {
    var resource = Resource(
      kind,
      name: declared.name,
      type: declared.type,
      format: deployment.format,
      project: project(of: declared),
      origin: declared.origin
    )
    resource.address = declared.address
    resource.identifiers = names.map(\.text).filter { $0.known != nil }
    let own = fields["tags"]
    let (tags, more) = AWSTags.all(own, inherited: declared.inheritedTags)
    resource.tags = tags
    resource.tagsUnknown = more
    return resource
  }

  /// Says something of a resource that is declared on its own.
  mutating func add(
    to target: Datum,
    _ kind: ResourceKind,
    substitute: Resource? = nil,
    _ apply: @escaping (inout Resource) -> Void
  ) {
    guard let link = target.link("", kind: kind) else {
      if let substitute { addSubstitute(substitute, apply) }
      return
    }
    add(to: link, kind, substitute: substitute, apply)
  }

  mutating func add(
    to link: ResourceLink,
    _ kind: ResourceKind,
    substitute: Resource? = nil,
    _ apply: @escaping (inout Resource) -> Void
  ) {
    additions.append(Addition(target: link, kind: kind, apply: apply, substitute: substitute))
  }

  private mutating func addSubstitute(_ substitute: Resource, _ apply: (inout Resource) -> Void) {
    var resource = substitute
    apply(&resource)
    resources.append(resource)
  }
}

extension Resource {
  /// Links to what the elements of a list name.
  mutating func link(_ relation: String, _ datum: Datum, kind: ResourceKind? = nil) {
    let elements = datum.isList ? datum.elements : [datum]
    links += elements.compactMap { $0.link(relation, kind: kind) }
  }

  /// The links of a relation.
  func links(_ relation: String) -> [ResourceLink] { links.filter { $0.relation == relation } }
}
