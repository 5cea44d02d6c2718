import Templates
import Workloads

/// Joins what a deployment says in several resources.
///
/// First resources are completed by others, then apps get links to all that stands around them:
/// environment, its logs and network, identities and their roles.
enum AzureJoins {
  static func join(_ reading: inout AzureReading) {
    var places: [String: Int] = [:]
    for (index, resource) in reading.resources.enumerated() where !resource.address.isEmpty {
      places[resource.address] = index
    }
    addPolicies(&reading, places)
    addRules(&reading, places)
    addScanning(&reading)
    addServerSettings(&reading, places)
    addSignIns(&reading)
    for (subnets, group) in reading.subnetGroups {
      for index in subnets.compactMap({ places[$0] }) {
        reading.resources[index].links.append(group)
      }
    }
    let index = AzureLinkIndex(reading.resources)
    completeEnvironments(&reading, index)
    nameGroupUses(&reading, index)
    AzureWorkloadJoins(reading, index).join(&reading.workloads)
  }

  private static func addPolicies(_ reading: inout AzureReading, _ places: [String: Int]) {
    for (vault, permissions) in reading.vaultPolicies {
      for index in vault.compactMap({ places[$0] }) {
        reading.resources[index][SecretVault.accessPolicies] += permissions
      }
    }
  }

  private static func addRules(_ reading: inout AzureReading, _ places: [String: Int]) {
    for (groups, rule) in reading.looseRules {
      let body = rule.properties["properties"]
      let name = rule.properties["name"]
      if let index = groups.compactMap({ places[$0] }).first {
        let parts = NetworkGroupRuleReader.rules(body, name, rule.origin, reading.resources[index])
        reading.resources[index].parts += parts
        if parts.contains(where: { $0[NetworkRule.direction].known == "egress" }) {
          reading.resources[index][SecurityGroup.statesEgress] = .known(true, rule.origin)
        }
      } else {
        // Its group is not in the inputs; the rule is there all the same.
        var group = reading.make(SecurityGroup.kind, rule)
        group.parts = NetworkGroupRuleReader.rules(body, name, rule.origin, group)
        reading.resources.append(group)
      }
    }
  }

  private static func addServerSettings(_ reading: inout AzureReading, _ places: [String: Int]) {
    for (server, range) in reading.openRanges {
      for index in server.compactMap({ places[$0] }) {
        reading.resources[index][Database.openRanges].append(range)
      }
    }
    for (server, required) in reading.databaseTLS {
      for index in server.compactMap({ places[$0] }) {
        reading.resources[index][Database.requiresTLS] = required
      }
    }
  }

  private static func addSignIns(_ reading: inout AzureReading) {
    for (apps, refuses) in reading.signIns {
      for place in reading.workloads.indices where apps.contains(reading.workloads[place].address) {
        for index in reading.workloads[place].resources.indices
        where reading.workloads[place].resources[index].kind == Ingress.kind {
          reading.workloads[place].resources[index][Ingress.requiresSignIn] = refuses
        }
      }
    }
  }

  private static func addScanning(_ reading: inout AzureReading) {
    for index in reading.resources.indices where reading.resources[index].kind == Registry.kind {
      let scanning = reading.registryScanning
      reading.resources[index][Registry.registryScanning] =
        scanning.isAbsent ? .known(false, reading.resources[index].origin) : scanning
    }
  }

  private static func completeEnvironments(_ reading: inout AzureReading, _ index: AzureLinkIndex) {
    let settings = reading.resources.filter { $0.kind == LogDestination.kind }
    for place in reading.resources.indices
    where reading.resources[place].kind == AppEnvironment.kind {
      var environment = reading.resources[place]
      for link in environment.links where link.relation == "subnet" {
        guard let subnet = index.resources(link).first else { continue }
        environment[AppEnvironment.subnetRange] = subnet[Subnet.addressRange]
      }
      let targets = settings.flatMap(\.links).filter { $0.relation == "target" }
      let isTarget = targets.contains { index.leads($0, to: environment) }
      let mayBe = targets.first { $0.addresses.isEmpty && $0.text.unknownReason != nil }
      environment[AppEnvironment.hasDiagnostics] =
        isTarget || mayBe == nil
        ? .known(isTarget, environment.origin)
        : .unknown(mayBe?.text.unknownReason ?? "", environment.origin)
      reading.resources[place] = environment
    }
  }

  /// What carries a network security group: a subnet, or the subnet that apps run in.
  private static func nameGroupUses(_ reading: inout AzureReading, _ index: AzureLinkIndex) {
    var uses: [String: String] = [:]
    for subnet in reading.resources where subnet.kind == Subnet.kind {
      let isOfApps = reading.resources.contains { environment in
        environment.kind == AppEnvironment.kind
          && environment.links.contains { $0.relation == "subnet" && index.leads($0, to: subnet) }
      }
      for link in subnet.links where link.relation == "security-group" {
        for group in index.resources(link) where isOfApps || uses[group.address] == nil {
          uses[group.address] = isOfApps ? "service" : "subnet"
        }
      }
    }
    for place in reading.resources.indices where reading.resources[place].kind == SecurityGroup.kind
    {
      let use = uses[reading.resources[place].address] ?? "other"
      let origin = reading.resources[place].origin
      reading.resources[place][SecurityGroup.use] = .known(use, origin)
      for part in reading.resources[place].parts.indices {
        reading.resources[place].parts[part][NetworkRule.groupUse] = .known(use, origin)
      }
    }
  }
}

/// Finds the resources of a deployment that a link names.
struct AzureLinkIndex {
  private var byAddress: [String: Resource] = [:]
  private var byIdentifier: [String: [Resource]] = [:]

