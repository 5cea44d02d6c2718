internal import DocumentTrees
internal import Workloads

// Values of expressions.
extension ARMFrame {
  func evaluate(
    _ expression: ARMExpression,
    _ origin: Origin,
    _ context: ARMContext
  ) -> Datum {
    guard session.spend(1, at: origin.location) else {
      return .unknown("the template takes too much work to evaluate", origin)
    }
    switch expression {
    case .text(let text): return Datum(.text(text), origin)
    case .integer(let number): return Datum(.integer(number), origin)
    case .number(let number): return Datum(.number(number), origin)
    case .flag(let flag): return Datum(.flag(flag), origin)
    case .null: return Datum(.null, origin)
    case .member(let base, let key):
      let value = session.deeper(at: origin.location) { evaluate(base, origin, context) }
      return resolved(AzureFunctions.member(value ?? tooDeep(origin), key, origin), origin)
    case .index(let base, let key):
      let value = session.deeper(at: origin.location) {
        (evaluate(base, origin, context), evaluate(key, origin, context))
      }
      guard let value else { return tooDeep(origin) }
      return resolved(AzureFunctions.index(value.0, value.1, origin), origin)
    case .call(let name, let arguments):
      let value = session.deeper(at: origin.location) { call(name, arguments, origin, context) }
      return resolved(value ?? tooDeep(origin), origin)
    }
  }

  private func tooDeep(_ origin: Origin) -> Datum { .unknown("it is nested too deeply", origin) }

  /// An output of a nested deployment in the place of the reference to it.
  private func resolved(_ value: Datum, _ origin: Origin) -> Datum {
    guard let reference = value.gap?.reference,
      let frame = session.deployments[reference.address]
    else { return value }
    let path = reference.attribute.split(separator: ".")
    let rest = path.first == "properties" ? path.dropFirst() : path[...]
    guard rest.count == 3, rest.first == "outputs", rest.last == "value",
      let name = rest.dropFirst().first
    else { return value }
    return frame.output(String(name), at: origin)
  }

  private func call(
    _ name: String,
    _ arguments: [ARMExpression],
    _ origin: Origin,
    _ context: ARMContext
  ) -> Datum {
    func argument(_ index: Int) -> Datum? {
      arguments.indices.contains(index) ? evaluate(arguments[index], origin, context) : nil
    }
    switch name.lowercased() {
    case "parameters":
      guard let key = argument(0)?.plainText else { return unnamed(name, origin) }
      if let own = context.arguments {
        return own[key.lowercased()] ?? .unknown("the function has no parameter \(key)", origin)
      }
      return parameter(key, at: origin)
    case "variables":
      guard let key = argument(0)?.plainText else { return unnamed(name, origin) }
      return variable(key, at: origin)
    case "if":
      guard arguments.count == 3, let condition = argument(0) else { return unnamed(name, origin) }
      // Only the side that is taken may be evaluated: the other one may make no sense.
      return AzureFunctions.choose(
        AzureFunctions.condition(condition),
        { evaluate(arguments[1], origin, context) },
        { evaluate(arguments[2], origin, context) }
      )
    case "and", "or":
      return shortened(name, arguments, origin, context)
    case "coalesce": return coalesced(arguments, origin, context)
    case "copyindex": return copyIndex(argument(0), argument(1), origin, context)
    case "lambdavariables":
      guard let key = argument(0)?.plainText else { return unnamed(name, origin) }
      return context.lambdas[key.lowercased()] ?? .unknown("there is no lambda variable", origin)
    case "resourceinfo":
      guard let key = argument(0)?.plainText else { return unnamed(name, origin) }
      return resourceInformation(key, origin)
    case "reference":
      if let key = argument(0), let own = symbolicReference(key, argument(2), origin) { return own }
    default: break
    }
    if name.contains(".") { return userCall(name, arguments, origin, context) }
    let values = arguments.map { self.argument($0, origin, context) }
    let surroundings = ARMScope(frame: self, place: origin.location)
    if let value = AzureFunctions.call(name, values, origin, surroundings) { return value }
    if AzureFunctions.isListing(name) {
      let plain = values.compactMap { if case .value(let value) = $0 { value } else { nil } }
      return AzureFunctions.listing(plain, name, origin, surroundings)
    }
    session.notice(
      .invalidValue,
      origin.location,
      "The function \(name) is not one that templates have."
    )
    return .unknown("the function \(name) is not known", origin)
  }

