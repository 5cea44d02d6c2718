package import Workloads

/// The reference data of `Rules/`: what images are, and what the targets allow.
package struct Catalogue: Sendable {
  /// In display order.
  package let targets: [Target]
  let services: ServiceCatalogue
  let baseImages: BaseImageCatalogue
  let iam: IAMKnowledge
  private let memo = ImageMemo()

  /// Reads the data at once; what only some reports need is read when they ask for it.
  package init(files: CatalogueFiles) throws(CatalogueError) {
    services = try ServiceCatalogue(files)
    baseImages = try BaseImageCatalogue(files)
    iam = try IAMKnowledge(files)
    targets = try TargetReader.targets(files)
  }

  /// The paths below `Rules/` that are read.
  package static let paths =
    [
      ServiceCatalogue.statefulPath, ServiceCatalogue.platformPath, BaseImageTable.path,
      BaseImageHints.path, IAMKnowledge.path, ActionTable.path, AzureRoleTable.path,
    ] + TargetReader.paths

  package func target(_ id: String) -> Target? { targets.first { $0.id == id } }

  /// What an image is, if it is a component that the catalogue knows.
  package func component(of image: ImageReference) -> ComponentMatch? {
    memo.component(image) { services.component(of: image) }
  }

  /// The component with state that an image is.
  package func stateful(image: ImageReference) -> StatefulService? {
    if case .stateful(let service) = component(of: image)?.component { service } else { nil }
  }

  /// The component that an image is whose job the platform does, or that is never deployed.
  package func platformService(image: ImageReference) -> PlatformService? {
    if case .platform(let service) = component(of: image)?.component { service } else { nil }
  }

  /// What is known of a base image; nil means unknown, never fine.
  package func baseImage(_ image: ImageReference) -> BaseImageFact? {
    memo.baseImage(image) { baseImages.fact(of: image) }
  }

  /// Whether an image runs as another user than root by default; nil if that is not known.
  package func runsAsNonRoot(_ image: ImageReference) -> Bool? {
    memo.nonRoot(image) { baseImages.nonRoot(image) }
  }

  /// Texts that a reader should know before using an image: `musl`, `openjdk`, `bitnami`.
  package func warnings(for image: ImageReference) -> [(id: String, text: String)] {
    baseImages.warnings(for: image, fact: baseImage(image)).map { ($0.id, $0.text) }
  }
}
