internal import DocumentTrees
internal import Templates
internal import Workloads

/// Joins what a deployment declares: rules to groups, services to task definitions, balancers to
/// services.
///
/// What belongs to a workload becomes one of its `resourceLinks`, by address, so that the resource
/// itself is attached once all formats are read.
struct AWSJoins {
  var workloads: [Workload]
  var resources: [Resource]
  let additions: [AWSReading.Addition]
  let aliases: [String: ResourceLink]
  let network: NetworkFacts
  let scanning: [RegistryScanning]
  let deployment: Deployment
  private(set) var byAddress: [String: Int] = [:]
  private var byName: [Name: [Int]] = [:]

  private struct Name: Hashable {
    var kind: String
    var name: String
  }

  init(_ reading: AWSReading) {
    workloads = reading.workloads
    resources = reading.resources
    additions = reading.additions
    aliases = reading.aliases
    network = reading.network
    scanning = reading.scanning
    deployment = reading.deployment
  }

  mutating func join() {
    index()
    apply()
    dropEmptyRuns()
    index()
    NetworkJoins.finish(&self)
    finishRegistries()
    finishListeners()
    finishGroups()
    makeIdsUnique()
    WorkloadJoins.join(&self)
  }

  private mutating func index() {
    byAddress = [:]
    byName = [:]
    for (number, resource) in resources.enumerated() {
      if byAddress[resource.address] == nil { byAddress[resource.address] = number }
      for identifier in resource.identifiers.compactMap(\.known) {
        byName[Name(kind: resource.kind.name, name: identifier), default: []].append(number)
      }
    }
  }

  // MARK: Finding

  /// The resources of a kind that a link names.
  func find(_ link: ResourceLink, _ kind: ResourceKind) -> [Int] {
    var found: [Int] = []
    for address in link.addresses {
      if let number = byAddress[address], resources[number].kind == kind { found.append(number) }
      // An alias leads to its thing directly; there are no chains of them.
      if let alias = aliases[address] {
        found += alias.addresses.compactMap { byAddress[$0] }.filter { resources[$0].kind == kind }
      }
    }
    if !found.isEmpty { return found }
    guard let text = link.text.known else { return [] }
    for name in AWSIdentifiers.names(of: text) {
      let named = byName[Name(kind: kind.name, name: name)] ?? []
      // A name that several share says nothing.
      if named.count == 1 { return named }
      if named.count > 1 { return [] }
    }
    return []
  }

  // MARK: Additions

  private mutating func apply() {
    var substitutes: [Name: Int] = [:]
    for addition in additions {
      let found = find(addition.target, addition.kind)
      for number in found { addition.apply(&resources[number]) }
      guard found.isEmpty, var substitute = addition.substitute else { continue }
      // Rules of one group elsewhere stand together.
      let name = addition.target.addresses.first ?? addition.target.text.known ?? substitute.address
      let key = Name(kind: addition.kind.name, name: name)
      if let number = substitutes[key] {
        addition.apply(&resources[number])
      } else {
        addition.apply(&substitute)
        substitutes[key] = resources.count
        resources.append(substitute)
      }
    }
  }

  /// Rules of events that start no task concern nobody here.
  private mutating func dropEmptyRuns() {
    resources.removeAll {
      $0.kind == ScheduledRun.kind && $0.links("task-definition").isEmpty
    }
  }

  private mutating func finishRegistries() {
    guard !scanning.isEmpty else { return }
    for number in resources.indices where resources[number].kind == Registry.kind {
      let name = resources[number].identifiers.first?.known
      let origin = scanning[0].origin
      if scanning.contains(where: { $0.pattern == "*" || name.map($0.matches) == true }) {
        resources[number][Registry.registryScanning] = .known(true, origin)
      } else if name == nil || scanning.contains(where: { $0.pattern == nil }) {
        resources[number][Registry.registryScanning] = .unknown(
          "the repository's name or the filter is not known",
          origin
        )
      } else {
        resources[number][Registry.registryScanning] = .known(false, origin)
      }
    }
  }

  /// A listener is as reachable as its balancer.
  private mutating func finishListeners() {
    for number in resources.indices where resources[number].kind == Listener.kind {
      let balancers = resources[number].links("load-balancer").flatMap {
        find($0, LoadBalancer.kind)
      }
      let origin = resources[number].origin
      resources[number][Listener.isInternal] =
        balancers.first.map { resources[$0][LoadBalancer.isInternal] }
        ?? .unknown("its load balancer is declared elsewhere", origin)
    }
  }

