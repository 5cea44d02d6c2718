/// A component whose job the platform does, or a helper that is never deployed.
package struct PlatformService: Hashable, Sendable {
  /// What an image of it may be besides, so that the image alone does not decide.
  package enum Role: String, Hashable, Sendable, CaseIterable {
    /// Only passes requests on.
    case router
    /// Passes requests on or serves files.
    case webServer = "web-server"
  }

  package let id: String
  package let title: String
  /// The kind of job: `reverse-proxy`, `log-shipper`, `admin-ui`.
  package let category: String
  /// `absorb` or `local-only`.
  package let disposition: Disposition
  package let role: Role?
  package let patterns: [String]
  package let replacement: Replacement
  /// Why it does not move, as a sentence.
  package let reason: String
  package let confidence: FactConfidence

  private static let keys: Set<String> = [
    "id", "title", "category", "disposition", "role", "patterns", "aws", "azure", "reason",
  ]

  init(_ data: DataNode, confidence: FactConfidence) throws(CatalogueError) {
    try data.allow(Self.keys)
    id = try data.string("id")
    title = try data.string("title")
    category = try data.string("category")
    disposition = try data.required("disposition").word()
    guard disposition == .absorb || disposition == .localOnly else {
      throw data.error("the disposition of \(id) must be absorb or local-only")
    }
    role = try data.optional("role")?.word()
    patterns = try data.required("patterns").strings()
    reason = try data.string("reason")
    replacement = Replacement(
      aws: try data.strings("aws"),
      azure: try data.strings("azure"),
      note: nil
    )
    self.confidence = confidence
  }
}
