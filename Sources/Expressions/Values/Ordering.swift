/// How two values relate; numbers that are not a number relate to nothing.
enum Order {
  case less
  case equal
  case greater
  case unordered

  init<Value: Comparable>(_ left: Value, _ right: Value) {
    self = left < right ? .less : left == right ? .equal : left > right ? .greater : .unordered
  }
}

/// The order of two numbers of any type; nil when one is not a number type.
///
/// Integers meet doubles as doubles, as the conformance tests want it: beyond 2^53 neighbours are equal.
func numericOrder(_ left: ExpressionValue, _ right: ExpressionValue) -> Order? {
  switch (left, right) {
  case (.int(let left), .int(let right)): Order(left, right)
  case (.uint(let left), .uint(let right)): Order(left, right)
  case (.double(let left), .double(let right)): Order(left, right)
  case (.int(let left), .uint(let right)): left < 0 ? .less : Order(UInt64(left), right)
  case (.uint(let left), .int(let right)): right < 0 ? .greater : Order(left, UInt64(right))
  case (.int(let left), .double(let right)): Order(Double(left), right)
  case (.uint(let left), .double(let right)): Order(Double(left), right)
  case (.double(let left), .int(let right)): Order(left, Double(right))
  case (.double(let left), .uint(let right)): Order(left, Double(right))
  default: nil
  }
}

/// The order of two values of one ordered type, or of two numbers; nil when there is none.
func order(_ left: ExpressionValue, _ right: ExpressionValue) -> Order? {
  switch (left, right) {
  case (.string(let left), .string(let right)):
    if left.hasSameScalars(as: right) {
      .equal
    } else {
      left.precedesByScalars(right) ? .less : .greater
    }
  case (.bytes(let left), .bytes(let right)):
    left == right ? .equal : left.lexicographicallyPrecedes(right) ? .less : .greater
  case (.bool(let left), .bool(let right)): Order(left ? 1 : 0, right ? 1 : 0)
  case (.timestamp(let left), .timestamp(let right)): Order(left, right)
  case (.duration(let left), .duration(let right)): Order(left, right)
  default: numericOrder(left, right)
  }
}
