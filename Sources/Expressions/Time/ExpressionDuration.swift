/// A span of time in nanoseconds, so up to about 292 years.
package struct ExpressionDuration: Hashable, Sendable {
  private let total: Int64

  /// A duration from its nanoseconds; nil outside the range.
  init?(totalNanoseconds: Int128) {
    guard let total = Int64(exactly: totalNanoseconds) else { return nil }
    self.total = total
  }

  /// A duration from a sum of both parts; nil outside the range.
  package init?(seconds: Int64, nanoseconds: Int64 = 0) {
    self.init(totalNanoseconds: Int128(seconds) * 1_000_000_000 + Int128(nanoseconds))
  }

  /// Whole seconds; of the same sign as `nanoseconds`, or zero.
  package var seconds: Int64 { total / 1_000_000_000 }
  package var nanoseconds: Int32 { Int32(total % 1_000_000_000) }

  var totalNanoseconds: Int128 { Int128(total) }

  private static let limit = -Int128(Int64.min)

  /// Reads numbers with units, such as `1h15m30.918s` or `-1.5ms`.
  package init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    let negative = rest.first == UInt8(ascii: "-")
    if negative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    if rest.elementsEqual("0".utf8) {
      self.init(seconds: 0)
      return
    }
    guard !rest.isEmpty else { return nil }
    // All parts together stay far below the 128 bits, as each is bounded first.
    var total: Int128 = 0
    while !rest.isEmpty {
      guard let part = Self.takePart(&rest) else { return nil }
      total += part
      guard total <= Self.limit else { return nil }
    }
    self.init(totalNanoseconds: negative ? -total : total)
  }

  /// A decimal number and its unit, as nanoseconds.
  private static func takePart(_ rest: inout ArraySlice<UInt8>) -> Int128? {
    let whole = rest.prefix(while: \.isDigit)
    rest = rest.dropFirst(whole.count)
    var fraction = whole.prefix(0)
    if rest.first == UInt8(ascii: ".") {
      fraction = rest.dropFirst().prefix(while: \.isDigit)
      rest = rest.dropFirst(fraction.count + 1)
    }
    guard whole.count + fraction.count > 0, whole.count <= 25 else { return nil }
    let units: [(String, Int128)] = [
      ("ns", 1), ("us", 1000), ("µs", 1000), ("μs", 1000), ("ms", 1_000_000),
      ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]
    guard let (name, scale) = units.first(where: { rest.starts(with: $0.0.utf8) }) else {
      return nil
    }
    rest = rest.dropFirst(name.utf8.count)
    var value: Int128 = 0
    for digit in whole {
      value = value * 10 + Int128(digit - 0x30)
    }
    guard value <= limit else { return nil }
    value *= scale
    var unit = scale
    for digit in fraction {
      unit /= 10
      value += Int128(digit - 0x30) * unit
    }
    return value
  }
}

extension ExpressionDuration: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    left.total < right.total
  }
}

extension ExpressionDuration: CustomStringConvertible {
  /// Seconds with as many decimals as needed: `1.5s`.
  package var description: String {
    let sign = seconds < 0 || nanoseconds < 0 ? "-" : ""
    let fraction = decimals(nanoseconds.magnitude)
    return "\(sign)\(seconds.magnitude)\(fraction)s"
  }
}

/// A fraction of nanoseconds with its point and without trailing zeros.
func decimals(_ nanoseconds: UInt32) -> String {
  guard nanoseconds > 0 else { return "" }
  var digits = String(nanoseconds)
  digits = String(repeating: "0", count: 9 - digits.utf8.count) + digits
  while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
  return "." + digits
}
