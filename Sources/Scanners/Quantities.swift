/// Sizes and times as Compose files and Dockerfiles write them.
enum Quantities {
  /// Bytes of `512`, `64m`, `1.5 GB`, `10KiB`: powers of 1024, whatever the letter's case.
  static func bytes(_ text: String) -> Int? {
    let utf8 = Array(text.utf8)
    let digits = utf8.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
    guard let number = Double(String(decoding: digits, as: UTF8.self)) else { return nil }
    var unit = utf8[digits.endIndex...].map { $0 | 0x20 }[...]
    if text.utf8.dropFirst(digits.count).first == 0x20 { unit = unit.dropFirst() }
    var factor = 1.0
    if let letter = unit.first, let power = Array("kmgtp".utf8).firstIndex(of: letter) {
      for _ in 0...power { factor *= 1024 }
      unit = unit.dropFirst()
      if unit.first == UInt8(ascii: "i") { unit = unit.dropFirst() }
    }
    if unit.first == UInt8(ascii: "b") { unit = unit.dropFirst() }
    guard unit.isEmpty else { return nil }
    return Int(exactly: (number * factor).rounded(.down))
  }

  /// Seconds of `1m30s`, `1.5h`, `300ms`, `2d`, or plain `0`.
  static func seconds(_ text: String) -> Double? {
    let utf8 = Array(text.utf8)
    if utf8 == [UInt8(ascii: "0")] { return 0 }
    var index = 0
    var isNegative = false
    if let first = utf8.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      index = 1
    }
    var sum = 0.0
    guard index < utf8.count else { return nil }
    while index < utf8.count {
      let digits = utf8[index...].prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
      guard let number = Double(String(decoding: digits, as: UTF8.self)) else { return nil }
      let unit = utf8[digits.endIndex...].prefix { !isDigit($0) && $0 != UInt8(ascii: ".") }
      guard let factor = factor(String(decoding: unit, as: UTF8.self)) else { return nil }
      sum += number * factor
      index = unit.endIndex
    }
    guard sum.isFinite else { return nil }
    return isNegative ? -sum : sum
  }

  private static func factor(_ unit: String) -> Double? {
    switch unit {
    case "ns": 1e-9
    case "us", "µs", "μs": 1e-6
    case "ms": 1e-3
    case "s": 1
    case "m": 60
    case "h": 3600
    case "d": 86_400
    case "w": 604_800
    default: nil
    }
  }

  /// A whole number: decimal, `0x`, `0o`, `0b` or, as in YAML 1.1, octal with a leading zero.
  static func integer(_ text: String) -> Int? {
    var digits = Substring(text.filter { $0 != "_" })
    var isNegative = false
    if let first = digits.first, first == "-" || first == "+" {
      isNegative = first == "-"
      digits = digits.dropFirst()
    }
    guard digits.first?.isNumber == true else { return nil }
    let magnitude: Int?
    if digits.hasPrefix("0x") {
      magnitude = Int(digits.dropFirst(2), radix: 16)
    } else if digits.hasPrefix("0o") {
      magnitude = Int(digits.dropFirst(2), radix: 8)
    } else if digits.hasPrefix("0b") {
      magnitude = Int(digits.dropFirst(2), radix: 2)
    } else if digits.count > 1, digits.first == "0", !digits.contains(".") {
      magnitude = Int(digits, radix: 8) ?? Int(digits)
    } else {
      magnitude = Int(digits) ?? Double(digits).flatMap { Int(exactly: $0) }
    }
    return magnitude.map { isNegative ? -$0 : $0 }
  }

  static func number(_ text: String) -> Double? {
    guard let first = text.utf8.first, isDigit(first) || "+-.".utf8.contains(first) else {
      return nil
    }
    return Double(text.filter { $0 != "_" }) ?? integer(text).map(Double.init)
  }

  /// A truth value: `true` and `false`, and the older words that Compose still accepts.
  static func bool(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "t", "yes", "y", "on", "1": true
    case "false", "f", "no", "n", "off", "0": false
    default: nil
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
