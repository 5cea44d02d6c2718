import Workloads

extension HCLFunctions {
  static let times: [String: HCLFunction] = [
    "timeadd": .init(2...2) { (call) throws(HCLFailure) in
      guard let time = HCLTime(try call.text(0)) else {
        throw call.failure("argument 1 must be a time such as 2024-01-31T12:00:00Z")
      }
      guard let seconds = HCLTime.seconds(try call.text(1)) else {
        throw call.failure("argument 2 must be a duration such as 1h30m")
      }
      let (sum, isTooLarge) = time.seconds.addingReportingOverflow(seconds)
      guard !isTooLarge, abs(sum) < 200_000_000_000 else {
        throw call.failure("the time is too far away")
      }
      return try call.result(HCLTime(seconds: sum, offset: time.offset).text)
    },
    "timecmp": .init(2...2) { (call) throws(HCLFailure) in
      guard let one = HCLTime(try call.text(0)), let other = HCLTime(try call.text(1)) else {
        throw call.failure("times such as 2024-01-31T12:00:00Z are required")
      }
      let order = one.seconds < other.seconds ? -1 : one.seconds == other.seconds ? 0 : 1
      return try call.result(BigNumber(order))
    },
    "formatdate": .init(2...2) { (call) throws(HCLFailure) in
      guard let time = HCLTime(try call.text(1)) else {
        throw call.failure("argument 2 must be a time such as 2024-01-31T12:00:00Z")
      }
      guard let text = time.formatted(try call.text(0)) else {
        throw call.failure("the format has an unknown word")
      }
      return try call.result(text)
    },
  ]
}

/// A time of RFC 3339.
struct HCLTime {
  /// Since 1970 in UTC.
  var seconds: Int
  /// East of UTC, in seconds.
  var offset: Int

  init(seconds: Int, offset: Int) {
    self.seconds = seconds
    self.offset = offset
  }

  init?(_ text: String) {
    let bytes = Array(text.utf8)
    func number(_ start: Int, _ count: Int) -> Int? {
      guard start + count <= bytes.count else { return nil }
      var value = 0
      for byte in bytes[start..<start + count] {
        guard byte &- 0x30 < 10 else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard bytes.count >= 20, let year = number(0, 4), let month = number(5, 2),
      let day = number(8, 2), let hour = number(11, 2), let minute = number(14, 2),
      let second = number(17, 2), [bytes[4], bytes[7]] == [0x2D, 0x2D],
      bytes[10] == UInt8(ascii: "T"), [bytes[13], bytes[16]] == [0x3A, 0x3A],
      (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day),
      hour < 24, minute < 60, second < 60
    else { return nil }
    var index = 19
    if bytes[index] == UInt8(ascii: ".") {
      index += 1
      let start = index
      while index < bytes.count, bytes[index] &- 0x30 < 10 { index += 1 }
      if index == start { return nil }
    }
    guard index < bytes.count else { return nil }
    if bytes[index] == UInt8(ascii: "Z"), index + 1 == bytes.count {
      offset = 0
    } else {
      let isEast = bytes[index] == UInt8(ascii: "+")
      guard isEast || bytes[index] == UInt8(ascii: "-"), bytes.count == index + 6,
        bytes[index + 3] == 0x3A, let hours = number(index + 1, 2),
        let minutes = number(index + 4, 2), hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 3600 + minutes * 60) * (isEast ? 1 : -1)
    }
    seconds =
      Self.day(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
  }

  private static func days(in month: Int, of year: Int) -> Int {
    if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    return [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days since 1970, counted in eras of 400 years that begin in March.
  private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
      - 719_468
  }

  private var fields: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
    let local = seconds + offset
    var days = local / 86_400
    var rest = local % 86_400
    if rest < 0 {
      rest += 86_400
      days -= 1
    }
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, rest / 3600, rest / 60 % 60, rest % 60
    )
  }

  private var weekday: Int {
    let days = (seconds + offset) / 86_400 - ((seconds + offset) % 86_400 < 0 ? 1 : 0)
    return ((days + 4) % 7 + 7) % 7
  }

  private static func padded(_ number: Int, _ count: Int = 2) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }

