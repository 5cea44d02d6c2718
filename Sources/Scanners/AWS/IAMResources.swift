package import Templates
package import Workloads

/// Reads identities and their policies, however a language spells them.
package enum IAMResources {
  /// The types of resources that `read` understands; it ignores others.
  package static let types = IAMTypes.identities.union(IAMTypes.policies).union(IAMTypes.links)

  /// Roles with the statements of all policies that the deployment attaches to them, and policies
  /// that it attaches to nobody.
  package static func read(
    _ resources: [DeclaredResource],
    of deployment: Deployment
  ) -> [Resource] {
    var notices: [Notice] = []
    return read(resources, of: deployment, notices: &notices)
  }

  /// The same, with what is wrong in policies.
  package static func read(
    _ resources: [DeclaredResource],
    of deployment: Deployment,
    notices: inout [Notice]
  ) -> [Resource] {
    var collector = IAMCollector(deployment)
    for resource in resources where resource.isDeclared.known != false {
      collector.collect(resource)
    }
    let result = collector.graph.resolve()
    notices += collector.graph.reader.notices
    return result
  }
}

/// Which types of resources say what.
enum IAMTypes {
  static let identities: Set = [
    "AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group", "AWS::Serverless::Function",
    "aws_iam_role", "aws_iam_user", "aws_iam_group",
  ]

  static let policies: Set = [
    "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy", "AWS::IAM::UserPolicy",
    "AWS::IAM::GroupPolicy", "aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy",
    "aws_iam_group_policy",
  ]

  static let links: Set = [
    "AWS::IAM::InstanceProfile", "AWS::IAM::UserToGroupAddition", "aws_iam_role_policy_attachment",
    "aws_iam_user_policy_attachment", "aws_iam_group_policy_attachment",
    "aws_iam_policy_attachment",
    "aws_iam_role_policy_attachments_exclusive", "aws_iam_user_policy_attachments_exclusive",
    "aws_iam_group_policy_attachments_exclusive", "aws_iam_instance_profile",
  ]
}

/// Fills an `IAMGraph` from declared resources.
struct IAMCollector {
  var graph = IAMGraph()
  private let deployment: Deployment

  init(_ deployment: Deployment) { self.deployment = deployment }

  mutating func collect(_ declared: DeclaredResource) {
    let properties = declared.properties
    switch declared.type {
    case "AWS::IAM::Role", "aws_iam_role": collectRole(declared)
    case "AWS::IAM::User", "aws_iam_user": collectIdentity(declared, use: "user")
    case "AWS::IAM::Group", "aws_iam_group": collectIdentity(declared, use: "group")
    case "AWS::Serverless::Function": collectFunction(declared)
    case let type where IAMTypes.policies.contains(type): collectPolicy(declared)
    case "AWS::IAM::InstanceProfile", "aws_iam_instance_profile":
      graph.instanceRoles.append(properties.first("Roles", "role", "roles"))
    case let type where IAMTypes.links.contains(type):
      let policy = properties.first("policy_arn", "policy_arns")
      for policy in policy.isList ? policy.elements : [policy] where !policy.isNothing {
        for (kind, keys) in Self.targets {
          for key in keys {
            let resource = resource(declared, named: .absent())
            graph.attach(.named(policy), to: properties[key], kind, by: resource)
          }
        }
      }
    default: break
    }
  }

  /// The keys that name whom a policy is given to.
  private static let targets: [(kind: String, keys: [String])] = [
    ("role", ["role", "role_name", "roles", "Roles", "RoleName"]),
    ("user", ["user", "user_name", "users", "Users", "UserName"]),
    ("group", ["group", "group_name", "groups", "Groups", "GroupName"]),
  ]

  private func resource(_ declared: DeclaredResource, named name: Datum) -> Resource {
    var role = Resource(
      Role.kind,
      name: declared.name,
      type: declared.type,
      format: deployment.format,
      project: deployment.project,
      origin: declared.origin
    )
    role.address = declared.address
    if !name.isNothing { role.identifiers = [name.string] }
    role.tags = Self.tags(declared)
    if let more = declared.properties.first("Tags", "tags").more { role.tagsUnknown = more.reason }
    return role
  }

