/// Writes JSON straight into bytes: the outer two levels one value per line, the rest compact.
///
/// One record per line keeps a large report small and still makes it readable in a diff.
struct JSONWriter {
  private(set) var out = ByteWriter(capacity: 1 << 16)
  private var depth = 0
  private var needsComma = false
  /// Whether the value of a key comes next, on the same line.
  private var followsKey = false

  private static let deepestBrokenLevel = 2

  mutating func object(_ body: (inout JSONWriter) -> Void) {
    container("{", "}", body)
  }

  mutating func array(_ body: (inout JSONWriter) -> Void) {
    container("[", "]", body)
  }

  mutating func array<Elements: Sequence>(
    _ elements: Elements,
    _ body: (inout JSONWriter, Elements.Element) -> Void
  ) {
    array { json in
      for element in elements { body(&json, element) }
    }
  }

  mutating func strings(_ texts: [String]) {
    array(texts) { $0.string($1) }
  }

  mutating func key(_ name: String) {
    label(name)
    followsKey = true
  }

  private mutating func label(_ name: String) {
    separate()
    quote(name)
    out.write(byte: UInt8(ascii: ":"))
    if depth <= Self.deepestBrokenLevel { out.write(byte: UInt8(ascii: " ")) }
    needsComma = false
  }

  mutating func field(_ name: String, _ text: String) {
    label(name)
    quote(text)
    needsComma = true
  }

  mutating func field(_ name: String, _ text: String?) {
    label(name)
    if let text { quote(text) } else { out.write("null") }
    needsComma = true
  }

  mutating func field(_ name: String, _ number: Int) {
    label(name)
    out.write(number)
    needsComma = true
  }

  mutating func field(_ name: String, _ number: Int?) {
    label(name)
    if let number { out.write(number) } else { out.write("null") }
    needsComma = true
  }

  mutating func field(_ name: String, _ number: Double?) {
    label(name)
    // JSON has no infinity.
    out.write(number.flatMap { $0.isFinite ? $0.description : nil } ?? "null")
    needsComma = true
  }

  mutating func string(_ text: String) {
    element()
    quote(text)
    needsComma = true
  }

  mutating func null() {
    element()
    out.write("null")
    needsComma = true
  }

  mutating func finish() -> [UInt8] {
    out.write(byte: 0x0A)
    return out.bytes
  }

  // MARK: Structure

  private mutating func element() {
    if !followsKey { separate() }
    followsKey = false
  }

  private mutating func container(
    _ open: Unicode.Scalar,
    _ close: Unicode.Scalar,
    _ body: (inout JSONWriter) -> Void
  ) {
    element()
    out.write(byte: UInt8(ascii: open))
    depth += 1
    needsComma = false
    body(&self)
    let isEmpty = !needsComma
    depth -= 1
    if depth < Self.deepestBrokenLevel, !isEmpty { breakLine() }
    out.write(byte: UInt8(ascii: close))
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { out.write(byte: UInt8(ascii: ",")) }
    if depth > 0, depth <= Self.deepestBrokenLevel { breakLine() }
  }

  private mutating func breakLine() {
    out.write(byte: 0x0A)
    for _ in 0..<depth { out.write("  ") }
  }

  // MARK: Text

  /// Writes a string literal; hidden characters are escaped, so that the text is safe to print too.
  private mutating func quote(_ text: String) {
    var text = text
    out.write(byte: UInt8(ascii: "\""))
    text.withUTF8 { bytes in
      var start = 0
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
          index += 1
          continue
        }
        let (scalar, length) = HiddenScalars.decode(bytes, at: index)
        if byte >= 0x80, !HiddenScalars.contains(scalar) {
          index += length
          continue
        }
        out.write(bytes[start..<index])
        escape(scalar)
        index += length
        start = index
      }
      out.write(bytes[start..<bytes.count])
    }
    out.write(byte: UInt8(ascii: "\""))
  }

  private mutating func escape(_ scalar: UInt32) {
    switch scalar {
    case 0x22: out.write("\\\"")
    case 0x5C: out.write("\\\\")
    case 0x08: out.write("\\b")
    case 0x09: out.write("\\t")
    case 0x0A: out.write("\\n")
    case 0x0C: out.write("\\f")
    case 0x0D: out.write("\\r")
    case 0x10000...:
      let offset = scalar - 0x10000
      unit(0xD800 + offset >> 10)
      unit(0xDC00 + offset & 0x3FF)
    default:
      unit(scalar)
    }
  }

  private mutating func unit(_ value: UInt32) {
    out.write("\\u")
    for shift in [12, 8, 4, 0] as [UInt32] {
      let digit = UInt8(truncatingIfNeeded: value >> shift & 0xF)
      out.write(byte: digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
