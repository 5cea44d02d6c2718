/// The short syntax of a published port: `[ADDRESS:[PUBLISHED]:]CONTAINER[/PROTOCOL]`.
struct PortSyntax {
  var address: ComposeText?
  var published: ComposeText?
  var target: ComposeText
  var transport: ComposeText?

  init(_ text: ComposeText) {
    var rest = text
    if let (head, tail) = text.cutLast(at: UInt8(ascii: "/")) {
      rest = head
      transport = tail
    }
    if rest.first == UInt8(ascii: "["), let end = rest.bytes.firstIndex(of: UInt8(ascii: "]")) {
      // An IPv6 address in brackets, its colons apart from the others.
      address = rest.part(rest.bytes.startIndex + 1..<end)
      let tail = rest.part(min(end + 2, rest.bytes.endIndex)..<rest.bytes.endIndex)
      let parts = tail.split(at: UInt8(ascii: ":"))
      target = parts.last ?? tail
      published = parts.count > 1 ? parts[parts.count - 2] : nil
      if published?.isEmpty == true { published = nil }
      return
    }
    guard let (head, last) = rest.cutLast(at: UInt8(ascii: ":")) else {
      target = rest
      return
    }
    target = last
    // Of `::1:8080:80` all but the last two parts is the address.
    if let (host, published) = head.cutLast(at: UInt8(ascii: ":")) {
      address = host
      self.published = published
    } else {
      published = head
    }
    if published?.isEmpty == true { published = nil }
    if address?.isEmpty == true { address = nil }
  }

  /// What makes a port the same as another one in merging.
  static func key(
    address: String?,
    published: String?,
    target: String,
    transport: String?
  ) -> String {
    "\(address ?? ""):\(published ?? ""):\(target)/\(transport ?? "tcp")"
  }

  /// The first and last port of `80` or `8000-8005`; `nil` if it is neither.
  static func range(_ text: String) -> (first: Int, last: Int)? {
    let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = number(parts[0]) else { return nil }
    guard parts.count == 2 else { return (first, first) }
    guard let last = number(parts[1]), last >= first else { return nil }
    return (first, last)
  }

  private static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text).flatMap { $0 <= 65535 ? $0 : nil }
  }
}
