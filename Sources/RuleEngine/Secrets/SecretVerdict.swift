/// What a value is with regard to secrets.
package enum SecretKind: String, Hashable, Sendable, CaseIterable {
  /// Nothing that must be kept from anybody.
  case none
  /// It names where a store keeps the secret.
  case reference
  /// It is empty or filled in later: `${X}`, a template, a row of stars.
  case placeholder
  /// A secret that everybody knows: `changeme`, `postgres`.
  case weakDefault = "weak-default"
  case plaintext
  /// It has the shape of a provider's credentials.
  case providerToken = "provider-token"
  /// A password inside a URL or a list of settings.
  case connectionString = "connection-string"
  case privateKey = "private-key"

  /// Whether the value holds something that should not be where it is.
  package var isSecret: Bool {
    switch self {
    case .none, .reference, .placeholder: false
    case .weakDefault, .plaintext, .providerToken, .connectionString, .privateKey: true
    }
  }
}

/// What was found out about one value, or one stretch of a text.
package struct SecretVerdict: Hashable, Sendable {
  package var kind: SecretKind
  package var confidence: Confidence
  /// What it is in words: "GitHub token", "URL with password".
  package var label: String
  /// The UTF-8 offsets that must not be shown, ascending and disjoint.
  package var secretRanges: [Range<Int>]

  package init(
    _ kind: SecretKind,
    _ confidence: Confidence = .high,
    label: String,
    secretRanges: [Range<Int>] = []
  ) {
    self.kind = kind
    self.confidence = confidence
    self.label = label
    self.secretRanges = secretRanges
  }

  package static let none = SecretVerdict(.none, label: "no secret")
}
