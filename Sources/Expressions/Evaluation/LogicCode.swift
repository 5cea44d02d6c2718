/// `&&` and `||`: one deciding operand settles the result, whatever the others are.
///
/// Where none decides, an unknown comes before an error: it may yet turn out to decide.
final class LogicCode: Code {
  private let operands: [any Code]
  /// False for `&&`, true for `||`.
  private let deciding: Bool

  init(_ operands: [any Code], deciding: Bool) {
    self.operands = operands
    self.deciding = deciding
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    // Nearly always every operand is true or false.
    for index in operands.indices {
      let value: ExpressionValue
      do throws(EvaluationError) {
        value = try operands[index].evaluate(&frame)
      } catch {
        return try settle(error, from: index, &frame)
      }
      guard case .bool(let truth) = value else { return try settle(value, from: index, &frame) }
      if truth == deciding { return value }
    }
    return .bool(!deciding)
  }

  /// Goes on behind an operand that was neither true nor false.
  private func settle(
    _ value: ExpressionValue,
    from index: Int,
    _ frame: inout Frame
  ) throws(EvaluationError) -> ExpressionValue {
    var verdict = LogicVerdict(deciding: deciding)
    _ = verdict.isDecided(by: value)
    return try settle(verdict, behind: index, &frame)
  }

  /// Goes on behind an operand that failed.
  private func settle(
    _ error: EvaluationError,
    from index: Int,
    _ frame: inout Frame
  ) throws(EvaluationError) -> ExpressionValue {
    var verdict = LogicVerdict(deciding: deciding)
    try verdict.note(error)
    return try settle(verdict, behind: index, &frame)
  }

  private func settle(
    _ verdict: LogicVerdict,
    behind index: Int,
    _ frame: inout Frame
  ) throws(EvaluationError) -> ExpressionValue {
    var verdict = verdict
    for operand in operands[(index + 1)...] where try verdict.isDecided(by: operand, &frame) {
      return .bool(deciding)
    }
    return try verdict.result()
  }
}

/// What `&&`, `||`, `all` and `exists` gather while nothing has decided yet.
struct LogicVerdict {
  let deciding: Bool
  private var unknown: Unknown?
  private var error: EvaluationError?

  init(deciding: Bool) { self.deciding = deciding }

  mutating func isDecided(
    by code: any Code,
    _ frame: inout Frame
  ) throws(EvaluationError) -> Bool {
    do throws(EvaluationError) {
      return isDecided(by: try code.evaluate(&frame))
    } catch {
      try note(error)
      return false
    }
  }

  mutating func isDecided(by value: ExpressionValue) -> Bool {
    switch value {
    case .bool(let value): return value == deciding
    case .unknown(let reason): Unknown.merge(reason, into: &unknown)
    case let other:
      if error == nil { error = .noSuchOverload(deciding ? "||" : "&&", [other]) }
    }
    return false
  }

  mutating func note(_ error: EvaluationError) throws(EvaluationError) {
    if error.kind == .costLimit { throw error }
    if self.error == nil { self.error = error }
  }

  func result() throws(EvaluationError) -> ExpressionValue {
    if let unknown { return .unknown(unknown) }
    if let error { throw error }
    return .bool(!deciding)
  }
}

/// `condition ? first : second`.
final class ConditionalCode: Code {
  private let condition: any Code
  private let first: any Code
  private let second: any Code

  init(_ condition: any Code, _ first: any Code, _ second: any Code) {
    self.condition = condition
    self.first = first
    self.second = second
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    switch try condition.evaluate(&frame) {
    case .bool(true): return try first.evaluate(&frame)
    case .bool(false): return try second.evaluate(&frame)
    case .unknown(let unknown): return .unknown(unknown)
    case let other: throw .noSuchOverload("?:", [other])
    }
  }
}

final class NotCode: Code {
  private let operand: any Code
  init(_ operand: any Code) { self.operand = operand }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    switch try operand.evaluate(&frame) {
    case .bool(let value): return .bool(!value)
    case .unknown(let unknown): return .unknown(unknown)
    case let other: throw .noSuchOverload("!", [other])
    }
  }
}
