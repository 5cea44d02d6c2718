import DocumentTrees
import Templates
import Workloads

/// Finds policies in a stand-alone file: bare ones, and inside the answers of `aws iam`.
struct IAMDocuments {
  var graph = IAMGraph()
  private let file: String
  private var count = 0

  init(file: String) { self.file = file }

  /// Whether a document holds policies, by its keys.
  static func recognizes(_ root: Node) -> Bool {
    if root.isSequence {
      guard let first = root.elements.first, first.isMapping else { return false }
      return first["Effect"]?.isScalar == true
        && (first["Action"] != nil || first["NotAction"] != nil)
    }
    guard root.isMapping else { return false }
    if let statement = root["Statement"] {
      return root["Version"] != nil || statement.isSequence || statement["Effect"] != nil
    }
    if root["PolicyVersion"]?["Document"] != nil { return true }
    if root["PolicyDocument"] != nil, root["PolicyName"] != nil { return true }
    if root["Role"]?["AssumeRolePolicyDocument"] != nil { return true }
    if root["AssumeRolePolicyDocument"] != nil, root["RoleName"] != nil { return true }
    return root["RoleDetailList"]?.isSequence == true
  }

  mutating func collect(_ root: Datum) {
    if !root["RoleDetailList"].isAbsent { return collectDetails(root) }
    if !root["Role"].isAbsent { return collectRole(root["Role"]) }
    if !root["AssumeRolePolicyDocument"].isAbsent { return collectRole(root) }
    if !root["PolicyVersion"].isAbsent {
      return collectPolicy(root, root[path: "PolicyVersion", "Document"])
    }
    if !root["PolicyDocument"].isAbsent { return collectPolicy(root, root["PolicyDocument"]) }
    collectPolicy(root, root)
  }

  private mutating func resource(_ datum: Datum, _ name: Datum, type: String) -> Resource {
    count += 1
    let stem = RelativePath.name(of: file).split(separator: ".").first.map(String.init) ?? file
    let fallback = count == 1 ? stem : "\(stem)-\(count)"
    var resource = Resource(
      Role.kind,
      name: name.string.known ?? fallback,
      type: type,
      format: .iamPolicy,
      project: RelativePath.directory(of: file),
      origin: datum.origin
    )
    resource.address = "\(file)#\(count)"
    if !name.isNothing { resource.identifiers = [name.string] }
    return resource
  }

  private mutating func collectPolicy(_ datum: Datum, _ document: Datum) {
    let name = datum["PolicyName"]
    let owner = datum.first("RoleName", "UserName", "GroupName")
    var resource = resource(datum, owner.isNothing ? name : owner, type: "policy")
    if Self.limitsOthers(file) { resource[Role.use] = .known("limit", datum.origin) }
    if !datum["UserName"].isNothing { resource[Role.attachedToUser] = .known(true, datum.origin) }
    let policyName: Value<String> =
      name.isNothing ? .known(resource.name, datum.origin) : name.string
    _ = graph.add(
      policy: IAMGraph.Policy(resource: resource, name: policyName, document: document)
    )
  }

  /// Whether a file is named for what limits others: service control policies and boundaries.
  private static func limitsOthers(_ file: String) -> Bool {
    let words = file.lowercased().split { !$0.isLetter }
    if words.contains(where: {
      ["scp", "scps", "boundary", "boundaries", "guardrail", "guardrails"].contains($0)
    }) {
      return true
    }
    return zip(words, words.dropFirst()).contains { $0 == "service" && $1 == "control" }
  }

  // MARK: Answers of the command line

  private mutating func collectRole(_ datum: Datum) {
    var role = resource(datum, datum["RoleName"], type: "role")
    let trust = datum["AssumeRolePolicyDocument"]
    graph.reader.readTrust(trust, into: &role)
    role[Role.boundary] = datum[path: "PermissionsBoundary", "PermissionsBoundaryArn"].string
    // The answer to get-role has no policies; what the role may do is not known.
    role[Role.unknownPolicies] = .unknown(
      "the policies attached to \(role.name) are not in the file",
      datum.origin
    )
    _ = graph.add(identity: role)
  }

  /// The answer to `get-account-authorization-details`.
  private mutating func collectDetails(_ root: Datum) {
    for role in root["RoleDetailList"].elements {
      collectDetail(role, name: "RoleName", inline: "RolePolicyList", use: nil)
    }
    for user in root["UserDetailList"].elements {
      collectDetail(user, name: "UserName", inline: "UserPolicyList", use: "user")
    }
    for group in root["GroupDetailList"].elements {
      collectDetail(group, name: "GroupName", inline: "GroupPolicyList", use: "group")
    }
    for policy in root["Policies"].elements {
      let versions = policy["PolicyVersionList"].elements
      let current = versions.first { $0["IsDefaultVersion"].flag.known == true } ?? versions.first
      guard let current else { continue }
      var resource = resource(policy, policy["PolicyName"], type: "policy")
      resource.identifiers.append(policy["Arn"].string)
      _ = graph.add(
        policy: IAMGraph.Policy(
          resource: resource,
          name: policy["PolicyName"].string,
          document: current["Document"]
        )
      )
    }
  }

  private mutating func collectDetail(_ datum: Datum, name: String, inline: String, use: String?) {
    var identity = resource(datum, datum[name], type: use ?? "role")
    let trust = datum["AssumeRolePolicyDocument"]
    graph.reader.read(
      trust,
      named: .known("trust policy", trust.origin),
      purpose: "trust",
      into: &identity
    )
    identity[Role.use] = use.map { .known($0, datum.origin) } ?? IAMRoleUse.of(identity)
    identity[Role.unknownPolicies] = .absent
    identity[Role.attachedToUser] = .known(use == "user", datum.origin)
    identity[Role.boundary] = datum[path: "PermissionsBoundary", "PermissionsBoundaryArn"].string
    for policy in datum[inline].elements {
      graph.reader.read(
        policy["PolicyDocument"],
        named: policy["PolicyName"].string,
        purpose: "identity",
        into: &identity
      )
    }
    let index = graph.add(identity: identity)
    for policy in datum["AttachedManagedPolicies"].elements {
      graph.attach(named: policy["PolicyArn"], to: index)
    }
  }
}
