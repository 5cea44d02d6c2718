import Patterns

/// Functions and their overloads.
extension Compiler {
  func call(
    _ name: String,
    rooted: Bool,
    _ arguments: [Syntax],
    at offset: Int
  ) throws(CompileFailure) -> Typed {
    for candidate in candidates(name, rooted: rooted) {
      if let functions = environment.functions(named: candidate),
        functions.contains(where: { $0.overloads.contains { !$0.isMember } })
      {
        return try invoke(candidate, functions, arguments, target: nil, at: offset)
      }
    }
    return try unknownFunction(name, arguments, isMember: false, at: offset)
  }

  func memberCall(
    _ target: Syntax,
    _ name: String,
    _ arguments: [Syntax],
    at offset: Int
  ) throws(CompileFailure) -> Typed {
    if let (prefix, rooted) = target.qualifiedName, !startsAtLocal(target) {
      let full = "\(prefix).\(name)"
      for candidate in candidates(full, rooted: rooted) {
        if let functions = environment.functions(named: candidate) {
          return try invoke(candidate, functions, arguments, target: nil, at: offset)
        }
      }
      if environment.positions[prefix] == nil,
        let refused = Builtin.unsupported.first(where: { full.hasPrefix($0.prefix) })
      {
        return try failure(
          .unsupported,
          .unsupported,
          "not supported: \(refused.what) ('\(full)')",
          at: offset
        )
      }
    }
    if let functions = environment.functions(named: name),
      functions.contains(where: { $0.overloads.contains(where: \.isMember) })
    {
      return try invoke(name, functions, arguments, target: target, at: offset)
    }
    return try unknownFunction(name, arguments, isMember: true, at: offset)
  }

  private func unknownFunction(
    _ name: String,
    _ arguments: [Syntax],
    isMember: Bool,
    at offset: Int
  ) throws(CompileFailure) -> Typed {
    let known = environment.functionNames(areMembers: isMember)
    return try failure(
      .undeclared,
      .undeclared,
      "undeclared reference to function '\(name)'\(suggestion(for: name, among: known))",
      at: offset
    )
  }

  private func invoke(
    _ name: String,
    _ functions: [Builtin],
    _ arguments: [Syntax],
    target: Syntax?,
    at offset: Int
  ) throws(CompileFailure) -> Typed {
    var compiled: [Typed] = []
    if let target { compiled.append(try compile(target)) }
    for argument in arguments { compiled.append(try compile(argument)) }
    let types = compiled.map(\.type)
    for function in functions {
      let overloads = function.overloads.filter {
        $0.isMember == (target != nil) && $0.parameters.count == types.count
      }
      guard !overloads.isEmpty, let result = resultType(overloads, types) else { continue }
      return Typed(
        code: try code(function, compiled, arguments, at: offset),
        type: result
      )
    }
    let shown = types.map(typeText).joined(separator: ", ")
    return try failure(
      .noSuchOverload,
      .type,
      "no overload of '\(name)' takes (\(shown))",
      at: offset
    )
  }

  /// The type a call has; `dyn` if several overloads with different results fit, nil if none does.
  func resultType(_ overloads: [Overload], _ arguments: [ExpressionType]) -> ExpressionType? {
    guard isChecked else { return .dyn }
    var result: ExpressionType?
    for overload in overloads {
      var names: [String: ExpressionType] = [:]
      let parameters = overload.parameters.map { solver.instantiate($0, names: &names) }
      guard solver.assign(arguments, to: parameters) else { continue }
      let declared = solver.instantiate(overload.result, names: &names)
      let type = solver.resolve(declared)
      if let known = result, known != type {
        result = .dyn
      } else {
        result = type
      }
    }
    return result
  }

  private func code(
    _ function: Builtin,
    _ compiled: [Typed],
    _ arguments: [Syntax],
    at offset: Int
  ) throws(CompileFailure) -> any Code {
    let codes = compiled.map(\.code)
    switch function.name {
    case "or", "orValue":
      return OptionalOrCode(codes[0], codes[1], unwraps: function.name == "orValue")
    case "matches":
      guard let constant = codes[1] as? ConstantCode, case .string(let pattern) = constant.value
      else { break }
      do throws(RegexError) {
        let regex = LazyRegex(pattern)
        if !defersPatterns { _ = try regex.compiled() }
        return MatchesCode(codes[0], regex, offset: offset)
      } catch {
        let place = arguments.last?.offset ?? offset
        return try failure(
          .invalidArgument,
          error.isUnsupported ? .unsupported : .syntax,
          "invalid regular expression: \(error)",
          at: place
        ).code
      }
    default: break
    }
    let call = CallCode(function, codes, offset: offset)
    guard codes.allSatisfy({ $0 is ConstantCode }) else { return call }
    return folded(call)
  }

  /// The value as a constant if it can be computed now and is small; errors wait until they are reached.
  func folded(_ code: any Code) -> any Code {
    var frame = Frame(variables: [], locals: [], meter: CostMeter(limit: 1000))
    do throws(EvaluationError) {
      return ConstantCode(try code.evaluate(&frame))
    } catch {
      return code
    }
  }
}
