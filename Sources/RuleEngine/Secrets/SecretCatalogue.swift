package import DocumentTrees

/// What is known about the looks of secrets: the contents of `Rules/secrets.yaml`, made ready.
package struct SecretCatalogue: Sendable {
  struct WeakSetting: Sendable {
    var name: Bytes
    var values: [Bytes]
  }

  struct Fragment: Sendable {
    var prefix: Bytes
    var fragment: Bytes
  }

  struct Brackets: Sendable {
    var open: Bytes
    var close: Bytes
  }

  struct Option: Sendable {
    enum Form: String {
      case separate, attached
      case userPassword = "user-password"
      case prefixed
    }

    var clients: [Bytes]
    var flags: [Bytes]
    /// A subcommand that must have been named.
    var after: Bytes?
    var form: Form
  }

  struct Provider: Sendable {
    var label: String
    var patterns: [TokenPattern]
    var kind: SecretKind
    var confidence: Confidence
    /// The pattern is that of many harmless values, too, unless the name has one of these.
    var names: WordSequences?
    var entropy: Double
    var notEnding: Bytes
    var contains: Bytes
    var isToken: Bool
  }

  var names = WordSequences()
  var neutralNames: Set<Bytes> = []
  var weakSettings: [WeakSetting] = []
  var weakValues: Set<Bytes> = []
  var weakPrefixes: [Bytes] = []
  var weakFragments: [Bytes] = []
  var references: [Bytes] = []
  var referencesWithin: [Fragment] = []
  var placeholders: [Brackets] = []
  var placeholderPrefixes: [Bytes] = []
  var harmlessValues: Set<Bytes> = []
  var harmlessPrefixes: [Bytes] = []
  var listKeys: Set<Bytes> = []
  var listKeysWithEndpoint: Set<Bytes> = []
  var listKeysFaint: Set<Bytes> = []
  var queryKeys: Set<Bytes> = []
  var options: [Option] = []
  var providers: [Provider] = []

  package init(parsing text: String) throws(DocumentError) {
    guard let root = try YAMLReader.document(in: Array(text.utf8))?.root else {
      throw DocumentError("the secret catalogue is empty", at: Place(line: 1, column: 1))
    }
    try self.init(parsing: root)
  }
}
