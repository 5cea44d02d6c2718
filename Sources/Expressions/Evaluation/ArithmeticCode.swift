/// `+ - * / %` and unary minus, with overflow as an error.
final class ArithmeticCode: Code {
  private let operation: BinaryOperator
  private let left: any Code
  private let right: any Code
  private let offset: Int

  init(_ operation: BinaryOperator, _ left: any Code, _ right: any Code, offset: Int) {
    self.operation = operation
    self.left = left
    self.right = right
    self.offset = offset
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    let first = try left.evaluate(&frame)
    let second = try right.evaluate(&frame)
    if let unknown = unknown(among: first, second) { return unknown }
    do throws(EvaluationError) {
      return try combine(first, second, &frame.meter)
    } catch {
      throw error.placed(at: offset)
    }
  }

  private func combine(
    _ first: ExpressionValue,
    _ second: ExpressionValue,
    _ meter: inout CostMeter
  ) throws(EvaluationError) -> ExpressionValue {
    switch (first, second) {
    case (.int(let left), .int(let right)): return .int(try integer(left, right))
    case (.uint(let left), .uint(let right)): return .uint(try integer(left, right))
    case (.double(let left), .double(let right)):
      switch operation {
      case .add: return .double(left + right)
      case .subtract: return .double(left - right)
      case .multiply: return .double(left * right)
      case .divide: return .double(left / right)
      default: break
      }
    case (.timestamp, _), (.duration, _):
      if let result = try time(first, second) { return result }
    default:
      if operation == .add, let result = try concatenation(first, second, &meter) { return result }
    }
    throw .noSuchOverload(operation.rawValue, [first, second])
  }

  private func integer<Number: FixedWidthInteger>(
    _ left: Number,
    _ right: Number
  ) throws(EvaluationError) -> Number {
    let (result, overflow): (Number, Bool)
    switch operation {
    case .add: (result, overflow) = left.addingReportingOverflow(right)
    case .subtract: (result, overflow) = left.subtractingReportingOverflow(right)
    case .multiply: (result, overflow) = left.multipliedReportingOverflow(by: right)
    case .divide:
      guard right != 0 else { throw EvaluationError(.divisionByZero, "division by zero") }
      (result, overflow) = left.dividedReportingOverflow(by: right)
    default:
      guard right != 0 else { throw EvaluationError(.divisionByZero, "modulus by zero") }
      (result, overflow) = left.remainderReportingOverflow(dividingBy: right)
    }
    guard !overflow else { throw .overflow("integer") }
    return result
  }

  private func time(
    _ first: ExpressionValue,
    _ second: ExpressionValue
  ) throws(EvaluationError) -> ExpressionValue? {
    let moment: Int128
    switch (first, operation, second) {
    case (.duration(let left), .add, .duration(let right)):
      return try span(left.totalNanoseconds + right.totalNanoseconds)
    case (.duration(let left), .subtract, .duration(let right)):
      return try span(left.totalNanoseconds - right.totalNanoseconds)
    case (.timestamp(let left), .subtract, .timestamp(let right)):
      return try span(left.totalNanoseconds - right.totalNanoseconds)
    case (.timestamp(let left), .add, .duration(let right)):
      moment = left.totalNanoseconds + right.totalNanoseconds
    case (.duration(let left), .add, .timestamp(let right)):
      moment = left.totalNanoseconds + right.totalNanoseconds
    case (.timestamp(let left), .subtract, .duration(let right)):
      moment = left.totalNanoseconds - right.totalNanoseconds
    default: return nil
    }
    guard let result = ExpressionTimestamp(totalNanoseconds: moment) else {
      throw .overflow("timestamp")
    }
    return .timestamp(result)
  }

  private func span(_ nanoseconds: Int128) throws(EvaluationError) -> ExpressionValue {
    guard let result = ExpressionDuration(totalNanoseconds: nanoseconds) else {
      throw .overflow("duration")
    }
    return .duration(result)
  }

  private func concatenation(
    _ first: ExpressionValue,
    _ second: ExpressionValue,
    _ meter: inout CostMeter
  ) throws(EvaluationError) -> ExpressionValue? {
    switch (first, second) {
    case (.string(let left), .string(let right)):
      try meter.charge(bytes: left.utf8.count + right.utf8.count)
      return .string(left + right)
    case (.bytes(let left), .bytes(let right)):
      try meter.charge(bytes: left.count + right.count)
      return .bytes(left + right)
    case (.list(let left), .list(let right)):
      try meter.charge(left.count + right.count)
      return .list(left.elements + right.elements)
    default: return nil
    }
  }
}

final class NegationCode: Code {
  private let operand: any Code
  init(_ operand: any Code) { self.operand = operand }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    switch try operand.evaluate(&frame) {
    case .int(let value):
      guard value != .min else { throw .overflow("integer") }
      return .int(-value)
    case .double(let value): return .double(-value)
    case .unknown(let unknown): return .unknown(unknown)
    case let other: throw .noSuchOverload("-", [other])
    }
  }
}
