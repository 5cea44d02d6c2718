/// The short syntax of a mount: `[SOURCE:]TARGET[:OPTIONS]`, Windows paths included.
struct VolumeSyntax {
  var source: ComposeText?
  /// `nil` if the text is none of the syntax's forms.
  var target: ComposeText?
  var options: [ComposeText] = []

  /// What kind of mount the source makes it.
  enum Kind { case bind, volume, namedPipe, unknown }

  init(_ text: ComposeText) {
    let parts = Self.parts(of: text)
    switch parts.count {
    case 1: target = parts[0]
    case 2:
      // `/data:ro` is an anonymous volume with a mode in Docker's own syntax, not in Compose's.
      source = parts[0]
      target = parts[1]
    case 3:
      source = parts[0]
      target = parts[1]
      options = parts[2].split(at: UInt8(ascii: ","))
    default: break
    }
    if target?.isEmpty == true || source?.isEmpty == true { target = nil }
  }

  /// The parts between colons; the one behind a drive's letter separates nothing.
  private static func parts(of text: ComposeText) -> [ComposeText] {
    var parts: [ComposeText] = []
    let pieces = text.split(at: UInt8(ascii: ":"))
    var start = text.bytes.startIndex
    var position = start
    for (index, piece) in pieces.enumerated() {
      let end = position + piece.bytes.count
      let isDrive =
        index + 1 < pieces.count && start == position && isLetter(piece)
        && pieces[index + 1].first.map { $0 == slash || $0 == backslash } == true
      position = end + 1
      if isDrive { continue }
      parts.append(text.part(start..<end))
      start = end + 1
    }
    return parts
  }

  private static func isLetter(_ text: ComposeText) -> Bool {
    guard text.bytes.count == 1, let byte = text.first else { return false }
    return (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }

  var kind: Kind {
    guard let source else { return .volume }
    return Self.kind(of: source)
  }

  static func kind(of source: ComposeText) -> Kind {
    guard let first = source.first else { return .volume }
    if source.hasPrefix("\\\\.\\pipe") || source.hasPrefix("//./pipe") { return .namedPipe }
    switch first {
    case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "~"), backslash: return .bind
    case ComposeText.gap:
      // These two are absolute paths on any host.
      let variable = source.gaps.first?.variable
      if variable == "PWD" || variable == "HOME" { return .bind }
      // No volume's name has a slash.
      if source.contains(slash) { return .bind }
      return .unknown
    default: break
    }
    let bytes = source.bytes
    if bytes.count > 1, bytes[bytes.startIndex + 1] == UInt8(ascii: ":") { return .bind }
    return .volume
  }
}

private let slash = UInt8(ascii: "/")
private let backslash = UInt8(ascii: "\\")
