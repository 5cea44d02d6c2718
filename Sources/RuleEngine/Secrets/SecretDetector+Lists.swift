extension SecretDetector {
  /// Secrets in `key=value;` lists, in queries of URLs, and in `user:password@tcp(host)`.
  func listSpans(_ bytes: Bytes, _ range: Range<Int>, templated: inout Bool) -> [SecretSpan] {
    var spans: [SecretSpan] = []
    var clues: Clues?
    var position = range.lowerBound
    while let equals = bytes.first(of: ascii("="), in: position..<range.upperBound) {
      position = equals + 1
      guard let part = part(bytes, endingAt: equals, range), isKnown(part.key) else { continue }
      let known = clues ?? Clues(bytes, range)
      clues = known
      let value = valueOfPart(bytes, from: equals + 1, before: range.upperBound, part.mark)
      guard !value.isEmpty, let label = label(of: part, bytes, value, range, known) else {
        continue
      }
      position = max(position, value.upperBound)
      switch passwordText(bytes, value) {
      case .templated: templated = true
      case .literal(let literal):
        let isCertain = literal.count >= 3 && !isWeak(bytes, literal, name: [])
        let isFaint = catalogue.listKeysFaint.contains(part.key)
        spans.append(
          SecretSpan(
            literal,
            label.kind,
            isFaint ? .low : isCertain ? .high : .medium,
            label.text
          )
        )
      }
    }
    return spans + driverSpans(bytes, range, templated: &templated)
  }

  private func isKnown(_ key: Bytes) -> Bool {
    catalogue.listKeys.contains(key) || catalogue.queryKeys.contains(key)
      || catalogue.listKeysFaint.contains(key) || catalogue.listKeysWithEndpoint.contains(key)
  }

  private struct Part {
    var key: Bytes
    /// What stands before the key: `;`, `&`, `?`, a blank, a quote or 0 for the beginning.
    var mark: UInt8
    var start: Int
  }

  /// The key before an equals sign, in lower case and without spaces.
  private func part(_ bytes: Bytes, endingAt equals: Int, _ range: Range<Int>) -> Part? {
    var start = equals
    let limit = max(range.lowerBound, equals - 40)
    while start > limit {
      let byte = bytes[start - 1]
      guard
        byte.isAlphanumeric || byte == ascii("_") || byte == ascii("-") || byte == 0x20
          || byte == ascii(".")
      else { break }
      start -= 1
    }
    if start == limit, start > range.lowerBound { return nil }
    var mark = start > range.lowerBound ? bytes[start - 1] : 0
    // Unless it follows a `;`, a key is one word.
    if mark != ascii(";"), let blank = bytes[start..<equals].lastIndex(of: 0x20) {
      let isTrailing = bytes.allSatisfy(in: blank..<equals) { $0 == 0x20 }
      if !isTrailing { (start, mark) = (blank + 1, 0x20) }
    }
    let key = bytes[start..<equals].lazy.filter { $0 != 0x20 }.map(\.lowercased)
    return key.isEmpty ? nil : Part(key: Array(key), mark: mark, start: start)
  }

  private func label(
    of part: Part,
    _ bytes: Bytes,
    _ value: Range<Int>,
    _ range: Range<Int>,
    _ clues: Clues
  ) -> (text: String, kind: SecretKind)? {
    let isListKey =
      catalogue.listKeys.contains(part.key) || catalogue.listKeysFaint.contains(part.key)
    let isEndpointKey =
      catalogue.listKeysWithEndpoint.contains(part.key) && part.mark == ascii(";")
      && clues.hasEndpoint
    if part.mark == ascii(";") {
      return isListKey || isEndpointKey ? ("connection string", .connectionString) : nil
    }
    if part.mark == ascii("?") || part.mark == ascii("&") {
      guard catalogue.queryKeys.contains(part.key) else { return nil }
      if part.key == Array("sig".utf8) {
        return value.count >= 20 ? ("Azure shared access signature", .providerToken) : nil
      }
      return ("URL with password", .connectionString)
    }
    guard isListKey else { return nil }
    // At the head of a list: `Password=x;Server=y`.
    let isHead = part.mark == 0 || part.mark == ascii("=") || part.mark.isQuote || part.mark.isBlank
    if isHead, value.upperBound < range.upperBound, bytes[value.upperBound] == ascii(";"),
      bytes.first(
        of: ascii("="),
        in: value.upperBound..<min(range.upperBound, value.upperBound + 64)
      )
        != nil
    {
      return ("connection string", .connectionString)
    }
    // `host=db user=app password=x`, as libpq has it.
    let isKeyword = part.mark == 0x20 || part.mark == 0 || part.mark.isQuote
    if isKeyword, part.key == Array("password".utf8), clues.hasServer {
      return ("connection string", .connectionString)
    }
    return nil
  }

  /// Keys of the whole text that say what its other keys mean.
  private struct Clues {
    var hasEndpoint = false
    var hasServer = false

    private static let servers = ["host=", "dbname=", "user="].map { Array($0.utf8) }
    private static let endpoint = Array("endpoint=".utf8)

    init(_ bytes: Bytes, _ range: Range<Int>) {
      for equals in range where bytes[equals] == ascii("=") {
        let end = equals + 1
        if bytes.hasFolded(Self.endpoint, at: end - Self.endpoint.count, before: end) {
          hasEndpoint = true
        }
        for word in Self.servers {
          let start = end - word.count
          guard start >= range.lowerBound, bytes.hasFolded(word, at: start, before: end) else {
            continue
          }
          if start == range.lowerBound || !bytes[start - 1].isAlphanumeric { hasServer = true }
        }
      }
    }
  }

  private func valueOfPart(
    _ bytes: Bytes,
    from start: Int,
    before end: Int,
    _ mark: UInt8
  ) -> Range<Int> {
    var start = start
    while start < end, bytes[start] == 0x20 { start += 1 }
    guard start < end else { return start..<start }
    if mark == ascii(";"), bytes[start].isQuote {
      let inner = start + 1..<end
      if let close = bytes.first(of: bytes[start], in: inner) { return inner.lowerBound..<close }
    }
    let isQuery = mark == ascii("?") || mark == ascii("&")
    // What is not behind a `;` may turn out to be no part at all and is then looked at again.
    let end = mark == ascii(";") ? end : min(end, start + 512)
    var position = start
    while position < end {
      if let next = skippingTemplate(bytes, position, end) {
        position = next
        continue
      }
      let byte = bytes[position]
      if byte == ascii(";") || byte == ascii("\"") || byte == ascii("'") || byte == 0x0A { break }
      if isQuery, byte == ascii("&") || byte == ascii("#") || byte.isBlank { break }
      if mark == 0x20 || mark == 0, byte.isBlank { break }
      position += 1
    }
    return bytes.trimmed(start..<position)
  }

  /// `user:password@tcp(host:3306)/db` of Go and `jdbc:oracle:thin:user/password@host`.
  private func driverSpans(
    _ bytes: Bytes,
    _ range: Range<Int>,
    templated: inout Bool
  ) -> [SecretSpan] {
    var spans: [SecretSpan] = []
    var position = range.lowerBound
    while let at = bytes.first(of: ascii("@"), in: position..<range.upperBound) {
      let floor = position
      position = at + 1
      let isGo =
        bytes.has(Array("@tcp(".utf8), at: at, before: range.upperBound)
        || bytes.has(Array("@unix(".utf8), at: at, before: range.upperBound)
      let isOracle = !isGo && isOracleThin(bytes, at, range)
      guard isGo || isOracle else { continue }
      var start = at
      while start > floor, !bytes[start - 1].isBlank, !bytes[start - 1].isQuote,
        bytes[start - 1] != ascii("=")
      { start -= 1 }
      let mark = isGo ? ascii(":") : ascii("/")
      guard let separator = bytes.first(of: mark, in: start..<at), separator + 1 < at else {
        continue
      }
      switch passwordText(bytes, separator + 1..<at) {
      case .templated: templated = true
      case .literal(let literal):
        spans.append(SecretSpan(literal, .connectionString, .high, "connection string"))
      }
    }
    return spans
  }

  private func isOracleThin(_ bytes: Bytes, _ at: Int, _ range: Range<Int>) -> Bool {
    let word = Array("jdbc:oracle:thin:".utf8)
    let start = max(range.lowerBound, at - 160)
    return (start..<at).contains { bytes.hasFolded(word, at: $0, before: at) }
  }
}
