/// A natural number of any size; the few operations that `BigNumber` needs.
struct BigNatural: Sendable, Hashable {
  /// Lowest first, without zeros at the end.
  private var limbs: [UInt32]

  init(_ word: UInt64) {
    limbs = [UInt32(truncatingIfNeeded: word), UInt32(truncatingIfNeeded: word >> 32)]
    trim()
  }

  private init(limbs: [UInt32]) {
    self.limbs = limbs
    trim()
  }

  /// A number from its decimal digits, each 0...9.
  init(decimal digits: [UInt8]) {
    limbs = []
    var rest = digits[...]
    while !rest.isEmpty {
      let chunk = rest.prefix(9)
      var factor: UInt32 = 1
      var value: UInt32 = 0
      for digit in chunk {
        factor *= 10
        value = value * 10 + UInt32(digit)
      }
      multiply(by: factor, adding: value)
      rest = rest.dropFirst(9)
    }
    trim()
  }

  init(power: Int, of base: UInt64) {
    var result = BigNatural(1)
    var square = BigNatural(base)
    var rest = power
    while rest > 0 {
      if rest & 1 == 1 { result = result * square }
      rest >>= 1
      if rest > 0 { square = square * square }
    }
    self = result
  }

  private mutating func trim() {
    while limbs.last == 0 { limbs.removeLast() }
  }

  private mutating func multiply(by factor: UInt32, adding value: UInt32) {
    var carry = UInt64(value)
    for index in limbs.indices {
      let sum = UInt64(limbs[index]) * UInt64(factor) + carry
      limbs[index] = UInt32(truncatingIfNeeded: sum)
      carry = sum >> 32
    }
    if carry > 0 { limbs.append(UInt32(truncatingIfNeeded: carry)) }
  }

  var isZero: Bool { limbs.isEmpty }

  var bitWidth: Int {
    limbs.last.map { limbs.count * 32 - $0.leadingZeroBitCount } ?? 0
  }

  var trailingZeros: Int {
    guard let index = limbs.firstIndex(where: { $0 != 0 }) else { return 0 }
    return index * 32 + limbs[index].trailingZeroBitCount
  }

  var lowWord: UInt64 {
    UInt64(limbs.first ?? 0) | UInt64(limbs.count > 1 ? limbs[1] : 0) << 32
  }

  func bit(_ index: Int) -> Bool {
    index / 32 < limbs.count && limbs[index / 32] >> UInt32(index % 32) & 1 == 1
  }

  func shiftedLeft(_ count: Int) -> BigNatural {
    guard count > 0, !isZero else { return self }
    let bits = UInt64(count % 32)
    var result = [UInt32](repeating: 0, count: count / 32)
    result.reserveCapacity(limbs.count + count / 32 + 1)
    var carry: UInt64 = 0
    for limb in limbs {
      carry |= UInt64(limb) << bits
      result.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    result.append(UInt32(truncatingIfNeeded: carry))
    return BigNatural(limbs: result)
  }

  func shiftedRight(_ count: Int) -> BigNatural {
    guard count > 0 else { return self }
    let words = count / 32
    guard words < limbs.count else { return BigNatural(0) }
    let bits = UInt64(count % 32)
    var result: [UInt32] = []
    for index in words..<limbs.count {
      let high = index + 1 < limbs.count ? UInt64(limbs[index + 1]) << 32 : 0
      result.append(UInt32(truncatingIfNeeded: (high | UInt64(limbs[index])) >> bits))
    }
    return BigNatural(limbs: result)
  }

  static func + (left: BigNatural, right: BigNatural) -> BigNatural {
    var result: [UInt32] = []
    var carry: UInt64 = 0
    for index in 0..<max(left.limbs.count, right.limbs.count) {
      if index < left.limbs.count { carry += UInt64(left.limbs[index]) }
      if index < right.limbs.count { carry += UInt64(right.limbs[index]) }
      result.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    result.append(UInt32(truncatingIfNeeded: carry))
    return BigNatural(limbs: result)
  }

  /// The difference; `right` must not be the larger one.
  static func - (left: BigNatural, right: BigNatural) -> BigNatural {
    var result = left.limbs
    var borrow: Int64 = 0
    for index in result.indices {
      let other = index < right.limbs.count ? Int64(right.limbs[index]) : 0
      var difference = Int64(result[index]) - other - borrow
      borrow = difference < 0 ? 1 : 0
      if difference < 0 { difference += 1 << 32 }
      result[index] = UInt32(truncatingIfNeeded: difference)
    }
    return BigNatural(limbs: result)
  }

  static func * (left: BigNatural, right: BigNatural) -> BigNatural {
    var result = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
    for (index, limb) in left.limbs.enumerated() {
      var carry: UInt64 = 0
      for (offset, other) in right.limbs.enumerated() {
        let sum = UInt64(limb) * UInt64(other) + UInt64(result[index + offset]) + carry
        result[index + offset] = UInt32(truncatingIfNeeded: sum)
        carry = sum >> 32
      }
      result[index + right.limbs.count] = UInt32(truncatingIfNeeded: carry)
    }
    return BigNatural(limbs: result)
  }

  /// Quotient and rest, bit by bit; the divisor must not be zero.
  func divided(by divisor: BigNatural) -> (quotient: BigNatural, rest: BigNatural) {
    if divisor.limbs.count == 1 {
      var copy = self
      let rest = copy.divide(by: divisor.limbs[0])
      return (copy, BigNatural(UInt64(rest)))
    }
    let width = bitWidth - divisor.bitWidth
    guard width >= 0 else { return (BigNatural(0), self) }
    var quotient = [UInt32](repeating: 0, count: width / 32 + 1)
    var rest = self
    var shifted = divisor.shiftedLeft(width)
    for bit in stride(from: width, through: 0, by: -1) {
      if !(rest < shifted) {
        rest = rest - shifted
        quotient[bit / 32] |= 1 << UInt32(bit % 32)
      }
      shifted = shifted.shiftedRight(1)
    }
    return (BigNatural(limbs: quotient), rest)
  }

  /// Divides by a small number and returns the rest.
  private mutating func divide(by divisor: UInt32) -> UInt32 {
    var rest: UInt64 = 0
    for index in limbs.indices.reversed() {
      let value = rest << 32 | UInt64(limbs[index])
      limbs[index] = UInt32(truncatingIfNeeded: value / UInt64(divisor))
      rest = value % UInt64(divisor)
    }
    trim()
    return UInt32(truncatingIfNeeded: rest)
  }

  /// The decimal digits, each 0...9; none for zero.
  var digits: [UInt8] {
    var copy = self
    var reversed: [UInt8] = []
    while !copy.isZero {
      var chunk = copy.divide(by: 1_000_000_000)
      for _ in 0..<9 {
        reversed.append(UInt8(chunk % 10))
        chunk /= 10
      }
    }
    while reversed.last == 0 { reversed.removeLast() }
    return reversed.reversed()
  }

  var decimal: String {
    isZero ? "0" : String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self)
  }
}

extension BigNatural: Comparable {
  static func < (left: BigNatural, right: BigNatural) -> Bool {
    if left.limbs.count != right.limbs.count { return left.limbs.count < right.limbs.count }
    for index in left.limbs.indices.reversed() where left.limbs[index] != right.limbs[index] {
      return left.limbs[index] < right.limbs[index]
    }
    return false
  }
}