  // MARK: Uses of security groups

  private mutating func finishGroups() {
    var uses: [Int: Set<String>] = [:]
    for resource in resources {
      guard let use = Self.use(by: resource.kind) else { continue }
      for link in resource.links("security-group") {
        for number in find(link, SecurityGroup.kind) { uses[number, default: []].insert(use) }
      }
    }
    noteOtherUses(&uses)
    for number in resources.indices where resources[number].kind == SecurityGroup.kind {
      // What is said of tasks counts most.
      let order = ["service", "database", "file-system", "load-balancer", "other"]
      let use = order.first { uses[number]?.contains($0) == true } ?? ""
      let origin = resources[number].origin
      resources[number][SecurityGroup.use] = .known(use, origin)
      for part in resources[number].parts.indices {
        resources[number].parts[part][NetworkRule.groupUse] = .known(use, origin)
      }
    }
  }

  private static func use(by kind: ResourceKind) -> String? {
    switch kind {
    case RunService.kind, ScheduledRun.kind: "service"
    case LoadBalancer.kind: "load-balancer"
    case Database.kind: "database"
    case FileSystem.kind: "file-system"
    case PrivateEndpoint.kind: "other"
    default: nil
    }
  }

  /// Instances, functions and the like, which are not read otherwise.
  private func noteOtherUses(_ uses: inout [Int: Set<String>]) {
    for declared in deployment.resources where byAddress[declared.address] == nil {
      if declared.type.contains("SecurityGroup") || declared.type.contains("security_group") {
        continue
      }
      let fields = AWSFields(declared.properties)
      let nested = fields.object("vpcConfig")
      let data = fields.object("launchTemplateData")
      let lists = [
        fields["securityGroupIds"], fields["securityGroups"], fields["vpcSecurityGroupIds"],
        nested["securityGroupIds"], data["securityGroupIds"],
      ]
      for link in lists.flatMap(\.elements).compactMap({ $0.link("security-group") }) {
        for number in find(link, SecurityGroup.kind) { uses[number, default: []].insert("other") }
      }
    }
  }

  // MARK: Names

  /// Two definitions of one family in a project are told apart by their places.
  private mutating func makeIdsUnique() {
    var counts: [String: Int] = [:]
    for workload in workloads { counts[workload.id, default: 0] += 1 }
    var seen: Set<String> = []
    for number in workloads.indices where counts[workloads[number].id, default: 0] > 1 {
      let file = RelativePath.name(of: workloads[number].location.file)
      var id = workloads[number].id + "@" + file
      var copy = 2
      while !seen.insert(id).inserted {
        id = workloads[number].id + "@\(file)~\(copy)"
        copy += 1
      }
      workloads[number].id = id
    }
  }
}

/// What names on AWS may be written as.
enum AWSIdentifiers {
  /// A text itself and the names in it, the longest first: an ARN names its resource.
  static func names(of text: String) -> [String] {
    var names = [text]
    var rest = Substring(text)
    if text.hasPrefix("arn:") {
      let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
      guard parts.count == 6 else { return names }
      rest = parts[5]
      if rest.hasSuffix(":*") { rest = rest.dropLast(2) }
      for prefix in ["log-group:", "secret:", "role/", "parameter"] where rest.hasPrefix(prefix) {
        names.append(String(rest.dropFirst(prefix.count)))
      }
      if let slash = rest.firstIndex(of: "/") {
        names.append(String(rest[rest.index(after: slash)...]))
      }
      if rest.hasPrefix("secret:") {
        // Secrets Manager adds a dash and six characters to the name, and tasks a key of the JSON.
        let name = rest.dropFirst("secret:".count).split(separator: ":").first ?? ""
        names.append(String(name))
        if name.count > 7, name.dropLast(6).last == "-" { names.append(String(name.dropLast(7))) }
      }
    }
    if let slash = rest.lastIndex(of: "/"), slash != rest.startIndex {
      names.append(String(rest[rest.index(after: slash)...]))
    }
    // A revision, or the key of a secret.
    if let colon = rest.lastIndex(of: ":") {
      let before = rest[..<colon]
      names.append(String(before.split(separator: "/").last ?? before))
    }
    return names
  }
}
