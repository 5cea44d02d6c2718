/// A moment between the years 1 and 9999, to the nanosecond.
package struct ExpressionTimestamp: Hashable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  package let seconds: Int64
  /// 0 to 999,999,999, counted forward also before 1970.
  package let nanoseconds: Int32

  /// 0001-01-01T00:00:00Z up to the last second of 9999.
  private static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// A moment; nil outside the range.
  package init?(seconds: Int64, nanoseconds: Int32 = 0) {
    guard Self.range.contains(seconds), (0..<1_000_000_000).contains(nanoseconds) else {
      return nil
    }
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  init?(totalNanoseconds: Int128) {
    var seconds = totalNanoseconds / 1_000_000_000
    var nanoseconds = totalNanoseconds % 1_000_000_000
    if nanoseconds < 0 {
      seconds -= 1
      nanoseconds += 1_000_000_000
    }
    guard let seconds = Int64(exactly: seconds) else { return nil }
    self.init(seconds: seconds, nanoseconds: Int32(nanoseconds))
  }

  var totalNanoseconds: Int128 { Int128(seconds) * 1_000_000_000 + Int128(nanoseconds) }

  /// Reads RFC 3339: `2024-02-29T12:30:00.5+01:00`.
  package init?(_ text: String) {
    var reader = DigitReader(Array(text.utf8))
    guard let year = reader.number(4), reader.take("-"), let month = reader.number(2),
      reader.take("-"), let day = reader.number(2), reader.take("T") || reader.take("t"),
      let hour = reader.number(2), reader.take(":"), let minute = reader.number(2),
      reader.take(":"), let second = reader.number(2),
      (1...12).contains(month), day >= 1,
      day <= CivilDate.days(inMonth: Int(month), ofYear: year), hour < 24, minute < 60, second < 60
    else { return nil }
    var nanoseconds: Int32 = 0
    if reader.take(".") {
      guard let fraction = reader.fraction() else { return nil }
      nanoseconds = fraction
    }
    var offset: Int64 = 0
    if !reader.take("Z"), !reader.take("z") {
      let negative = reader.take("-")
      guard negative || reader.take("+"), let hours = reader.number(2), reader.take(":"),
        let minutes = reader.number(2), hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * (negative ? -60 : 60)
    }
    guard reader.isAtEnd else { return nil }
    let days = CivilDate.daysSinceEpoch(year: year, month: Int(month), day: Int(day))
    self.init(
      seconds: days * 86_400 + hour * 3600 + minute * 60 + second - offset,
      nanoseconds: nanoseconds
    )
  }
}

extension ExpressionTimestamp: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}

extension ExpressionTimestamp: CustomStringConvertible {
  /// RFC 3339 in UTC, with as many decimals as needed.
  package var description: String {
    let date = CivilDate(secondsSinceEpoch: seconds)
    func padded(_ number: Int, _ width: Int = 2) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    return "\(padded(Int(date.year), 4))-\(padded(date.month))-\(padded(date.day))"
      + "T\(padded(date.hour)):\(padded(date.minute)):\(padded(date.second))"
      + "\(decimals(nanoseconds.magnitude))Z"
  }
}

/// Reads fixed-width numbers.
struct DigitReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let first = rest.first, UInt32(first) == character.value else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(_ width: Int) -> Int64? {
    let digits = rest.prefix(width)
    guard digits.count == width, digits.allSatisfy(\.isDigit) else { return nil }
    rest = rest.dropFirst(width)
    return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
  }

  /// Up to nine decimals, as nanoseconds; more are cut off.
  mutating func fraction() -> Int32? {
    let digits = rest.prefix(while: \.isDigit)
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    var value: Int32 = 0
    for index in 0..<9 {
      value =
        value * 10 + (index < digits.count ? Int32(digits[digits.startIndex + index] - 0x30) : 0)
    }
    return value
  }
}
