/// Base64 of RFC 4648.
package enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )

  package static func encode(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count / 3 * 4 + 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let chunk = bytes[start..<min(start + 3, bytes.count)]
      var word: UInt32 = 0
      for byte in chunk { word = word << 8 | UInt32(byte) }
      word <<= UInt32(8 * (3 - chunk.count))
      for place in 0..<4 {
        let isFilled = place <= chunk.count
        result.append(
          isFilled ? alphabet[Int(word >> UInt32(18 - 6 * place)) & 63] : UInt8(ascii: "=")
        )
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The bytes of a padded text; languages differ in what may stand between its digits.
  package static func decode(
    _ text: String,
    ignoring isIgnored: (UInt8) -> Bool = { $0 == 0x0A || $0 == 0x0D }
  ) -> [UInt8]? {
    var result: [UInt8] = []
    var word: UInt32 = 0
    var count = 0
    var padding = 0
    for byte in text.utf8 where !isIgnored(byte) {
      if byte == UInt8(ascii: "=") {
        padding += 1
        continue
      }
      guard padding == 0, let value = value(of: byte) else { return nil }
      word = (word << 6 | value) & 0xFFFF
      count += 1
      // Each digit but the first of four completes a byte.
      if count % 4 != 1 {
        result.append(UInt8(truncatingIfNeeded: word >> UInt32(6 - 2 * ((count + 3) % 4))))
      }
    }
    guard (count + padding) % 4 == 0, padding <= 2, count % 4 != 1 else { return nil }
    return result
  }

  private static func value(of digit: UInt8) -> UInt32? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit) - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit) + 4
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
