/// Tells secrets from settings, by name and by value.
///
/// Every function looks at each byte a bounded number of times, whatever it is given, and asks
/// nobody: no value ever leaves the program.
package struct SecretDetector: Sendable {
  let catalogue: SecretCatalogue
  let tokens: TokenSearch
  let optionsOfClients: [Bytes: [SecretCatalogue.Option]]

  package init(_ catalogue: SecretCatalogue) {
    self.catalogue = catalogue
    tokens = TokenSearch(catalogue.providers)
    var options: [Bytes: [SecretCatalogue.Option]] = [:]
    for option in catalogue.options {
      for client in option.clients { options[client, default: []].append(option) }
    }
    optionsOfClients = options
  }

  /// Judges the value of a setting.
  package func classify(name: String, value: String) -> SecretVerdict {
    let bytes = Array(value.utf8)
    return classify(Array(name.utf8), bytes, 0..<bytes.count)
  }

  func classify(
    _ name: Bytes,
    _ bytes: Bytes,
    _ whole: Range<Int>,
    depth: Int = 0
  ) -> SecretVerdict {
    let range = bytes.unquoted(whole)
    let named = judge(name: name)
    if range.isEmpty {
      return named.isSecret ? SecretVerdict(.placeholder, label: "empty") : .none
    }
    if isWeakSetting(name, bytes, range) {
      return SecretVerdict(.weakDefault, .high, label: "password switched off")
    }
    if isReference(bytes, range) {
      return SecretVerdict(.reference, label: "reference to a secret store")
    }
    switch template(bytes, range) {
    case .whole: return SecretVerdict(.placeholder, label: "filled in later")
    case .withDefault(let inner):
      // `${A:-${B:-…}}` may be nested as deep as a file likes.
      if depth == 8 { return SecretVerdict(.placeholder, label: "filled in later") }
      let verdict = classify(name, bytes, inner, depth: depth + 1)
      return verdict.kind == .none
        ? SecretVerdict(.placeholder, label: "filled in later") : verdict
    case .no, .partly: break
    }
    var isTemplated = false
    let present = ByteSet(bytes, in: range)
    let spans = structuredSpans(bytes, range, present, templated: &isTemplated)
    if let verdict = Self.verdict(of: spans) { return verdict }
    // `API_KEY: API_KEY_VALUE` says what belongs there.
    if name.count >= 7, name.contains(ascii("_")), range.count <= name.count + 8,
      bytes.hasFolded(name, at: range.lowerBound, before: range.upperBound),
      !range.contains(where: { bytes[$0].isDigit })
    {
      return SecretVerdict(.placeholder, .medium, label: "filled in later")
    }
    if let span = tokens.named(name, bytes, range), let verdict = Self.verdict(of: [span]) {
      return verdict
    }
    if isTemplated { return SecretVerdict(.placeholder, label: "filled in later") }
    return named.isSecret ? classifyNamed(named, name, bytes, range) : .none
  }

  /// Judges a value whose name says that it is a secret.
  private func classifyNamed(
    _ named: NameVerdict,
    _ name: Bytes,
    _ bytes: Bytes,
    _ range: Range<Int>
  ) -> SecretVerdict {
    if template(bytes, range) == .partly {
      return SecretVerdict(.placeholder, .medium, label: "filled in later")
    }
    if tokens.isSample(bytes, range) {
      return SecretVerdict(.placeholder, .low, label: "documented sample")
    }
    if named.isPassword, isDigits(bytes, range) {
      return SecretVerdict(
        .weakDefault,
        .medium,
        label: "password of digits",
        secretRanges: [range]
      )
    }
    let isHarmless = isHarmless(bytes, range)
    if isHarmless || range.count < named.minimumLength { return .none }
    if isUUID(bytes, range), !acceptsUUID(name) { return .none }
    if isWeak(bytes, range, name: name) {
      return SecretVerdict(.weakDefault, label: "well-known default", secretRanges: [range])
    }
    if isProse(bytes, range) { return .none }
    let isRich = range.count >= 12 && bytes.entropy(range) >= 3
    let confidence: Confidence =
      named.isFaint ? .low : isRich || hasMixedClasses(bytes, range) ? .high : .medium
    return SecretVerdict(.plaintext, confidence, label: "plaintext secret", secretRanges: [range])
  }

  /// Everything that is a secret by its own shape.
  ///
  /// `present` are the bytes of the range: without some of them there is nothing to look for.
  func structuredSpans(
    _ bytes: Bytes,
    _ range: Range<Int>,
    _ present: ByteSet,
    templated: inout Bool
  ) -> [SecretSpan] {
    guard range.count >= 8 else { return [] }
    var spans: [SecretSpan] = []
    if PrivateKeyArmour.mayBe(in: present) { spans += privateKeySpans(bytes, range) }
    spans += tokens.spans(bytes, range)
    if present.contains(ascii(":")), present.contains(ascii("/")) {
      spans += urlSpans(bytes, range, templated: &templated)
    }
    if present.contains(ascii("=")) || present.contains(ascii("@")) {
      spans += listSpans(bytes, range, templated: &templated)
    }
    return spans
  }

  /// One verdict for several spans, that of the first.
  static func verdict(of spans: [SecretSpan]) -> SecretVerdict? {
    guard let first = spans.first else { return nil }
    return SecretVerdict(
      first.kind,
      first.confidence,
      label: first.label,
      secretRanges: joined(spans.map(\.range))
    )
  }

  private func isWeakSetting(_ name: Bytes, _ bytes: Bytes, _ range: Range<Int>) -> Bool {
    guard range.count <= 16 else { return false }
    return catalogue.weakSettings.contains { setting in
      name.count == setting.name.count && name.elementsEqual(setting.name) { $0.lowercased == $1 }
        && setting.values.contains(bytes[range].map(\.lowercased))
    }
  }

  /// An identifier under most names, but a key under these.
  private func acceptsUUID(_ name: Bytes) -> Bool {
    let words = NameWords(name)
    guard words.count > 0 else { return false }
    let last = words.bytes[words.starts[words.count - 1]...]
    return ["secret ", "key ", "apikey ", "token ", "password "].contains {
      last.starts(with: $0.utf8)
    }
  }

  /// A sentence is a description, not a secret.
  private func isProse(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    let words = bytes[range].split(separator: 0x20)
    return words.count >= 4 && words.count(where: { $0.allSatisfy(\.isLetter) }) >= words.count - 1
  }

  private func hasMixedClasses(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    guard range.count >= 8 else { return false }
    var (upper, lower, digit, other) = (0, 0, 0, 0)
    for position in range {
      let byte = bytes[position]
      if byte.isUpper {
        upper = 1
      } else if byte.isLower {
        lower = 1
      } else if byte.isDigit {
        digit = 1
      } else {
        other = 1
      }
    }
    return upper + lower + digit + other >= 3
  }
}
