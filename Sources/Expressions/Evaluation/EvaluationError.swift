/// Why an expression has no value.
package struct EvaluationError: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case noSuchField
    case noSuchKey
    case noSuchOverload
    case undeclared
    case divisionByZero
    case overflow
    case invalidArgument
    case invalidKey
    case unsupported
    /// The budget is spent; unlike the others, `&&` and `||` do not absorb this one.
    case costLimit
  }

  package let kind: Kind
  package let message: String
  /// The UTF-8 offset of the failing part in the expression's text, where known.
  package var offset: Int?

  package init(_ kind: Kind, _ message: String, offset: Int? = nil) {
    self.kind = kind
    self.message = message
    self.offset = offset
  }

  static func noSuchOverload(_ function: String, _ arguments: [ExpressionValue]) -> Self {
    let types = arguments.map { "\($0.type)" }.joined(separator: ", ")
    return EvaluationError(.noSuchOverload, "no such overload: \(function)(\(types))")
  }

  static func overflow(_ what: String) -> Self {
    EvaluationError(.overflow, "\(what) out of range")
  }

  static func invalid(_ message: String) -> Self { EvaluationError(.invalidArgument, message) }
}

/// What is left of an evaluation's budget.
struct CostMeter {
  private(set) var remaining: Int

  init(limit: Int) { remaining = limit }

  /// Takes `cost` from the budget; saturates, so that no cost can overflow.
  mutating func charge(_ cost: Int) throws(EvaluationError) {
    guard cost <= remaining else {
      remaining = 0
      throw EvaluationError(.costLimit, "the expression costs more than its limit")
    }
    remaining -= cost
  }

  /// Charges for producing or reading that many bytes.
  mutating func charge(bytes: Int) throws(EvaluationError) { try charge(bytes / 16 + 1) }
}