  private func unnamed(_ name: String, _ origin: Origin) -> Datum {
    .unknown("\(name)() does not take these arguments", origin)
  }

  /// The value of an argument, or the function that `lambda('x', …)` makes.
  private func argument(
    _ expression: ARMExpression,
    _ origin: Origin,
    _ context: ARMContext
  ) -> AzureArgument {
    guard case .call(let name, let parts) = expression, name.lowercased() == "lambda",
      let body = parts.last
    else { return .value(evaluate(expression, origin, context)) }
    var names: [String] = []
    for part in parts.dropLast() {
      guard case .text(let name) = part else { return .value(unnamed(name, origin)) }
      names.append(name.lowercased())
    }
    return .lambda(
      AzureLambda(names.count) { values in
        var inner = context
        for (name, value) in zip(names, values) { inner.lambdas[name] = value }
        return self.session.deeper(at: origin.location) { self.evaluate(body, origin, inner) }
          ?? self.tooDeep(origin)
      }
    )
  }

  private func shortened(
    _ name: String,
    _ arguments: [ARMExpression],
    _ origin: Origin,
    _ context: ARMContext
  ) -> Datum {
    let decisive = name.lowercased() == "or"
    var values: [Datum] = []
    for argument in arguments {
      let value = evaluate(argument, origin, context)
      values.append(value)
      if AzureFunctions.truth(value) == decisive { break }
    }
    return AzureFunctions.call(name, values, origin, ARMScope(frame: self, place: origin.location))
      ?? unnamed(name, origin)
  }

  /// Looks no further than the first value that surely is one.
  private func coalesced(
    _ arguments: [ARMExpression],
    _ origin: Origin,
    _ context: ARMContext
  ) -> Datum {
    var values: [Datum] = []
    for argument in arguments {
      let value = evaluate(argument, origin, context)
      values.append(value)
      if value.shape.reason == nil, !value.isNothing { break }
    }
    return AzureFunctions.call(
      "coalesce",
      values,
      origin,
      ARMScope(frame: self, place: origin.location)
    )
      ?? unnamed("coalesce", origin)
  }

  private func copyIndex(
    _ first: Datum?,
    _ second: Datum?,
    _ origin: Origin,
    _ context: ARMContext
  ) -> Datum {
    let name = first?.plainText
    let offset = (name == nil ? first : second).map { $0.plainInteger } ?? 0
    let loop: ARMContext.Loop?
    if let name {
      loop = context.loops.last { $0.name.lowercased() == name.lowercased() }
    } else {
      loop = context.loops.last { $0.ofResource } ?? context.loops.last
    }
    guard let loop else { return .unknown("copyIndex() stands in no loop of this name", origin) }
    guard let index = loop.index else { return .unknown(loop.reason, origin) }
    guard let offset else { return .unknown("the offset of copyIndex() is not known", origin) }
    let sum = index.addingReportingOverflow(offset)
    return sum.overflow
      ? .unknown("copyIndex() gives no number that can be held", origin)
      : Datum(.integer(sum.partialValue), origin)
  }

  private func userCall(
    _ name: String,
    _ arguments: [ARMExpression],
    _ origin: Origin,
    _ context: ARMContext
  ) -> Datum {
    guard let function = userFunction(name) else {
      session.notice(
        .invalidValue,
        origin.location,
        "The template defines no function \(name)."
      )
      return .unknown("the function \(name) is not known", origin)
    }
    var inner = ARMContext()
    inner.arguments = [:]
    for (parameter, argument) in zip(function.parameters, arguments) {
      inner.arguments?[parameter] = evaluate(argument, origin, context)
    }
    return value(function.output, inner)
  }
}
