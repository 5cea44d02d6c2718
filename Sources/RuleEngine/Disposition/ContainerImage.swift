import DocumentTrees
import Workloads

/// The image that says what a container is: the base of its build, else the image it names.
struct ContainerImage {
  let reference: ImageReference
  /// The stage built on it; nil if the image is used as it is.
  let stage: BuildStage?
  let location: SourceLocation?

  /// Nil if the image is not known.
  init?(_ container: Container) {
    if let build = container.build {
      guard let stage = build.finalStage, let base = stage.base.known else { return nil }
      reference = base
      self.stage = stage
      location = stage.base.location ?? stage.origin.location
    } else {
      guard let image = container.image.known else { return nil }
      reference = image
      stage = nil
      location = container.image.location ?? container.origin.location
    }
  }

  /// How a reason names it.
  var phrase: String {
    stage == nil ? "image \(shown)" : "its Dockerfile builds on \(shown), which"
  }

  /// The reference, cut if somebody made it very long.
  var shown: String {
    reference.text.count > 120 ? reference.text.prefix(120) + "…" : reference.text
  }

  /// Why a container's image is not known.
  static func unknownReason(_ container: Container) -> String {
    if let build = container.build {
      if let reason = build.stages.unknownReason { return reason }
      if let reason = build.finalStage?.base.unknownReason { return reason }
      return "its Dockerfile was not read"
    }
    return container.image.unknownReason ?? "none is stated"
  }
}
