import Templates
import Workloads

/// The Dapr sidecar, which annotations ask for.
extension PodReader {
  mutating func readDapr() {
    let annotations = metadata["annotations"]
    guard annotations["dapr.io/enabled"].flag.known == true else { return }
    let prefix = "dapr.io/"
    for entry in annotations.entries where entry.key.hasPrefix(prefix) {
      let name = "dapr." + entry.key.dropFirst(prefix.count)
      workload.settings.append(NamedValue(name, entry.value.settled, entry.value.origin))
    }
    // What Dapr calls the program on is a port of the program, declared or not.
    let port = annotations["dapr.io/app-port"]
    guard let number = port.integer.known,
      let main = workload.containers.firstIndex(where: { $0.role == .main }),
      !workload.containers.contains(where: { container in
        container.ports.contains { $0.container.known == number }
      })
    else { return }
    var added = Port(origin: port.origin)
    added.container = port.integer
    added.containerEnd = added.container
    let spoken = annotations["dapr.io/app-protocol"].settled
    added.applicationProtocol = spoken.isAbsent ? .known("http") : spoken
    workload.containers[main].ports.append(added)
  }
}
