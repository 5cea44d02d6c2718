import Patterns

/// A call of a function with all its arguments known.
final class CallCode: Code {
  private let function: Builtin
  private let arguments: [any Code]
  private let offset: Int

  init(_ function: Builtin, _ arguments: [any Code], offset: Int) {
    self.function = function
    self.arguments = arguments
    self.offset = offset
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    try frame.meter.charge(1)
    var values: [ExpressionValue] = []
    values.reserveCapacity(arguments.count)
    var unknown: Unknown?
    for argument in arguments {
      let value = try argument.evaluate(&frame)
      if case .unknown(let reason) = value { Unknown.merge(reason, into: &unknown) }
      values.append(value)
    }
    if function.readsElements, unknown == nil { try scan(values, into: &unknown, &frame) }
    if let unknown { return .unknown(unknown) }
    do throws(EvaluationError) {
      return try function.implementation(values, &frame.meter)
    } catch {
      throw error.placed(at: offset)
    }
  }

  private func scan(
    _ values: [ExpressionValue],
    into unknown: inout Unknown?,
    _ frame: inout Frame
  ) throws(EvaluationError) {
    for case .list(let list) in values {
      try frame.meter.charge(list.count)
      for index in 0..<list.count {
        if case .unknown(let reason) = list[index] { Unknown.merge(reason, into: &unknown) }
      }
    }
  }
}

/// `matches` with a constant pattern.
final class MatchesCode: Code {
  private let operand: any Code
  private let regex: LazyRegex
  private let offset: Int

  init(_ operand: any Code, _ regex: LazyRegex, offset: Int) {
    self.operand = operand
    self.regex = regex
    self.offset = offset
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    switch try operand.evaluate(&frame) {
    case .string(let text):
      let compiled: LinearRegex
      do {
        compiled = try regex.compiled()
      } catch {
        throw EvaluationError(.invalidArgument, "invalid regular expression: \(error)").placed(
          at: offset
        )
      }
      return .bool(try compiled.matches(text, meter: &frame.meter))
    case .unknown(let unknown): return .unknown(unknown)
    case let other: throw .noSuchOverload("matches", [other, .string("")]).placed(at: offset)
    }
  }
}

/// `a.or(b)` and `a.orValue(b)`, which need `b` only if `a` has no value.
final class OptionalOrCode: Code {
  private let first: any Code
  private let second: any Code
  private let unwraps: Bool

  init(_ first: any Code, _ second: any Code, unwraps: Bool) {
    self.first = first
    self.second = second
    self.unwraps = unwraps
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    let value = try first.evaluate(&frame)
    switch value {
    case .optional(nil): break
    case .optional(let inner?): return unwraps ? inner : value
    case .unknown: return value
    default: throw .noSuchOverload(unwraps ? "orValue" : "or", [value])
    }
    let other = try second.evaluate(&frame)
    if unwraps || other.isUnknown { return other }
    guard case .optional = other else { throw .noSuchOverload("or", [value, other]) }
    return other
  }
}

/// `a.optMap(x, body)` and `a.optFlatMap(x, body)`.
final class OptionalMapCode: Code {
  private let operand: any Code
  private let slot: Int
  private let body: any Code
  private let flat: Bool

  init(_ operand: any Code, slot: Int, body: any Code, flat: Bool) {
    self.operand = operand
    self.slot = slot
    self.body = body
    self.flat = flat
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    let value = try operand.evaluate(&frame)
    switch value {
    case .unknown, .optional(nil): return value
    case .optional(let inner?):
      frame.locals[slot] = inner
      let result = try body.evaluate(&frame)
      if result.isUnknown { return result }
      guard flat else { return .optional(result) }
      guard case .optional = result else { throw .noSuchOverload("optFlatMap", [result]) }
      return result
    default: throw .noSuchOverload(flat ? "optFlatMap" : "optMap", [value])
    }
  }
}
