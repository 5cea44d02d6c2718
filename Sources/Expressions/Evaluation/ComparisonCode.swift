/// `==` and `!=`.
final class EqualityCode: Code {
  private let left: any Code
  private let right: any Code
  private let negated: Bool

  init(_ left: any Code, _ right: any Code, negated: Bool) {
    self.left = left
    self.right = right
    self.negated = negated
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    let first = try left.evaluate(&frame)
    let second = try right.evaluate(&frame)
    switch try first.isEqual(to: second, meter: &frame.meter) {
    case .yes: return .bool(!negated)
    case .no: return .bool(negated)
    case .unknown(let unknown): return .unknown(unknown)
    }
  }
}

/// `<`, `<=`, `>` and `>=`.
final class OrderCode: Code {
  private let operation: BinaryOperator
  private let left: any Code
  private let right: any Code

  init(_ operation: BinaryOperator, _ left: any Code, _ right: any Code) {
    self.operation = operation
    self.left = left
    self.right = right
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    let first = try left.evaluate(&frame)
    let second = try right.evaluate(&frame)
    if let unknown = unknown(among: first, second) { return unknown }
    guard let relation = order(first, second) else {
      throw .noSuchOverload(operation.rawValue, [first, second])
    }
    switch operation {
    case .less: return .bool(relation == .less)
    case .lessOrEqual: return .bool(relation == .less || relation == .equal)
    case .greater: return .bool(relation == .greater)
    default: return .bool(relation == .greater || relation == .equal)
    }
  }
}

/// `in`, for lists and the keys of maps.
final class ContainmentCode: Code {
  private let element: any Code
  private let container: any Code

  init(_ element: any Code, _ container: any Code) {
    self.element = element
    self.container = container
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    let value = try element.evaluate(&frame)
    let target = try container.evaluate(&frame)
    switch target {
    case .list(let list):
      if list.isEmpty { return .bool(false) }
      return ExpressionValue(try list.contains(value, meter: &frame.meter))
    case .map(let map):
      if map.isEmpty { return .bool(false) }
      if value.isUnknown { return value }
      return .bool(map.value(for: value) != nil)
    default:
      if let unknown = unknown(among: value, target) { return unknown }
      throw .noSuchOverload("in", [value, target])
    }
  }
}

/// What two values leave unknown together; nil when both are known.
func unknown(among left: ExpressionValue, _ right: ExpressionValue) -> ExpressionValue? {
  switch (left, right) {
  case (.unknown(let left), .unknown(let right)): .unknown(left.merged(with: right))
  case (.unknown, _): left
  case (_, .unknown): right
  default: nil
  }
}
