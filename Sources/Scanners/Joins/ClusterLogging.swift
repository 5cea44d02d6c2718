import DocumentTrees
import Workloads

/// Attaches what a whole cluster does with logs to the workloads that would run in it.
///
/// The ConfigMap of EKS Fargate lies in a namespace of its own and speaks for all of them.
enum ClusterLogging {
  static func attach(_ result: inout ScanResult) {
    let destinations = result.resources.filter {
      $0.kind == LogDestination.kind && $0.format == .kubernetes
    }
    if destinations.isEmpty { return }
    var isUsed = false
    for index in result.workloads.indices where result.workloads[index].format == .kubernetes {
      let file = result.workloads[index].location.file
      for var destination in destinations {
        guard let place = destination.origin.location, Nearness.areRelated(place.file, file) else {
          continue
        }
        destination.relation = "cluster"
        result.workloads[index].resources.append(destination)
        isUsed = true
      }
    }
    if isUsed {
      result.resources.removeAll { $0.kind == LogDestination.kind && $0.format == .kubernetes }
    }
  }
}
