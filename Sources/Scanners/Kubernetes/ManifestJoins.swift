import DocumentTrees
import Templates
import Workloads

/// Attaches resources to the workloads that they concern, inside Kubernetes.
struct ManifestJoins {
  private(set) var built: [BuiltWorkload]
  let index: ManifestIndex
  let notes: ManifestNotes
  /// Numbers of workloads by one label of their pods, by name, by what they use.
  private var byLabel: [String: [Int]] = [:]
  private var byName: [String: [Int]] = [:]
  private var byUse: [PodUse: [Int]] = [:]
  private var byAccount: [String: [Int]] = [:]
  private var daprApps: [(id: String, workload: Int)] = []
  private(set) var unattached: [Resource] = []
  /// What looking for workloads may still cost.
  private var budget = 5_000_000
  /// How many resources may still be attached to workloads.
  private var attachments = 300_000

  init(_ built: [BuiltWorkload], index: ManifestIndex, notes: ManifestNotes) {
    self.built = built
    self.index = index
    self.notes = notes
    for (number, one) in built.enumerated() {
      for (name, value) in one.labels { byLabel["\(name)=\(value)", default: []].append(number) }
      byName[one.workload.name, default: []].append(number)
      for use in one.uses { byUse[use, default: []].append(number) }
      let account = one.workload.serviceAccount.known ?? "default"
      byAccount[account, default: []].append(number)
      let dapr = one.workload.settings.first { $0.name == "dapr.app-id" }?.value.known
      if let dapr { daprApps.append((dapr, number)) }
      let isDapr = one.workload.settings.contains { $0.name == "dapr.enabled" }
      if isDapr, dapr == nil { daprApps.append((one.workload.name, number)) }
    }
  }

  mutating func attach(_ pending: [PendingResource]) {
    for one in pending { attach(one) }
  }

  private mutating func attach(_ pending: PendingResource) {
    let numbers = concerned(pending)
    let resource = pending.resource
    guard !numbers.isEmpty else {
      unattached.append(resource)
      return
    }
    var isAttached = false
    for number in numbers.prefix(Self.maximumAttached)
    where attachments > 0 && built[number].workload.resources.count < Self.maximumResources {
      attachments -= 1
      isAttached = true
      built[number].workload.resources.append(resource)
      if resource.kind == Autoscaler.kind { setScaling(resource, number) }
      if resource.kind == KubernetesService.kind { publish(pending, number) }
      if resource.kind == ServiceAccount.kind { takeOver(pending.object, number) }
    }
    if !isAttached { unattached.append(resource) }
    if numbers.count > Self.maximumAttached || !isAttached {
      notes.add(
        .limit,
        pending.object.location,
        "It concerns more workloads than are looked at; not all of them show it."
      )
    }
  }

  private static let maximumAttached = 500
  private static let maximumResources = 2000

  // MARK: Whom it concerns

  private mutating func concerned(_ pending: PendingResource) -> [Int] {
    switch pending.concern {
    case .nothing: return []
    case .pods(let selector): return selected(selector, pending.object)
    case .controller(let kind, let name):
      return nearest(byName[name] ?? [], pending.object) { kind.isEmpty || $0.object.kind == kind }
    case .services(let names):
      var numbers: [Int] = []
      for name in names.prefix(100) {
        for service in index.numbers("Service", name, for: pending.object).prefix(4) {
          let object = index.objects[service]
          guard let selector = LabelSelector(plain: object.spec["selector"]) else { continue }
          for number in selected(selector, object) where !numbers.contains(number) {
            numbers.append(number)
          }
        }
      }
      return numbers
    case .accounts(let accounts):
      var numbers: [Int] = []
      for account in Set(accounts) {
        let asker = account.namespace.map { pending.object.inNamespace($0) } ?? pending.object
        // Every pod that names no account runs as `default`; that of another folder is another one.
        let isCommon = account.name == "default"
        let found = nearest(byAccount[account.name] ?? [], asker) {
          !isCommon || asker.folder == $0.object.folder || asker.sharesNamespace(with: $0.object)
        }
        for number in found where !numbers.contains(number) {
          numbers.append(number)
        }
      }
      return numbers.sorted()
    case .use(let use):
      if use.kind == "Dapr" { return daprApps(use.name, pending.object) }
      return nearest(byUse[use] ?? [], pending.object) { _ in true }
    case .namespace:
      return nearest(Array(built.indices), pending.object) { _ in true }
    }
  }

