/// Writes JSON straight into bytes: the outer two levels one value per line, the rest compact.
///
/// One record per line keeps a large report small and still makes it readable in a diff.
struct JSONWriter {
  private(set) var out: ByteWriter
  private var depth = 0
  private var needsComma = false
  /// Whether the value of a key comes next, on the same line.
  private var followsKey = false

  private static let deepestBrokenLevel = 2

  init(capacity: Int = 1 << 16, sink: ByteSink? = nil) {
    out = ByteWriter(capacity: capacity, sink: sink)
  }

  /// Hands on what was written, if that is much and somebody takes it.
  mutating func drain() { out.drain() }

  mutating func flush() {
    out.write(byte: 0x0A)
    out.flush()
  }

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

  /// Begins an element with bytes that are JSON already; `append` goes on with it.
  mutating func raw(_ bytes: [UInt8]) {
    element()
    out.write(bytes)
    needsComma = true
  }

  mutating func append(_ bytes: [UInt8]) { out.write(bytes) }

  mutating func raw(_ text: StaticString) {
    element()
    out.write(text)
    needsComma = true
  }

  mutating func append(_ text: StaticString) { out.write(text) }

  mutating func append(_ number: Int) { out.write(number) }

  mutating func append(string text: String) { quote(text) }

  mutating func append(optional text: String?) {
    if let text { quote(text) } else { append("null") }
  }

  /// Writes a value right where the bytes before it ended, inside an object begun by `raw`.
  mutating func inline(_ body: (inout JSONWriter) -> Void) {
    depth += 1
    followsKey = true
    body(&self)
    depth -= 1
  }

  /// A string literal on its own.
  static func literal(_ text: String) -> [UInt8] {
    var json = JSONWriter(capacity: text.utf8.count + 2)
    json.quote(text)
    return json.out.bytes
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
      var index = Self.plainCount(bytes, from: 0)
      while index < bytes.count {
        let byte = bytes[index]
        let (scalar, length) = HiddenScalars.decode(bytes, at: index)
        if byte >= 0x80, !HiddenScalars.contains(scalar) {
          index = Self.plainCount(bytes, from: index + length)
          continue
        }
        out.write(bytes[start..<index])
        escape(scalar)
        index += length
        start = index
        index = Self.plainCount(bytes, from: index)
      }
      out.write(bytes[start..<bytes.count])
    }
    out.write(byte: UInt8(ascii: "\""))
  }

  /// Where the run of bytes ends that a string literal holds as they are.
  private static func plainCount(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    // Eight at a time: a byte that is special sets its high bit in `special`.
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let raw = UnsafeRawBufferPointer(bytes)
    while index + 8 <= bytes.count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let low = word &- ones &* 0x20
      let quote = (word ^ ones &* 0x22) &- ones
      let backslash = (word ^ ones &* 0x5C) &- ones
      let delete = (word ^ ones &* 0x7F) &- ones
      let special = (low | quote | backslash | delete) & ~word | word
      if special & highs != 0 { break }
      index += 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      guard byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\")
      else { break }
      index += 1
    }
    return index
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
