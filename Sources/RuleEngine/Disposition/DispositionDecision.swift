package import DocumentTrees

/// What becomes of a workload, and why.
package struct DispositionDecision: Hashable, Sendable {
  package var disposition: Disposition
  /// In words: "image postgres:15 is a relational database (PostgreSQL)".
  package var reason: String
  /// What the catalogue knows it to be.
  package var component: Component?
  /// What takes its place, per cloud; nil if nothing has to.
  package var replacement: Replacement?
  /// The places that decided it, the most telling one first.
  package var evidence: [SourceLocation]

  package init(
    _ disposition: Disposition,
    _ reason: String,
    component: Component? = nil,
    evidence: [SourceLocation] = []
  ) {
    self.disposition = disposition
    self.reason = reason
    self.component = component
    self.evidence = evidence
    let replacement = disposition == .move ? nil : component?.replacement
    self.replacement =
      replacement.flatMap { $0.aws.isEmpty && $0.azure.isEmpty ? nil : $0 }
  }
}
