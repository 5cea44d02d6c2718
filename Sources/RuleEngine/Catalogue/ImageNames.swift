import Workloads

/// The names under which an image may stand in the catalogue.
///
/// `docker.io/` and `library/` are gone already; of other registries the host is stripped as well,
/// and so are the folders in which mirrors keep what they copy from Docker Hub.
struct ImageNames {
  /// With the host, unless that is Docker Hub; then without it; then without a mirror's folder.
  let all: [String]
  /// The last part of the repository.
  let last: Substring
  let tag: String

  init(_ image: ImageReference) {
    // Names are compared in lower case, which is the only one that registries accept.
    let repository = image.repository.lowercased()
    var all: [String] = []
    if image.registry != "docker.io" { all.append("\(image.registry.lowercased())/\(repository)") }
    all.append(repository)
    if let official = Self.withoutMirror(repository) { all.append(official) }
    self.all = all
    last =
      repository.utf8.lastIndex(of: UInt8(ascii: "/"))
      .map { repository[repository.utf8.index(after: $0)...] } ?? repository[...]
    tag = image.tag.lowercased()
  }

  /// `docker/library/node` → `node`: a name below a folder that says it mirrors Docker Hub.
  static func withoutMirror(_ repository: String) -> String? {
    let parts = repository.split(separator: "/", maxSplits: 16)
    guard let library = parts.lastIndex(where: { folders.contains($0) }), library + 1 < parts.count
    else { return nil }
    return parts[(library + 1)...].joined(separator: "/")
  }

  private static let folders: Set<Substring> = [
    "library", "docker.io", "dockerhub", "docker-hub", "hub", "3rdparty", "mirror", "mirrors",
  ]
}
