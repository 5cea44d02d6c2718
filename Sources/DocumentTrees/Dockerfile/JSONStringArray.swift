/// Reads the exec form: a JSON array of strings, judged as Go's JSON reader judges it.
enum JSONStringArray {
  struct Element {
    var text: String
    /// Bounds with the quotes.
    var start: Int
    var end: Int
  }

  case strings([Element])
  /// A correct array that holds something else than strings.
  case otherValues
  /// Not JSON, so the shell form.
  case noArray

  static func read(_ bytes: [UInt8], from start: Int, to end: Int) -> JSONStringArray {
    guard start < end, bytes[start] == UInt8(ascii: "[") else { return .noArray }
    var reader = Reader(bytes: bytes, index: start, end: end)
    return reader.array()
  }
}

private struct Reader {
  let bytes: [UInt8]
  var index: Int
  let end: Int
  private var elements: [JSONStringArray.Element] = []
  private var hasOthers = false
  /// The closing byte of every open array and object.
  private var open: [UInt8] = []
  /// Go refuses deeper nesting.
  private static let maximumDepth = 10_000

  init(bytes: [UInt8], index: Int, end: Int) {
    self.bytes = bytes
    self.index = index
    self.end = end
  }

  private enum Expected { case value, valueOrEnd, key, keyOrEnd, separator }

  mutating func array() -> JSONStringArray {
    open = [UInt8(ascii: "]")]
    index += 1
    var expected = Expected.valueOrEnd
    while let close = open.last {
      skipBlanks()
      guard index < end else { return .noArray }
      let byte = bytes[index]
      switch expected {
      case .separator:
        index += 1
        if byte == close {
          open.removeLast()
        } else if byte == UInt8(ascii: ",") {
          expected = close == UInt8(ascii: "]") ? .value : .key
        } else {
          return .noArray
        }
      case .key, .keyOrEnd:
        if byte == close, expected == .keyOrEnd {
          index += 1
          open.removeLast()
          expected = .separator
          continue
        }
        guard string() != nil else { return .noArray }
        skipBlanks()
        guard index < end, bytes[index] == UInt8(ascii: ":") else { return .noArray }
        index += 1
        expected = .value
      case .value, .valueOrEnd:
        if byte == close, expected == .valueOrEnd {
          index += 1
          open.removeLast()
          expected = .separator
          continue
        }
        guard let next = value(byte) else { return .noArray }
        expected = next
      }
    }
    skipBlanks()
    guard index == end else { return .noArray }
    return hasOthers ? .otherValues : .strings(elements)
  }

  /// Reads a value, or opens it, and tells what comes next.
  private mutating func value(_ byte: UInt8) -> Expected? {
    let start = index
    if byte == UInt8(ascii: "\"") {
      guard let text = string() else { return nil }
      if open.count == 1 { elements.append(.init(text: text, start: start, end: index)) }
      return .separator
    }
    hasOthers = true
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      guard open.count < Self.maximumDepth else { return nil }
      open.append(byte + 2)
      index += 1
      return byte == UInt8(ascii: "[") ? .valueOrEnd : .keyOrEnd
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "n"): return word("null")
    default: return number() ? .separator : nil
    }
  }

  private mutating func word(_ word: StaticString) -> Expected? {
    let count = word.utf8CodeUnitCount
    guard index + count <= end else { return nil }
    for offset in 0..<count where bytes[index + offset] != word.utf8Start[offset] { return nil }
    index += count
    return .separator
  }

  private mutating func number() -> Bool {
    if peek() == UInt8(ascii: "-") { index += 1 }
    if peek() == UInt8(ascii: "0") {
      index += 1
    } else if !digits() {
      return false
    }
    if peek() == UInt8(ascii: ".") {
      index += 1
      if !digits() { return false }
    }
    if let byte = peek(), byte | 0x20 == UInt8(ascii: "e") {
      index += 1
      if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { index += 1 }
      if !digits() { return false }
    }
    return true
  }

  private mutating func digits() -> Bool {
    let start = index
    while let byte = peek(), isDigit(byte) { index += 1 }
    return index > start
  }

  private func peek() -> UInt8? { index < end ? bytes[index] : nil }

  private mutating func skipBlanks() {
    while index < end, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
  }

  // MARK: Strings

  private mutating func string() -> String? {
    guard peek() == UInt8(ascii: "\"") else { return nil }
    index += 1
    var text: [UInt8] = []
    while let byte = peek() {
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard escape(into: &text) else { return nil }
      case 0..<0x20: return nil
      default: text.append(byte)
      }
    }
    return nil
  }

  private mutating func escape(into text: inout [UInt8]) -> Bool {
    guard let byte = peek() else { return false }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      guard var code = hexadecimal() else { return false }
      if code & 0xFC00 == 0xD800, peek() == UInt8(ascii: "\\") {
        let mark = index
        index += 1
        if peek() == UInt8(ascii: "u") {
          index += 1
          guard let low = hexadecimal() else { return false }
          if low & 0xFC00 == 0xDC00 {
            code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
          } else {
            index = mark
          }
        } else {
          index = mark
        }
      }
      text += Array(String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
    default: return false
    }
    return true
  }

  private mutating func hexadecimal() -> UInt32? {
    guard index + 4 <= end else { return nil }
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = bytes[index]
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }
}
