import DocumentTrees
import Workloads

/// Finds workloads that several manifests of one application define: a base and its overlays, the
/// variants of several environments, what a release renders of them.
///
/// Two definitions are of one workload if kind and name are the same, the first container runs an
/// image of the same name, namespaces differ by no more than the environment, and the files' paths
/// by no more than words for variants (see `DefinitionPlace`). The one nearest to production is
/// judged, the others point to it.
struct RepeatedDefinitions {
  private struct Key: Hashable {
    var kind: String
    var name: String
    var image: String
    var application: String
  }

  private struct Definition {
    var number: Int
    var place: DefinitionPlace
    var object: ManifestObject
    /// How much of its image is left open: a name without a registry or a version is filled in.
    var openness: Int
  }

  /// The workloads come in the order of the objects that define them.
  static func mark(_ workloads: inout [Workload], of objects: [ManifestObject]) {
    var groups: [Key: [Definition]] = [:]
    for (number, object) in objects.enumerated() where !object.name.isEmpty {
      let main = workloads[number].containers.first { $0.role == .main }
      guard let image = main?.image.known else { continue }
      let place = DefinitionPlace(object)
      let key = Key(
        kind: copying.contains(object.kind) ? "Deployment" : object.kind,
        name: object.name,
        image: image.name,
        application: place.application
      )
      let isNamed = image.registry != "docker.io" || image.repository.contains("/")
      let isPinned = !image.tag.isEmpty || !image.digest.isEmpty || image.unknownTag != nil
      groups[key, default: []].append(
        Definition(
          number: number,
          place: place,
          object: object,
          openness: (isNamed ? 0 : 2) + (isPinned ? 0 : 1)
        )
      )
    }
    for group in groups.values where group.count > 1 && !isAmbiguous(group) {
      join(group, &workloads)
    }
  }

  /// Kinds that keep copies alike: they have replaced each other over the years.
  private static let copying: Set = [
    "Deployment", "DeploymentConfig", "ReplicaSet", "ReplicationController", "Rollout",
  ]

  /// Whether files of one folder tell things apart that no word for a variant explains.
  private static func isAmbiguous(_ group: [Definition]) -> Bool {
    var remainders: [String: String] = [:]
    var files: Set<String> = []
    for one in group {
      // Twice in a file, it is no copy but a mistake, or another cluster's.
      guard files.insert(one.object.file).inserted else { return true }
      let other = remainders.updateValue(one.place.remainder, forKey: one.place.folder)
      if let other, other != one.place.remainder { return true }
    }
    return false
  }

  private static func join(_ group: [Definition], _ workloads: inout [Workload]) {
    let ranked = group.sorted {
      ($0.place.rank == 0 ? 0 : 1, $0.openness, $0.place.rank, $0.object.file, $0.number)
        < ($1.place.rank == 0 ? 0 : 1, $1.openness, $1.place.rank, $1.object.file, $1.number)
    }
    var judged: [Definition] = []
    for one in ranked {
      guard let first = judged.first(where: { shareNamespace($0.object, one.object) }) else {
        judged.append(one)
        continue
      }
      link(one.number, to: first.number, &workloads)
    }
  }

  private static func shareNamespace(_ first: ManifestObject, _ second: ManifestObject) -> Bool {
    guard let one = first.namespace, let other = second.namespace else { return true }
    return DefinitionPlace.plain(one) == DefinitionPlace.plain(other)
  }

  private static func link(_ copy: Int, to judged: Int, _ workloads: inout [Workload]) {
    let (own, other) = (workloads[copy], workloads[judged])
    let image = other.containers.first { $0.role == .main }?.image.known?.name ?? ""
    let common = "the same \(own.kind) running \(image)"
    let differences = DefinitionDifferences.between(own, other)
    let reason =
      differences.isEmpty
      ? common + ", and both say the same" : common + "; they differ in \(listed(differences))"
    workloads[judged].otherDefinitions.append(
      OtherDefinition(workload: own.id, reason: reason, location: own.location)
    )
    workloads[copy].deployedDefinition = OtherDefinition(
      workload: other.id,
      reason: reason,
      location: other.location
    )
  }

  private static func listed(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
