import Workloads

/// What two definitions of one workload say differently, in words.
enum DefinitionDifferences {
  static func between(_ first: Workload, _ second: Workload) -> [String] {
    aspects.filter { $0.texts(first) != $0.texts(second) }.map(\.name)
  }

  private struct Aspect {
    let name: String
    /// What a workload says of it, in an order of its own.
    let texts: (Workload) -> [String]
  }

  private static var aspects: [Aspect] {
    [
      Aspect(name: "images") { each($0) { [$0.image.known?.text ?? "…"] } },
      Aspect(name: "copies") { [text($0.replicas)] },
      Aspect(name: "variables") {
        each($0) { $0.variables.map { "\($0.name)=\($0.value.known ?? text($0.reference))" } }
      },
      Aspect(name: "commands") { each($0) { [text($0.entrypoint), text($0.command)] } },
      Aspect(name: "resources") {
        each($0) { container in
          let resources = container.resources
          return [
            text(resources.cpuRequest), text(resources.cpuLimit), text(resources.memoryRequest),
            text(resources.memoryLimit),
          ]
        }
      },
      Aspect(name: "volumes") {
        each($0) { $0.mounts.map { "\(text($0.type)) \(text($0.source)) \(text($0.target))" } }
      },
      Aspect(name: "ports") { each($0) { $0.ports.map { text($0.container) } } },
      Aspect(name: "probes") {
        each($0) { $0.probes.map { "\($0.purpose) \(text($0.type)) \(text($0.path))" } }
      },
      Aspect(name: "security settings") { workload in
        [text(workload.networkMode), text(workload.pidMode), text(workload.ipcMode)]
          + each(workload) { container in
            [
              text(container.privileged), text(container.user), text(container.mustRunAsNonRoot),
              text(container.readOnlyRootFilesystem), text(container.allowPrivilegeEscalation),
            ] + container.addedCapabilities.map(text) + container.droppedCapabilities.map(text)
          }
      },
    ]
  }

  /// What each container says, whatever the containers' order.
  private static func each(
    _ workload: Workload,
    _ texts: (Container) -> [String]
  ) -> [String] {
    workload.containers.map { $0.name + ":" + texts($0).sorted().joined(separator: "\n") }.sorted()
  }

  private static func text<Content>(_ value: Value<Content>) -> String {
    value.known.map { "\($0)" } ?? ""
  }
}
