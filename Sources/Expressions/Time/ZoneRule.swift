/// The rule behind a zone's last recorded change, in POSIX's `TZ` notation: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule: Sendable {
  private let standard: Int64
  private let summer: Summer?

  private struct Summer {
    let offset: Int64
    let start: Change
    let end: Change
  }

  /// A day of the year and the local time on it.
  private struct Change {
    enum Day {
      /// Month, week (5 is the last one) and weekday.
      case weekday(Int, Int, Int)
      /// 1 to 365; February 29th is never counted.
      case julian(Int)
      /// 0 to 365.
      case zeroBased(Int)
    }

    let day: Day
    let time: Int64
  }

  init?(_ text: [UInt8]) {
    var reader = RuleReader(rest: text[...])
    guard reader.name(), let standard = reader.time() else { return nil }
    self.standard = -standard
    if reader.rest.isEmpty {
      summer = nil
      return
    }
    guard reader.name() else { return nil }
    var offset = self.standard + 3600
    if reader.rest.first != UInt8(ascii: ",") {
      guard let given = reader.time() else { return nil }
      offset = -given
    }
    guard let start = Self.change(&reader), let end = Self.change(&reader), reader.rest.isEmpty
    else { return nil }
    summer = Summer(offset: offset, start: start, end: end)
  }

  func offset(at seconds: Int64) -> Int64 {
    guard let summer else { return standard }
    let year = CivilDate(secondsSinceEpoch: seconds + standard).year
    let start = Self.moment(summer.start, year: year) - standard
    let end = Self.moment(summer.end, year: year) - summer.offset
    let isSummer =
      start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end
    return isSummer ? summer.offset : standard
  }

  /// Seconds since the epoch on the local clock.
  private static func moment(_ change: Change, year: Int64) -> Int64 {
    let january = CivilDate.daysSinceEpoch(year: year, month: 1, day: 1)
    let day: Int64
    switch change.day {
    case .zeroBased(let number): day = january + Int64(number)
    case .julian(let number):
      day = january + Int64(number) - (CivilDate.isLeap(year) && number >= 60 ? 0 : 1)
    case .weekday(let month, let week, let weekday):
      let first = CivilDate.daysSinceEpoch(year: year, month: month, day: 1)
      let firstWeekday = ((first + 4) % 7 + 7) % 7
      var number = (Int64(weekday) - firstWeekday + 7) % 7 + Int64(week - 1) * 7
      if number >= CivilDate.days(inMonth: month, ofYear: year) { number -= 7 }
      day = first + number
    }
    return day * 86_400 + change.time
  }

  private static func change(_ reader: inout RuleReader) -> Change? {
    guard reader.take(",") else { return nil }
    let day: Change.Day
    if reader.take("M") {
      guard let month = reader.number(), reader.take("."), let week = reader.number(),
        reader.take("."), let weekday = reader.number(), (1...12).contains(month),
        (1...5).contains(week), (0...6).contains(weekday)
      else { return nil }
      day = .weekday(month, week, weekday)
    } else {
      let julian = reader.take("J")
      guard let number = reader.number(), number <= 365 else { return nil }
      day = julian ? .julian(number) : .zeroBased(number)
    }
    guard reader.take("/") else { return Change(day: day, time: 7200) }
    guard let time = reader.time() else { return nil }
    return Change(day: day, time: time)
  }
}

private struct RuleReader {
  var rest: ArraySlice<UInt8>

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let first = rest.first, UInt32(first) == character.value else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number() -> Int? {
    let digits = rest.prefix(while: \.isDigit)
    guard (1...4).contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// An abbreviation: letters, or anything between angle brackets.
  mutating func name() -> Bool {
    if take("<") {
      rest = rest.drop { $0 != UInt8(ascii: ">") }
      return take(">")
    }
    let letters = rest.prefix { ($0 | 0x20) &- 0x61 < 26 }
    rest = rest.dropFirst(letters.count)
    return letters.count >= 3
  }

  /// `[+-]hours[:minutes[:seconds]]` in seconds.
  mutating func time() -> Int64? {
    let negative = take("-")
    if !negative { _ = take("+") }
    guard let hours = number() else { return nil }
    var seconds = hours * 3600
    for unit in [60, 1] {
      guard take(":") else { break }
      guard let part = number() else { return nil }
      seconds += part * unit
    }
    return Int64(negative ? -seconds : seconds)
  }
}
