import DocumentTrees
import Workloads

/// Adds to every workload what only the catalogue and its neighbours tell.
struct FactsBuilder: Sendable {
  private let catalogue: Catalogue
  private let detector: SecretDetector
  private let projects: [String: Project]

  /// What the workloads of one project share.
  private struct Project {
    var names: [String] = []
    /// The workloads that mount a volume, by its name.
    var mounters: [String: Set<String>] = [:]
    /// Those of them that may write to it.
    var writers: [String: Set<String>] = [:]
  }

  init(catalogue: Catalogue, detector: SecretDetector, estate: Estate) {
    self.catalogue = catalogue
    self.detector = detector
    var projects: [String: Project] = [:]
    for workload in estate.workloads {
      let key = Self.key(workload)
      projects[key, default: Project()].names.append(workload.name)
      for mount in workload.containers.flatMap(\.mounts) where mount.type.known == "volume" {
        guard let name = mount.source.known else { continue }
        projects[key, default: Project()].mounters[name, default: []].insert(workload.name)
        if mount.readOnly.known == true { continue }
        projects[key, default: Project()].writers[name, default: []].insert(workload.name)
      }
    }
    self.projects = projects.mapValues { project in
      var project = project
      project.names.sort()
      return project
    }
  }

  private static func key(_ workload: Workload) -> String {
    "\(workload.format.rawValue):\(workload.project)"
  }

  func facts(of workload: Workload, decision: DispositionDecision) -> WorkloadFacts {
    let project = projects[Self.key(workload)] ?? Project()
    let mounted = Set(
      workload.containers.flatMap(\.mounts).filter { $0.type.known == "volume" }
        .compactMap(\.source.known)
    )
    return WorkloadFacts(
      workload: workload,
      decision: decision,
      containers: workload.containers.map {
        ContainerFacts($0, catalogue: catalogue, detector: detector)
      },
      iam: catalogue.iam,
      sharedVolumes: mounted.filter { project.mounters[$0, default: []].count > 1 }.sorted(),
      cowrittenVolumes: mounted.filter {
        !project.writers[$0, default: []].subtracting([workload.name]).isEmpty
      }.sorted(),
      projectWorkloads: project.names
    )
  }
}
