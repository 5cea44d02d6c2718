package import DocumentTrees
import Workloads

/// What a Skaffold file says of the image that a folder is built into.
package struct SkaffoldArtifact: Sendable {
  /// The image's name as the manifests have it.
  var image: String
  /// Paths relative to the root.
  var context: String
  var dockerfile: String
  var target: Value<String>
  var origin: Origin
  /// The Skaffold file.
  var file: String

  /// The artifacts of a Skaffold file; none for any other document.
  package static func artifacts(in root: Node, of file: String) -> [SkaffoldArtifact] {
    guard root["apiVersion"]?.text.hasPrefix("skaffold/") == true else { return [] }
    let folder = RelativePath.directory(of: file)
    let list = root[path: "build", "artifacts"].map { Array($0.elements) } ?? []
    return list.prefix(1000).compactMap { element in
      guard let image = element["image"], image.isScalar, !image.text.isEmpty else { return nil }
      let place = Origin(SourceLocation(file: file, range: image.range))
      let stated = element["context"]?.text ?? ""
      guard let context = RelativePath.resolve(stated.isEmpty ? "." : stated, in: folder) else {
        return nil
      }
      let docker = element["docker"]
      let name = docker?["dockerfile"]?.text ?? "Dockerfile"
      guard let dockerfile = RelativePath.resolve(name, in: context) else { return nil }
      var target = Value<String>.absent
      if let stage = docker?["target"], stage.isScalar {
        target = .known(stage.text, Origin(SourceLocation(file: file, range: stage.range)))
      }
      return SkaffoldArtifact(
        image: image.text,
        context: context,
        dockerfile: dockerfile,
        target: target,
        origin: place,
        file: file
      )
    }
  }

  func isMade(_ image: ImageReference, for file: String) -> Bool {
    let own = ImageReference(self.image)
    return own.repository == image.repository && own.registry == image.registry
      && Nearness.areRelated(self.file, file)
  }
}
