/// A number of 512 significant bits, as the languages of HashiCorp compute with.
///
/// Its value is `magnitude` × 2^`exponent`; results are rounded to the nearest, ties to even.
package struct BigNumber: Sendable, Hashable {
  static let precision = 512
  /// Beyond this a number is refused: its digits would fill the memory.
  static let maximumExponent = 20_000

  private(set) var isNegative: Bool
  /// Odd, or zero.
  private(set) var magnitude: BigNatural
  private(set) var exponent: Int

  /// A number rounded to the precision; nil if it is too large or too small.
  init?(isNegative: Bool, _ magnitude: BigNatural, exponent: Int, isInexact: Bool = false) {
    var magnitude = magnitude
    var exponent = exponent
    let surplus = magnitude.bitWidth - Self.precision
    if surplus > 0 {
      let half = magnitude.bit(surplus - 1)
      let below = isInexact || magnitude.trailingZeros < surplus - 1
      magnitude = magnitude.shiftedRight(surplus)
      exponent += surplus
      if half, below || magnitude.bit(0) { magnitude = magnitude + BigNatural(1) }
    }
    if magnitude.isZero {
      exponent = 0
    } else {
      let zeros = magnitude.trailingZeros
      magnitude = magnitude.shiftedRight(zeros)
      exponent += zeros
    }
    guard abs(exponent) <= Self.maximumExponent else { return nil }
    self.magnitude = magnitude
    self.exponent = exponent
    self.isNegative = isNegative && !magnitude.isZero
  }

  package init(_ number: Int) {
    magnitude = BigNatural(UInt64(number.magnitude))
    isNegative = number < 0
    exponent = 0
    if !magnitude.isZero {
      exponent = magnitude.trailingZeros
      magnitude = magnitude.shiftedRight(exponent)
    }
  }

  package init?(_ number: Double) {
    guard number.isFinite else { return nil }
    let significand = UInt64(number.significandBitPattern) | (number.isNormal ? 1 << 52 : 0)
    let power = (number.isNormal ? Int(number.exponentBitPattern) : 1) - 1075
    self.init(isNegative: number < 0, BigNatural(significand), exponent: power)
  }

  /// Reads `-12.5e3`; nil for what is no number or is too long or too large.
  package init?(_ text: some StringProtocol) {
    var digits: [UInt8] = []
    var power = 0
    var isNegative = false
    var sawPoint = false
    var bytes = Array(text.utf8)[...]
    guard bytes.count <= 4096 else { return nil }
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      bytes = bytes.dropFirst()
    }
    while let byte = bytes.first {
      if byte &- 0x30 < 10 {
        digits.append(byte &- 0x30)
        if sawPoint { power -= 1 }
      } else if byte == UInt8(ascii: "."), !sawPoint {
        sawPoint = true
      } else {
        break
      }
      bytes = bytes.dropFirst()
    }
    guard !digits.isEmpty else { return nil }
    if let mark = bytes.first {
      guard mark | 0x20 == UInt8(ascii: "e"),
        let shift = Int(String(decoding: bytes.dropFirst(), as: UTF8.self)),
        abs(shift) <= 5000
      else { return nil }
      power += shift
    }
    let whole = BigNatural(decimal: digits)
    if power >= 0 {
      self.init(isNegative: isNegative, whole * BigNatural(power: power, of: 10), exponent: 0)
      return
    }
    self.init(dividing: whole, by: BigNatural(power: -power, of: 10), isNegative: isNegative)
  }

  /// A quotient with enough bits to round it rightly.
  private init?(
    dividing dividend: BigNatural,
    by divisor: BigNatural,
    isNegative: Bool,
    exponent: Int = 0
  ) {
    let shift = max(0, Self.precision + 2 + divisor.bitWidth - dividend.bitWidth)
    let (quotient, rest) = dividend.shiftedLeft(shift).divided(by: divisor)
    // What is left over only matters for whether a half is more than one.
    let sticky = quotient.shiftedLeft(1) + BigNatural(rest.isZero ? 0 : 1)
    self.init(isNegative: isNegative, sticky, exponent: exponent - shift - 1)
  }

  package var isZero: Bool { magnitude.isZero }

  /// The number as an `Int`, if it is one.
  package var integer: Int? {
    guard exponent >= 0, magnitude.bitWidth + exponent <= 64 else { return nil }
    let word = magnitude.shiftedLeft(exponent).lowWord
    if isNegative { return word <= 1 << 63 ? Int(truncatingIfNeeded: 0 &- word) : nil }
    return Int(exactly: word)
  }

  /// Whether there is nothing behind the point.
  package var isWhole: Bool { exponent >= 0 }

  package var double: Double { Double(description) ?? .infinity }

  /// Without what stands behind the point.
  package var truncated: BigNumber {
    guard exponent < 0 else { return self }
    return BigNumber(isNegative: isNegative, magnitude.shiftedRight(-exponent), exponent: 0) ?? self
  }

  package static prefix func - (number: BigNumber) -> BigNumber {
    var copy = number
    copy.isNegative = !number.isNegative && !number.isZero
    return copy
  }

  package func adding(_ other: BigNumber) -> BigNumber? {
    if isZero { return other }
    if other.isZero { return self }
    let lowest = min(exponent, other.exponent)
    let first = magnitude.shiftedLeft(exponent - lowest)
    let second = other.magnitude.shiftedLeft(other.exponent - lowest)
    if isNegative == other.isNegative {
      return BigNumber(isNegative: isNegative, first + second, exponent: lowest)
    }
    if first < second {
      return BigNumber(isNegative: other.isNegative, second - first, exponent: lowest)
    }
    return BigNumber(isNegative: isNegative, first - second, exponent: lowest)
  }

  package func multiplied(by other: BigNumber) -> BigNumber? {
    BigNumber(
      isNegative: isNegative != other.isNegative,
      magnitude * other.magnitude,
      exponent: exponent + other.exponent
    )
  }

  /// The quotient; nil for a division by zero.
  package func divided(by other: BigNumber) -> BigNumber? {
    guard !other.isZero else { return nil }
    return BigNumber(
      dividing: magnitude,
      by: other.magnitude,
      isNegative: isNegative != other.isNegative,
      exponent: exponent - other.exponent
    )
  }
}

