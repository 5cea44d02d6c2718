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
    var verdict = LogicVerdict(deciding: deciding)
    for operand in operands where try verdict.isDecided(by: operand, &frame) {
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
      switch try code.evaluate(&frame) {
      case .bool(let value): return value == deciding
      case .unknown(let reason): Unknown.merge(reason, into: &unknown)
      case let other:
        if error == nil { error = .noSuchOverload(deciding ? "||" : "&&", [other]) }
      }
    } catch {
      if error.kind == .costLimit { throw error }
      if self.error == nil { self.error = error }
    }
    return false
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
