/// One pass over a JSON text without recursion; the builder's stack holds what is open.
struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  var offset = 0
  var builder: TreeBuilder

  private var line = 1
  private var lineStart = 0
  /// Bytes of the current line that continue a character, which take no column.
  private var continuations = 0

  /// What may come next.
  private enum Expectation {
    case value
    case valueOrEnd
    case key
    case keyOrEnd
    case commaOrEnd
    case end
  }

  init(bytes: UnsafeBufferPointer<UInt8>, limits: DocumentLimits) {
    self.bytes = bytes
    builder = TreeBuilder(limits: limits, byteCount: bytes.count)
    builder.beginDocument()
  }

  mutating func parse() throws(DocumentError) -> DocumentTree {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      offset = 3
      lineStart = 3
    }
    var expected = Expectation.value
    while true {
      skipWhiteSpace()
      guard offset < bytes.count else { break }
      expected = try step(expected)
    }
    guard expected == .end else { throw error("Text ends too early") }
    let root = builder.endDocument()
    let issues = builder.issues
    let arena = builder.finish()
    let node = root.map(arena.node)
    let start = Place(line: 1, column: 1)
    return DocumentTree(
      root: node,
      issues: issues,
      range: node?.range ?? PlaceRange(start: start, end: start)
    )
  }

  private mutating func step(_ expected: Expectation) throws(DocumentError) -> Expectation {
    let byte = bytes[offset]
    switch expected {
    case .end:
      throw error("Something follows the end of the JSON value")
    case .valueOrEnd where byte == UInt8(ascii: "]"), .keyOrEnd where byte == UInt8(ascii: "}"):
      return close()
    case .value, .valueOrEnd:
      return try value()
    case .key, .keyOrEnd:
      guard byte == UInt8(ascii: "\"") else { throw error("Expected a key in double quotes") }
      try string()
      skipWhiteSpace()
      guard offset < bytes.count, bytes[offset] == UInt8(ascii: ":") else {
        throw error("Expected ':' after the key")
      }
      offset += 1
      return .value
    case .commaOrEnd:
      let isMapping = builder.openKind == .mapping
      if byte == (isMapping ? UInt8(ascii: "}") : UInt8(ascii: "]")) { return close() }
      guard byte == UInt8(ascii: ",") else {
        throw error(isMapping ? "Expected ',' or '}'" : "Expected ',' or ']'")
      }
      offset += 1
      return isMapping ? .key : .value
    }
  }

  private mutating func close() -> Expectation {
    offset += 1
    builder.endCollection(end: place)
    return afterValue
  }

  private var afterValue: Expectation { builder.openKind == nil ? .end : .commaOrEnd }

  private mutating func value() throws(DocumentError) -> Expectation {
    switch bytes[offset] {
    case UInt8(ascii: "{"):
      try builder.beginCollection(.mapping, style: .flow, start: place)
      offset += 1
      return .keyOrEnd
    case UInt8(ascii: "["):
      try builder.beginCollection(.sequence, style: .flow, start: place)
      offset += 1
      return .valueOrEnd
    case UInt8(ascii: "\""):
      try string()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      try number()
    case UInt8(ascii: "t"):
      try word("true")
    case UInt8(ascii: "f"):
      try word("false")
    case UInt8(ascii: "n"):
      try word("null")
    default:
      throw error("Expected a JSON value")
    }
    return afterValue
  }

  // MARK: Scalars

  private mutating func word(_ word: StaticString) throws(DocumentError) {
    let start = offset
    let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard bytes[start...].starts(with: expected) else { throw error("Expected a JSON value") }
    offset += expected.count
    try addPlain(from: start)
  }

  private mutating func number() throws(DocumentError) {
    let start = offset
    if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "0") {
      offset += 1
    } else {
      try digits()
    }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
      offset += 1
      try digits()
    }
    if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
      offset += 1
      if offset < bytes.count,
        bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-")
      {
        offset += 1
      }
      try digits()
    }
    try addPlain(from: start)
  }

  private mutating func digits() throws(DocumentError) {
    let start = offset
    while offset < bytes.count, bytes[offset] &- UInt8(ascii: "0") < 10 { offset += 1 }
    guard offset > start else { throw error("Expected a digit") }
  }

  private mutating func addPlain(from start: Int) throws(DocumentError) {
    let range = PlaceRange(start: place(at: start), end: place)
    try builder.addScalar(
      UnsafeBufferPointer(rebasing: bytes[start..<offset]),
      style: .plain,
      range: range
    )
  }

  private mutating func string() throws(DocumentError) {
    let start = place
    let firstText = builder.text.count
    offset += 1
    while true {
      let run = offset
      while offset < bytes.count, JSONText.isOrdinary(bytes[offset]) { offset += 1 }
      builder.text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[run..<offset]))
      guard offset < bytes.count else { throw error("Text ends within a string") }
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        offset += 1
        let range = PlaceRange(start: start, end: place)
        try builder.addScalar(textFrom: firstText, style: .doubleQuoted, range: range)
        return
      case UInt8(ascii: "\\"):
        guard let length = JSONText.appendEscape(at: offset, of: bytes, to: &builder.text) else {
          throw error("Escape that JSON does not know")
        }
        offset += length
      case ..<0x20:
        throw error("Control character in a string; it must be escaped")
      default:
        guard let length = JSONText.characterLength(at: offset, of: bytes) else {
          throw error("Bytes that are not UTF-8")
        }
        builder.text.append(
          contentsOf: UnsafeBufferPointer(rebasing: bytes[offset..<offset + length])
        )
        offset += length
        continuations += length - 1
      }
    }
  }

  // MARK: Places

  private var place: Place { place(at: offset) }

  private func place(at offset: Int) -> Place {
    Place(line: line, column: offset - lineStart - continuations + 1)
  }

  private mutating func skipWhiteSpace() {
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        offset += 1
      case UInt8(ascii: "\n"):
        offset += 1
        newLine()
      case UInt8(ascii: "\r"):
        offset += 1
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "\n") { offset += 1 }
        newLine()
      default:
        return
      }
    }
  }

  private mutating func newLine() {
    line += 1
    lineStart = offset
    continuations = 0
  }

  private func error(_ problem: String) -> DocumentError { DocumentError(problem, at: place) }
}
