extension BinaryOperator {
  /// The operand types an operator takes.
  var overloads: [Overload] {
    switch self {
    case .equal, .notEqual: Self.equality
    case .contained: Self.containment
    case .less, .lessOrEqual, .greater, .greaterOrEqual: Self.ordering
    case .add: Self.addition
    case .subtract: Self.subtraction
    case .multiply, .divide: Self.multiplication
    case .remainder: Self.remaining
    }
  }

  private static let equality = [Overload.global([typeA, typeA], .bool)]

  private static let containment = [
    Overload.global([typeA, .list(typeA)], .bool), .global([typeA, .map(typeA, typeB)], .bool),
  ]

  private static let ordering: [Overload] = {
    let types: [ExpressionType] = [.bool, .string, .bytes, .timestamp, .duration]
    let numbers: [ExpressionType] = [.int, .uint, .double]
    return types.map { .global([$0, $0], .bool) }
      + numbers.flatMap { left in numbers.map { .global([left, $0], .bool) } }
  }()

  private static let addition =
    same([.int, .uint, .double, .string, .bytes, .list(typeA), .duration]) + [
      .global([.timestamp, .duration], .timestamp), .global([.duration, .timestamp], .timestamp),
    ]

  private static let subtraction =
    same([.int, .uint, .double, .duration]) + [
      .global([.timestamp, .timestamp], .duration), .global([.timestamp, .duration], .timestamp),
    ]

  private static let multiplication = same([.int, .uint, .double])
  private static let remaining = same([.int, .uint])

  private static func same(_ types: [ExpressionType]) -> [Overload] {
    types.map { .global([$0, $0], $0) }
  }
}
