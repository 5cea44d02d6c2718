/// The characters that Bicep texts are made of.
enum BicepText {
  /// Longer ones first, so that the first match is the longest.
  static let operators: [(String, BicepToken.Kind)] = [
    ("...", .ellipsis), ("::", .doubleColon), ("??", .doubleQuestion), ("=>", .arrow),
    ("==", .equals), ("!=", .notEquals), ("=~", .equalsInsensitive), ("!~", .notEqualsInsensitive),
    ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("&&", .and), ("||", .or),
    ("(", .leftParen), (")", .rightParen), ("[", .leftSquare), ("]", .rightSquare), (",", .comma),
    (".", .dot), ("?", .question), (":", .colon), ("=", .assignment), ("<", .less),
    (">", .greater), ("+", .plus), ("-", .minus), ("*", .asterisk), ("/", .slash),
    ("%", .percent), ("!", .exclamation), ("|", .pipe), ("@", .at), ("^", .hat),
  ]

  /// The same by the first byte of their spelling.
  static let operatorsByByte: [[(spelling: [UInt8], kind: BicepToken.Kind)]] = {
    var table = [[(spelling: [UInt8], kind: BicepToken.Kind)]](repeating: [], count: 0x80)
    for (spelling, kind) in operators {
      let bytes = Array(spelling.utf8)
      table[Int(bytes[0])].append((bytes, kind))
    }
    return table
  }()

  static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "'"): UInt8(ascii: "'"),
    UInt8(ascii: "n"): UInt8(ascii: "\n"), UInt8(ascii: "r"): UInt8(ascii: "\r"),
    UInt8(ascii: "t"): UInt8(ascii: "\t"), UInt8(ascii: "$"): UInt8(ascii: "$"),
  ]

  static func isIdentifier(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
