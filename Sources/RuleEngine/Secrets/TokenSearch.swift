/// Finds tokens of all providers in one pass over a text.
struct TokenSearch: Sendable {
  private struct Entry: Sendable {
    var provider: Int
    var pattern: Int
    /// The anchor's second byte, which rules out most; 0 if it has none.
    var second: UInt8
  }

  private let providers: [SecretCatalogue.Provider]
  /// Entries by the first byte of their anchors, which are `entries[starts[b]..<starts[b + 1]]`.
  private let entries: [Entry]
  private let starts: [Int]
  private let firstBytes: ByteSet

  init(_ providers: [SecretCatalogue.Provider]) {
    self.providers = providers
    var buckets: [[Entry]] = Array(repeating: [], count: 256)
    var firstBytes = ByteSet()
    for (index, provider) in providers.enumerated() where provider.names == nil {
      for (number, pattern) in provider.patterns.enumerated() {
        guard let first = pattern.anchor.first else { continue }
        let second = pattern.anchor.count > 1 ? pattern.anchor[1] : 0
        buckets[Int(first)].append(Entry(provider: index, pattern: number, second: second))
        firstBytes.insert(first)
      }
    }
    self.firstBytes = firstBytes
    var starts = [0]
    for bucket in buckets { starts.append((starts.last ?? 0) + bucket.count) }
    self.starts = starts
    entries = buckets.flatMap { $0 }
  }

  /// Tokens that are recognised whatever they are called.
  func spans(_ bytes: Bytes, _ range: Range<Int>) -> [SecretSpan] {
    var spans: [SecretSpan] = []
    var position = range.lowerBound
    search: while position < range.upperBound {
      let byte = bytes[position]
      guard firstBytes.contains(byte) else {
        position += 1
        continue
      }
      let next = position + 1 < range.upperBound ? bytes[position + 1] : 0
      for number in starts[Int(byte)]..<starts[Int(byte) + 1] {
        let entry = entries[number]
        if entry.second != 0, entry.second != next { continue }
        let provider = providers[entry.provider]
        let pattern = provider.patterns[entry.pattern]
        guard bytes.has(pattern.anchor, at: position, before: range.upperBound),
          position - pattern.lead >= range.lowerBound,
          let end = pattern.match(bytes, at: position - pattern.lead, before: range.upperBound)
            ?? Self.sentenceEnd(bytes, position..<range.upperBound).flatMap({
              pattern.match(bytes, at: position - pattern.lead, before: $0)
            })
        else { continue }
        let found = position - pattern.lead..<end
        guard Self.accepts(provider, bytes, found) else {
          // Inside a long run no token begins; looking again at each place would take for ever.
          if found.count > 256 {
            position = end
            continue search
          }
          continue
        }
        spans.append(SecretSpan(found, provider.kind, provider.confidence, provider.label))
        position = end
        continue search
      }
      position += 1
    }
    return spans
  }

  /// Where the word at the start of a range ends, if a full stop stands behind it.
  ///
  /// The stop may belong to the alphabet of the token and would make it too long. Words longer than
  /// any token are not looked at, so that the search stays linear.
  private static func sentenceEnd(_ bytes: Bytes, _ range: Range<Int>) -> Int? {
    let limit = min(range.upperBound, range.lowerBound + 256)
    var end = range.lowerBound
    while end < limit, bytes[end] > 0x20 { end += 1 }
    guard end == range.upperBound || end < limit else { return nil }
    let word = end
    while end > range.lowerBound, bytes[end - 1] == ascii(".") { end -= 1 }
    return end < word ? end : nil
  }

  /// A whole value that has the shape of a token of the provider that its name mentions.
  func named(_ name: Bytes, _ bytes: Bytes, _ range: Range<Int>) -> SecretSpan? {
    guard (32...128).contains(range.count) else { return nil }
    var words: NameWords?
    for provider in providers {
      guard let names = provider.names else { continue }
      let matches = provider.patterns.contains {
        $0.match(bytes, at: range.lowerBound, before: range.upperBound) == range.upperBound
      }
      guard matches, Self.accepts(provider, bytes, range) else { continue }
      let known = words ?? NameWords(name)
      words = known
      var isNamed = false
      for word in 0..<known.starts.count {
        names.matches(known, at: word) { _, _ in isNamed = true }
      }
      if isNamed { return SecretSpan(range, provider.kind, provider.confidence, provider.label) }
    }
    return nil
  }

  /// Whether a whole value is a provider's published sample.
  func isSample(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    (16...128).contains(range.count)
      && providers.contains { provider in
        !provider.notEnding.isEmpty
          && bytes.ends(provider.notEnding, at: range.upperBound, after: range.lowerBound)
      }
  }

  private static func accepts(
    _ provider: SecretCatalogue.Provider,
    _ bytes: Bytes,
    _ range: Range<Int>
  ) -> Bool {
    if !provider.notEnding.isEmpty,
      bytes.ends(provider.notEnding, at: range.upperBound, after: range.lowerBound)
    {
      return false
    }
    if !provider.contains.isEmpty, bytes.first(provider.contains, in: range) == nil { return false }
    if provider.entropy > 0, bytes.entropy(range) < provider.entropy { return false }
    return !provider.isToken || isWebToken(bytes, range)
  }

  /// Whether the first part is a JSON object that names its algorithm.
  private static func isWebToken(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    guard let dot = bytes.first(of: ascii("."), in: range), dot - range.lowerBound <= 4096,
      let header = Base64.decode(bytes, range.lowerBound..<dot), header.first == ascii("{")
    else { return false }
    return header.first(Array("\"alg\"".utf8), in: 0..<header.count) != nil
  }
}

/// A secret inside a text.
struct SecretSpan: Sendable {
  var range: Range<Int>
  var kind: SecretKind
  var confidence: Confidence
  var label: String

  init(_ range: Range<Int>, _ kind: SecretKind, _ confidence: Confidence, _ label: String) {
    self.range = range
    self.kind = kind
    self.confidence = confidence
    self.label = label
  }
}
