extension SecretDetector {
  /// A value that is filled in later.
  enum Template: Equatable {
    case no
    case whole
    /// `${X:-default}`: what is taken when nothing is filled in.
    case withDefault(Range<Int>)
    /// Literal text around something filled in.
    case partly
  }

  func template(_ bytes: Bytes, _ range: Range<Int>) -> Template {
    guard let first = range.first.map({ bytes[$0] }) else { return .no }
    if first == ascii("$") {
      let template = dollar(bytes, range)
      if template != .no { return template }
    }
    for prefix in catalogue.placeholderPrefixes
    where bytes.has(prefix, at: range.lowerBound, before: range.upperBound) { return .whole }
    for brackets in catalogue.placeholders
    where bytes.has(brackets.open, at: range.lowerBound, before: range.upperBound)
      && bytes.ends(brackets.close, at: range.upperBound, after: range.lowerBound)
    { return .whole }
    if isToken(bytes, range, ascii("%"), 1) || isToken(bytes, range, ascii("@"), 1)
      || isToken(bytes, range, ascii("_"), 2) || isStarred(bytes, range)
    {
      return .whole
    }
    if isBracedWord(bytes, range) { return .whole }
    return hasTemplateInside(bytes, range) ? .partly : .no
  }

  /// `$X`, `${X}`, `${X:-default}`, `$(X)` and `$$X` alone.
  private func dollar(_ bytes: Bytes, _ range: Range<Int>) -> Template {
    var start = range.lowerBound + 1
    if start < range.upperBound, bytes[start] == ascii("$") { start += 1 }
    guard start < range.upperBound else { return .no }
    if bytes[start] == ascii("(") {
      let end = closing(bytes, from: start, before: range.upperBound)
      return end == range.upperBound - 1 ? .whole : .no
    }
    guard bytes[start] == ascii("{") else {
      let isName =
        !bytes[start].isDigit
        && bytes.allSatisfy(in: start..<range.upperBound) { $0.isAlphanumeric || $0 == ascii("_") }
      return isName ? .whole : .no
    }
    guard closing(bytes, from: start, before: range.upperBound) == range.upperBound - 1 else {
      return .no
    }
    var position = start + 1
    let end = range.upperBound - 1
    while position < end, bytes[position].isAlphanumeric || bytes[position] == ascii("_") {
      position += 1
    }
    guard position < end else { return .whole }
    if bytes[position] == ascii(":"), position + 1 < end { position += 1 }
    guard bytes[position] == ascii("-"), position + 1 < end else { return .whole }
    return .withDefault(position + 1..<end)
  }

  /// Where the bracket closes that opens at `start`; nil if it does not.
  func closing(_ bytes: Bytes, from start: Int, before end: Int) -> Int? {
    let open = bytes[start]
    let close = open == ascii("(") ? ascii(")") : ascii("}")
    var depth = 0
    var position = start
    while position < end {
      if bytes[position] == open { depth += 1 }
      if bytes[position] == close {
        depth -= 1
        if depth == 0 { return position }
      }
      position += 1
    }
    return nil
  }

  /// `%NAME%`, `@NAME@`, `__NAME__`.
  private func isToken(_ bytes: Bytes, _ range: Range<Int>, _ mark: UInt8, _ width: Int) -> Bool {
    guard range.count > 2 * width else { return false }
    let inner = range.lowerBound + width..<range.upperBound - width
    return bytes.allSatisfy(in: range.lowerBound..<inner.lowerBound) { $0 == mark }
      && bytes.allSatisfy(in: inner.upperBound..<range.upperBound) { $0 == mark }
      && bytes.allSatisfy(in: inner) {
        $0.isAlphanumeric || $0 == ascii("_") || $0 == ascii(".") || $0 == ascii("-")
      }
  }

  /// `{aws-secret-key}` of manuals.
  private func isBracedWord(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    guard range.count > 2, bytes[range.lowerBound] == ascii("{"),
      bytes[range.upperBound - 1] == ascii("}")
    else { return false }
    return bytes.allSatisfy(in: range.lowerBound + 1..<range.upperBound - 1) {
      $0.isAlphanumeric || $0 == ascii("-") || $0 == ascii("_") || $0 == ascii(".")
    }
  }

