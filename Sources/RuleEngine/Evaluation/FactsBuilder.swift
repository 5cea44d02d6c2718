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
    /// Where the first of its workloads stands.
    var place: SourceLocation?
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
      let place = projects[key]?.place ?? workload.location
      projects[key]?.place =
        Self.stands(workload.location, before: place) ? workload.location : place
      for mount in workload.containers.flatMap(\.mounts) where Self.isShareable(mount) {
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

  /// Whether other workloads can mount the same by its name.
  private static func isShareable(_ mount: Mount) -> Bool {
    mount.type.known == "volume" || mount.type.known == "persistentVolumeClaim"
  }

  private static func stands(_ one: SourceLocation, before other: SourceLocation) -> Bool {
    (one.file, one.range.start) < (other.file, other.range.start)
  }

  private static func key(_ workload: Workload) -> String {
    "\(workload.format.rawValue):\(workload.project)"
  }

  func facts(of workload: Workload, decision: DispositionDecision) -> WorkloadFacts {
    let project = projects[Self.key(workload)] ?? Project()
    let mounted = Set(
      workload.containers.flatMap(\.mounts).filter(Self.isShareable)
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
      projectWorkloads: project.names,
      projectPlace: Origin(project.place)
    )
  }
}
