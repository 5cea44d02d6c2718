/// Texts with `*` and `?`, as policies have them.
enum IAMPattern {
  static func lower(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  /// Whether a pattern matches a whole text; linear in the text for each star.
  static func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
    var (p, t) = (0, 0)
    var star = -1
    var restart = 0
    while t < text.count {
      if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
        star = p
        restart = t
        p += 1
      } else if p < pattern.count, pattern[p] == text[t] || pattern[p] == UInt8(ascii: "?") {
        p += 1
        t += 1
      } else if star >= 0 {
        p = star + 1
        restart += 1
        t = restart
      } else {
        return false
      }
    }
    while p < pattern.count, pattern[p] == UInt8(ascii: "*") { p += 1 }
    return p == pattern.count
  }

  static func isWild(_ text: [UInt8]) -> Bool {
    text.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
  }
}

/// An action as a policy writes it: `s3:Get*`.
struct ActionPattern: Sendable {
  let text: String
  /// In lower case; empty for `*`.
  let service: String
  /// In lower case.
  let name: [UInt8]

  init(_ text: String) {
    self.text = text
    let bytes = text.utf8.map(IAMPattern.lower)
    if let colon = bytes.firstIndex(of: UInt8(ascii: ":")) {
      let service = bytes[..<colon]
      let isAny = !service.isEmpty && service.allSatisfy { $0 == UInt8(ascii: "*") }
      self.service = isAny ? "" : String(decoding: service, as: UTF8.self)
      name = Array(bytes[(colon + 1)...])
    } else {
      service = ""
      name = bytes
    }
  }

  /// Whether it is all actions of all services.
  var isEverything: Bool { service.isEmpty && isAll }

  /// Whether it is all actions of its service.
  var isAll: Bool { !name.isEmpty && name.allSatisfy { $0 == UInt8(ascii: "*") } }

  func matches(service other: String, name: [UInt8]) -> Bool {
    (service.isEmpty || service == other) && IAMPattern.matches(self.name, name)
  }

  /// Whether it matches an action that is written out.
  func matches(_ action: ActionPattern) -> Bool {
    if service.isEmpty { return isAll }
    return service == action.service && IAMPattern.matches(name, action.name)
  }
}
