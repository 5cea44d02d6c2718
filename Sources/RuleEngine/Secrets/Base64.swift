enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )

  static func encode(_ bytes: Bytes) -> Bytes {
    var result: Bytes = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    var position = 0
    while position < bytes.count {
      let rest = min(3, bytes.count - position)
      var group = 0
      for offset in 0..<3 {
        group = group << 8 | (offset < rest ? Int(bytes[position + offset]) : 0)
      }
      for offset in 0..<4 {
        let isPadding = offset > rest
        result.append(isPadding ? ascii("=") : alphabet[group >> (18 - 6 * offset) & 63])
      }
      position += 3
    }
    return result
  }

  /// Decodes the standard and the URL alphabet, padded or not; nil for anything else.
  static func decode(_ bytes: Bytes, _ range: Range<Int>) -> Bytes? {
    var result: Bytes = []
    result.reserveCapacity(range.count / 4 * 3 + 3)
    var (group, held, padding) = (0, 0, 0)
    for position in range {
      let byte = bytes[position]
      if byte.isBlank { continue }
      if byte == ascii("=") {
        padding += 1
        continue
      }
      guard padding == 0, let digit = digit(byte) else { return nil }
      group = group << 6 | digit
      held += 6
      if held >= 8 {
        held -= 8
        result.append(UInt8(truncatingIfNeeded: group >> held))
        group &= (1 << held) - 1
      }
    }
    return padding > 2 || held == 6 ? nil : result
  }

  private static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case ascii("A")...ascii("Z"): Int(byte) - 0x41
    case ascii("a")...ascii("z"): Int(byte) - 0x61 + 26
    case ascii("0")...ascii("9"): Int(byte) - 0x30 + 52
    case ascii("+"), ascii("-"): 62
    case ascii("/"), ascii("_"): 63
    default: nil
    }
  }
}
