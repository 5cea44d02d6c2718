package import Workloads

/// Links services that only name an image to the service beside them that builds it.
///
/// Teams build an image once and start it several times with other commands; what the Dockerfile
/// says holds for all of them.
package enum SharedImages {
  package static func link(_ workloads: inout [Workload]) {
    var builds: [Key: Build] = [:]
    for workload in workloads {
      for container in workload.containers {
        guard let build = container.build, let image = container.image.known else { continue }
        builds[Key(workload.format, workload.project, image)] = build
      }
    }
    if builds.isEmpty { return }
    for index in workloads.indices {
      for number in workloads[index].containers.indices {
        let container = workloads[index].containers[number]
        guard container.build == nil, let image = container.image.known,
          let build = builds[Key(workloads[index].format, workloads[index].project, image)]
        else { continue }
        workloads[index].containers[number].build = build
        workloads[index].adoptImageSettings(ofContainerAt: number)
      }
    }
  }

  private struct Key: Hashable {
    var format: FileFormat
    var project: String
    var repository: String
    var tag: String
    var digest: String

    init(_ format: FileFormat, _ project: String, _ image: ImageReference) {
      self.format = format
      self.project = project
      repository = image.registry + "/" + image.repository
      tag = image.tag.isEmpty ? "latest" : image.tag
      digest = image.digest
    }
  }
}
