package import Workloads

/// Brings together what stands around the definitions of one workload.
///
/// An overlay adds the autoscaler, a release the ingress: they concern the workload, whichever of its
/// definitions is judged. What stands around the judged one already is not taken twice.
package enum DefinitionGathering {
  package static func gather(_ workloads: inout [Workload]) {
    var numbers: [String: Int] = [:]
    for (number, workload) in workloads.enumerated() where !workload.otherDefinitions.isEmpty {
      numbers[workload.id] = number
    }
    if numbers.isEmpty { return }
    for copy in workloads.indices where workloads[copy].isRepeated {
      guard let id = workloads[copy].deployedDefinition?.workload, let judged = numbers[id] else {
        continue
      }
      move(from: copy, to: judged, &workloads)
    }
  }

  private struct Key: Hashable {
    var type: String
    var name: String
    var relation: String
  }

  private static func move(from copy: Int, to judged: Int, _ workloads: inout [Workload]) {
    let own = Set(workloads[judged].resources.map(key))
    let isNew = { (resource: Resource) in !own.contains(key(resource)) }
    workloads[judged].resources += workloads[copy].resources.filter(isNew)
    workloads[copy].resources.removeAll(where: isNew)
    if workloads[judged].scaling == nil { workloads[judged].scaling = workloads[copy].scaling }
    let builds = workloads[copy].containers.filter { $0.build != nil }
    for number in workloads[judged].containers.indices {
      let container = workloads[judged].containers[number]
      guard container.build == nil,
        let other = builds.first(where: { $0.name == container.name }),
        other.image.known?.name == container.image.known?.name
      else { continue }
      workloads[judged].containers[number].build = other.build
      workloads[judged].adoptImageSettings(ofContainerAt: number)
    }
  }

  private static func key(_ resource: Resource) -> Key {
    Key(type: resource.type, name: resource.name, relation: resource.relation)
  }
}
