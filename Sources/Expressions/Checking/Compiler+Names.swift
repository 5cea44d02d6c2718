/// Variables, types and fields.
extension Compiler {
  /// The full names a name may stand for, innermost scope first.
  func candidates(_ name: String, rooted: Bool) -> [String] {
    guard !rooted, !environment.container.isEmpty else { return [name] }
    var scope = environment.container.split(separator: ".")[...]
    var names: [String] = []
    while !scope.isEmpty {
      names.append(scope.joined(separator: ".") + "." + name)
      scope.removeLast()
    }
    return names + [name]
  }

  /// A variable or type of the environment.
  private func resolve(_ name: String, rooted: Bool) -> Typed? {
    for candidate in candidates(name, rooted: rooted) {
      if let index = environment.positions[candidate] {
        mentions.variables.insert(candidate)
        return Typed(
          code: VariableCode(index: index, name: candidate),
          type: environment.variables[index].type
        )
      }
      if let type = ExpressionType.named[candidate] ?? schemaType(candidate) {
        return Typed(code: ConstantCode(.type(type)), type: .type(type))
      }
    }
    return nil
  }

  private func schemaType(_ name: String) -> ExpressionType? {
    environment.access.schemas[name] == nil ? nil : .object(name)
  }

  func name(_ name: String, rooted: Bool, at offset: Int) throws(CompileFailure) -> Typed {
    if !rooted, let local = local(name) {
      return Typed(code: LocalCode(slot: local.slot), type: local.type)
    }
    if let found = resolve(name, rooted: rooted) { return found }
    let known = environment.positions.keys + locals.map(\.name)
    return try failure(
      .undeclared,
      .undeclared,
      "undeclared reference to '\(name)'\(suggestion(for: name, among: known))",
      at: offset
    )
  }

  /// Whether a chain of selections starts at a macro's variable, which then hides longer names.
  func startsAtLocal(_ syntax: Syntax) -> Bool {
    switch syntax.kind {
    case .name(let name, let rooted): !rooted && local(name) != nil
    case .select(let operand, _, _): startsAtLocal(operand)
    default: false
    }
  }

  func select(
    _ syntax: Syntax,
    _ operand: Syntax,
    _ field: String,
    mode: SelectCode.Mode
  ) throws(CompileFailure) -> Typed {
    if mode == .plain, let (name, rooted) = syntax.qualifiedName, !startsAtLocal(operand) {
      if let found = resolve(name, rooted: rooted) { return found }
      if name.hasPrefix("google.protobuf.") {
        return try failure(
          .unsupported,
          .unsupported,
          "not supported: protocol buffer type '\(name)'",
          at: syntax.offset
        )
      }
    }
    let target = try compile(operand)
    let offset = syntax.offset
    let type = solver.resolve(target.type)
    let result = try fieldType(type, field, mode: mode, at: offset)
    var index: Int?
    if case .object(let name) = type {
      index = environment.access.schemas[name]?.index(of: field)
    }
    if mode == .plain, let index {
      let code = FieldCode(
        target.code,
        index: index,
        name: field,
        offset: offset,
        access: environment.access
      )
      return Typed(code: code, type: result)
    }
    let code = SelectCode(
      target.code,
      field: field,
      index: index,
      mode: mode,
      offset: offset,
      access: environment.access
    )
    return Typed(code: code, type: result)
  }

  private func fieldType(
    _ operand: ExpressionType,
    _ field: String,
    mode: SelectCode.Mode,
    at offset: Int
  ) throws(CompileFailure) -> ExpressionType {
    guard isChecked else { return .dyn }
    let (inner, isOptional): (ExpressionType, Bool) =
      if case .optional(let inner) = operand { (solver.resolve(inner), true) } else {
        (operand, false)
      }
    let result: ExpressionType
    switch inner {
    case .dyn, .variable: result = .dyn
    case .map(_, let value): result = value
    case .object(let name):
      guard let schema = environment.access.schemas[name] else {
        result = .dyn
        break
      }
      guard let index = schema.index(of: field) else {
        let hint = suggestion(for: field, among: schema.fields.map(\.name))
        throw CompileFailure(.undeclared, "'\(name)' has no field '\(field)'\(hint)", at: offset)
      }
      mentions.fields.insert(Mentions.Field(object: name, field: field))
      result = schema.fields[index].type
    case .type(.object(let name)):
      throw CompileFailure(
        .type,
        "'\(name)' is a type; no variable of that name is in scope",
        at: offset
      )
    default:
      throw CompileFailure(
        .type,
        "type '\(typeText(operand))' does not support field selection",
        at: offset
      )
    }
    switch mode {
    case .test: return .bool
    case .plain where !isOptional: return result
    default:
      if case .optional = result { return result }
      return .optional(result)
    }
  }

  func index(
    _ operand: Syntax,
    _ key: Syntax,
    optional: Bool,
    at offset: Int
  ) throws(CompileFailure) -> Typed {
    let target = try compile(operand)
    let position = try compile(key)
    let code = IndexCode(
      target.code,
      position.code,
      optional: optional,
      offset: offset,
      access: environment.access
    )
    guard isChecked else { return Typed(code: code, type: .dyn) }
    let type = solver.resolve(target.type)
    let (inner, isOptional): (ExpressionType, Bool) =
      if case .optional(let inner) = type { (solver.resolve(inner), true) } else { (type, false) }
    let result: ExpressionType
    switch inner {
    case .dyn, .variable: result = .dyn
    case .list(let element):
      try require(position, .int, "a list's index", at: key.offset)
      result = element
    case .map(let keyType, let value):
      guard solver.assign([position.type], to: [keyType]) else {
        throw CompileFailure(
          .type,
          "a key of '\(typeText(type))' cannot be of type '\(typeText(position.type))'",
          at: key.offset
        )
      }
      result = value
    default:
      throw CompileFailure(
        .type,
        "type '\(typeText(type))' does not support indexing",
        at: offset
      )
    }
    guard optional || isOptional else { return Typed(code: code, type: result) }
    if case .optional = solver.resolve(result) { return Typed(code: code, type: result) }
    return Typed(code: code, type: .optional(result))
  }
}
