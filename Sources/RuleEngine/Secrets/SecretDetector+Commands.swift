extension SecretDetector {
  /// Whether there is an option or a setting among the words of a text.
  ///
  /// A quick look that may say yes for nothing.
  func mayBeCommand(_ bytes: Bytes, _ range: Range<Int>, _ present: ByteSet) -> Bool {
    if present.contains(ascii("=")) { return true }
    // `Name: value` in one word needs quotes around it or a backslash in it.
    if present.contains(ascii(":")),
      present.contains(ascii("\"")) || present.contains(ascii("'"))
        || present.contains(ascii("\\"))
    {
      return true
    }
    guard present.contains(ascii("-")) else { return false }
    for position in range where bytes[position] == ascii("-") {
      let before = position > range.lowerBound ? bytes[position - 1] : 0x20
      if before.isQuote { return true }
      guard position + 1 < range.upperBound, !bytes[position + 1].isBlank else { continue }
      if before.isBlank || before == ascii(";") || before == ascii("|") || before == ascii("&") {
        return true
      }
    }
    return false
  }

  /// Secrets among the words of command lines.
  func commandSpans(_ bytes: Bytes, _ range: Range<Int>) -> [SecretSpan] {
    var spans: [SecretSpan] = []
    let words = ShellWords.split(bytes, range)
    var options: [SecretCatalogue.Option] = []
    var named: Set<Bytes> = []
    var skipsNext = false
    for (index, word) in words.enumerated() {
      let text = bytes.unquoted(word.range)
      if word.startsCommand {
        options = []
        named = []
        skipsNext = false
      }
      if skipsNext {
        skipsNext = false
        continue
      }
      if options.isEmpty { options = client(bytes, text) }
      let next =
        index + 1 < words.count && !words[index + 1].startsCommand
        ? words[index + 1].range : nil
      if !text.isEmpty, bytes[text.lowerBound] == ascii("-") {
        skipsNext = option(bytes, text, next, options, named, &spans)
      } else {
        if !options.isEmpty, text.count <= 16 { named.insert(Array(bytes[text])) }
        setting(bytes, text, &spans)
      }
    }
    return spans
  }

  /// The options of a client by its command's name, with or without its folder.
  func client(_ bytes: Bytes, _ word: Range<Int>) -> [SecretCatalogue.Option] {
    guard (2...64).contains(word.count) else { return [] }
    var start = word.lowerBound
    if let slash = bytes[word].lastIndex(of: ascii("/")) { start = slash + 1 }
    let name = Array(bytes[start..<word.upperBound])
    return optionsOfClients[name] ?? []
  }

  /// Looks at one option; true if it took the next word.
  private func option(
    _ bytes: Bytes,
    _ word: Range<Int>,
    _ next: Range<Int>?,
    _ options: [SecretCatalogue.Option],
    _ named: Set<Bytes>,
    _ spans: inout [SecretSpan]
  ) -> Bool {
    let equals = bytes.first(of: ascii("="), in: word)
    let flag = word.lowerBound..<(equals ?? word.upperBound)
    for option in options where option.after.map(named.contains) ?? true {
      for name in option.flags {
        if bytes[flag].elementsEqual(name) {
          if let equals {
            take(bytes, equals + 1..<word.upperBound, option.form, &spans)
            return false
          }
          guard option.form != .attached, let next else { return false }
          take(bytes, next, option.form, &spans)
          return true
        }
        // `-psecret`; of long options only `--name=value` is attached.
        if name.count == 2, name[1] != ascii("-"), word.count > 2, option.form != .prefixed,
          bytes.has(name, at: word.lowerBound, before: word.upperBound)
        {
          take(bytes, word.lowerBound + 2..<word.upperBound, option.form, &spans)
          return false
        }
      }
    }
    guard flag.count > 2, flag.count <= 128, judge(bytes, flag).isSecret else { return false }
    let name = Array(bytes[flag])
    if let equals {
      append(&spans, name, bytes, equals + 1..<word.upperBound)
      return false
    }
    guard let next, bytes[next.lowerBound] != ascii("-") else { return false }
    append(&spans, name, bytes, next)
    return true
  }

  private static let passPrefix = Array("pass:".utf8)

  private func take(
    _ bytes: Bytes,
    _ value: Range<Int>,
    _ form: SecretCatalogue.Option.Form,
    _ spans: inout [SecretSpan]
  ) {
    let inner = bytes.unquoted(value)
    switch form {
    case .separate, .attached: append(&spans, bytes, inner, "password as an argument")
    case .userPassword:
      guard let colon = bytes.first(of: ascii(":"), in: inner) else { return }
      append(&spans, bytes, colon + 1..<inner.upperBound, "user and password as an argument")
    case .prefixed:
      let prefix = Self.passPrefix
      guard bytes.has(prefix, at: inner.lowerBound, before: inner.upperBound) else { return }
      append(
        &spans,
        bytes,
        inner.lowerBound + prefix.count..<inner.upperBound,
        "password as an argument"
      )
    }
  }

  /// `NAME=value`, or `Name: value` in one word of quotes.
  private func setting(_ bytes: Bytes, _ word: Range<Int>, _ spans: inout [SecretSpan]) {
    var end = word.lowerBound
    while end < word.upperBound, end - word.lowerBound <= 128,
      bytes[end] != ascii("="), bytes[end] != ascii(":")
    { end += 1 }
    guard end < word.upperBound, end > word.lowerBound, end - word.lowerBound <= 128 else { return }
    let isHeader = bytes[end] == ascii(":")
    if isHeader, end + 1 >= word.upperBound || bytes[end + 1] != 0x20 { return }
    let isName = bytes.allSatisfy(in: word.lowerBound..<end) {
      $0.isAlphanumeric || $0 == ascii("_") || $0 == ascii("-") || $0 == ascii(".")
    }
    guard isName, judge(bytes, word.lowerBound..<end).isSecret else { return }
    let value = end + 1..<word.upperBound
    // The scheme of an Authorization header is no part of the secret; that is looked for elsewhere.
    if isHeader, scheme(bytes, bytes.trimmed(value).lowerBound, word.upperBound) != nil { return }
    append(&spans, Array(bytes[word.lowerBound..<end]), bytes, value)
  }

  /// Adds the value of a named setting if it is a secret.
  private func append(
    _ spans: inout [SecretSpan],
    _ name: Bytes,
    _ bytes: Bytes,
    _ value: Range<Int>
  ) {
    let verdict = classify(name, bytes, value)
    guard verdict.kind.isSecret else { return }
    // `$TOKEN/x` or `$(cat x)` in part is the shell's business.
    let inner = bytes.unquoted(value)
    if verdict.kind == .plaintext, bytes[inner.lowerBound] == ascii("$") { return }
    for range in verdict.secretRanges {
      spans.append(SecretSpan(range, verdict.kind, verdict.confidence, verdict.label))
    }
  }
}
