/// Turns a text in UTF-16 into UTF-8, so that everything behind it knows one encoding only.
enum UTF16Text {
  /// The bytes themselves unless they begin with a UTF-16 byte order mark.
  static func utf8(of bytes: [UInt8]) throws(DocumentError) -> [UInt8] {
    guard bytes.count >= 2 else { return bytes }
    switch (bytes[0], bytes[1]) {
    case (0xFE, 0xFF): return try utf8(of: bytes, highByte: 0)
    case (0xFF, 0xFE): return try utf8(of: bytes, highByte: 1)
    default: return bytes
    }
  }

  private static func utf8(of bytes: [UInt8], highByte: Int) throws(DocumentError) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var offset = 2
    while offset + 1 < bytes.count {
      let unit = unit(bytes, at: offset, highByte: highByte)
      offset += 2
      var value = UInt32(unit)
      if unit & 0xFC00 == 0xD800, offset + 1 < bytes.count {
        let low = Self.unit(bytes, at: offset, highByte: highByte)
        if low & 0xFC00 == 0xDC00 {
          value = 0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(low & 0x3FF))
          offset += 2
        }
      }
      guard let scalar = Unicode.Scalar(value) else {
        throw error("Half of a UTF-16 surrogate pair without the other", after: result)
      }
      result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
    guard offset == bytes.count else {
      throw error("UTF-16 text ends within a character", after: result)
    }
    return result
  }

  private static func unit(_ bytes: [UInt8], at offset: Int, highByte: Int) -> UInt16 {
    UInt16(bytes[offset + highByte]) << 8 | UInt16(bytes[offset + 1 - highByte])
  }

  private static func error(_ problem: String, after read: [UInt8]) -> DocumentError {
    read.withUnsafeBufferPointer { DocumentError(problem, at: Place(ofOffset: $0.count, in: $0)) }
  }
}