  private func zone(colon: Bool) -> String {
    let minutes = abs(offset) / 60
    return (offset < 0 ? "-" : "+") + Self.padded(minutes / 60) + (colon ? ":" : "")
      + Self.padded(minutes % 60)
  }

  var text: String {
    let time = fields
    return
      "\(Self.padded(time.year, 4))-\(Self.padded(time.month))-\(Self.padded(time.day))T"
      + "\(Self.padded(time.hour)):\(Self.padded(time.minute)):\(Self.padded(time.second))"
      + (offset == 0 ? "Z" : zone(colon: true))
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let weekdays = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]

  /// The words of `formatdate`; nil for one that does not exist.
  func formatted(_ format: String) -> String? {
    var result = ""
    var letters = Array(format)[...]
    while let first = letters.first {
      if first == "'" {
        letters = letters.dropFirst()
        while true {
          guard let next = letters.popFirst() else { return nil }
          if next != "'" {
            result.append(next)
          } else if letters.first == "'" {
            result.append("'")
            letters = letters.dropFirst()
          } else {
            break
          }
        }
        continue
      }
      guard first.isASCII, first.isLetter else {
        result.append(first)
        letters = letters.dropFirst()
        continue
      }
      let word = letters.prefix { $0 == first }
      letters = letters.dropFirst(word.count)
      guard let part = part(String(word)) else { return nil }
      result += part
    }
    return result
  }

  private func part(_ word: String) -> String? {
    let time = fields
    let noonHour = time.hour % 12 == 0 ? 12 : time.hour % 12
    switch word {
    case "YYYY": return Self.padded(time.year, 4)
    case "YY": return Self.padded(time.year % 100)
    case "MMMM": return Self.months[time.month - 1]
    case "MMM": return String(Self.months[time.month - 1].prefix(3))
    case "MM": return Self.padded(time.month)
    case "M": return String(time.month)
    case "DD": return Self.padded(time.day)
    case "D": return String(time.day)
    case "EEEE": return Self.weekdays[weekday]
    case "EEE": return String(Self.weekdays[weekday].prefix(3))
    case "hh": return Self.padded(time.hour)
    case "h": return String(time.hour)
    case "HH": return Self.padded(noonHour)
    case "H": return String(noonHour)
    case "AA": return time.hour < 12 ? "AM" : "PM"
    case "aa": return time.hour < 12 ? "am" : "pm"
    case "mm": return Self.padded(time.minute)
    case "m": return String(time.minute)
    case "ss": return Self.padded(time.second)
    case "s": return String(time.second)
    case "ZZZZZ": return zone(colon: true)
    case "ZZZZ": return zone(colon: false)
    case "ZZZ": return offset == 0 ? "UTC" : zone(colon: false)
    case "Z": return offset == 0 ? "Z" : zone(colon: true)
    default: return nil
    }
  }

  /// Whole seconds of `1h30m`, `-10m`, `90s`; nil for anything else.
  static func seconds(_ text: String) -> Int? {
    var bytes = Array(text.utf8)[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
    if Array(bytes) == [0x30] { return 0 }
    guard !bytes.isEmpty else { return nil }
    var sum = 0.0
    while !bytes.isEmpty {
      let digits = bytes.prefix { $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") }
      guard let value = Double(String(decoding: digits, as: UTF8.self)) else { return nil }
      bytes = bytes.dropFirst(digits.count)
      let unit = bytes.prefix { $0 >= 0x61 }
      bytes = bytes.dropFirst(unit.count)
      switch String(decoding: unit, as: UTF8.self) {
      case "h": sum += value * 3600
      case "m": sum += value * 60
      case "s": sum += value
      case "ms": sum += value / 1e3
      case "us", "µs": sum += value / 1e6
      case "ns": sum += value / 1e9
      default: return nil
      }
    }
    return sum < 1e12 ? Int(sum) * (isNegative ? -1 : 1) : nil
  }
}
