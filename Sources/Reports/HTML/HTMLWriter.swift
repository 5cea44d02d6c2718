/// Writes HTML; markup can come from literals only, so that no text from a file becomes markup.
struct HTMLWriter {
  private(set) var out = ByteWriter(capacity: 1 << 16)

  /// Markup of our own.
  mutating func raw(_ markup: StaticString) {
    markup.withUTF8Buffer { out.write($0[...]) }
  }

  mutating func number(_ value: Int) {
    out.write(value)
  }

  /// Text of anyone's, between tags.
  mutating func text(_ text: String) {
    var text = text
    text.withUTF8 { escape($0[...], inAttribute: false) }
  }

  /// Text of anyone's, between the quotes of an attribute.
  mutating func attribute(_ text: String) {
    var text = text
    text.withUTF8 { escape($0[...], inAttribute: true) }
  }

  /// Part of a text, as well-formed UTF-8.
  mutating func text(_ run: UnsafeBufferPointer<UInt8>.SubSequence) {
    escape(run, inAttribute: false)
  }

  /// `<code>…</code>` around a text.
  mutating func code(_ text: String) {
    raw("<code>")
    self.text(text)
    raw("</code>")
  }

  /// A name fit for `id` and for a link to it, the same for the same text.
  mutating func anchor(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "/"),
        UInt8(ascii: "."), UInt8(ascii: ":"):
        out.write(byte: byte)
      default:
        out.write("_")
        out.write(String(byte, radix: 16))
        out.write("_")
      }
    }
  }

  /// Basis points as a CSS length: `46.74%`.
  mutating func percent(_ basisPoints: Int) {
    let clamped = min(10_000, max(0, basisPoints))
    out.write(clamped / 100)
    let rest = clamped % 100
    if rest > 0 {
      out.write(rest < 10 ? ".0" : ".")
      out.write(rest)
    }
    out.write("%")
  }

  private mutating func escape(
    _ run: UnsafeBufferPointer<UInt8>.SubSequence,
    inAttribute: Bool
  ) {
    let bytes = UnsafeBufferPointer(rebasing: run)
    var start = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80, !Self.isSpecial(byte) {
        index += 1
        continue
      }
      let (scalar, length) = HiddenScalars.decode(bytes, at: index)
      if byte >= 0x80, !HiddenScalars.contains(scalar) {
        index += length
        continue
      }
      out.write(bytes[start..<index])
      substitute(scalar, inAttribute)
      index += length
      start = index
    }
    out.write(bytes[start..<bytes.count])
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F: true
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }

  private mutating func substitute(_ scalar: UInt32, _ inAttribute: Bool) {
    switch scalar {
    case 0x26: raw("&amp;")
    case 0x3C: raw("&lt;")
    case 0x3E: raw("&gt;")
    case 0x22: raw("&quot;")
    case 0x27: raw("&#39;")
    default:
      raw(inAttribute ? "[" : "<span class=\"u\">")
      out.write(HiddenScalars.name(scalar))
      raw(inAttribute ? "]" : "</span>")
    }
  }
}
