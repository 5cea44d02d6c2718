/// A set of bytes, asked once for each byte of a text.
struct ByteSet: Sendable, Hashable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private var third: UInt64 = 0
  private var fourth: UInt64 = 0

  init() {}

  init(_ text: String) {
    for byte in text.utf8 { insert(byte) }
  }

  /// The bytes of a stretch.
  init(_ bytes: Bytes, in range: Range<Int>) {
    for position in range { insert(bytes[position]) }
  }

  mutating func insert(_ byte: UInt8) {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: low |= bit
    case 1: high |= bit
    case 2: third |= bit
    default: fourth |= bit
    }
  }

  func contains(_ byte: UInt8) -> Bool {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    return switch byte >> 6 {
    case 0: low & bit != 0
    case 1: high & bit != 0
    case 2: third & bit != 0
    default: fourth & bit != 0
    }
  }

  func isSuperset(of other: ByteSet) -> Bool {
    low & other.low == other.low && high & other.high == other.high
      && third & other.third == other.third && fourth & other.fourth == other.fourth
  }

  static let letters = ByteSet("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
  static let digits = ByteSet("0123456789")
  static let alphanumerics = ByteSet(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
  )
  static let blanks = ByteSet(" \t\r\n")
  static let blanksAndQuotes = ByteSet(" \t\r\n\"'`")
}

extension UInt8 {
  var isUpper: Bool { self >= 0x41 && self <= 0x5A }
  var isLower: Bool { self >= 0x61 && self <= 0x7A }
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isLetter: Bool { isUpper || isLower }
  var isAlphanumeric: Bool { isLetter || isDigit }
  var isBlank: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
  var isQuote: Bool { self == 0x22 || self == 0x27 || self == 0x60 }
  var lowercased: UInt8 { isUpper ? self | 0x20 : self }
}

/// One ASCII character as a byte.
func ascii(_ character: Unicode.Scalar) -> UInt8 { UInt8(truncatingIfNeeded: character.value) }
