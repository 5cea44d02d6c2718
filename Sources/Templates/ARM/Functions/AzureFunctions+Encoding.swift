// Base64, data URIs and URIs.
extension AzureFunctions {
  static let encodingFunctions: [String: Function] = [
    "base64": { transformed($0, $1) { Base64.encode(Array($0.utf8)) } },
    "base64tostring": { values, call in
      transformed(values, call) {
        Base64.decode($0, ignoring: \.isSpace).map { String(decoding: $0, as: UTF8.self) }
      }
    },
    "base64tojson": { values, call in
      guard values.count == 1, let text = values[0].plainText else {
        return call.unknown(of: values)
      }
      guard call.scope.spend(text.utf8.count / 16),
        let bytes = Base64.decode(text, ignoring: \.isSpace)
      else {
        return call.wrongArguments
      }
      return AzureJSON.value(of: String(decoding: bytes, as: UTF8.self), call.origin)
        ?? call.wrong("is given no JSON text")
    },
    "datauri": { values, call in
      transformed(values.map { text(of: $0) }, call) {
        "data:text/plain;charset=utf8;base64," + Base64.encode(Array($0.utf8))
      }
    },
    "datauritostring": { values, call in
      transformed(values, call) { text in
        guard text.hasPrefix("data:"), let comma = text.firstIndex(of: ",") else { return nil }
        let body = String(text[text.index(after: comma)...])
        guard text[..<comma].lowercased().hasSuffix(";base64") else { return URIText.decode(body) }
        return Base64.decode(body, ignoring: \.isSpace).map { String(decoding: $0, as: UTF8.self) }
      }
    },
    "uricomponent": { transformed($0, $1) { URIText.encode($0) } },
    "uricomponenttostring": { transformed($0, $1) { URIText.decode($0) } },
    "parseuri": { values, call in
      guard values.count == 1, let text = values[0].plainText else {
        return call.unknown(of: values)
      }
      guard let parts = URIText.parts(text) else { return call.wrong("is given no absolute URI") }
      return call.object(
        [
          .init("scheme", call.text(parts.scheme)), .init("host", call.text(parts.host)),
          .init("port", parts.port.map(call.integer) ?? call.value(.null)),
          .init("path", call.text(parts.path)), .init("query", call.text(parts.query)),
        ]
      )
    },
    "builduri": { values, call in
      guard values.count == 1, case .object(_, let more) = values[0].shape else {
        return call.unknown(of: values)
      }
      if let more { return call.unknown(more.reason) }
      func part(_ key: String, before: String = "", after: String = "") -> [Datum] {
        guard let value = lookup(values[0], key, call.origin), !value.isNothing else { return [] }
        return [call.text(before), text(of: value), call.text(after)]
      }
      let pieces =
        part("scheme", after: "://") + part("host") + part("port", before: ":") + part("path")
        + part("query")
      return Datum.concatenate(pieces, call.origin)
    },
    "uri": { values, call in
      guard values.count == 2 else { return call.wrongArguments }
      guard let base = values[0].plainText, let relative = values[1].plainText else {
        // What stands behind a known base that ends in a slash is only joined to it.
        if let base = values[0].plainText, base.hasSuffix("/") {
          return Datum.concatenate(values, call.origin)
        }
        // Wherever the base is, the relative path is its end.
        if let relative = values[1].plainText, let reason = values[0].shape.reason {
          return Datum(parts: [.gap(Gap(reason)), .text(relative)], call.origin)
        }
        return call.unknown(of: values)
      }
      guard let joined = URIText.join(base, relative) else { return call.wrongArguments }
      return call.text(joined)
    },
  ]

  private static func transformed(
    _ values: [Datum],
    _ call: AzureCall,
    _ transform: (String) -> String?
  ) -> Datum {
    guard values.count == 1, let text = values[0].plainText else { return call.unknown(of: values) }
    guard call.scope.spend(1 + text.utf8.count / 32) else { return call.exhausted }
    guard let result = transform(text) else { return call.wrongArguments }
    return Datum(.text(result), passed(call.origin, values))
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}

enum URIText {
  /// Everything but unreserved characters as `%XX`.
  static func encode(_ text: String) -> String {
    var result: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."), UInt8(ascii: "~"):
        result.append(byte)
      default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  static func decode(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let code = UInt8(
          String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self),
          radix: 16
        )
      {
        result.append(code)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A relative reference put on a base as RFC 3986 says; nil if the base is no absolute URI.
  static func join(_ base: String, _ relative: String) -> String? {
    guard let scheme = base.range(of: "://") else { return nil }
    if relative.range(of: "://") != nil { return relative }
    if relative.hasPrefix("//") { return "\(base[..<scheme.lowerBound]):\(relative)" }
    let rest = base[scheme.upperBound...]
    let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let root = "\(base[..<scheme.upperBound])\(host)"
    var path = rest.dropFirst(host.count).prefix { $0 != "?" && $0 != "#" }
    if relative.isEmpty { return path.isEmpty ? "\(root)/" : "\(root)\(path)" }
    if relative.hasPrefix("?") || relative.hasPrefix("#") { return "\(root)\(path)\(relative)" }
    let tail = relative.prefix { $0 != "?" && $0 != "#" }
    let query = relative.dropFirst(tail.count)
    if tail.hasPrefix("/") {
      path = ""
    } else if let slash = path.lastIndex(of: "/") {
      path = path[...slash]
    } else {
      path = "/"
    }
    return root + withoutDots("\(path)\(tail)") + query
  }

  /// The parts of an absolute URI.
  static func parts(
    _ text: String
  ) -> (scheme: String, host: String, port: Int?, path: String, query: String)? {
    guard let scheme = text.range(of: "://") else { return nil }
    let rest = text[scheme.upperBound...]
    var host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let behind = rest.dropFirst(host.count)
    let path = behind.prefix { $0 != "?" && $0 != "#" }
    let query = behind.dropFirst(path.count).prefix { $0 != "#" }
    if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
    var port: Int?
    if let colon = host.lastIndex(of: ":"), let number = Int(host[host.index(after: colon)...]) {
      port = number
      host = host[..<colon]
    }
    return (String(text[..<scheme.lowerBound]), String(host), port, String(path), String(query))
  }

  private static func withoutDots(_ path: String) -> String {
    var parts: [Substring] = []
    let pieces = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for (index, piece) in pieces.enumerated() {
      let isLast = index == pieces.count - 1
      switch piece {
      case ".": if isLast { parts.append("") }
      case "..":
        _ = parts.popLast()
        if isLast { parts.append("") }
      default: parts.append(piece)
      }
    }
    return "/" + parts.joined(separator: "/")
  }
}

extension String {
  /// The first place of another text.
  fileprivate func range(of part: String) -> Range<String.Index>? {
    guard let offset = utf8Range(of: part) else { return nil }
    let start = utf8.index(startIndex, offsetBy: offset)
    return start..<utf8.index(start, offsetBy: part.utf8.count)
  }
}
