internal import DocumentTrees
internal import Workloads

/// Scaling, which Compose itself has no place for: the extensions of two converters are read.
extension ComposeServiceReader {
  /// The labels `kompose.hpa.…` that Kompose turns into an autoscaler.
  mutating func readScalingLabels() {
    let marked = workload.labels.filter { $0.name.hasPrefix("kompose.hpa.") }
    guard let first = marked.first, workload.scaling == nil else { return }
    var scaling = Scaling(origin: first.origin)
    for label in marked {
      switch label.name {
      case "kompose.hpa.replicas.min": scaling.minimum = number(label.value)
      case "kompose.hpa.replicas.max": scaling.maximum = number(label.value)
      case "kompose.hpa.cpu": scaling.triggers.append(.known("cpu", label.origin))
      case "kompose.hpa.memory": scaling.triggers.append(.known("memory", label.origin))
      default: break
      }
    }
    workload.scaling = scaling
  }

  /// `deploy.x-aws-autoscaling`, as Docker's ECS integration had it.
  mutating func readScalingExtension(_ entry: ComposeEntry) {
    var scaling = Scaling(origin: entry.place)
    for field in session.entries(entry.value) {
      switch field.key {
      case "min": scaling.minimum = session.integer(field.value)
      case "max": scaling.maximum = session.integer(field.value)
      case "cpu", "memory": scaling.triggers.append(.known(field.key, field.place))
      default: break
      }
    }
    workload.scaling = scaling
  }

  private func number(_ text: Value<String>) -> Value<Int> {
    text.map(orUnknown: "it is no number") { Int($0) }
  }
}
