/// A value an expression reads or computes.
///
/// Errors are not values: they travel as `EvaluationError`. Unknowns are values, so that a list can hold
/// some elements that are known and some that are not.
package enum ExpressionValue: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  case list(ExpressionList)
  case map(ExpressionMap)
  case timestamp(ExpressionTimestamp)
  case duration(ExpressionDuration)
  indirect case optional(ExpressionValue?)
  case object(any ExpressionObject)
  indirect case type(ExpressionType)
  indirect case ip(IPAddress)
  indirect case cidr(CIDRBlock)
  case unknown(Unknown)
}

extension ExpressionValue {
  /// A list of ready values.
  package static func list(_ elements: [ExpressionValue]) -> ExpressionValue {
    .list(ExpressionList(elements))
  }

  /// A list of strings.
  package static func strings(_ elements: [String]) -> ExpressionValue {
    .list(ExpressionList(elements.map(ExpressionValue.string)))
  }

  /// An unknown value with one reason.
  package static func unknown(because reason: String) -> ExpressionValue {
    .unknown(Unknown([reason]))
  }

  /// The value's own type, as `type(x)` sees it: containers have `dyn` elements.
  package var type: ExpressionType {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    case .list: .list(.dyn)
    case .map: .map(.dyn, .dyn)
    case .timestamp: .timestamp
    case .duration: .duration
    case .optional: .optional(.dyn)
    case .object(let object): .object(object.typeName)
    case .type: .type(.dyn)
    case .ip: .ip
    case .cidr: .cidr
    case .unknown: .dyn
    }
  }

  var isUnknown: Bool {
    if case .unknown = self { true } else { false }
  }

  /// Whether the value is what `optional.ofNonZeroValue` calls zero.
  var isZero: Bool {
    switch self {
    case .null: true
    case .bool(let value): !value
    case .int(let value): value == 0
    case .uint(let value): value == 0
    case .double(let value): value == 0
    case .string(let value): value.isEmpty
    case .bytes(let value): value.isEmpty
    case .list(let value): value.isEmpty
    case .map(let value): value.isEmpty
    case .duration(let value): value.seconds == 0 && value.nanoseconds == 0
    case .timestamp(let value): value.seconds == 0 && value.nanoseconds == 0
    case .optional(let value): value == nil
    case .object, .type, .ip, .cidr, .unknown: false
    }
  }
}
