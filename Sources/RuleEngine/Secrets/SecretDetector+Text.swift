extension SecretDetector {
  /// Finds the secrets in a command line, the text of a RUN, or any other text.
  ///
  /// One verdict for each secret, ascending and disjoint.
  package func classifyText(_ text: String) -> [SecretVerdict] {
    let bytes = Array(text.utf8)
    let spans = textSpans(bytes, 0..<bytes.count)
    var verdicts: [SecretVerdict] = []
    var end = 0
    let ordered = spans.enumerated().sorted {
      ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
    }
    for span in ordered.map(\.element) {
      if span.range.lowerBound < end {
        // Of two that overlap the first stays, and hides what both cover.
        if span.range.upperBound > end, let last = verdicts[verdicts.count - 1].secretRanges.last {
          end = span.range.upperBound
          verdicts[verdicts.count - 1].secretRanges = [last.lowerBound..<end]
        }
        continue
      }
      end = span.range.upperBound
      verdicts.append(
        SecretVerdict(
          span.kind,
          span.confidence,
          label: span.label,
          secretRanges: [span.range]
        )
      )
    }
    return verdicts
  }

  func textSpans(_ bytes: Bytes, _ range: Range<Int>) -> [SecretSpan] {
    var isTemplated = false
    // Most texts lack a byte without which there is nothing to look for.
    let present = ByteSet(bytes, in: range)
    var spans = structuredSpans(bytes, range, present, templated: &isTemplated)
    if present.contains(ascii("z")) || present.contains(ascii("Z")) {
      spans += headerSpans(bytes, range)
    }
    if present.contains(ascii("_")) || present.isSuperset(of: Self.bytesOfNetrc) {
      spans += registrySpans(bytes, range)
    }
    if present.contains(ascii("'")) { spans += statementSpans(bytes, range) }
    spans += accountSpans(bytes, range, present)
    if mayBeCommand(bytes, range, present) { spans += commandSpans(bytes, range) }
    return spans
  }

  private static let bytesOfNetrc = ByteSet("machine password ")

  private static let authorization = Array("authorization".utf8)

  /// `Authorization: Bearer x`, also `X-Api-Key: x` of curl's `-H`.
  private func headerSpans(_ bytes: Bytes, _ range: Range<Int>) -> [SecretSpan] {
    var spans: [SecretSpan] = []
    let word = Self.authorization
    var position = range.lowerBound
    while position < range.upperBound {
      guard bytes[position].lowercased == ascii("a"),
        bytes.hasFolded(word, at: position, before: range.upperBound)
      else {
        position += 1
        continue
      }
      position += word.count
      var at = position
      while at < range.upperBound, bytes[at] == 0x20 || bytes[at].isQuote { at += 1 }
      guard at < range.upperBound, bytes[at] == ascii(":") || bytes[at] == ascii("=") else {
        continue
      }
      at += 1
      while at < range.upperBound, bytes[at] == 0x20 || bytes[at].isQuote { at += 1 }
      guard let scheme = scheme(bytes, at, range.upperBound) else { continue }
      var end = scheme
      while end < range.upperBound, !bytes[end].isBlank, !bytes[end].isQuote { end += 1 }
      position = max(position, end)
      append(&spans, bytes, scheme..<end, "authorization header")
    }
    return spans
  }

  private static let schemes = ["bearer ", "basic ", "token ", "apikey "].map { Array($0.utf8) }

  /// Where the credentials begin behind `Bearer`, `Basic` or `Token`.
  func scheme(_ bytes: Bytes, _ start: Int, _ end: Int) -> Int? {
    for scheme in Self.schemes where bytes.hasFolded(scheme, at: start, before: end) {
      var position = start + scheme.count
      while position < end, bytes[position] == 0x20 { position += 1 }
      return position
    }
    return nil
  }

  private static let registryKeys = ["_authtoken", "_password", "_auth"].map { Array($0.utf8) }
  private static let machine = Array("machine ".utf8)
  private static let password = Array(" password ".utf8)

  /// `_authToken=x`, `_password=x`, `_auth=x` of npm, and `machine h login u password x` of netrc.
  private func registrySpans(_ bytes: Bytes, _ range: Range<Int>) -> [SecretSpan] {
    var spans: [SecretSpan] = []
    var position = range.lowerBound
    let keys = Self.registryKeys
    let machine = Self.machine
    let password = Self.password
    while position < range.upperBound {
      let byte = bytes[position]
      if byte == ascii("_"),
        let key = keys.first(where: { bytes.hasFolded($0, at: position, before: range.upperBound) })
      {
        var at = position + key.count
        position += 1
        guard at < range.upperBound, bytes[at] == ascii("=") || bytes[at] == 0x20 else { continue }
        // `docker_auth /src` is a name with an argument behind it, not a key of npm.
        if bytes[at] == 0x20, position - 1 > range.lowerBound {
          let before = bytes[position - 2]
          guard !before.isAlphanumeric else { continue }
        }
        while at < range.upperBound,
          bytes[at] == ascii("=") || bytes[at] == 0x20 || bytes[at].isQuote
        {
          at += 1
        }
        let end = wordEnd(bytes, at, range.upperBound)
        append(&spans, bytes, at..<end, "npm registry token")
        position = max(position, end)
      } else if byte == ascii("m"), bytes.has(machine, at: position, before: range.upperBound),
        let found = bytes.first(password, in: position..<min(range.upperBound, position + 256))
      {
        let start = found + password.count
        let end = wordEnd(bytes, start, range.upperBound)
        append(&spans, bytes, start..<end, "netrc password")
        position = max(position + 1, end)
      } else {
        position += 1
      }
    }
    return spans
  }

  private static let statementWords = ["identified by ", "password "].map { Array($0.utf8) }

  /// `IDENTIFIED BY 'x'`, `WITH PASSWORD 'x'` of SQL.
  private func statementSpans(_ bytes: Bytes, _ range: Range<Int>) -> [SecretSpan] {
    var spans: [SecretSpan] = []
    let words = Self.statementWords
    var position = range.lowerBound
    while position < range.upperBound {
      let byte = bytes[position].lowercased
      guard byte == ascii("i") || byte == ascii("p"),
        let word = words.first(where: {
          bytes.hasFolded($0, at: position, before: range.upperBound)
        })
      else {
        position += 1
        continue
      }
      position += word.count
      // Within shell quotes the statement's own are escaped.
      var start = position
      while start < range.upperBound, bytes[start] == ascii("\\") { start += 1 }
      guard start < range.upperBound, bytes[start] == ascii("'") else { continue }
      let inner = start + 1..<min(range.upperBound, start + 257)
      guard let close = bytes.first(of: ascii("'"), in: inner) else { continue }
      append(&spans, bytes, inner.lowerBound..<close, "password in a statement")
      position = close + 1
    }
    return spans
  }

  func wordEnd(_ bytes: Bytes, _ start: Int, _ end: Int) -> Int {
    var position = start
    while position < end, !bytes[position].isBlank, !bytes[position].isQuote,
      bytes[position] != ascii(";")
    { position += 1 }
    return position
  }

  /// Adds a literal that stands where only secrets stand.
  func append(
    _ spans: inout [SecretSpan],
    _ bytes: Bytes,
    _ range: Range<Int>,
    _ label: String
  ) {
    let range = bytes.unquoted(range)
    guard !range.isEmpty, !isReference(bytes, range), !isStarred(bytes, range),
      // `$TOKEN"` and `$(cat …` are cut off at the quote or blank, yet no literals.
      bytes[range.lowerBound] != ascii("$"),
      case .literal(let literal) = passwordText(bytes, range)
    else { return }
    let isWeak = isWeak(bytes, literal, name: [])
    spans.append(
      SecretSpan(
        literal,
        isWeak ? .weakDefault : .plaintext,
        isWeak ? .medium : .high,
        label
      )
    )
  }
}
