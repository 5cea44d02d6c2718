/// Calls that are syntax rather than functions.
extension Parser {
  func globalMacro(
    _ name: String,
    _ arguments: [Syntax],
    at offset: Int
  ) throws(CompileFailure) -> Syntax? {
    guard name == "has", arguments.count == 1 else { return nil }
    var selection = arguments[0]
    while case .group(let inner) = selection.kind { selection = inner }
    guard case .select(let operand, let field, let optional) = selection.kind else {
      throw CompileFailure(.syntax, "has() takes a field selection such as has(a.b)", at: offset)
    }
    return try node(
      .has(operand, field: field, optional: optional),
      at: selection.offset,
      over: [operand]
    )
  }

  func memberMacro(
    _ name: String,
    on target: Syntax,
    _ arguments: [Syntax],
    at offset: Int
  ) throws(CompileFailure) -> Syntax? {
    switch (name, arguments.count) {
    case ("bind", 3):
      guard case .name("cel", _) = target.kind else { return nil }
      return try node(
        .bind(try variable(arguments[0]), arguments[1], arguments[2]),
        at: offset,
        over: arguments
      )
    case ("optMap", 2), ("optFlatMap", 2):
      return try node(
        .optionalMap(
          target,
          try variable(arguments[0]),
          arguments[1],
          flat: name == "optFlatMap"
        ),
        at: offset,
        over: [target, arguments[1]]
      )
    case ("sortBy", 2):
      return try sortBy(target, try variable(arguments[0]), arguments[1], at: offset)
    default:
      return try comprehension(name, on: target, arguments, at: offset)
    }
  }

  /// `list.sortBy(x, key)`: the list is bound to a name no expression can write, as it is needed twice.
  private func sortBy(
    _ target: Syntax,
    _ variable: String,
    _ key: Syntax,
    at offset: Int
  ) throws(CompileFailure) -> Syntax {
    let list = try node(.name("@list", rooted: false), at: offset, over: [])
    let keys = try node(
      .comprehension(
        Syntax.Comprehension(
          operation: .map,
          range: list,
          variable: variable,
          secondVariable: nil,
          filter: nil,
          body: key
        )
      ),
      at: offset,
      over: [list, key]
    )
    let call = try node(
      .call("@sortByKeys", rooted: false, [list, keys]),
      at: offset,
      over: [list, keys]
    )
    return try node(.bind("@list", target, call), at: offset, over: [target, call])
  }

  private func comprehension(
    _ name: String,
    on target: Syntax,
    _ arguments: [Syntax],
    at offset: Int
  ) throws(CompileFailure) -> Syntax? {
    let operation: Syntax.Comprehension.Operation
    var variables = 1
    var filtered = false
    switch (name, arguments.count) {
    case ("all", 2...3): (operation, variables) = (.all, arguments.count - 1)
    case ("exists", 2...3): (operation, variables) = (.exists, arguments.count - 1)
    case ("exists_one", 2...3), ("existsOne", 2...3):
      (operation, variables) = (.existsOne, arguments.count - 1)
    case ("filter", 2): operation = .filter
    case ("map", 2...3): (operation, filtered) = (.map, arguments.count == 3)
    case ("transformList", 3...4):
      (operation, variables, filtered) = (.transformList, 2, arguments.count == 4)
    case ("transformMap", 3...4):
      (operation, variables, filtered) = (.transformMap, 2, arguments.count == 4)
    case ("transformMapEntry", 3...4):
      (operation, variables, filtered) = (.transformMapEntry, 2, arguments.count == 4)
    default: return nil
    }
    let first = try variable(arguments[0])
    let second = variables == 2 ? try variable(arguments[1]) : nil
    if first == second {
      throw CompileFailure(
        .syntax,
        "\(name)() needs two different variables",
        at: arguments[1].offset
      )
    }
    return try node(
      .comprehension(
        Syntax.Comprehension(
          operation: operation,
          range: target,
          variable: first,
          secondVariable: second,
          filter: filtered ? arguments[variables] : nil,
          body: arguments[arguments.count - 1]
        )
      ),
      at: offset,
      over: [target] + arguments
    )
  }

  private func variable(_ argument: Syntax) throws(CompileFailure) -> String {
    guard case .name(let name, rooted: false) = argument.kind else {
      throw CompileFailure(.syntax, "expected a variable's name here", at: argument.offset)
    }
    return name
  }
}
