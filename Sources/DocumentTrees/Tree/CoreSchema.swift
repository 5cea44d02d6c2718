/// The core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema).
enum CoreSchema {
  static let prefix = "tag:yaml.org,2002:"

  /// The type of a scalar with an explicit tag; an ill-fitting text stays a string.
  static func type(tagged tag: String, plain: () -> ScalarType) -> ScalarType {
    switch tag {
    case prefix + "null": return .null
    case prefix + "bool": return plain() == .bool ? .bool : .string
    case prefix + "int": return plain() == .integer ? .integer : .string
    case prefix + "float":
      let type = plain()
      return type == .integer || type == .float ? .float : .string
    default: return .string
    }
  }

  static func type(_ text: UnsafeBufferPointer<UInt8>) -> ScalarType {
    guard let first = text.first else { return .null }
    switch first {
    case UInt8(ascii: "~"):
      return text.count == 1 ? .null : .string
    case UInt8(ascii: "n"), UInt8(ascii: "N"):
      return isWord(text, "null", "Null", "NULL") ? .null : .string
    case UInt8(ascii: "t"), UInt8(ascii: "T"):
      return isWord(text, "true", "True", "TRUE") ? .bool : .string
    case UInt8(ascii: "f"), UInt8(ascii: "F"):
      return isWord(text, "false", "False", "FALSE") ? .bool : .string
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      return numberType(text)
    default:
      return .string
    }
  }

  /// The value of text that `type` calls an integer; nil if it does not fit.
  static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    let isPrefixed = text.count > 2 && text[0] == UInt8(ascii: "0") && text[1] > UInt8(ascii: "9")
    guard isPrefixed else { return Int(String(decoding: text, as: UTF8.self)) }
    let radix = text[1] == UInt8(ascii: "x") ? 16 : 8
    return Int(String(decoding: text[2...], as: UTF8.self), radix: radix)
  }

  static func float(_ text: String) -> Double? {
    switch text {
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": .infinity
    case "-.inf", "-.Inf", "-.INF": -.infinity
    case ".nan", ".NaN", ".NAN": .nan
    default: Double(text)
    }
  }

  /// The words for truth values in https://yaml.org/type/bool.html.
  static func bool11(_ text: String) -> Bool? {
    switch text {
    case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": true
    case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": false
    default: nil
    }
  }

  private static func isWord(
    _ text: UnsafeBufferPointer<UInt8>,
    _ words: StaticString...
  ) -> Bool {
    words.contains { word in
      word.utf8CodeUnitCount == text.count
        && sameBytes(
          UnsafeBufferPointer(start: word.utf8Start, count: text.count)[...],
          text[...]
        )
    }
  }

  private static func numberType(_ text: UnsafeBufferPointer<UInt8>) -> ScalarType {
    if text.count > 2, text[0] == UInt8(ascii: "0") {
      let digits = text[2...]
      if text[1] == UInt8(ascii: "o") {
        return digits.allSatisfy { (0x30...0x37).contains($0) } ? .integer : .string
      }
      if text[1] == UInt8(ascii: "x") {
        return digits.allSatisfy(isHexadecimal) ? .integer : .string
      }
    }
    var offset = 0
    if text[0] == UInt8(ascii: "+") || text[0] == UInt8(ascii: "-") { offset = 1 }
    let whole = skipDigits(text, &offset)
    if offset == text.count { return whole > 0 ? .integer : .string }

    var fraction = 0
    if text[offset] == UInt8(ascii: ".") {
      offset += 1
      if whole == 0, isSpecial(text, after: offset) { return .float }
      fraction = skipDigits(text, &offset)
    }
    guard whole + fraction > 0 else { return .string }
    guard offset < text.count else { return .float }
    guard text[offset] | 0x20 == UInt8(ascii: "e") else { return .string }
    offset += 1
    if offset < text.count, text[offset] == UInt8(ascii: "+") || text[offset] == UInt8(ascii: "-") {
      offset += 1
    }
    return skipDigits(text, &offset) > 0 && offset == text.count ? .float : .string
  }

  private static func skipDigits(_ text: UnsafeBufferPointer<UInt8>, _ offset: inout Int) -> Int {
    let start = offset
    while offset < text.count, text[offset] &- 0x30 < 10 { offset += 1 }
    return offset - start
  }

  /// Whether `.` is followed by a way to write infinity or, without a sign, not-a-number.
  private static func isSpecial(_ text: UnsafeBufferPointer<UInt8>, after offset: Int) -> Bool {
    let rest = UnsafeBufferPointer(rebasing: text[offset...])
    if isWord(rest, "inf", "Inf", "INF") { return true }
    return offset == 1 && isWord(rest, "nan", "NaN", "NAN")
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6
  }
}
