/// The characters and escapes of JSON strings.
enum JSONText {
  /// Whether a byte of a string stands for itself and is a character of its own.
  @inline(__always)
  static func isOrdinary(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  /// The bytes that the escape at an offset takes, its character appended; nil if it is none.
  static func appendEscape(
    at offset: Int,
    of bytes: UnsafeBufferPointer<UInt8>,
    to text: inout ContiguousArray<UInt8>
  ) -> Int? {
    guard offset + 1 < bytes.count else { return nil }
    switch bytes[offset + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(bytes[offset + 1])
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): return appendUnicode(at: offset, of: bytes, to: &text)
    default: return nil
    }
    return 2
  }

  private static func appendUnicode(
    at offset: Int,
    of bytes: UnsafeBufferPointer<UInt8>,
    to text: inout ContiguousArray<UInt8>
  ) -> Int? {
    guard let unit = codeUnit(at: offset, of: bytes) else { return nil }
    var value = unit
    var length = 6
    if unit & 0xFC00 == 0xD800, let low = codeUnit(at: offset + 6, of: bytes),
      low & 0xFC00 == 0xDC00
    {
      value = 0x10000 + ((unit & 0x3FF) << 10 | (low & 0x3FF))
      length = 12
    }
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    return length
  }

  /// The value of a `\uXXXX` at an offset.
  private static func codeUnit(at offset: Int, of bytes: UnsafeBufferPointer<UInt8>) -> UInt32? {
    guard offset + 6 <= bytes.count, bytes[offset] == UInt8(ascii: "\\"),
      bytes[offset + 1] == UInt8(ascii: "u")
    else { return nil }
    var value: UInt32 = 0
    for byte in bytes[offset + 2..<offset + 6] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte & 0xF)
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        value = value << 4 | UInt32((byte & 0xF) + 9)
      default: return nil
      }
    }
    return value
  }

  /// The length of the well-formed UTF-8 sequence of several bytes at an offset; nil if it is none.
  ///
  /// The bounds of the second byte are those of table 3-7 of the Unicode standard.
  static func characterLength(at offset: Int, of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch bytes[offset] {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard offset + length <= bytes.count, second.contains(bytes[offset + 1]),
      bytes[offset + 2..<max(offset + 2, offset + length)].allSatisfy({ $0 & 0xC0 == 0x80 })
    else { return nil }
    return length
  }
}
