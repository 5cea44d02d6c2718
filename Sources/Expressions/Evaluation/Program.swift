/// How an evaluation ended.
package enum Outcome: Sendable {
  case value(ExpressionValue)
  case unknown(Unknown)
  case error(EvaluationError)
}

/// A checked expression, ready to be evaluated any number of times.
package struct Program: Sendable {
  /// What one evaluation may cost unless told otherwise: well below a second.
  package static let defaultCostLimit = 1_000_000

  package let resultType: ExpressionType
  /// The variables and fields the expression mentions.
  package let mentions: Mentions
  let code: any Code
  let localCount: Int

  /// A program that always ends in an error.
  package static func failing(_ message: String) -> Program {
    let code = FailureCode(EvaluationError(.invalidArgument, message))
    return Program(resultType: .dyn, mentions: Mentions(), code: code, localCount: 0)
  }

  /// Evaluates with the environment's variables in their declared order.
  package func evaluate(
    _ variables: [ExpressionValue],
    costLimit: Int = Program.defaultCostLimit
  ) -> Outcome {
    var frame = Frame(
      variables: variables,
      locals: localCount == 0 ? [] : Array(repeating: .null, count: localCount),
      meter: CostMeter(limit: costLimit)
    )
    do throws(EvaluationError) {
      let value = try code.evaluate(&frame)
      if case .unknown(let unknown) = value { return .unknown(unknown) }
      return .value(value)
    } catch {
      return .error(error)
    }
  }
}

/// What an expression mentions.
package struct Mentions: Hashable, Sendable {
  package struct Field: Hashable, Sendable {
    /// The name of the object's schema.
    package let object: String
    package let field: String
  }

  package internal(set) var variables: Set<String> = []
  package internal(set) var fields: Set<Field> = []
}

/// A program and, if it ends in a field selection such as `mount.source`, its two halves.
package struct ExpressionPath: Sendable {
  /// The last selection of a path.
  package struct Selection: Sendable {
    /// What stands before the last dot.
    package let operand: Program
    package let field: String
    /// The field's position in its schema; nil for entries of maps and for `dyn`.
    package let fieldIndex: Int?
  }

  package let program: Program
  package let selection: Selection?
}
