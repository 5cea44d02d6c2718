import DocumentTrees
import Workloads

/// Links containers that only name an image to the Dockerfile in the tree that builds it.
///
/// What counts as evidence, best first: a definition that both builds and names the image; a
/// Skaffold artifact; a Dockerfile in a folder named like the image, if there is just one.
package struct ImageBuilds {
  private let builds: any BuildReader
  /// Paths of all Dockerfiles in the tree, by the plain names that they may go by.
  private let dockerfiles: [String: [String]]
  private let artifacts: [SkaffoldArtifact]

  package init(
    builds: any BuildReader,
    dockerfiles: [String],
    artifacts: [SkaffoldArtifact] = []
  ) {
    self.builds = builds
    self.artifacts = artifacts
    var named: [String: [String]] = [:]
    for path in dockerfiles {
      for name in Set(Self.names(of: path).map(Self.plain)) {
        named[name, default: []].append(path)
      }
    }
    self.dockerfiles = named
  }

  package func link(_ result: inout ScanResult) {
    var known: [String: [(file: String, build: Build)]] = [:]
    for workload in result.workloads {
      for container in workload.containers {
        guard let build = container.build, let image = container.image.known else { continue }
        known[Self.repository(image), default: []].append((workload.location.file, build))
      }
    }
    for index in result.workloads.indices {
      for number in result.workloads[index].containers.indices {
        let file = result.workloads[index].location.file
        leaveOpen(&result.workloads[index].containers[number], file)
        let container = result.workloads[index].containers[number]
        guard container.build == nil, let image = container.image.known,
          let build = build(
            of: image,
            container.image.origin,
            near: file,
            known[Self.repository(image)] ?? [],
            &result
          )
        else { continue }
        result.workloads[index].containers[number].build = build
        result.workloads[index].adoptImageSettings(ofContainerAt: number)
      }
    }
  }

  /// Skaffold puts the tag or digest of what it built behind the names of its artifacts.
  private func leaveOpen(_ container: inout Container, _ file: String) {
    guard var image = container.image.known, image.tag.isEmpty, image.digest.isEmpty,
      image.unknownTag == nil, artifacts.contains(where: { $0.isMade(image, for: file) })
    else { return }
    image.unknownTag = "Skaffold sets it"
    container.image = .known(image, container.image.origin)
  }

  static func repository(_ image: ImageReference) -> String {
    image.registry + "/" + image.repository
  }

  private func build(
    of image: ImageReference,
    _ origin: Origin,
    near file: String,
    _ known: [(file: String, build: Build)],
    _ result: inout ScanResult
  ) -> Build? {
    if let other = known.first(where: { Nearness.areRelated($0.file, file) }) { return other.build }
    var request: BuildRequest
    if let artifact = artifacts.first(where: { $0.isMade(image, for: file) }) {
      request = BuildRequest(context: .known(artifact.context, artifact.origin), origin: origin)
      request.dockerfile = .known(artifact.dockerfile, artifact.origin)
      request.target = artifact.target
    } else if let dockerfile = dockerfile(named: image, near: file) {
      let folder = RelativePath.directory(of: dockerfile)
      request = BuildRequest(context: .known(folder, origin), origin: origin)
      request.dockerfile = .known(dockerfile, origin)
    } else {
      return nil
    }
    let (build, read) = builds.build(request)
    // A guess that leads to something unreadable is no evidence.
    guard build.stages.known != nil else { return nil }
    result.merge(read)
    return build
  }

  /// The only Dockerfile near a file whose folder or suffix has the image's name.
  private func dockerfile(named image: ImageReference, near file: String) -> String? {
    // A bare name such as `nginx` is a public image, whatever folders are called.
    guard image.registry != "docker.io" || image.repository.contains("/") else { return nil }
    let candidates = dockerfiles[Self.plain(image.name), default: []]
    guard let deepest = candidates.map({ Nearness.depth(Nearness.commonFolder($0, file)) }).max()
    else { return nil }
    let nearest = candidates.filter {
      Nearness.depth(Nearness.commonFolder($0, file)) == deepest
    }
    return nearest.count == 1 ? nearest[0] : nil
  }

  /// A name without what sets its words apart: folders and images seldom agree on that.
  private static func plain(_ name: String) -> String {
    name.lowercased().filter { $0 != "-" && $0 != "_" }
  }

  /// What a Dockerfile's path says that its image is called: `web` and `shop-web` of
  /// `shop/web/Dockerfile`, `web` of `web/src/Dockerfile`, `Dockerfile.web` and `web.Dockerfile`.
  static func names(of path: String) -> Set<String> {
    var names: Set<String> = []
    let folder = RelativePath.directory(of: path)
    let neutral: Set = ["src", "app", "docker", "build", ""]
    let own = RelativePath.name(of: folder).lowercased()
    if neutral.contains(own) {
      names.insert(RelativePath.name(of: RelativePath.directory(of: folder)).lowercased())
    } else {
      names.insert(own)
      let outer = RelativePath.name(of: RelativePath.directory(of: folder)).lowercased()
      if !neutral.contains(outer) { names.insert("\(outer)-\(own)") }
    }
    let file = RelativePath.name(of: path).lowercased()
    for word in ["dockerfile", "containerfile"] {
      if file.hasPrefix(word + ".") { names.insert(String(file.dropFirst(word.count + 1))) }
      if file.hasSuffix("." + word) { names.insert(String(file.dropLast(word.count + 1))) }
    }
    names.remove("")
    return names
  }
}
