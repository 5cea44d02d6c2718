/// Operators, conditionals and logic.
extension Compiler {
  func unary(
    _ operation: UnaryOperator,
    _ operand: Syntax,
    at offset: Int
  ) throws(CompileFailure) -> Typed {
    let value = try compile(operand)
    switch operation {
    case .not:
      try require(value, .bool, "the operand of '!'", at: offset)
      return Typed(code: NotCode(value.code), type: .bool)
    case .negate:
      guard
        let type = resultType([.global([.int], .int), .global([.double], .double)], [value.type])
      else {
        throw CompileFailure(
          .type,
          "operator '-' cannot be applied to '\(typeText(value.type))'",
          at: offset
        )
      }
      return Typed(code: NegationCode(value.code), type: type)
    }
  }

  func binary(
    _ operation: BinaryOperator,
    _ left: Syntax,
    _ right: Syntax,
    at offset: Int
  ) throws(CompileFailure) -> Typed {
    let first = try compile(left)
    let second = try compile(right)
    guard let type = resultType(operation.overloads, [first.type, second.type]) else {
      throw CompileFailure(
        .type,
        "operator '\(operation.rawValue)' cannot be applied to '\(typeText(first.type))' and "
          + "'\(typeText(second.type))'",
        at: offset
      )
    }
    let code: any Code =
      switch operation {
      case .equal, .notEqual:
        EqualityCode(first.code, second.code, negated: operation == .notEqual)
      case .less, .lessOrEqual, .greater, .greaterOrEqual:
        OrderCode(operation, first.code, second.code)
      case .contained: ContainmentCode(first.code, second.code)
      case .add, .subtract, .multiply, .divide, .remainder:
        ArithmeticCode(operation, first.code, second.code, offset: offset)
      }
    return Typed(code: code, type: type)
  }

  func logic(_ operands: [Syntax], deciding: Bool) throws(CompileFailure) -> Typed {
    var codes: [any Code] = []
    for operand in operands {
      let value = try compile(operand)
      try require(
        value,
        .bool,
        "an operand of '\(deciding ? "||" : "&&")'",
        at: operand.offset
      )
      codes.append(value.code)
    }
    return Typed(code: LogicCode(codes, deciding: deciding), type: .bool)
  }

  func conditional(
    _ condition: Syntax,
    _ first: Syntax,
    _ second: Syntax,
    at offset: Int
  ) throws(CompileFailure) -> Typed {
    let test = try compile(condition)
    try require(test, .bool, "the condition of '?:'", at: condition.offset)
    let left = try compile(first)
    let right = try compile(second)
    guard let type = resultType([.global([typeA, typeA], typeA)], [left.type, right.type]) else {
      throw CompileFailure(
        .type,
        "the branches of '?:' differ in type: '\(typeText(left.type))' and "
          + "'\(typeText(right.type))'",
        at: offset
      )
    }
    return Typed(code: ConditionalCode(test.code, left.code, right.code), type: type)
  }

  func optionalMap(
    _ target: Syntax,
    _ name: String,
    _ body: Syntax,
    flat: Bool,
    at offset: Int
  ) throws(CompileFailure) -> Typed {
    let value = try compile(target)
    let inner = solver.freshVariable()
    try require(value, .optional(inner), "the target of 'optMap'", at: target.offset)
    let resolved = solver.resolve(inner)
    let elementType = if case .variable = resolved { ExpressionType.dyn } else { resolved }
    return try with([(name, elementType)]) { slots throws(CompileFailure) in
      let result = try compile(body)
      if flat {
        try require(
          result,
          .optional(solver.freshVariable()),
          "the result of 'optFlatMap'",
          at: body.offset
        )
      }
      return Typed(
        code: OptionalMapCode(value.code, slot: slots[0], body: result.code, flat: flat),
        type: flat ? result.type : .optional(result.type)
      )
    }
  }
}
