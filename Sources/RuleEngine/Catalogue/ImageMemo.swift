import Synchronization
import Workloads

/// What was looked up before: the same images come again and again.
final class ImageMemo: Sendable {
  private struct Known {
    var components: [ImageReference: ComponentMatch?] = [:]
    var baseImages: [ImageReference: BaseImageFact?] = [:]
    var nonRoot: [ImageReference: Bool?] = [:]
  }

  private let known = Mutex(Known())
  /// No tree names more images, unless to harm.
  private static let most = 10_000

  func component(_ image: ImageReference, _ find: () -> ComponentMatch?) -> ComponentMatch? {
    remembered(\.components, image, find)
  }

  func baseImage(_ image: ImageReference, _ find: () -> BaseImageFact?) -> BaseImageFact? {
    remembered(\.baseImages, image, find)
  }

  func nonRoot(_ image: ImageReference, _ find: () -> Bool?) -> Bool? {
    remembered(\.nonRoot, image, find)
  }

  private func remembered<Fact>(
    _ table: WritableKeyPath<Known, [ImageReference: Fact?]>,
    _ image: ImageReference,
    _ find: () -> Fact?
  ) -> Fact? where Fact: Sendable {
    if let fact = known.withLock({ $0[keyPath: table][image] }) { return fact }
    let fact = find()
    known.withLock { known in
      if known[keyPath: table].count < Self.most { known[keyPath: table][image] = .some(fact) }
    }
    return fact
  }
}
