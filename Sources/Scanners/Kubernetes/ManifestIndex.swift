import Templates
import Workloads

/// Finds objects by kind and name.
struct ManifestIndex: Sendable {
  let objects: [ManifestObject]
  private let byName: [Key: [Int]]
  private let byKind: [String: [Int]]

  private struct Key: Hashable {
    var kind: String
    var name: String
  }

  init(_ objects: [ManifestObject]) {
    self.objects = objects
    var byName: [Key: [Int]] = [:]
    var byKind: [String: [Int]] = [:]
    for (number, object) in objects.enumerated() {
      byName[Key(kind: object.kind, name: object.name), default: []].append(number)
      byKind[object.kind, default: []].append(number)
    }
    self.byName = byName
    self.byKind = byKind
  }

  /// The object of a kind and name that another one means.
  func find(
    _ kind: String,
    _ name: String,
    for object: ManifestObject,
    isClusterWide: Bool = false
  ) -> ManifestObject? {
    numbers(kind, name, for: object, isClusterWide: isClusterWide).first.map { objects[$0] }
  }

  /// The numbers of all objects of a kind and name that another one may mean.
  func numbers(
    _ kind: String,
    _ name: String,
    for object: ManifestObject,
    isClusterWide: Bool = false
  ) -> [Int] {
    let candidates = (byName[Key(kind: kind, name: name)] ?? []).prefix(Self.maximumCandidates)
    return Neighbourhood.nearest(
      Array(candidates),
      of: object,
      in: objects,
      isClusterWide: isClusterWide
    )
  }

  /// All objects of a kind.
  func all(_ kind: String) -> [Int] { byKind[kind] ?? [] }

  /// The nearest objects of a kind in an object's namespace.
  func inNamespace(_ kind: String, of object: ManifestObject) -> [ManifestObject] {
    let candidates = all(kind).prefix(Self.maximumCandidates)
    return Neighbourhood.nearest(Array(candidates), of: object, in: objects).map { objects[$0] }
  }

  /// Of more objects with the same name only the first are looked at.
  private static let maximumCandidates = 4096
}