  private static func tags(_ declared: DeclaredResource) -> [NamedValue] {
    let tags = declared.properties.first("Tags", "tags")
    let own: [NamedValue] =
      if tags.isList {
        tags.elements.compactMap { tag in
          tag["Key"].sketch.map { NamedValue($0, tag["Value"].string, tag.origin) }
        }
      } else {
        tags.entries.map { NamedValue($0.key, $0.value.string, $0.keyOrigin) }
      }
    let names = Set(own.map(\.name))
    return own
      + declared.inheritedTags.filter { !names.contains($0.key) }
      .map { NamedValue($0.key, $0.value.string, $0.keyOrigin) }
  }

  // MARK: Identities

  private mutating func collectRole(_ declared: DeclaredResource) {
    let properties = declared.properties
    var role = resource(declared, named: properties.first("RoleName", "name"))
    let trust = properties.first("AssumeRolePolicyDocument", "assume_role_policy")
    graph.reader.readTrust(trust, into: &role)
    // What hides the trust policy says nothing of the permissions.
    if !role[Role.unknownPolicies].isAbsent { role[Role.unknownPolicies] = .absent }
    finish(&role, properties)
  }

  private mutating func collectIdentity(_ declared: DeclaredResource, use: String) {
    let properties = declared.properties
    var identity = resource(declared, named: properties.first("UserName", "GroupName", "name"))
    identity[Role.use] = .known(use, declared.origin)
    identity[Role.attachedToUser] = .known(use == "user", declared.origin)
    finish(&identity, properties)
  }

  private mutating func finish(_ identity: inout Resource, _ properties: Datum) {
    let boundary = properties.first("PermissionsBoundary", "permissions_boundary")
    identity[Role.boundary] = text(boundary)
    if !boundary.isNothing { graph.boundaries.append(boundary) }
    let inline = properties.first("Policies", "inline_policy")
    for policy in inline.elements {
      graph.reader.read(
        policy.first("PolicyDocument", "policy"),
        named: text(policy.first("PolicyName", "name")),
        purpose: "identity",
        into: &identity
      )
    }
    if let more = inline.more ?? properties.more, identity[Role.unknownPolicies].isAbsent {
      identity[Role.unknownPolicies] = .unknown(more.reason, inline.origin)
    }
    let index = graph.add(identity: identity)
    graph.attach(named: properties.first("ManagedPolicyArns", "managed_policy_arns"), to: index)
  }

  /// SAM makes a role for a function that names none, from the policies stated with it.
  private mutating func collectFunction(_ declared: DeclaredResource) {
    let properties = declared.properties
    let policies = properties["Policies"]
    guard properties["Role"].isNothing, !policies.isNothing else { return }
    var role = resource(declared, named: .absent())
    role.name += "Role"
    role.address += "Role"
    role[Role.use] = .known("other", declared.origin)
    var managed: [Datum] = []
    for policy in policies.isList ? policies.elements : [policies] {
      if policy.isObject, policy.entries.contains(where: { $0.key == "Statement" }) {
        graph.reader.read(
          policy,
          named: .known("\(declared.name)Policy", policy.origin),
          purpose: "identity",
          into: &role
        )
      } else if policy.isObject {
        // A template of SAM, such as S3ReadPolicy, is always limited to what its parameters name.
        for entry in policy.entries {
          role[Role.managedPolicies].append(.known("sam/\(entry.key)", entry.keyOrigin))
        }
      } else {
        managed.append(policy)
      }
    }
    if let more = policies.more {
      role[Role.unknownPolicies] = .unknown(more.reason, policies.origin)
    }
    let index = graph.add(identity: role)
    for policy in managed { graph.attach(named: policy, to: index) }
  }

  // MARK: Policies

  private mutating func collectPolicy(_ declared: DeclaredResource) {
    let properties = declared.properties
    let name = properties.first("PolicyName", "ManagedPolicyName", "name")
    let number = graph.add(
      policy: IAMGraph.Policy(
        resource: resource(declared, named: name),
        name: name.isNothing ? .known(declared.name, declared.origin) : text(name),
        document: properties.first("PolicyDocument", "policy")
      )
    )
    for (kind, keys) in Self.targets {
      for key in keys {
        let resource = graph.policies[number].resource
        graph.attach(.own(number), to: properties[key], kind, by: resource)
      }
    }
  }

  private func text(_ datum: Datum) -> Value<String> {
    if datum.string.known == nil, let sketch = datum.sketch { return .known(sketch, datum.origin) }
    return datum.string
  }
}
