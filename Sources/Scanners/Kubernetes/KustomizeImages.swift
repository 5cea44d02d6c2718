import DocumentTrees
import Templates
import Workloads

/// What kustomizations put in the place of images of the manifests that they include.
///
/// An image is replaced where all kustomizations that include a file agree; where they do not, its
/// tag is not known.
struct KustomizeImages {
  private struct Override: Hashable {
    var newName: String?
    var newTag: String?
    var digest: String?
    var place: SourceLocation
  }

  /// By file and by the image's name without tag and digest.
  private var overrides: [String: [String: [Override]]] = [:]

  init(_ kustomizations: Kustomizations) {
    let byFolder = Dictionary(
      kustomizations.all.map { ($0.folder, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    for one in kustomizations.all where !one.isComponent {
      let images = Self.images(of: one)
      if images.isEmpty { continue }
      for file in Self.files(of: one, byFolder) {
        for (name, override) in images {
          overrides[file, default: [:]][name, default: []].append(override)
        }
      }
    }
  }

  private static func images(of one: Kustomization) -> [String: Override] {
    var found: [String: Override] = [:]
    for element in one.body["images"].elements.prefix(1000) {
      guard let name = element["name"].settled.known, let place = element.location else { continue }
      found[name] = Override(
        newName: element["newName"].settled.known,
        newTag: element["newTag"].settled.known,
        digest: element["digest"].settled.known,
        place: place
      )
    }
    return found
  }

  /// The files that a kustomization includes, through others too.
  private static func files(
    of one: Kustomization,
    _ byFolder: [String: Kustomization]
  ) -> Set<String> {
    var files: Set<String> = []
    var seen: Set<String> = [one.folder]
    var open = [one]
    while let next = open.popLast() {
      for name in next.included.prefix(10_000) {
        guard !Kustomization.isRemote(name), let path = RelativePath.resolve(name, in: next.folder)
        else {
          continue
        }
        if let inner = byFolder[path] {
          if seen.insert(path).inserted { open.append(inner) }
        } else {
          files.insert(path)
        }
      }
    }
    return files
  }

  func apply(to workload: inout Workload, in file: String) {
    guard let own = overrides[file] else { return }
    for number in workload.containers.indices {
      let value = workload.containers[number].image
      guard let image = value.known else { continue }
      let name = Self.name(image)
      guard let found = own[name], let first = found.first else { continue }
      let choices = Set(found.map { [$0.newName ?? name, $0.newTag ?? "", $0.digest ?? ""] })
      var origin = value.origin
      origin.via.append(first.place)
      if choices.count == 1 {
        workload.containers[number].image = .known(Self.replaced(image, by: first), origin)
      } else {
        var open = image
        open.unknownTag = "kustomizations put different images in its place"
        workload.containers[number].image = .known(open, origin)
      }
    }
  }

  /// As written, without tag and digest: what kustomize compares.
  private static func name(_ image: ImageReference) -> String {
    var text = image.text
    for part in ["@" + image.digest, ":" + image.tag] where part.utf8.count > 1 {
      if text.hasSuffix(part) { text.removeLast(part.count) }
    }
    return text
  }

  private static func replaced(
    _ image: ImageReference,
    by override: Override
  ) -> ImageReference {
    var text = override.newName ?? name(image)
    if let digest = override.digest {
      text += "@" + digest
    } else if let tag = override.newTag {
      text += ":" + tag
    } else {
      // Only the name is another one.
      if !image.tag.isEmpty { text += ":" + image.tag }
      if !image.digest.isEmpty { text += "@" + image.digest }
    }
    return ImageReference(text)
  }
}
