package import DocumentTrees

extension SecretCatalogue {
  package init(parsing root: Node) throws(DocumentError) {
    self = try Self.parse(root)
  }

  private init() {}

  private static func parse(_ root: Node) throws(DocumentError) -> SecretCatalogue {
    var catalogue = SecretCatalogue()
    for (key, value) in try mapping(root) {
      switch key.text {
      case "version": break
      case "names": try catalogue.readNames(value)
      case "weakSettings":
        for item in value.elements {
          catalogue.weakSettings.append(
            WeakSetting(
              name: folded(try text(item, "name")),
              values: try strings(member(item, "values")).map(folded)
            )
          )
        }
      case "weakValues": catalogue.weakValues = Set(try strings(value).map(folded))
      case "weakPrefixes": catalogue.weakPrefixes = try strings(value).map(folded)
      case "weakFragments": catalogue.weakFragments = try strings(value).map(folded)
      case "references": catalogue.references = try strings(value).map { Array($0.utf8) }
      case "referencesWithin":
        for item in value.elements {
          catalogue.referencesWithin.append(
            Fragment(
              prefix: Array(try text(item, "prefix").utf8),
              fragment: Array(try text(item, "fragment").utf8)
            )
          )
        }
      case "placeholders":
        for item in value.elements {
          catalogue.placeholders.append(
            Brackets(
              open: Array(try text(item, "open").utf8),
              close: Array(try text(item, "close").utf8)
            )
          )
        }
      case "placeholderPrefixes":
        catalogue.placeholderPrefixes = try strings(value).map { Array($0.utf8) }
      case "harmlessValues": catalogue.harmlessValues = Set(try strings(value).map(folded))
      case "harmlessPrefixes":
        catalogue.harmlessPrefixes = try strings(value).map { Array($0.utf8) }
      case "listKeys": catalogue.listKeys = try keys(value)
      case "listKeysWithEndpoint": catalogue.listKeysWithEndpoint = try keys(value)
      case "listKeysFaint": catalogue.listKeysFaint = try keys(value)
      case "queryKeys": catalogue.queryKeys = try keys(value)
      case "commands": for item in value.elements { catalogue.options.append(try option(item)) }
      case "providers":
        for item in value.elements { catalogue.providers.append(try provider(item)) }
      default: throw DocumentError("unknown key of the secret catalogue", at: key.range.start)
      }
    }
    return catalogue
  }

  private mutating func readNames(_ node: Node) throws(DocumentError) {
    for (key, value) in try Self.mapping(node) {
      let marks: WordSequences.Marks
      switch key.text {
      case "passwords": marks = .password
      case "lastPasswords": marks = [.password, .lastOnly]
      case "secrets": marks = .secret
      case "lastSecrets": marks = [.secret, .lastOnly]
      case "lastLongSecrets": marks = [.secret, .lastOnly, .long]
      case "faintSecrets": marks = [.secret, .faint]
      case "byValue": marks = .byValue
      case "neutral": marks = .neutral
      case "aboutLast": marks = .aboutLast
      case "aboutAnywhere": marks = .aboutAnywhere
      case "neutralNames":
        neutralNames = Set(try Self.strings(value).map(folded))
        continue
      default: throw DocumentError("unknown key of names", at: key.range.start)
      }
      for words in try Self.strings(value) { names.insert(words, marks) }
    }
  }

  private static func option(_ node: Node) throws(DocumentError) -> Option {
    let form = try text(node, "form")
    guard let form = Option.Form(rawValue: form) else {
      throw DocumentError("unknown form of an option", at: node.range.start)
    }
    return Option(
      clients: try strings(member(node, "clients")).map { Array($0.utf8) },
      flags: try strings(member(node, "flags")).map { Array($0.utf8) },
      after: node["after"].map { Array($0.text.utf8) },
      form: form
    )
  }

  private static func provider(_ node: Node) throws(DocumentError) -> Provider {
    var provider = Provider(
      label: try text(node, "label"),
      patterns: [],
      kind: .providerToken,
      confidence: .high,
      names: nil,
      entropy: 0,
      notEnding: [],
      contains: [],
      isToken: false
    )
    for (key, value) in try mapping(node) {
      switch key.text {
      case "label": break
      case "patterns":
        for item in value.elements {
          guard let pattern = TokenPattern(item.text) else {
            throw DocumentError("not a token pattern", at: item.range.start)
          }
          provider.patterns.append(pattern)
        }
      case "names":
        var names = WordSequences()
        for words in try strings(value) { names.insert(words, .secret) }
        provider.names = names
      case "entropy":
        guard let number = value.number else {
          throw DocumentError("entropy is not a number", at: value.range.start)
        }
        provider.entropy = number
      case "notEnding": provider.notEnding = Array(value.text.utf8)
      case "contains": provider.contains = Array(value.text.utf8)
      case "check" where value.text == "jwt": provider.isToken = true
      case "confidence" where Confidence(rawValue: value.text) != nil:
        provider.confidence = Confidence(rawValue: value.text) ?? .high
      case "kind" where SecretKind(rawValue: value.text) != nil:
        provider.kind = SecretKind(rawValue: value.text) ?? .providerToken
      default: throw DocumentError("unknown key or value of a provider", at: key.range.start)
      }
    }
    if provider.names == nil, provider.patterns.contains(where: { $0.anchor.isEmpty }) {
      throw DocumentError("a pattern without a literal needs names", at: node.range.start)
    }
    return provider
  }

  private static func mapping(_ node: Node) throws(DocumentError) -> NodeEntries {
    guard node.isMapping else { throw DocumentError("expected a mapping", at: node.range.start) }
    return node.entries
  }

  private static func member(_ node: Node, _ key: String) throws(DocumentError) -> Node {
    guard let value = node[key] else {
      throw DocumentError("expected the key \(key)", at: node.range.start)
    }
    return value
  }

  private static func text(_ node: Node, _ key: String) throws(DocumentError) -> String {
    try member(node, key).text
  }

  private static func strings(_ node: Node) throws(DocumentError) -> [String] {
    guard node.isSequence else { throw DocumentError("expected a list", at: node.range.start) }
    return node.elements.map(\.text)
  }

  private static func keys(_ node: Node) throws(DocumentError) -> Set<Bytes> {
    Set(try strings(node).map { folded($0).filter { $0 != 0x20 } })
  }
}

/// Lower-case bytes of a text; only ASCII letters are changed.
func folded(_ text: String) -> Bytes { text.utf8.map(\.lowercased) }
