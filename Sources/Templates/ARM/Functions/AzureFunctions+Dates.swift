// Dates, as ISO 8601 texts.
extension AzureFunctions {
  static let dateFunctions: [String: Function] = [
    "utcnow": { _, call in call.unknown("it is the time of the deployment") },
    "datetimefromepoch": { values, call in
      guard values.count == 1, let seconds = values[0].plainInteger,
        let text = AzureDate(epoch: seconds)?.text
      else { return call.unknown(of: values) }
      return call.text(text)
    },
    "datetimetoepoch": { values, call in
      guard values.count == 1, let text = values[0].plainText, let date = AzureDate(text) else {
        return call.unknown(of: values)
      }
      return call.integer(date.epoch)
    },
    "datetimeadd": { values, call in
      guard (2...3).contains(values.count), let base = values[0].plainText,
        let duration = values[1].plainText
      else { return call.unknown(of: values) }
      guard let date = AzureDate(base)?.adding(duration) else { return call.wrongArguments }
      guard values.count == 3 else { return call.text(date.text) }
      guard let format = values[2].plainText else { return call.unknown(of: [values[2]]) }
      return date.text(format).map(call.text) ?? call.unknown("a date format is not supported")
    },
  ]
}

/// A time in UTC, in whole seconds.
struct AzureDate {
  var epoch: Int

  /// Nil outside the years 1 to 9999.
  init?(epoch: Int) {
    guard (-62_135_596_800...253_402_300_799).contains(epoch) else { return nil }
    self.epoch = epoch
  }

  /// `2020-04-07 14:53:14Z`, `2020-04-07T14:53:14.123+02:00`, `2020-04-07`.
  init?(_ text: String) {
    var reader = DigitReader(text)
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2),
      reader.skip("-"), let day = reader.number(2), (1...12).contains(month),
      (1...AzureDate.days(in: month, year)).contains(day)
    else { return nil }
    var seconds = AzureDate.days(year, month, day) * 86_400
    if reader.skip("T") || reader.skip("t") || reader.skip(" ") {
      guard let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2),
        hour < 24, minute < 60
      else { return nil }
      seconds += hour * 3600 + minute * 60
      if reader.skip(":") {
        guard let second = reader.number(2), second < 60 else { return nil }
        seconds += second
        if reader.skip(".") { reader.skipDigits() }
      }
      let isBehind = reader.skip("-")
      if isBehind || reader.skip("+") {
        guard let hour = reader.number(2), hour < 24 else { return nil }
        _ = reader.skip(":")
        guard let minute = reader.isAtEnd ? 0 : reader.number(2), minute < 60 else { return nil }
        seconds += (isBehind ? 1 : -1) * (hour * 3600 + minute * 60)
      } else {
        _ = reader.skip("Z") || reader.skip("z")
      }
    }
    guard reader.isAtEnd else { return nil }
    self.init(epoch: seconds)
  }

  /// The time a duration later: `P3Y`, `-P9D`, `PT1H30M`.
  func adding(_ duration: String) -> AzureDate? {
    var reader = DigitReader(duration)
    let sign = reader.skip("-") ? -1 : 1
    guard reader.skip("P") else { return nil }
    var (months, seconds) = (0, 0)
    var isTime = false
    while !reader.isAtEnd {
      if !isTime, reader.skip("T") {
        isTime = true
        continue
      }
      guard let number = reader.number(1...6) else { return nil }
      if !isTime, reader.skip("Y") {
        months += number * 12
      } else if !isTime, reader.skip("M") {
        months += number
      } else if !isTime, reader.skip("W") {
        seconds += number * 604_800
      } else if !isTime, reader.skip("D") {
        seconds += number * 86_400
      } else if isTime, reader.skip("H") {
        seconds += number * 3600
      } else if isTime, reader.skip("M") {
        seconds += number * 60
      } else if isTime, reader.skip("S") {
        seconds += number
      } else {
        return nil
      }
    }
    let (year, month, day) = parts
    let count = year * 12 + month - 1 + sign * months
    guard count >= 12, count < 120_000 else { return nil }
    let (newYear, newMonth) = (count / 12, count % 12 + 1)
    let newDay = min(day, AzureDate.days(in: newMonth, newYear))
    let start = AzureDate.days(newYear, newMonth, newDay) * 86_400
    return AzureDate(epoch: start + secondsOfDay + sign * seconds)
  }

  var text: String {
    let (year, month, day) = parts
    let time = [secondsOfDay / 3600, secondsOfDay / 60 % 60, secondsOfDay % 60]
    return [(year, 4), (month, 2), (day, 2)].map(AzureDate.padded).joined(separator: "-") + "T"
      + time.map { AzureDate.padded($0, 2) }.joined(separator: ":") + "Z"
  }

  /// The patterns of .NET made of years, months, days, hours, minutes and seconds.
  func text(_ format: String) -> String? {
    let (year, month, day) = parts
    if format == "u" { return text.replacing("T", with: " ") }
    if format == "d" { return "\(AzureDate.padded(month, 2))/\(AzureDate.padded(day, 2))/\(year)" }
    guard format.count > 1 else { return nil }
    let (hour, minute, second) = (
      secondsOfDay / 3600, secondsOfDay / 60 % 60, secondsOfDay % 60
    )
    var result = ""
    var rest = Substring(format)
    while let letter = rest.first {
      let run = rest.prefix { $0 == letter }
      rest = rest.dropFirst(run.count)
      let number: Int
      switch (letter, run.count) {
      case ("y", 4): number = year
      case ("y", 2): number = year % 100
      case ("M", 1...2): number = month
      case ("d", 1...2): number = day
      case ("H", 1...2): number = hour
      case ("h", 1...2): number = (hour + 11) % 12 + 1
      case ("m", 1...2): number = minute
      case ("s", 1...2): number = second
      case ("T", _), ("Z", _), ("-", _), (":", _), ("/", _), (" ", _), (".", _), ("_", _):
        result += run
        continue
      default: return nil
      }
      result += AzureDate.padded(number, run.count)
    }
    return result
  }

  private var secondsOfDay: Int { (epoch % 86_400 + 86_400) % 86_400 }

  /// The civil date, by the well-known reckoning in eras of 400 years.
  private var parts: (Int, Int, Int) {
    let days = (epoch - secondsOfDay) / 86_400 + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (
      year + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1
    )
  }

  /// Days since 1970.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func days(in month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}

/// Reads numbers of a few digits out of a text.
private struct DigitReader {
  private var rest: Substring

  init(_ text: String) { rest = Substring(text) }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func number(_ width: Int) -> Int? { number(width...width) }

  mutating func number(_ widths: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix(widths.upperBound).prefix { ("0"..."9").contains($0) }
    guard digits.count >= widths.lowerBound, let number = Int(digits) else { return nil }
    rest = rest.dropFirst(digits.count)
    return number
  }

  mutating func skip(_ character: Character) -> Bool {
    guard rest.first == character else { return false }
    rest = rest.dropFirst()
    return true
  }

  mutating func skipDigits() { rest = rest.drop { ("0"..."9").contains($0) } }
}
