/// A checked expression in the form it is evaluated: names are slots, fields are indices.
protocol Code: AnyObject, Sendable {
  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue
}

/// What an evaluation reads and counts.
struct Frame {
  /// The environment's variables in their declared order.
  let variables: [ExpressionValue]
  /// The variables of macros; a slot is reused once its macro is done.
  var locals: [ExpressionValue]
  var meter: CostMeter
}

final class ConstantCode: Code {
  let value: ExpressionValue
  init(_ value: ExpressionValue) { self.value = value }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue { value }
}

/// An error known when compiling, raised only if evaluation gets there.
final class FailureCode: Code {
  private let error: EvaluationError
  init(_ error: EvaluationError) { self.error = error }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue { throw error }
}

final class VariableCode: Code {
  let index: Int
  private let name: String

  init(index: Int, name: String) {
    self.index = index
    self.name = name
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    guard index < frame.variables.count else {
      throw EvaluationError(.undeclared, "no value for '\(name)'")
    }
    return frame.variables[index]
  }
}

final class LocalCode: Code {
  private let slot: Int
  init(slot: Int) { self.slot = slot }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    frame.locals[slot]
  }
}

/// Evaluates once what is used under a name.
final class BindCode: Code {
  private let slot: Int
  private let value: any Code
  private let body: any Code

  init(slot: Int, value: any Code, body: any Code) {
    self.slot = slot
    self.value = value
    self.body = body
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    frame.locals[slot] = try value.evaluate(&frame)
    return try body.evaluate(&frame)
  }
}
