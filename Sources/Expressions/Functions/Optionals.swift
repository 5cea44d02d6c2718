extension Builtin {
  /// Functions of optional values.
  ///
  /// `or` and `orValue` are evaluated by `OptionalOrCode`, as they may not need their argument; their entries
  /// here serve the type check.
  static let optionals: [Builtin] = [
    Builtin("optional.of", [.global([typeA], .optional(typeA))]) { arguments, _ in
      .optional(arguments[0])
    },
    Builtin("optional.none", [.global([], .optional(typeA))]) { _, _ in .optional(nil) },
    Builtin("optional.ofNonZeroValue", [.global([typeA], .optional(typeA))]) { arguments, _ in
      .optional(arguments[0].isZero ? nil : arguments[0])
    },
    Builtin("hasValue", [.member([.optional(typeA)], .bool)]) {
      arguments,
      _ throws(EvaluationError) in
      guard case .optional(let value) = arguments[0] else {
        throw .noSuchOverload("hasValue", arguments)
      }
      return .bool(value != nil)
    },
    Builtin("value", [.member([.optional(typeA)], typeA)]) {
      arguments,
      _ throws(EvaluationError) in
      guard case .optional(let value) = arguments[0] else {
        throw .noSuchOverload("value", arguments)
      }
      guard let value else { throw .invalid("optional.none() has no value") }
      return value
    },
    Builtin("or", [.member([.optional(typeA), .optional(typeA)], .optional(typeA))]) {
      arguments,
      _ throws(EvaluationError) in
      guard case .optional(let first) = arguments[0] else {
        throw .noSuchOverload("or", arguments)
      }
      return first == nil ? arguments[1] : arguments[0]
    },
    Builtin("orValue", [.member([.optional(typeA), typeA], typeA)]) {
      arguments,
      _ throws(EvaluationError) in
      guard case .optional(let first) = arguments[0] else {
        throw .noSuchOverload("orValue", arguments)
      }
      return first ?? arguments[1]
    },
    Builtin("optional.unwrap", [.global([.list(.optional(typeA))], .list(typeA))]) {
      arguments,
      meter throws(EvaluationError) in
      try unwrapped("optional.unwrap", arguments, &meter)
    },
    Builtin("unwrapOpt", [.member([.list(.optional(typeA))], .list(typeA))]) {
      arguments,
      meter throws(EvaluationError) in
      try unwrapped("unwrapOpt", arguments, &meter)
    },
  ]

  private static func unwrapped(
    _ name: String,
    _ arguments: [ExpressionValue],
    _ meter: inout CostMeter
  ) throws(EvaluationError) -> ExpressionValue {
    guard case .list(let list) = arguments[0] else { throw .noSuchOverload(name, arguments) }
    var result: [ExpressionValue] = []
    for index in 0..<list.count {
      try meter.charge(1)
      switch list[index] {
      case .optional(nil): continue
      case .optional(let value?): result.append(value)
      case .unknown(let unknown): result.append(.unknown(unknown))
      default: throw .noSuchOverload(name, arguments)
      }
    }
    return .list(result)
  }
}
