import DocumentTrees
import Workloads

extension BicepScope {
  // MARK: Functions

  func call(
    _ name: BicepName,
    _ arguments: [BicepExpression],
    _ context: BicepContext,
    _ origin: Origin
  ) -> Datum {
    switch symbols[name.text] {
    case .function(let function): return run(function, arguments, in: self, context, origin)
    case .imported(let library, let original):
      guard let library else {
        return .unknown("the file it is imported from is not read", origin)
      }
      return library.callExported(original, arguments, from: self, context, origin)
    default: return builtIn(name, arguments, context, origin)
    }
  }

  /// `base.name(…)`: a function of a namespace, of a file or of a resource.
  func method(
    _ base: BicepExpression,
    _ name: BicepName,
    _ arguments: [BicepExpression],
    _ context: BicepContext,
    _ origin: Origin
  ) -> Datum {
    if case .name(let space) = base.kind, space == "sys" || space == "az", symbols[space] == nil {
      return builtIn(name, arguments, context, origin)
    }
    switch target(base, context) {
    case .wildcard(let library):
      guard let library else {
        return .unknown("the file it is imported from is not read", origin)
      }
      return library.callExported(name.text, arguments, from: self, context, origin)
    case .instance(let instance): return operation(name, of: instance, origin)
    case .collection, nil: break
    }
    let value = evaluate(base, context)
    if let reference = value.gap?.reference {
      return .reference(
        DatumReference(reference.address, attribute: name.text),
        because: Self.onceDeployed,
        origin
      )
    }
    return .unknown("the function \(name.text) is not known here", origin)
  }

  /// `vault.getSecret('x')`, `registry.listCredentials()`: known only to the platform.
  private func operation(
    _ name: BicepName,
    of instance: BicepInstance,
    _ origin: Origin
  ) -> Datum {
    let reason = name.text == "getSecret" ? "it is a secret of a key vault" : Self.onceDeployed
    return .reference(
      DatumReference(declared(instance).address, attribute: name.text),
      because: reason,
      origin
    )
  }

  private func callExported(
    _ name: String,
    _ arguments: [BicepExpression],
    from caller: BicepScope,
    _ context: BicepContext,
    _ origin: Origin
  ) -> Datum {
    switch symbols[name] {
    case .function(let function): return run(function, arguments, in: caller, context, origin)
    case .imported(let library?, let original):
      return session.deeper(location(.fileStart)) {
        library.callExported(original, arguments, from: caller, context, origin)
      } ?? .unknown("imports lead too far", origin)
    default: return .unknown("the file it is imported from has no function \(name)", origin)
    }
  }

  /// Runs a function of this file; its body sees its parameters and the file's own names.
  private func run(
    _ function: BicepFunction,
    _ arguments: [BicepExpression],
    in caller: BicepScope,
    _ context: BicepContext,
    _ origin: Origin
  ) -> Datum {
    var inner = BicepContext()
    for (index, parameter) in function.parameters.enumerated() {
      inner.locals[parameter.text] =
        arguments.indices.contains(index)
        ? caller.evaluate(arguments[index], context) : Datum(.null, origin)
    }
    return reached(evaluate(function.body, inner), origin)
  }

  private func builtIn(
    _ name: BicepName,
    _ arguments: [BicepExpression],
    _ context: BicepContext,
    _ origin: Origin
  ) -> Datum {
    if let value = ownFunction(name.text, arguments, context, origin) { return value }
    var values: [AzureArgument] = []
    values.reserveCapacity(arguments.count)
    for argument in arguments {
      if case .lambda(let parameters, let body) = argument.kind {
        values.append(.lambda(lambda(parameters, body, context)))
      } else {
        values.append(.value(evaluate(argument, context)))
      }
    }
    if let value = AzureFunctions.call(name.text, values, origin, self) { return value }
    if AzureFunctions.isListing(name.text) {
      let plain = arguments.map { evaluate($0, context) }
      return AzureFunctions.listing(plain, name.text, origin, self)
    }
    session.note(
      .invalidValue,
      location(name.range),
      "There is no function \(name.text); what it gives is unknown."
    )
    return .unknown("there is no function \(name.text)", origin)
  }

  private func lambda(
    _ parameters: [BicepName],
    _ body: BicepExpression,
    _ context: BicepContext
  ) -> AzureLambda {
    AzureLambda(parameters.count) { values in
      self.evaluate(body, context.adding(Array(zip(parameters.map(\.text), values))))
    }
  }

  // MARK: Functions of the language itself

  /// What Bicep knows besides the functions it shares with ARM templates; nil for all else.
  private func ownFunction(
    _ name: String,
    _ arguments: [BicepExpression],
    _ context: BicepContext,
    _ origin: Origin
  ) -> Datum? {
    switch name {
    case "any":
      guard let first = arguments.first else { return nil }
      return evaluate(first, context)
    case "nameof": return arguments.first.flatMap { nameOf($0, origin) }
    case "loadTextContent", "loadFileAsBase64", "loadJsonContent", "loadYamlContent",
      "loadDirectoryFileInfo":
      return load(name, arguments.map { evaluate($0, context) }, origin)
    case "readEnvironmentVariable":
      let values = arguments.map { evaluate($0, context) }
      if values.count > 1 { return reached(values[1], origin) }
      let variable = values.first?.string.known ?? "it names"
      return .unknown("the environment variable \(variable) is not set here", origin)
    case "getSecret": return .unknown("it is a secret of a key vault", origin)
    case "externalInput", "readCliArg", "readEnvVar":
      return .unknown("it comes from outside at deployment", origin)
    case "deployer": return .unknown("who deploys is known only at deployment", origin)
    case "fail": return .unknown("the template stops here", origin)
    case "toLogicalZone", "toLogicalZones", "toPhysicalZone", "toPhysicalZones":
      return .unknown("it depends on the subscription", origin)
    default: return nil
    }
  }

  /// The last name of a path: `nameof(app.properties)` is `properties`.
  private func nameOf(_ expression: BicepExpression, _ origin: Origin) -> Datum? {
    switch expression.kind {
    case .name(let name): Datum(.text(name), origin)
    case .member(_, let name, _), .nested(_, let name): Datum(.text(name.text), origin)
    case .index(let base, let key, _, _):
      key.plainText.map { Datum(.text($0), origin) } ?? nameOf(base, origin)
    case .nonNull(let inner): nameOf(inner, origin)
    default: nil
    }
  }
}
