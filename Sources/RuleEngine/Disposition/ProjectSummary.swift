import Workloads

/// What has to be known of a project to judge one of its workloads.
struct ProjectSummary: Sendable {
  /// Names of the workloads that the catalogue does not know as components.
  private(set) var applications: Set<String> = []
  /// Names of the workloads that speak FastCGI or uWSGI and need a web server before them.
  private(set) var gatewaySpeakers: [String] = []
  /// Who mounts a folder or volume so that it can write to it.
  private var writers: [String: Set<String>] = [:]

  /// Summaries by format and project.
  static func summaries(of estate: Estate, catalogue: Catalogue) -> [Key: ProjectSummary] {
    var summaries: [Key: ProjectSummary] = [:]
    for workload in estate.workloads {
      summaries[Key(workload), default: .init()].add(workload, catalogue)
    }
    return summaries
  }

  struct Key: Hashable {
    var format: FileFormat
    var project: String

    init(_ workload: Workload) {
      format = workload.format
      project = workload.project
    }
  }

  mutating func add(_ workload: Workload, _ catalogue: Catalogue) {
    let images = workload.containers.compactMap(ContainerImage.init)
    let isComponent =
      !images.isEmpty
      && images.allSatisfy { image in
        catalogue.component(of: image.reference) != nil
      }
    if !isComponent { applications.insert(workload.name) }
    if images.contains(where: { Self.speaksGateway($0.reference) }) {
      gatewaySpeakers.append(workload.name)
    }
    for mount in workload.containers.lazy.flatMap(\.mounts) where mount.readOnly.known != true {
      if let source = Self.shareable(mount) { writers[source, default: []].insert(workload.name) }
    }
  }

  /// Whether another workload can write to what a mount shows.
  func hasWriter(of mount: Mount, besides workload: Workload) -> Bool {
    guard let source = Self.shareable(mount), let names = writers[source] else { return false }
    return names.contains { $0 != workload.name }
  }

  /// What identifies the source of a mount within its project; nil if nobody else can have it.
  private static func shareable(_ mount: Mount) -> String? {
    let shared: Set = ["bind", "volume", "hostPath", "persistentVolumeClaim"]
    guard let type = mount.type.known, shared.contains(type) else { return nil }
    return (mount.projectPath ?? mount.source.known).map { "\(type):\($0)" }
  }

  /// Whether an image is PHP-FPM or uWSGI, which a load balancer cannot talk to.
  private static func speaksGateway(_ image: ImageReference) -> Bool {
    let words = (image.tag + "-" + image.name).lowercased().split { $0 == "-" || $0 == "_" }
    return words.contains("fpm") || words.contains("uwsgi") || image.name == "phpfpm"
  }
}
