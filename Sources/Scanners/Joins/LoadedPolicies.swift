import DocumentTrees
import Workloads

/// A policy file that a deployment loads is judged where it is used, and not once more by itself.
enum LoadedPolicies {
  static func drop(from result: inout ScanResult) {
    let lone = result.resources.filter { $0.format == .iamPolicy }
    guard !lone.isEmpty else { return }
    var loaded: Set<String> = []
    for resource in result.resources + result.workloads.flatMap(\.resources)
    where resource.format != .iamPolicy {
      for statement in resource.parts where statement.kind == Statement.kind {
        let places = [statement.origin.location].compactMap { $0 } + statement.origin.via
        loaded.formUnion(places.map(\.file))
      }
    }
    loaded.formIntersection(lone.compactMap { $0.origin.location?.file })
    guard !loaded.isEmpty else { return }
    result.resources.removeAll { resource in
      resource.format == .iamPolicy
        && resource.origin.location.map { loaded.contains($0.file) } == true
    }
    // What is odd in it was told by both.
    var told: Set<Notice> = []
    result.notices.removeAll { notice in
      loaded.contains(notice.location.file) && !told.insert(notice).inserted
    }
  }
}
