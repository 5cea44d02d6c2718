import Templates
import Workloads

/// Roles, users, groups, policies and who is attached to what, while a deployment is read.
struct IAMGraph {
  /// A policy that stands apart from those who have it.
  struct Policy {
    /// What stands for it if nobody has it.
    var resource: Resource
    var name: Value<String>
    var document: Datum
    var isAttached = false
  }

  /// A policy given to somebody.
  struct Attachment {
    enum Policy {
      /// By reference, name or ARN.
      case named(Datum)
      /// A policy of the graph by its number.
      case own(Int)
    }
    /// One or several, by reference, name or ARN.
    var to: Datum
    /// `role`, `user` or `group`.
    var kind: String
    var policy: Policy
    /// What stands for somebody who is not in the inputs.
    var resource: Resource
  }

  var identities: [Resource] = []
  var policies: [Policy] = []
  var attachments: [Attachment] = []
  /// The roles that instance profiles hold.
  var instanceRoles: [Datum] = []
  /// The policies that are somebody's permissions boundary.
  var boundaries: [Datum] = []
  var reader = IAMPolicyReader()

  static let maximumAttachments = 20_000

  /// Adds a role, user or group; gives its number.
  mutating func add(identity: Resource) -> Int {
    identities.append(identity)
    return identities.count - 1
  }

  /// Adds a policy; gives its number.
  mutating func add(policy: Policy) -> Int {
    policies.append(policy)
    return policies.count - 1
  }

  mutating func attach(
    _ policy: Attachment.Policy,
    to target: Datum,
    _ kind: String,
    by resource: Resource
  ) {
    guard !target.isNothing, attachments.count < Self.maximumAttachments else { return }
    attachments.append(Attachment(to: target, kind: kind, policy: policy, resource: resource))
  }

  /// Gives an identity a policy that is known by reference, name or ARN.
  mutating func attach(named reference: Datum, to index: Int) {
    for reference in reference.isList ? reference.elements : [reference] where !reference.isNothing
    {
      pending.append((reference, index))
    }
    if reference.isList, let more = reference.more { hide(more.reason, reference.origin, index) }
  }

  private var strangers: [String: Int] = [:]
  private var pending: [(reference: Datum, identity: Int)] = []

  /// Roles with everything attached to them, then policies that nobody here has.
  mutating func resolve() -> [Resource] {
    let finder = IAMFinder(identities, policies.map(\.resource))
    markBoundaries(finder)
    for (reference, index) in pending { give(.named(reference), to: index, finder) }
    for attachment in attachments {
      for target in attachment.to.isList ? attachment.to.elements : [attachment.to] {
        if let index = finder.identity(target, attachment.kind) {
          give(attachment.policy, to: index, finder)
        } else if case .named(let reference) = attachment.policy, finder.policy(reference) == nil {
          give(attachment.policy, to: stranger(target, attachment), finder)
        }
      }
    }
    for target in instanceRoles.flatMap({ $0.isList ? $0.elements : [$0] }) {
      if let index = finder.identity(target, "role"), identities[index][Role.use].known == "other" {
        identities[index][Role.use] = .known("instance", target.origin)
      }
    }
    var resources = identities.map(Self.settled)
    for policy in policies where !policy.isAttached {
      var resource = policy.resource
      if resource[Role.use].isAbsent { resource[Role.use] = .known("policy", resource.origin) }
      reader.read(policy.document, named: policy.name, purpose: nil, into: &resource)
      resources.append(resource)
    }
    return resources
  }

  /// A policy that only limits others grants nothing.
  private mutating func markBoundaries(_ finder: IAMFinder) {
    for boundary in boundaries {
      if let number = finder.policy(boundary) {
        policies[number].resource[Role.use] = .known("limit", boundary.origin)
      }
    }
  }

