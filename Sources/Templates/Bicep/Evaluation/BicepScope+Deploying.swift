import DocumentTrees
import Workloads

// From instances to what the deployment declares.
extension BicepScope {
  /// Makes the instances of all declarations, so that one module finds what another declares.
  func materialise() {
    for statement in file.statements {
      switch statement.kind {
      case .resource: _ = resources(statement)
      case .module:
        for instance in modules(statement).items {
          guard case .module(let module) = instance.kind else { continue }
          _ = session.deeper(location(statement.range)) { module.materialise() }
        }
      default: break
      }
    }
  }

  /// Declares every resource of the file and of its modules, in the order of the text.
  func deploy() {
    for statement in file.statements {
      switch statement.kind {
      case .resource:
        for instance in resources(statement).items { deploy(instance, 0) }
      case .module:
        for instance in modules(statement).items {
          switch instance.kind {
          case .module(let module):
            _ = session.deeper(location(statement.range)) {
              module.deploy()
              module.declareParameters(isRoot: false)
            }
          case .template(let frame): session.deploy(frame)
          case .resource, .unread: break
          }
        }
      default: break
      }
    }
  }

  private func deploy(_ instance: BicepInstance, _ depth: Int) {
    guard depth < 16 else { return }
    if instance.type.lowercased() == "microsoft.resources/deployments" {
      // What such a template deploys is told by no module; most have nothing in them.
      if instance.item("properties").map({ !isEmptyDeployment($0, instance) }) == true {
        session.note(
          .information,
          location(instance.range),
          "A template is deployed from here; what is in it is not assessed."
        )
      }
      return
    }
    if !instance.isExisting, instance.isDeclared.known != false {
      guard session.deployment.resources.count < BicepSession.maximumResources else {
        session.note(
          .limit,
          location(instance.range),
          "There are more than \(BicepSession.maximumResources) resources; the rest is left out."
        )
        return
      }
      var resource = DeclaredResource(
        type: instance.type,
        name: instance.symbol,
        address: instance.address,
        properties: properties(of: instance),
        origin: instance.origin
      )
      resource.apiVersion = instance.apiVersion
      resource.isDeclared = instance.isDeclared
      resource.parent = instance.parent?.address
      resource.scopeLevel = scopeLevel
      session.deployment.resources.append(resource)
    }
    for name in instance.childNames {
      for child in instance.children[name]?.items ?? [] { deploy(child, depth + 1) }
    }
  }

  private func isEmptyDeployment(
    _ properties: BicepExpression,
    _ instance: BicepInstance
  ) -> Bool {
    let resources = evaluate(properties, instance.inner)["template"]["resources"]
    return (resources.isList || resources.isObject) && resources.elements.isEmpty
      && resources.entries.isEmpty && resources.more == nil
  }

  /// The body as an ARM template has it: the name with those of its parents, ids for symbols.
  private func properties(of instance: BicepInstance) -> Datum {
    guard case .object(let items) = instance.body.kind else {
      return evaluate(instance.body, instance.inner)
    }
    let own: [BicepObjectItem] = items.filter { item in
      guard case .property(let key, _) = item else { return true }
      return !["parent", "scope", "name", "dependsOn"].contains(key.plainText)
    }
    let rest = object(own, instance.inner, origin(instance.body.range))
    guard case .object(let body) = rest.content else { return rest }
    var result = DatumObject()
    if let name = instance.item("name") {
      result.set("name", reached(instance.fullName, origin(name.range)))
    }
    for entry in body.entries { result.set(entry) }
    result.more = body.more
    if let scope = instance.outermost.item("scope") {
      let place = instance.outermost.scope.origin(scope.range)
      if let extended = extended(by: instance) {
        result.set("scope", id(of: extended, place))
      } else if scope.calledName == "tenant" {
        result.set("scope", Datum(.text("/"), place))
      } else {
        let target = instance.outermost.scope.evaluate(scope, instance.outermost.inner)
        result.set("scope", reached(AzureFunctions.member(target, "id", place), place))
      }
    }
    return Datum(.object(result), rest.origin)
  }

  // MARK: Parameters

  /// Parameters and variables; those of a module with their own defaults, once for each file.
  func declareParameters(isRoot: Bool) {
    guard isRoot || standsAt == nil && session.firstOf(path) else { return }
    for statement in file.statements {
      switch statement.kind {
      case .parameter(let name, let type, let value):
        let isSecret =
          statement.decorators.contains { $0.calledName == "secure" }
          || type.map { isSecretType($0) || self.isSecret($0, 0) } == true
        let given: Datum? =
          isRoot
          ? self.value(of: .parameter(statement), name.text)
          : value.map { evaluate($0, .top) }
        add(name, given ?? .absent(origin(name.range)), isSecret)
      case .variable(let name, _, _):
        add(name, value(of: .variable(statement), name.text) ?? .absent(), false)
      default: break
      }
    }
  }

  /// `secureString` and its like, as older texts have them.
  private func isSecretType(_ type: BicepTypeSyntax) -> Bool {
    if case .name(let name) = type.kind {
      return name.lowercased() == "securestring" || name.lowercased() == "secureobject"
    }
    return false
  }

  private func add(_ name: BicepName, _ value: Datum, _ isSecret: Bool) {
    session.deployment.parameters.append(
      DeclaredParameter(
        name: name.text,
        value: value,
        isSecret: isSecret,
        origin: origin(name.range)
      )
    )
  }
}