  private mutating func selected(_ selector: LabelSelector, _ object: ManifestObject) -> [Int] {
    guard !selector.isEmpty else { return [] }
    let candidates =
      selector.pairs.first.map { byLabel["\($0.name)=\($0.value)"] ?? [] } ?? Array(built.indices)
    return nearest(candidates, object) { selector.matches($0.labels) }
  }

  private mutating func daprApps(_ scopes: String, _ object: ManifestObject) -> [Int] {
    let wanted = Set(scopes.split(separator: "\n").map(String.init))
    let apps = daprApps.filter { wanted.isEmpty || wanted.contains($0.id) }
    return nearest(apps.map(\.workload), object) { _ in true }
  }

  /// The nearest of the workloads for which `fits` holds.
  private mutating func nearest(
    _ candidates: [Int],
    _ object: ManifestObject,
    where fits: (BuiltWorkload) -> Bool
  ) -> [Int] {
    var best = Int.min
    var found: [Int] = []
    for number in candidates {
      budget -= 1
      guard budget > 0 else {
        notes.add(.limit, object.location, "There are too many objects to join all of them.")
        return found
      }
      let candidate = built[number]
      guard let nearness = Neighbourhood.nearness(object, candidate.object), nearness >= best,
        fits(candidate)
      else { continue }
      // In one folder a Service may lead to pods of several files.
      let rank = min(nearness, 1000)
      if rank > best { found = [] }
      if rank < best { continue }
      best = rank
      found.append(number)
    }
    return found
  }

  // MARK: What it changes

  private mutating func setScaling(_ resource: Resource, _ number: Int) {
    guard built[number].workload.scaling == nil else { return }
    var scaling = Scaling(origin: resource.origin)
    scaling.minimum = resource[Autoscaler.effectiveMinimum]
    scaling.maximum = resource[Autoscaler.effectiveMaximum]
    scaling.triggers = resource.parts(ScalingTrigger.kind).map { $0[ScalingTrigger.type] }
    built[number].workload.scaling = scaling
  }

  /// Ports that a Service leads to; the world reaches those of a NodePort or LoadBalancer.
  private mutating func publish(_ pending: PendingResource, _ number: Int) {
    let type = pending.resource[KubernetesService.type].known
    let isOutside = type == "NodePort" || type == "LoadBalancer"
    for element in pending.object.spec["ports"].elements.prefix(100) {
      let target = element["targetPort"].isNothing ? element["port"] : element["targetPort"]
      guard let text = target.settled.known else { continue }
      if let place = place(of: text, number) {
        if isOutside {
          built[number].workload.containers[place.container].ports[place.port].isPublished = true
        }
      } else if Int(text) != nil {
        addPort(target, element, isOutside, number)
      }
    }
  }

  private func place(of text: String, _ number: Int) -> (container: Int, port: Int)? {
    if let named = built[number].portNames[text] { return named }
    guard let port = Int(text) else { return nil }
    for (container, one) in built[number].workload.containers.enumerated() {
      if let position = one.ports.firstIndex(where: { $0.container.known == port }) {
        return (container, position)
      }
    }
    return nil
  }

  /// Whatever a Service leads to is listened on, declared or not.
  private mutating func addPort(
    _ target: Datum,
    _ element: Datum,
    _ isOutside: Bool,
    _ number: Int
  ) {
    let containers = built[number].workload.containers
    let main = containers.indices.filter { containers[$0].role == .main }
    guard main.count == 1, let only = main.first, containers[only].ports.count < 1000 else {
      return
    }
    var port = Port(origin: Origin(target.location, via: target.origin.via))
    port.container = target.integer
    port.containerEnd = port.container
    let transport = element["protocol"].settled
    if !transport.isAbsent { port.transport = transport.map { $0.lowercased() } }
    port.isPublished = isOutside
    built[number].workload.containers[only].ports.append(port)
  }

  /// A service account brings along the secrets that images are pulled with.
  private mutating func takeOver(_ account: ManifestObject, _ number: Int) {
    let role = account.annotation("eks.amazonaws.com/role-arn")
    if !role.isAbsent {
      built[number].workload.resourceLinks.append(ResourceLink("pod", role, kind: Role.kind.name))
    }
    // Those of the pod, where it has any, take the place of the account's.
    guard built[number].workload.imagePullSecrets.isEmpty else { return }
    built[number].workload.imagePullSecrets =
      account.body["imagePullSecrets"].elements.map { $0["name"].settled }
  }
}
