internal import Templates
internal import Workloads

/// Finds everything that stands around each task definition.
struct WorkloadJoins {
  private let joins: AWSJoins
  /// Services and scheduled runs of each workload.
  private var runners: [[Int]]
  /// Listeners by the target group that they send to.
  private var listeners: [Int: [Int]] = [:]
  /// Listeners without a target group by their balancer: those that redirect, those of classic ones.
  private var ownListeners: [Int: [Int]] = [:]
  private var scalers: [Int: [Int]] = [:]
  private var usedAsSecret: Set<Int> = []
  private var roleUses: [Int: Set<String>] = [:]
  /// Workloads by the role that their programs act as.
  private var actors: [Int: [Workload]] = [:]
  /// What attaching each resource costs: it and its parts are assessed with the workload.
  private let weights: [Int]
  /// How much may still be attached; each of many workloads may name each of many resources.
  private var budget = 500_000

  static func join(_ joins: inout AWSJoins) {
    var pass = WorkloadJoins(joins)
    for number in joins.workloads.indices {
      pass.complete(&joins.workloads[number], runners: pass.runners[number])
    }
    if pass.budget < 0 { joins.overflow = joins.workloads.first?.location }
    for number in pass.usedAsSecret {
      let origin = joins.resources[number].origin
      joins.resources[number][Parameter.isUsedAsSecret] = .known(true, origin)
    }
    // Both kinds of roles trust the same service; the task definition tells them apart.
    for (number, uses) in pass.roleUses {
      let origin = joins.resources[number].origin
      joins.resources[number][Role.use] = .known(
        uses.contains("task") ? "task" : "execution",
        origin
      )
    }
    for (number, workloads) in pass.actors {
      let origin = joins.resources[number].origin
      let images = Set(workloads.compactMap { $0.containers.first?.image.known })
      // Several jobs of one program may well share what it is allowed.
      guard images.count > 1 else { continue }
      joins.resources[number][Role.sharedBy] = Set(workloads.map(\.name)).sorted().map {
        .known($0, origin)
      }
    }
  }

  private init(_ joins: AWSJoins) {
    self.joins = joins
    weights = joins.resources.map { 1 + $0.parts.count }
    runners = Array(repeating: [], count: joins.workloads.count)
    let definitions = Definitions(joins.workloads)
    for (number, resource) in joins.resources.enumerated() {
      switch resource.kind {
      case RunService.kind, ScheduledRun.kind:
        for link in resource.links("task-definition") {
          for workload in definitions.find(link, project: resource.project)
          where !runners[workload].contains(number) {
            runners[workload].append(number)
          }
        }
      case Listener.kind:
        for link in resource.links("target-group") {
          for group in joins.find(link, TargetGroup.kind) {
            listeners[group, default: []].append(number)
          }
        }
        guard resource.links("target-group").isEmpty else { continue }
        for link in resource.links("load-balancer") {
          for balancer in joins.find(link, LoadBalancer.kind) {
            ownListeners[balancer, default: []].append(number)
          }
        }
      case Autoscaler.kind:
        for link in resource.links("target") {
          for service in joins.find(link, RunService.kind) {
            scalers[service, default: []].append(number)
          }
        }
      default: break
      }
    }
  }

  // MARK: One workload

  private mutating func complete(_ workload: inout Workload, runners: [Int]) {
    var attached = Attached(weights: weights, budget: budget)
    defer { budget = attached.budget }
    for link in workload.resourceLinks { resolve(link, workload, &attached) }
    for runner in runners {
      let resource = joins.resources[runner]
      if resource.kind == RunService.kind {
        attached.add(runner, "service")
        contribute(resource, scalers[runner] ?? [], &workload)
        for scaler in scalers[runner] ?? [] { attached.add(scaler, "autoscaler") }
      } else {
        attached.add(runner, "scheduled-run")
        // What a service keeps running does not run by the clock, whatever else starts it.
        let isKept = runners.contains { joins.resources[$0].kind == RunService.kind }
        if workload.schedule.isAbsent, !isKept {
          workload.schedule = resource[ScheduledRun.schedule]
        }
      }
      follow(runner, depth: 0, &attached)
    }
    if runners.isEmpty, workload.replicas.isAbsent {
      let reason = "nothing in the inputs says how many copies run"
      workload.replicas = .unknown(reason, Origin(workload.location))
    }
    // What is found here is named by its address; what is not may still be found elsewhere.
    var links = attached.unresolved
    for entry in attached.found {
      let resource = joins.resources[entry.number]
      links.append(
        ResourceLink(
          entry.relation,
          .unknown("it is named by its address", resource.origin),
          addresses: [resource.address],
          kind: resource.kind.name
        )
      )
    }
    workload.resourceLinks = links
  }

  /// Resources found so far, each once.
  private struct Attached {
    let weights: [Int]
    var budget: Int
    private(set) var found: [(number: Int, relation: String)] = []
    var unresolved: [ResourceLink] = []
    private var seen: Set<Int> = []

    init(weights: [Int], budget: Int) {
      self.weights = weights
      self.budget = budget
    }

    @discardableResult mutating func add(_ number: Int, _ relation: String) -> Bool {
      guard budget >= 0, seen.insert(number).inserted else { return false }
      force(number, relation)
      return true
    }

    /// Adds a resource that may be there already in another part.
    mutating func force(_ number: Int, _ relation: String) {
      budget -= weights[number]
      if budget >= 0 { found.append((number, relation)) }
    }
  }