  /// Stands for a role that is not in the inputs, but gets a policy of AWS here.
  private mutating func stranger(_ target: Datum, _ attachment: Attachment) -> Int {
    let name = target.sketch.flatMap { $0 == "…" ? nil : $0 } ?? attachment.resource.name
    let key = "\(attachment.kind):\(name)"
    if let index = strangers[key] { return index }
    var resource = attachment.resource
    resource.name = name
    resource[Role.use] = .known(
      attachment.kind == "role" ? "other" : attachment.kind,
      target.origin
    )
    resource[Role.attachedToUser] = .known(attachment.kind == "user", target.origin)
    resource[Role.unknownPolicies] = .unknown("\(name) is not in the inputs", target.origin)
    let index = add(identity: resource)
    strangers[key] = index
    return index
  }

  private mutating func give(_ policy: Attachment.Policy, to index: Int, _ finder: IAMFinder) {
    switch policy {
    case .own(let number):
      policies[number].isAttached = true
      let policy = policies[number]
      reader.read(
        policy.document,
        named: policy.name,
        purpose: "identity",
        into: &identities[index]
      )
    case .named(let reference):
      if let number = finder.policy(reference) {
        give(.own(number), to: index, finder)
      } else if let sketch = reference.sketch, sketch != "…" {
        identities[index][Role.managedPolicies].append(.known(sketch, reference.origin))
      } else {
        let reason = reference.string.unknownReason ?? "a policy attached to it cannot be seen"
        hide(reason, reference.origin, index)
      }
    }
  }

  private mutating func hide(_ reason: String, _ origin: Origin, _ index: Int) {
    if identities[index][Role.unknownPolicies].isAbsent {
      identities[index][Role.unknownPolicies] = .unknown(reason, origin)
    }
  }

  /// A role of tasks that carries the policy of execution roles is one of those.
  private static func settled(_ identity: Resource) -> Resource {
    var identity = identity
    let managed = identity[Role.managedPolicies].compactMap(\.known)
    if identity[Role.use].known == "task",
      managed.contains(where: { $0.hasSuffix("AmazonECSTaskExecutionRolePolicy") })
    {
      identity[Role.use] = .known("execution", identity[Role.use].origin)
    }
    return identity
  }
}

/// Finds roles and policies of a deployment by reference, name or ARN.
struct IAMFinder {
  private var identitiesByAddress: [String: Int] = [:]
  private var identitiesByName: [String: Int] = [:]
  private var policiesByAddress: [String: Int] = [:]
  private var policiesByName: [String: Int] = [:]

  init(_ identities: [Resource], _ policies: [Resource]) {
    for (index, identity) in identities.enumerated() {
      let kind = Self.kind(identity)
      if !identity.address.isEmpty { identitiesByAddress[identity.address] = index }
      for name in identity.identifiers.compactMap(\.known) where !name.isEmpty {
        identitiesByName["\(kind):\(name)"] = index
      }
    }
    for (index, policy) in policies.enumerated() {
      if !policy.address.isEmpty { policiesByAddress[policy.address] = index }
      for name in policy.identifiers.compactMap(\.known) where !name.isEmpty {
        policiesByName[name] = index
      }
    }
  }

  private static func kind(_ identity: Resource) -> String {
    switch identity[Role.use].known {
    case "user": "user"
    case "group": "group"
    default: "role"
    }
  }

  func identity(_ target: Datum, _ kind: String) -> Int? {
    for reference in target.references {
      if let index = identitiesByAddress[reference.address] { return index }
    }
    guard let text = target.string.known else { return nil }
    return identitiesByName["\(kind):\(text)"] ?? identitiesByName["\(kind):\(Self.last(text))"]
  }

  func policy(_ reference: Datum) -> Int? {
    for target in reference.references {
      if let index = policiesByAddress[target.address] { return index }
    }
    // `arn:aws:iam::123456789012:policy/name`; AWS's own policies have `aws` in place of the account.
    guard let sketch = reference.sketch, sketch.hasPrefix("arn:"),
      !sketch.contains(":iam::aws:")
    else { return nil }
    return policiesByName[sketch] ?? policiesByName[Self.last(sketch)]
  }

  private static func last(_ text: String) -> String {
    text.split(separator: "/").last.map(String.init) ?? text
  }
}
