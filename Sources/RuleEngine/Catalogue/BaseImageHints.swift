/// What `base-images.yaml` says about images that the table does not list exactly.
struct BaseImageHints: Sendable {
  /// A distribution that a part of a tag names.
  struct Distribution: Sendable {
    var part: String
    var os: String
    var libc: String
    /// When free security fixes end, long-term support included.
    var endOfLife: String?
  }

  /// Something to know before an image is used or proposed.
  struct Warning: Sendable {
    var id: String
    var libc: String?
    var repositories: [Glob]
    var text: String
    var confidence: FactConfidence
  }

  let lean: Set<String>
  let buildOnly: Set<String>
  let buildOnlyRepositories: Set<String>
  let distributions: [Distribution]
  let nonRootTags: Set<String>
  let nonRootRepositories: [Glob]
  let nonRootExcept: Set<String>
  let aliases: [String: String]
  /// By `repository:name`.
  let versions: [String: String]
  let defaultVariants: [String: String]
  let warnings: [Warning]

  static let path = "catalogue/base-images.yaml"
  private static let keys: Set<String> = [
    "compiled", "lean", "build-only", "build-only-repositories", "distributions", "nonroot-tags",
    "nonroot-repositories", "nonroot-except", "confidence", "aliases", "versions",
    "default-variants", "warnings",
  ]

  init(_ root: DataNode) throws(CatalogueError) {
    try root.allow(Self.keys)
    lean = Set(try root.strings("lean"))
    buildOnly = Set(try root.strings("build-only"))
    buildOnlyRepositories = Set(try root.strings("build-only-repositories"))
    var distributions: [Distribution] = []
    for data in try root.required("distributions").elements() {
      try data.allow(["part", "os", "libc", "end-of-life"])
      distributions.append(
        Distribution(
          part: try data.string("part"),
          os: try data.string("os"),
          libc: try data.string("libc"),
          endOfLife: try data.optionalString("end-of-life")
        )
      )
    }
    self.distributions = distributions
    nonRootTags = Set(try root.strings("nonroot-tags"))
    nonRootRepositories = try root.strings("nonroot-repositories").map { Glob($0) }
    nonRootExcept = Set(try root.strings("nonroot-except"))
    aliases = try Self.pairs(root.required("aliases"), "name", "is")
    defaultVariants = try Self.pairs(root.required("default-variants"), "repository", "variant")
    var versions: [String: String] = [:]
    for data in try root.required("versions").elements() {
      try data.allow(["repository", "name", "is"])
      versions["\(try data.string("repository")):\(try data.string("name"))"] =
        try data.string("is")
    }
    self.versions = versions
    var warnings: [Warning] = []
    for data in try root.required("warnings").elements() {
      try data.allow(["id", "applies", "text", "confidence"])
      let applies = try data.required("applies")
      try applies.allow(["libc", "repositories"])
      warnings.append(
        Warning(
          id: try data.string("id"),
          libc: try applies.optionalString("libc"),
          repositories: try applies.strings("repositories").map { Glob($0) },
          text: try data.string("text"),
          confidence: try data.required("confidence").word()
        )
      )
    }
    self.warnings = warnings
  }

  private static func pairs(
    _ list: DataNode,
    _ key: String,
    _ value: String
  ) throws(CatalogueError) -> [String: String] {
    var pairs: [String: String] = [:]
    for data in try list.elements() {
      try data.allow([key, value])
      let name = try data.string(key)
      guard pairs.updateValue(try data.string(value), forKey: name) == nil else {
        throw data.error("\(name) is listed twice")
      }
    }
    return pairs
  }

  /// The distribution that a variant names; the most telling one of `8.0-bookworm-slim`.
  func distribution(of words: [Substring]) -> Distribution? {
    distributions.first { distribution in words.contains { $0 == distribution.part } }
  }

  /// Whether a word only says on which release of the usual distributions a variant stands.
  func isDistribution(_ word: Substring) -> Bool {
    distributions.contains { $0.part == word && $0.libc == "glibc" } || word == "debian"
      || word == "ubuntu"
  }
}
