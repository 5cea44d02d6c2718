import DocumentTrees
import Workloads

/// Joins what different files say of the same things, once all of them are read.
///
/// The order matters: what is judged elsewhere goes first; builds before workloads are compared, because a common Dockerfile is evidence;
/// links before holders, so that what stays unlinked is known and gets a holder of its own.
package enum EstateJoins {
  package static func join(_ result: inout ScanResult, imageBuilds: ImageBuilds) {
    LoadedPolicies.drop(from: &result)
    imageBuilds.link(&result)
    SameWorkloads.join(&result.workloads)
    ClusterLogging.attach(&result)
    ResourceLinks.attach(&result)
    InfrastructureHolders.gather(&result)
  }
}

/// Attaches resources to the workloads that name them.
enum ResourceLinks {
  static func attach(_ result: inout ScanResult) {
    guard !result.resources.isEmpty else { return }
    var byAddress: [String: Int] = [:]
    var byIdentifier: [String: [Int]] = [:]
    for (index, resource) in result.resources.enumerated() {
      if !resource.address.isEmpty { byAddress[resource.address] = index }
      for identifier in resource.identifiers.compactMap(\.known) {
        byIdentifier[identifier, default: []].append(index)
      }
    }
    var used: Set<Int> = []
    for index in result.workloads.indices {
      let project = result.workloads[index].project
      for link in result.workloads[index].resourceLinks {
        var targets = link.addresses.compactMap { byAddress[$0] }
        if targets.isEmpty, let text = link.text.known {
          let whole = byIdentifier[text, default: []]
          // A full ARN names what its file calls by its last part: `…:role/service/orders`.
          let last = text.hasPrefix("arn:") ? text.split(separator: "/").last : nil
          let short = last.map(String.init)
          let found = whole.isEmpty ? short.flatMap { byIdentifier[$0] } ?? [] : whole
          let named = found.filter {
            link.kind.isEmpty || result.resources[$0].kind.name == link.kind
          }
          let own = named.filter { result.resources[$0].project == project }
          // A name that several stacks use says nothing across them.
          targets = own.isEmpty && named.count == 1 ? named : own
        }
        for target in targets {
          var resource = result.resources[target]
          resource.relation = link.relation
          result.workloads[index].resources.append(resource)
          used.insert(target)
        }
      }
    }
    result.resources = result.resources.enumerated().filter { !used.contains($0.offset) }
      .map(\.element)
  }
}

/// Gives resources that belong to no workload a place in the assessment.
enum InfrastructureHolders {
  static func gather(_ result: inout ScanResult) {
    var holders: [String: Int] = [:]
    for resource in result.resources {
      guard let location = resource.origin.location else { continue }
      let key = "\(resource.format.rawValue):\(location.file)"
      if let index = holders[key] {
        result.workloads[index].resources.append(resource)
        continue
      }
      var holder = Workload(
        name: RelativePath.name(of: location.file),
        kind: "infrastructure",
        format: resource.format,
        project: resource.project,
        location: SourceLocation(file: location.file, line: 1)
      )
      holder.id = "\(resource.format.rawValue):\(location.file)"
      holder.isInfrastructure = true
      holder.resources = [resource]
      holders[key] = result.workloads.count
      result.workloads.append(holder)
    }
    result.resources = []
  }
}
