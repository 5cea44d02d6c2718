extension Builtin {
  /// Conversions between types, and `type` and `dyn`.
  static let conversions: [Builtin] = [
    converter("int", from: [.int, .uint, .double, .string, .timestamp], to: .int, toInt),
    converter("uint", from: [.uint, .int, .double, .string], to: .uint, toUInt),
    converter("double", from: [.double, .int, .uint, .string], to: .double) { value in
      switch value {
      case .double: value
      case .int(let number): .double(Double(number))
      case .uint(let number): .double(Double(number))
      case .string(let text): parseDouble(text).map(ExpressionValue.double)
      default: nil
      }
    },
    converter("bool", from: [.bool, .string], to: .bool) { value in
      switch value {
      case .bool: value
      case .string("true"), .string("True"), .string("TRUE"), .string("t"), .string("T"),
        .string("1"):
        .bool(true)
      case .string("false"), .string("False"), .string("FALSE"), .string("f"), .string("F"),
        .string("0"):
        .bool(false)
      default: nil
      }
    },
    converter("bytes", from: [.bytes, .string], to: .bytes) { value in
      switch value {
      case .bytes: value
      case .string(let text): .bytes(Array(text.utf8))
      default: nil
      }
    },
    converter(
      "string",
      from: [
        .string, .bool, .int, .uint, .double, .bytes, .timestamp, .duration, .ip, .cidr,
      ],
      to: .string,
      toText
    ),
    converter("timestamp", from: [.timestamp, .string, .int], to: .timestamp) { value in
      switch value {
      case .timestamp: value
      case .string(let text): ExpressionTimestamp(text).map(ExpressionValue.timestamp)
      case .int(let seconds):
        ExpressionTimestamp(seconds: seconds).map(ExpressionValue.timestamp)
      default: nil
      }
    },
    converter("duration", from: [.duration, .string], to: .duration) { value in
      switch value {
      case .duration: value
      case .string(let text): ExpressionDuration(text).map(ExpressionValue.duration)
      default: nil
      }
    },
    Builtin("dyn", [.global([typeA], .dyn)]) { arguments, _ in arguments[0] },
    Builtin("type", [.global([typeA], .type(typeA))]) { arguments, _ in
      .type(arguments[0].type)
    },
  ]

  /// A conversion; a value of a fitting type that cannot be converted is an invalid argument.
  private static func converter(
    _ name: String,
    from: [ExpressionType],
    to: ExpressionType,
    _ convert: @escaping @Sendable (ExpressionValue) -> ExpressionValue?
  ) -> Builtin {
    Builtin(name, from.map { .global([$0], to) }) { arguments, meter throws(EvaluationError) in
      let value = arguments[0]
      switch value {
      case .string(let text): try meter.charge(bytes: text.utf8.count)
      case .bytes(let bytes): try meter.charge(bytes: bytes.count)
      default: break
      }
      if let result = convert(value) { return result }
      guard from.contains(value.type) else { throw .noSuchOverload(name, arguments) }
      throw .invalid(
        "the \(value.type) cannot be converted to \(to): it is out of range or not one"
      )
    }
  }

  @Sendable private static func toInt(_ value: ExpressionValue) -> ExpressionValue? {
    switch value {
    case .int: value
    case .uint(let number): Int64(exactly: number).map(ExpressionValue.int)
    case .double(let number):
      // The bounds are excluded: doubles there stand for integers that would not fit.
      number > -0x1p63 && number < 0x1p63 ? .int(Int64(number)) : nil
    case .string(let text): Int64(text).map(ExpressionValue.int)
    case .timestamp(let moment): .int(moment.seconds)
    default: nil
    }
  }

  @Sendable private static func toUInt(_ value: ExpressionValue) -> ExpressionValue? {
    switch value {
    case .uint: value
    case .int(let number): UInt64(exactly: number).map(ExpressionValue.uint)
    case .double(let number):
      number >= 0 && number < 0x1p64 ? .uint(UInt64(number)) : nil
    case .string(let text): UInt64(text).map(ExpressionValue.uint)
    default: nil
    }
  }

  @Sendable private static func toText(_ value: ExpressionValue) -> ExpressionValue? {
    switch value {
    case .string: value
    case .bool(let value): .string(value ? "true" : "false")
    case .int(let number): .string(String(number))
    case .uint(let number): .string(String(number))
    case .double(let number): .string(shortestText(number))
    case .bytes(let bytes): String(validating: bytes, as: UTF8.self).map(ExpressionValue.string)
    case .timestamp(let moment): .string(moment.description)
    case .duration(let span): .string(span.description)
    case .ip(let address): .string(address.description)
    case .cidr(let block): .string(block.description)
    default: nil
    }
  }

  /// A decimal or hexadecimal floating-point number; too large ones are refused.
  private static func parseDouble(_ text: String) -> Double? {
    guard let value = Double(text) else { return nil }
    return value.isInfinite && text.utf8.contains(where: \.isDigit) ? nil : value
  }
}
