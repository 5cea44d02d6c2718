import DocumentTrees
package import Workloads

/// Finds Compose services that are the development view of a workload which other files deploy.
///
/// Two definitions are of one workload if a Compose file lies near the other definition and
/// - both build from the same Dockerfile and stage, or
/// - both have the same name, and the same image repository or the service builds it itself, or
/// - both run the same repository and no other definition there does.
/// The deployed definition is judged; the Compose service points to it and is judged as local.
package enum SameWorkloads {
  package static func join(_ workloads: inout [Workload]) {
    let services = workloads.indices.filter { workloads[$0].format == .compose }
    let deployed = workloads.indices.filter { isDeployed(workloads[$0]) }
    if services.isEmpty || deployed.isEmpty { return }
    let index = Index(workloads, deployed)
    let own = Index(workloads, services)
    for service in services {
      guard let (other, reason) = match(service, workloads, index, own) else { continue }
      let (local, remote) = (workloads[service], workloads[other])
      workloads[other].otherDefinitions.append(
        OtherDefinition(workload: local.id, reason: reason, location: local.location)
      )
      workloads[service].deployedDefinition = OtherDefinition(
        workload: remote.id,
        reason: reason,
        location: remote.location
      )
    }
  }

  /// What a user says instead: the workloads that `isNamed` picks are other definitions of the one
  /// with the id or name `other`; of none, if that is empty.
  package static func overrule(
    _ workloads: inout [Workload],
    where isNamed: (Workload) -> Bool,
    sameAs other: String
  ) {
    let target = workloads.indices.first {
      !other.isEmpty && isDeployed(workloads[$0])
        && (workloads[$0].id == other || workloads[$0].name == other)
    }
    for index in workloads.indices where isNamed(workloads[index]) && index != target {
      let id = workloads[index].id
      for place in workloads.indices {
        workloads[place].otherDefinitions.removeAll { $0.workload == id }
      }
      workloads[index].deployedDefinition = nil
      guard let target else { continue }
      let reason = "the project's settings say so"
      workloads[target].otherDefinitions.append(
        OtherDefinition(workload: id, reason: reason, location: workloads[index].location)
      )
      workloads[index].deployedDefinition = OtherDefinition(
        workload: workloads[target].id,
        reason: reason,
        location: workloads[target].location
      )
    }
  }

  private static func isDeployed(_ workload: Workload) -> Bool {
    switch workload.format {
    case .compose, .dockerfile, .dotenv: false
    default:
      !workload.isInfrastructure && !workload.isUnreadable && workload.deployedDefinition == nil
    }
  }

  /// Workloads by what may tell that they are the same.
  private struct Index {
    var byName: [String: [Int]] = [:]
    var byRepository: [String: [Int]] = [:]
    var byDockerfile: [String: [Int]] = [:]

    init(_ workloads: [Workload], _ indices: [Int]) {
      for index in indices {
        let workload = workloads[index]
        byName[SameWorkloads.name(workload), default: []].append(index)
        for container in workload.containers where container.role == .main {
          if let image = container.image.known {
            byRepository[ImageBuilds.repository(image), default: []].append(index)
          }
          if let key = SameWorkloads.dockerfile(container) {
            byDockerfile[key, default: []].append(index)
          }
        }
      }
    }
  }

  private static func match(
    _ service: Int,
    _ workloads: [Workload],
    _ deployed: Index,
    _ services: Index
  ) -> (Int, reason: String)? {
    let workload = workloads[service]
    let file = workload.location.file
    func near(_ candidates: [Int]?) -> [Int] {
      (candidates ?? []).filter { Nearness.areRelated(workloads[$0].location.file, file) }
    }
    let named = near(deployed.byName[name(workload)])
    for container in workload.containers where container.role == .main {
      if let key = dockerfile(container) {
        let same = near(deployed.byDockerfile[key])
        if let other = same.first(where: named.contains) ?? (same.count == 1 ? same[0] : nil) {
          return (other, "both are built from \(container.build?.dockerfile.known ?? key)")
        }
      }
      if let image = container.image.known {
        let key = ImageBuilds.repository(image)
        let same = near(deployed.byRepository[key])
        if let other = same.first(where: named.contains) {
          return (other, "both are called \(workload.name) and run \(image.repository)")
        }
        let rivals = near(services.byRepository[key])
        if same.count == 1, rivals.count == 1 {
          return (same[0], "both run \(image.repository), and nothing else does")
        }
      }
      if container.build != nil, let other = named.first,
        workloads[other].containers.contains(where: { names($0, workload.name) })
      {
        return (other, "both are called \(workload.name), and the service builds that image")
      }
    }
    return nil
  }

  /// Whether a container's image is named like a service: `registry/shop/web:1` for `web`.
  private static func names(_ container: Container, _ service: String) -> Bool {
    guard let image = container.image.known else { return false }
    let name = image.name.lowercased()
    let service = service.lowercased()
    return name == service || name.hasSuffix("-" + service) || name.hasSuffix("_" + service)
  }

  private static func name(_ workload: Workload) -> String {
    workload.name.lowercased().filter { $0 != "-" && $0 != "_" }
  }

  private static func dockerfile(_ container: Container) -> String? {
    guard let build = container.build, let path = build.dockerfile.known else { return nil }
    return path + "#" + (build.target.known ?? "")
  }
}