  /// What the task definition itself names.
  private mutating func resolve(
    _ link: ResourceLink,
    _ workload: Workload,
    _ attached: inout Attached
  ) {
    switch link.relation {
    case "execution", "task":
      let roles = joins.find(link, Role.kind)
      if roles.isEmpty { attached.unresolved.append(link) }
      for number in roles {
        // One role may be both, which is not well, but so it is.
        attached.force(number, link.relation)
        roleUses[number, default: []].insert(link.relation)
        if link.relation == "task" { actors[number, default: []].append(workload) }
      }
    case "image":
      let repositories = images(link)
      for number in repositories { attached.add(number, "registry") }
    case "uses":
      for number in joins.find(link, Database.kind) where !link.addresses.isEmpty {
        if attached.add(number, "database") { follow(number, depth: 0, &attached) }
      }
    case "secret":
      let secrets = joins.find(link, ManagedSecret.kind)
      let parameters = joins.find(link, Parameter.kind)
      for number in secrets + parameters { attached.add(number, "secret") }
      usedAsSecret.formUnion(parameters)
      if secrets.isEmpty, parameters.isEmpty { attached.unresolved.append(link) }
    case "log-group": attach(link, LogGroup.kind, &attached)
    case "file-system": attach(link, FileSystem.kind, &attached)
    default: attached.unresolved.append(link)
    }
  }

  private func attach(_ link: ResourceLink, _ kind: ResourceKind, _ attached: inout Attached) {
    let found = joins.find(link, kind)
    if found.isEmpty { attached.unresolved.append(link) }
    for number in found where attached.add(number, link.relation) {
      follow(number, depth: 0, &attached)
    }
  }

  /// The repositories that an image is pulled from.
  private func images(_ link: ResourceLink) -> [Int] {
    let found = link.addresses.flatMap { address in
      joins.find(ResourceLink("", .absent, addresses: [address]), Registry.kind)
    }
    if !found.isEmpty { return found }
    guard let text = link.text.known else { return [] }
    let image = ImageReference(text)
    guard image.registry.contains(".dkr.ecr.") || image.registry == "public.ecr.aws" else {
      return []
    }
    return joins.find(ResourceLink("", .known(image.repository)), Registry.kind)
  }

  /// Which links lead on from what is attached, and to what.
  private func follow(_ number: Int, depth: Int, _ attached: inout Attached) {
    guard depth < 6 else { return }
    let resource = joins.resources[number]
    for link in resource.links {
      guard let kind = Self.next(link.relation, from: resource.kind) else { continue }
      for other in joins.find(link, kind) where attached.add(other, link.relation) {
        follow(other, depth: depth + 1, &attached)
      }
    }
    let further =
      resource.kind == TargetGroup.kind
      ? listeners[number] : resource.kind == LoadBalancer.kind ? ownListeners[number] : nil
    for listener in further ?? [] where attached.add(listener, "listener") {
      follow(listener, depth: depth + 1, &attached)
    }
  }

  private static func next(_ relation: String, from kind: ResourceKind) -> ResourceKind? {
    switch (relation, kind) {
    case ("cluster", _): Cluster.kind
    case ("security-group", _): SecurityGroup.kind
    case ("subnet", _): Subnet.kind
    case ("virtual-network", _): VirtualNetwork.kind
    case ("log-group", _): LogGroup.kind
    case ("load-balancer", _): LoadBalancer.kind
    // A listener's other groups serve other workloads.
    case ("target-group", RunService.kind): TargetGroup.kind
    default: nil
    }
  }

  // MARK: What a service says of its copies

  private func contribute(_ service: Resource, _ scalers: [Int], _ workload: inout Workload) {
    if workload.replicas.isAbsent { workload.replicas = service[RunService.desiredCount] }
    workload.placement += service[RunService.placement]
    if service[RunService.schedulingStrategy].known?.uppercased() == "DAEMON" {
      workload.deployMode = .known("global", service[RunService.schedulingStrategy].origin)
    }
    for name in service[RunService.managedVolumes] {
      for number in workload.volumes.indices where workload.volumes[number].name == name.known {
        if workload.volumes[number].driver.isAbsent {
          workload.volumes[number].driver = .known("ebs", name.origin)
        }
      }
    }
    for number in scalers {
      let scaler = joins.resources[number]
      var scaling = workload.scaling ?? Scaling(origin: scaler.origin)
      if scaling.minimum.isAbsent { scaling.minimum = scaler[Autoscaler.minimum] }
      if scaling.maximum.isAbsent { scaling.maximum = scaler[Autoscaler.maximum] }
      scaling.triggers += scaler.parts(ScalingTrigger.kind).map { $0[ScalingTrigger.type] }
        .filter { !$0.isAbsent }
      workload.scaling = scaling
    }
  }
}

/// Finds task definitions by address, family, family and revision, or ARN.
private struct Definitions {
  private let workloads: [Workload]
  private var byAddress: [String: Int] = [:]
  private var byName: [String: [Int]] = [:]

  init(_ workloads: [Workload]) {
    self.workloads = workloads
    for (number, workload) in workloads.enumerated() {
      byAddress[workload.address] = number
      for name in Set(workload.identifiers.compactMap(\.known)) {
        byName[name, default: []].append(number)
      }
    }
  }

  func find(_ link: ResourceLink, project: String) -> [Int] {
    let addressed = link.addresses.compactMap { byAddress[$0] }
    if !addressed.isEmpty { return Array(addressed.prefix(1)) }
    guard let text = link.text.known else { return [] }
    for name in AWSIdentifiers.names(of: text) {
      let named = byName[name] ?? []
      let own = named.filter { workloads[$0].project == project }
      if own.count == 1 { return own }
      if own.isEmpty, named.count == 1 { return named }
      if !named.isEmpty { return [] }
    }
    return []
  }
}
