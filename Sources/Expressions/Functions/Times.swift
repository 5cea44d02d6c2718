extension Builtin {
  /// The parts of timestamps and durations.
  static let times: [Builtin] = [
    part("getFullYear") { date, _ in date.year },
    part("getMonth") { date, _ in Int64(date.month - 1) },
    part("getDayOfYear") { date, _ in Int64(date.dayOfYear) },
    part("getDayOfMonth") { date, _ in Int64(date.day - 1) },
    part("getDate") { date, _ in Int64(date.day) },
    part("getDayOfWeek") { date, _ in Int64(date.weekday) },
    part("getHours", ofDuration: { $0.seconds / 3600 }) { date, _ in Int64(date.hour) },
    part("getMinutes", ofDuration: { $0.seconds / 60 }) { date, _ in Int64(date.minute) },
    part("getSeconds", ofDuration: { $0.seconds }) { date, _ in Int64(date.second) },
    part("getMilliseconds", ofDuration: { Int64($0.nanoseconds / 1_000_000) }) { _, nanoseconds in
      Int64(nanoseconds / 1_000_000)
    },
  ]

  /// A part of a timestamp, in UTC or in a given zone, and of a duration where it has one.
  private static func part(
    _ name: String,
    ofDuration: (@Sendable (ExpressionDuration) -> Int64)? = nil,
    _ read: @escaping @Sendable (CivilDate, Int32) -> Int64
  ) -> Builtin {
    var overloads: [Overload] = [
      .member([.timestamp], .int), .member([.timestamp, .string], .int),
    ]
    if ofDuration != nil { overloads.append(.member([.duration], .int)) }
    return Builtin(name, overloads) { arguments, meter throws(EvaluationError) in
      switch arguments[0] {
      case .timestamp(let moment):
        var seconds = moment.seconds
        if arguments.count == 2 {
          guard case .string(let name) = arguments[1] else {
            throw .noSuchOverload(name, arguments)
          }
          try meter.charge(20)
          guard let zone = TimeZone(name) else { throw .invalid("unknown time zone '\(name)'") }
          seconds += zone.offset(at: seconds)
        }
        return .int(read(CivilDate(secondsSinceEpoch: seconds), moment.nanoseconds))
      case .duration(let span):
        guard let ofDuration, arguments.count == 1 else { throw .noSuchOverload(name, arguments) }
        return .int(ofDuration(span))
      default: throw .noSuchOverload(name, arguments)
      }
    }
  }
}