  /// Already masked: at most two characters, then stars or crosses, `•` or `.` only.
  func isStarred(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    var start = range.lowerBound
    while start < range.upperBound, start < range.lowerBound + 2, bytes[start] != ascii("*") {
      start += 1
    }
    let stars = start..<range.upperBound
    if stars.count >= 3, bytes.allSatisfy(in: stars, { $0 == ascii("*") }) { return true }
    guard let first = range.first.map({ bytes[$0] }), range.count >= 3 else { return false }
    guard first.lowercased == ascii("x") || first == ascii(".") || first == ascii("-") else {
      return false
    }
    return bytes.allSatisfy(in: range) { $0 == first }
  }

  /// Whether `${…}`, `$(…)`, `{{…}}` or `<%…%>` is part of the value.
  private func hasTemplateInside(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    var position = range.lowerBound
    while position + 1 < range.upperBound {
      let (byte, next) = (bytes[position], bytes[position + 1])
      if byte == ascii("$"), next == ascii("{") || next == ascii("(") { return true }
      if byte == ascii("{"), next == ascii("{") || next == ascii("%") { return true }
      if byte == ascii("<"), next == ascii("%") { return true }
      position += 1
    }
    return false
  }

  func isReference(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    for prefix in catalogue.references
    where bytes.has(prefix, at: range.lowerBound, before: range.upperBound) { return true }
    for form in catalogue.referencesWithin
    where bytes.has(form.prefix, at: range.lowerBound, before: range.upperBound)
      && bytes.first(form.fragment, in: range) != nil
    { return true }
    return false
  }

  /// Numbers with or without a unit: `30`, `0.5`, `15m`, `PT5M`, `10MB`.
  func isNumber(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    guard range.count <= 24 else { return false }
    var position = range.lowerBound
    if bytes.has(Array("PT".utf8), at: position, before: range.upperBound) { position += 2 }
    if position < range.upperBound, bytes[position] == ascii("-") || bytes[position] == ascii("+") {
      position += 1
    }
    guard position < range.upperBound, bytes[position].isDigit else { return false }
    var letters = 0
    while position < range.upperBound {
      let byte = bytes[position]
      if byte.isDigit || byte == ascii(".") || byte == ascii("_") || byte == ascii(",") {
        letters = 0
      } else if byte.isLetter || byte == ascii("%") {
        letters += 1
        if letters > 2 { return false }
      } else {
        return false
      }
      position += 1
    }
    // `1a2b3c` is no duration: units follow each other at most twice (`1h30m`).
    let units = range.reduce(into: 0) { count, at in if bytes[at].isLetter { count += 1 } }
    return units <= 4
  }

  func isDigits(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    !range.isEmpty && bytes.allSatisfy(in: range) { $0.isDigit }
  }

  /// Paths, URLs, addresses, identifiers, hashes and words that are no secret under any name.
  func isHarmless(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    if range.count <= 16, catalogue.harmlessValues.contains(bytes[range].map(\.lowercased)) {
      return true
    }
    for prefix in catalogue.harmlessPrefixes
    where bytes.has(prefix, at: range.lowerBound, before: range.upperBound) { return true }
    return isNumber(bytes, range) || isPath(bytes, range) || isURL(bytes, range)
      || isMailAddress(bytes, range) || isHostPort(bytes, range) || isDate(bytes, range)
  }

  private func isPath(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    let (start, end) = (range.lowerBound, range.upperBound)
    guard range.count >= 2, let last = range.last else { return false }
    if !bytes.allSatisfy(in: range, { $0 > 0x20 }) { return false }
    if bytes.has(Array("./".utf8), at: start, before: end)
      || bytes.has(Array("../".utf8), at: start, before: end)
      || bytes.has(Array("~/".utf8), at: start, before: end)
    {
      return true
    }
    if bytes[start].isLetter, range.count > 2, bytes[start + 1] == ascii(":"),
      bytes[start + 2] == ascii("\\") || bytes[start + 2] == ascii("/")
    {
      return true
    }
    // Base64 may begin with a slash, too; only its last part can have `+` or `=`.
    guard bytes[start] == ascii("/"), last != ascii("=") else { return false }
    var (longest, length) = (0, 0)
    for position in range {
      let byte = bytes[position]
      if byte == ascii("+") { return false }
      length =
        byte == ascii("/") || byte == ascii("-") || byte == ascii("_") || byte == ascii(".")
        ? 0 : length + 1
      longest = max(longest, length)
    }
    return longest <= 24
  }

