/// What is known of an image that others are built on.
///
/// Where the image is not listed exactly, only what follows for it from the nearest listed one is
/// stated; everything else is nil, which means unknown and never fine.
package struct BaseImageFact: Hashable, Sendable {
  /// How the listed image stands to the one asked for.
  package enum Nearness: String, Hashable, Sendable {
    /// The same tag.
    case exact
    /// The same release line and variant: `node:18.20.1` by `node:18`.
    case version
    /// The same release line in another variant: size and system are not known.
    case variant
    /// The same repository in another version: its end of life and size are not known.
    case repository
  }

  package enum Role: String, Hashable, Sendable, CaseIterable {
    case runtime
    case buildSDK = "build-sdk"
    case statefulService = "stateful-service"
  }

  package enum SizeClass: String, Hashable, Sendable, CaseIterable {
    case tiny, small, medium, large
  }

  /// A later release of the same image.
  package struct Newer: Hashable, Sendable {
    package var entry: String
    /// The end of its support, as an ISO 8601 date.
    package var eol: String
  }

  package var family: String
  package var os: String?
  /// `glibc`, `musl`, `windows` or `none`.
  package var libc: String?
  package var role: Role?
  package var lean: Bool?
  package var leanerAlternative: String?
  /// Compressed megabytes as measured.
  package var sizeMB: Double?
  package var sizeClass: SizeClass?
  /// Whether the size was measured; else the class is an estimate.
  package var sizeIsMeasured: Bool
  /// The end of support of the release line, as an ISO 8601 date.
  package var eol: String?
  package var extendedSupportUntil: String?
  /// When the distribution that the tag names gets its last free fixes, as an ISO 8601 date.
  package var systemEOL: String?
  /// Of a release that is not listed: the next later one whose end is, as no release outlives it.
  package var newer: Newer?
  /// Where the date comes from.
  package var eolSource: String?
  /// Whether it runs as another user than root unless told otherwise.
  package var nonRoot: Bool?
  package var hasShell: Bool?
  /// The listed image that these facts were taken from.
  package var matchedEntry: String
  package var nearness: Nearness
  /// How sure family, system and size are; the date is as sure as its source.
  package var confidence: FactConfidence
  /// Where system and size come from, if they were read somewhere.
  package var source: String?

  /// Whether a date is published for the end of support.
  package var eolKnown: Bool { eol != nil }
}