extension BigNumber: Comparable {
  package static func < (left: BigNumber, right: BigNumber) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    let lowest = min(left.exponent, right.exponent)
    let first = left.magnitude.shiftedLeft(left.exponent - lowest)
    let second = right.magnitude.shiftedLeft(right.exponent - lowest)
    return left.isNegative ? second < first : first < second
  }
}

extension BigNumber: CustomStringConvertible {
  /// The shortest decimal digits that name this number and no neighbour, without an exponent.
  package var description: String {
    let sign = isNegative ? "-" : ""
    if exponent >= 0, magnitude.bitWidth + exponent <= Self.precision {
      return sign + magnitude.shiftedLeft(exponent).decimal
    }
    // Three numbers as digits with the same point: the lower and upper ends of all that rounds to
    // this one, and itself.
    let widening = Self.precision - magnitude.bitWidth
    let wide = magnitude.shiftedLeft(widening + 1)
    let power = exponent - widening - 1
    let one = BigNatural(1)
    var texts = [wide - one, wide, wide + one].map { number in
      power >= 0
        ? number.shiftedLeft(power).digits
        : (number * BigNatural(power: -power, of: 5)).digits
    }
    let length = texts.reduce(0) { max($0, $1.count) } + 1
    texts = texts.map { [UInt8](repeating: 0, count: length - $0.count) + $0 }
    let digits = Self.shortest(texts[1], between: texts[0], and: texts[2])
    let point = length - max(0, -power)
    return sign + Self.text(digits, pointAt: point)
  }

  /// The first digits that lie between two others; the magnitudes here are even, so ends count.
  private static func shortest(
    _ digits: [UInt8],
    between lower: [UInt8],
    and upper: [UInt8]
  ) -> [UInt8] {
    var kept = digits
    for index in digits.indices {
      var down = Array(digits[...index])
      var up = down
      increment(&up)
      down += [UInt8](repeating: 0, count: digits.count - down.count)
      up += [UInt8](repeating: 0, count: digits.count - up.count)
      let isDownFine = !down.lexicographicallyPrecedes(lower)
      let isUpFine = !upper.lexicographicallyPrecedes(up)
      guard isDownFine || isUpFine else { continue }
      let isNearerUp = index + 1 < digits.count && digits[index + 1] >= 5
      kept = isDownFine && (!isUpFine || !isNearerUp) ? down : up
      break
    }
    return kept
  }

  private static func increment(_ digits: inout [UInt8]) {
    for index in digits.indices.reversed() {
      if digits[index] < 9 {
        digits[index] += 1
        return
      }
      digits[index] = 0
    }
  }

  private static func text(_ digits: [UInt8], pointAt point: Int) -> String {
    var digits = digits
    var point = point
    if point <= 0 {
      digits = [UInt8](repeating: 0, count: 1 - point) + digits
      point = 1
    }
    let whole = digits[..<point].drop { $0 == 0 }
    var fraction = digits[point...]
    while fraction.last == 0 { fraction = fraction.dropLast() }
    let ascii = { (digits: ArraySlice<UInt8>) in
      String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self)
    }
    return (whole.isEmpty ? "0" : ascii(whole)) + (fraction.isEmpty ? "" : "." + ascii(fraction))
  }
}
