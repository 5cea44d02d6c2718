/// The digits of a finite double's shortest decimal form.
///
/// The value is 0.DIGITS × 10^exponent.
private struct ShortestDigits {
  var digits: [UInt8] = []
  var exponent = 0

  init(_ magnitude: Double) {
    // Swift prints the shortest digits that read back the same.
    var sawPoint = false
    var scale = 0
    var isExponent = false
    var exponentText = ""
    for byte in magnitude.description.utf8 {
      switch byte {
      case UInt8(ascii: "e"): isExponent = true
      case _ where isExponent: exponentText.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: "."): sawPoint = true
      default:
        digits.append(byte)
        if !sawPoint { scale += 1 }
      }
    }
    exponent = scale + (Int(exponentText) ?? 0)
    let zeros = digits.prefix { $0 == 0x30 }.count
    digits.removeFirst(zeros)
    exponent -= zeros
    while digits.last == 0x30 { digits.removeLast() }
    if digits.isEmpty {
      digits = [0x30]
      exponent = 1
    }
  }
}

/// The text of special doubles, or nil for finite ones.
private func specialText(_ value: Double, infinity: String) -> String? {
  if value.isNaN { return "NaN" }
  return value.isInfinite ? (value < 0 ? "-" + infinity : infinity) : nil
}

/// The shortest text that reads back as the same number, with an exponent where that is usual.
func shortestText(_ value: Double) -> String {
  if let special = specialText(value, infinity: "Infinity") { return special }
  let shortest = ShortestDigits(value.magnitude)
  let exponent = shortest.exponent - 1
  guard exponent < -4 || exponent >= 21 else { return plainText(value) }
  var text = shortest.digits[..<1] + []
  if shortest.digits.count > 1 { text += [UInt8(ascii: ".")] + shortest.digits[1...] }
  let magnitude = String(exponent.magnitude)
  return (value.sign == .minus ? "-" : "") + String(decoding: text, as: UTF8.self)
    + (exponent < 0 ? "e-" : "e+") + (magnitude.utf8.count < 2 ? "0" : "") + magnitude
}

/// The shortest digits without an exponent.
func plainText(_ value: Double) -> String {
  if let special = specialText(value, infinity: "Infinity") { return special }
  let shortest = ShortestDigits(value.magnitude)
  var text: [UInt8] = value.sign == .minus ? [UInt8(ascii: "-")] : []
  let zero = UInt8(ascii: "0")
  if shortest.exponent <= 0 {
    text += [zero, UInt8(ascii: ".")] + Array(repeating: zero, count: -shortest.exponent)
    text += shortest.digits
  } else if shortest.exponent >= shortest.digits.count {
    text += shortest.digits
    text += Array(repeating: zero, count: shortest.exponent - shortest.digits.count)
  } else {
    text += shortest.digits[..<shortest.exponent] + [UInt8(ascii: ".")]
    text += shortest.digits[shortest.exponent...]
  }
  return String(decoding: text, as: UTF8.self)
}
