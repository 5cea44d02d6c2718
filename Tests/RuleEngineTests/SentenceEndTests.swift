import Testing

@testable import RuleEngine

/// A full stop behind a secret must not unmask it.
struct SentenceEndTests {
  /// Shaped like the longest client secret of Azure, whose alphabet has the full stop.
  static let secret = "aB1" + "8Q~" + String(repeating: "xY9-z_W2", count: 4) + "kL"

  @Test(arguments: ["The value \(secret).", "It is \(secret)...", "\(secret). Next", "\(secret)"])
  func masksBeforeFullStops(text: String) {
    let masked = Masker(Secrets.detector).mask(text)
    #expect(!masked.contains(Self.secret.dropFirst(4)))
    #expect(masked.contains("****"))
  }
}