  private func isURL(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    guard let colon = bytes.first(Array("://".utf8), in: range), colon > range.lowerBound,
      bytes[range.lowerBound].isLetter
    else { return false }
    return bytes.allSatisfy(in: range.lowerBound..<colon) {
      $0.isAlphanumeric || $0 == ascii("+") || $0 == ascii("-") || $0 == ascii(".")
        || $0 == ascii(":")
    }
  }

  private func isMailAddress(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    guard let at = bytes.first(of: ascii("@"), in: range), at > range.lowerBound else {
      return false
    }
    let domain = at + 1..<range.upperBound
    guard let dot = bytes[domain].lastIndex(of: ascii(".")), dot > domain.lowerBound,
      range.upperBound - dot > 2
    else { return false }
    return bytes.allSatisfy(in: dot + 1..<range.upperBound) { $0.isLetter }
      && bytes.allSatisfy(in: domain) { $0.isAlphanumeric || $0 == ascii(".") || $0 == ascii("-") }
      && bytes.allSatisfy(in: range.lowerBound..<at) {
        $0.isAlphanumeric || $0 == ascii(".") || $0 == ascii("-") || $0 == ascii("_")
          || $0 == ascii("+")
      }
  }

  /// `db.internal:5432`, `redis:6379`.
  private func isHostPort(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    guard let colon = bytes.first(of: ascii(":"), in: range), colon > range.lowerBound,
      (1...5).contains(range.upperBound - colon - 1)
    else { return false }
    return isDigits(bytes, colon + 1..<range.upperBound)
      && bytes.allSatisfy(in: range.lowerBound..<colon) {
        $0.isAlphanumeric || $0 == ascii(".") || $0 == ascii("-") || $0 == ascii("_")
      }
  }

  /// `2024-01-31`, perhaps with a time.
  private func isDate(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    guard (10...32).contains(range.count) else { return false }
    for (offset, position) in range.prefix(10).enumerated() {
      let isDash = offset == 4 || offset == 7
      if isDash != (bytes[position] == ascii("-")) || (!isDash && !bytes[position].isDigit) {
        return false
      }
    }
    return range.count == 10 || bytes[range.lowerBound + 10] == ascii("T")
  }

  func isUUID(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    guard range.count == 36 else { return false }
    for (offset, position) in range.enumerated() {
      let byte = bytes[position]
      let isDash = offset == 8 || offset == 13 || offset == 18 || offset == 23
      let isHex = byte.isDigit || (byte.lowercased >= ascii("a") && byte.lowercased <= ascii("f"))
      if isDash ? byte != ascii("-") : !isHex { return false }
    }
    return true
  }

  /// Values that everybody would try first.
  func isWeak(_ bytes: Bytes, _ range: Range<Int>, name: Bytes) -> Bool {
    guard range.count <= 256 else { return false }
    let lower = bytes[range].map(\.lowercased)
    let compact = lower.filter {
      $0 != ascii("-") && $0 != ascii("_") && $0 != ascii(".") && $0 != 0x20
    }
    var stem = compact[...]
    while let last = stem.last, last.isDigit || last == ascii("!") { stem.removeLast() }
    if stem.isEmpty { return isNumberRow(compact) }
    if catalogue.weakValues.contains(Array(stem)) || catalogue.weakValues.contains(compact) {
      return true
    }
    let joinedName = name.map(\.lowercased).filter { $0.isAlphanumeric }
    if !joinedName.isEmpty, joinedName == compact { return true }
    for prefix in catalogue.weakPrefixes where lower.starts(with: prefix) { return true }
    for fragment in catalogue.weakFragments where lower.first(fragment, in: 0..<lower.count) != nil
    {
      return true
    }
    // `pgadmin_password`, `username:password`: made of words that everybody tries.
    if stem.count <= 24, stem.suffix(8).elementsEqual("password".utf8) { return true }
    return Set(compact).count == 1
  }

  /// `1234`, `123123`, `0000`, `!` alone.
  private func isNumberRow(_ digits: Bytes) -> Bool {
    guard digits.count <= 12 else { return false }
    var isRising = true
    for index in digits.indices.dropFirst() {
      let step = Int(digits[index]) - Int(digits[index - 1])
      if step != 1, step != 0, step != -1, step != -9 { isRising = false }
    }
    return isRising || digits.starts(with: Array("123".utf8))
  }
}