  init(_ resources: [Resource]) {
    for resource in resources {
      if !resource.address.isEmpty { byAddress[resource.address] = resource }
      for identifier in resource.identifiers.compactMap(\.known) {
        byIdentifier[identifier, default: []].append(resource)
      }
    }
  }

  func resources(_ link: ResourceLink) -> [Resource] {
    let found = link.addresses.compactMap { byAddress[$0] }.filter {
      link.kind.isEmpty || $0.kind.name == link.kind
    }
    if !found.isEmpty { return found }
    guard let text = link.text.known else { return [] }
    return byIdentifier[text, default: []].filter {
      link.kind.isEmpty || $0.kind.name == link.kind
    }
  }

  func leads(_ link: ResourceLink, to resource: Resource) -> Bool {
    if link.addresses.contains(resource.address), !resource.address.isEmpty { return true }
    guard let text = link.text.known else { return false }
    return resource.identifiers.contains { $0.known == text }
  }
}

/// Gives apps links to what their environment and identities bring along.
struct AzureWorkloadJoins {
  private let resources: [Resource]
  private let parents: [String: String]
  private let index: AzureLinkIndex

  init(_ reading: AzureReading, _ index: AzureLinkIndex) {
    resources = reading.resources
    self.index = index
    parents = Dictionary(
      reading.deployment.resources.compactMap { declared in
        declared.parent.map { (declared.address, $0) }
      },
      uniquingKeysWith: { first, _ in first }
    )
  }

  func join(_ workloads: inout [Workload]) {
    for place in workloads.indices {
      var workload = workloads[place]
      var found: [ResourceLink] = []
      for link in workload.resourceLinks {
        switch link.relation {
        case "environment":
          for environment in index.resources(link) where environment.kind == AppEnvironment.kind {
            found += around(environment, workload)
            Self.limit(&workload, to: environment)
          }
        case "identity":
          for identity in index.resources(link) { found += roles(of: identity.address) }
        default: break
        }
      }
      found += roles(of: workload.address)
      workload.resourceLinks = merged(workload.resourceLinks + found)
      workloads[place] = workload
    }
  }

  /// What is external in an internal environment is so for its virtual network, not for the internet.
  private static func limit(_ workload: inout Workload, to environment: Resource) {
    let isInternal = environment[AppEnvironment.isInternal]
    for place in workload.resources.indices
    where workload.resources[place].kind == Ingress.kind
      && workload.resources[place][Ingress.isExternal].known == true
    {
      let stated = workload.resources[place][Ingress.isExternal].origin
      let origin = Origin(
        stated.location,
        via: stated.via + [isInternal.origin.location].compactMap { $0 }
      )
      switch isInternal.state {
      case .known(true): workload.resources[place][Ingress.isExternal] = .known(false, origin)
      case .unknown(let reason):
        workload.resources[place][Ingress.isExternal] = .unknown(reason, origin)
      default: break
      }
    }
  }

  private func around(_ environment: Resource, _ workload: Workload) -> [ResourceLink] {
    var links = environment.links
    for link in environment.links where link.relation == "subnet" {
      for subnet in index.resources(link) {
        links += subnet.links.filter { $0.relation == "security-group" }
      }
    }
    for resource in resources {
      let isOwn = parents[resource.address] == environment.address
      switch resource.kind {
      case DaprComponent.kind where isOwn && isUsed(resource, workload):
        links.append(link("dapr-component", resource))
      case LogDestination.kind:
        let isTarget = resource.links.contains {
          $0.relation == "target" && index.leads($0, to: environment)
        }
        if isTarget {
          links.append(link("diagnostics", resource))
          links += resource.links.filter { $0.relation == "log-workspace" }
        }
      default: break
      }
    }
    return links
  }

  /// Without scopes, every app with Dapr gets a component.
  private func isUsed(_ component: Resource, _ workload: Workload) -> Bool {
    let scopes = component[DaprComponent.scopes]
    let prefix = "dapr-app:"
    let own = workload.identifiers.compactMap(\.known).first { $0.hasPrefix(prefix) }
    let isOn = workload.settings.contains {
      $0.name == "dapr.enabled" && $0.value.known?.lowercased() != "false"
    }
    guard isOn || own != nil else { return false }
    if scopes.isEmpty { return true }
    return scopes.contains { scope in
      scope.known.map { "\(prefix)\($0)" == own } ?? true
    }
  }

  private func roles(of address: String) -> [ResourceLink] {
    guard !address.isEmpty else { return [] }
    var links: [ResourceLink] = []
    for assignment in resources where assignment.kind == RoleAssignment.kind {
      let isOwn = assignment.links.contains {
        $0.relation == "principal" && $0.addresses.contains(address)
      }
      guard isOwn else { continue }
      links.append(link("role-assignment", assignment))
      links += assignment.links.filter { $0.relation == "role-definition" }
    }
    return links
  }

  private func link(_ relation: String, _ resource: Resource) -> ResourceLink {
    ResourceLink(relation, .absent, addresses: [resource.address], kind: resource.kind.name)
  }

  /// Every resource once, however many ways lead to it.
  private func merged(_ links: [ResourceLink]) -> [ResourceLink] {
    var seen: Set<String> = []
    var result: [ResourceLink] = []
    for link in links {
      let targets = index.resources(link)
      var link = link
      if !targets.isEmpty {
        link.addresses = targets.map(\.address).filter { $0.isEmpty || seen.insert($0).inserted }
        if link.addresses.isEmpty { continue }
      } else if let text = link.text.known {
        guard seen.insert("\(link.kind):\(text)").inserted else { continue }
      }
      result.append(link)
    }
    return result
  }
}
