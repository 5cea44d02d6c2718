extension SecretDetector {
  /// What stands where a password could stand, judged without regard to a name.
  enum PasswordText {
    case templated
    case literal(Range<Int>)
  }

  func passwordText(_ bytes: Bytes, _ range: Range<Int>) -> PasswordText {
    switch template(bytes, range) {
    case .no: return isBracketed(bytes, range) ? .templated : .literal(range)
    case .withDefault(let range):
      return range.isEmpty || template(bytes, range) != .no ? .templated : .literal(range)
    case .whole, .partly: return .templated
    }
  }

  /// `<password>`, `[password]`, `{password}`.
  private func isBracketed(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
    guard range.count >= 2, let last = range.last else { return true }
    return switch bytes[range.lowerBound] {
    case ascii("<"): bytes[last] == ascii(">")
    case ascii("{"): bytes[last] == ascii("}")
    case ascii("["): bytes[last] == ascii("]")
    default: false
    }
  }

  private static let authorityMark = Array("://".utf8)

  /// Passwords before the host of URLs; `templated` is set if one is filled in later.
  func urlSpans(_ bytes: Bytes, _ range: Range<Int>, templated: inout Bool) -> [SecretSpan] {
    var spans: [SecretSpan] = []
    let mark = Self.authorityMark
    var position = range.lowerBound
    while let colon = bytes.first(of: ascii(":"), in: position..<range.upperBound) {
      position = colon + 1
      guard colon > range.lowerBound, bytes[colon - 1].isAlphanumeric,
        bytes.has(mark, at: colon, before: range.upperBound)
      else { continue }
      let start = colon + 3
      position = start
      guard let userinfo = userinfo(bytes, start, range.upperBound),
        let separator = separator(bytes, userinfo)
      else { continue }
      let password = separator + 1..<userinfo.upperBound
      position = userinfo.upperBound
      guard !password.isEmpty else { continue }
      switch passwordText(bytes, password) {
      case .templated: templated = true
      case .literal(let literal):
        let isCertain = literal.count >= 3 && !isWeak(bytes, literal, name: [])
        spans.append(
          SecretSpan(
            literal,
            .connectionString,
            isCertain ? .high : .medium,
            "URL with password"
          )
        )
      }
    }
    return spans
  }

  /// The colon between user and password, outside any `${X:-…}`.
  private func separator(_ bytes: Bytes, _ range: Range<Int>) -> Int? {
    var position = range.lowerBound
    while position < range.upperBound {
      if bytes[position] == ascii(":") { return position }
      position = skippingTemplate(bytes, position, range.upperBound) ?? position + 1
    }
    return nil
  }

  /// Behind the `${…}`, `$(…)` or `{{…}}` that begins at `position`; nil if none does.
  func skippingTemplate(_ bytes: Bytes, _ position: Int, _ end: Int) -> Int? {
    guard position + 1 < end else { return nil }
    // A template that long is none; this keeps the search linear.
    let limit = min(end, position + 256)
    if bytes[position] == ascii("$"),
      bytes[position + 1] == ascii("{") || bytes[position + 1] == ascii("(")
    {
      return closing(bytes, from: position + 1, before: limit).map { $0 + 1 }
    }
    if bytes[position] == ascii("{"), bytes[position + 1] == ascii("{") {
      return bytes.first(Array("}}".utf8), in: position..<limit).map { $0 + 2 }
    }
    return nil
  }

  /// What stands between `://` and the last `@` before the host.
  private func userinfo(_ bytes: Bytes, _ start: Int, _ end: Int) -> Range<Int>? {
    let limit = min(end, start + 512)
    var (at, slash, colon): (Int?, Int?, Int?) = (nil, nil, nil)
    var position = start
    scan: while position < limit {
      if let next = skippingTemplate(bytes, position, limit) {
        position = next
        continue
      }
      switch bytes[position] {
      case ascii("@"):
        if slash == nil || at == nil { at = position }
        if slash != nil { break scan }
      case ascii("/"), ascii("?"), ascii("#"):
        if at != nil { break scan }
        if slash == nil {
          // `user:pa/ss@host` is not written as it should be, yet it works with many clients;
          // `host:80/x@y` on the other hand has a port.
          guard let colon, colon + 1 < position, !isDigits(bytes, colon + 1..<position),
            position - colon <= 256, bytes[position - 1] != ascii("}")
          else { return nil }
          slash = position
        }
      case ascii(":"):
        if colon == nil { colon = position }
        // Another URL begins.
        if slash != nil, bytes.has(Self.authorityMark, at: position, before: limit) { break scan }
      case 0...0x20, ascii("\""), ascii("'"), ascii("`"): break scan
      case ascii(","): if at != nil { break scan }
      default: break
      }
      position += 1
    }
    guard let at, at > start else { return nil }
    return start..<at
  }
}
