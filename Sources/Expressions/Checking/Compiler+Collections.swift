/// Lists, maps and the macros over them.
extension Compiler {
  func list(_ elements: [Syntax.Element]) throws(CompileFailure) -> Typed {
    var codes: [(code: any Code, optional: Bool)] = []
    var type: ExpressionType?
    for element in elements {
      let value = try compile(element.value)
      codes.append((value.code, element.optional))
      type = solver.join(type, try contentType(value, element.optional, at: element.value.offset))
    }
    let code = ListCode(codes)
    let isConstant = codes.allSatisfy { $0.code is ConstantCode && !$0.optional }
    return Typed(
      code: isConstant ? folded(code) : code,
      type: .list(type ?? solver.freshVariable())
    )
  }

  func map(_ entries: [Syntax.Entry]) throws(CompileFailure) -> Typed {
    var codes: [MapCode.Entry] = []
    var keyType: ExpressionType?
    var valueType: ExpressionType?
    for entry in entries {
      let key = try compile(entry.key)
      let value = try compile(entry.value)
      codes.append(MapCode.Entry(key: key.code, value: value.code, optional: entry.optional))
      keyType = solver.join(keyType, key.type)
      valueType = solver.join(
        valueType,
        try contentType(value, entry.optional, at: entry.value.offset)
      )
    }
    let code = MapCode(codes)
    let isConstant = codes.allSatisfy {
      $0.key is ConstantCode && $0.value is ConstantCode && !$0.optional
    }
    return Typed(
      code: isConstant ? folded(code) : code,
      type: .map(keyType ?? solver.freshVariable(), valueType ?? solver.freshVariable())
    )
  }

  /// What a `?` element adds: the value inside its optional.
  private func contentType(
    _ value: Typed,
    _ isOptional: Bool,
    at offset: Int
  ) throws(CompileFailure) -> ExpressionType {
    guard isOptional, isChecked else { return value.type }
    let inner = solver.freshVariable()
    try require(value, .optional(inner), "an element behind '?'", at: offset)
    return solver.resolve(inner)
  }

  func comprehension(
    _ comprehension: Syntax.Comprehension,
    at offset: Int
  ) throws(CompileFailure) -> Typed {
    let range = try compile(comprehension.range)
    let (first, second) = try variableTypes(
      range.type,
      isPair: comprehension.secondVariable != nil,
      at: comprehension.range.offset
    )
    var variables = [(name: comprehension.variable, type: first)]
    if let name = comprehension.secondVariable { variables.append((name, second)) }
    return try with(variables) { slots throws(CompileFailure) in
      let before = size
      let filter: Typed?
      if let condition = comprehension.filter {
        let compiled = try compile(condition)
        try require(compiled, .bool, "the condition", at: condition.offset)
        filter = compiled
      } else {
        filter = nil
      }
      let body = try compile(comprehension.body)
      let type = try resultType(of: comprehension, body, range: range.type, key: first)
      let plan = ComprehensionCode.Plan(
        operation: comprehension.operation,
        range: range.code,
        slot: slots[0],
        secondSlot: slots.count > 1 ? slots[1] : nil,
        filter: filter?.code,
        body: body.code,
        roundCost: 1 + (size - before) / 8,
        offset: offset
      )
      return Typed(code: ComprehensionCode(plan), type: type)
    }
  }

  /// The types of a macro's variables.
  private func variableTypes(
    _ range: ExpressionType,
    isPair: Bool,
    at offset: Int
  ) throws(CompileFailure) -> (ExpressionType, ExpressionType) {
    guard isChecked else { return (.dyn, .dyn) }
    switch solver.resolve(range) {
    case .list(let element): return isPair ? (.int, element) : (element, .dyn)
    case .map(let key, let value): return (key, value)
    case .dyn, .variable: return (.dyn, .dyn)
    default:
      throw CompileFailure(
        .type,
        "type '\(typeText(range))' has no elements to go through",
        at: offset
      )
    }
  }

  private func resultType(
    of comprehension: Syntax.Comprehension,
    _ body: Typed,
    range: ExpressionType,
    key: ExpressionType
  ) throws(CompileFailure) -> ExpressionType {
    switch comprehension.operation {
    case .all, .exists, .existsOne:
      try require(body, .bool, "the condition", at: comprehension.body.offset)
      return .bool
    case .filter:
      try require(body, .bool, "the condition", at: comprehension.body.offset)
      return .list(key)
    case .map, .transformList: return .list(body.type)
    case .transformMap: return .map(key, body.type)
    case .transformMapEntry:
      let (newKey, newValue) = (solver.freshVariable(), solver.freshVariable())
      try require(
        body,
        .map(newKey, newValue),
        "the result of 'transformMapEntry'",
        at: comprehension.body.offset
      )
      return .map(solver.resolve(newKey), solver.resolve(newValue))
    }
  }

  /// Messages are of protocol buffers and hosts: expressions cannot make them.
  func message(
    _ name: String,
    rooted: Bool,
    _ fields: [Syntax.Field],
    at offset: Int
  ) throws(CompileFailure) -> Typed {
    throw CompileFailure(
      .unsupported,
      "not supported: making a message of type '\(name)'",
      at: offset
    )
  }
}
