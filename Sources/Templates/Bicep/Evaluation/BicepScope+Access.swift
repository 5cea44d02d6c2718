import DocumentTrees
import Workloads

/// What a name or a path of names stands for, if that is no plain value.
enum BicepTarget {
  case instance(BicepInstance)
  case collection(BicepCollection)
  case wildcard(BicepScope?)
}

extension BicepScope {
  // MARK: Resources and modules

  /// What an expression names, if that is a resource, a module or a file's exports.
  func target(_ expression: BicepExpression, _ context: BicepContext) -> BicepTarget? {
    switch expression.kind {
    case .name(let name):
      if let local = context.locals[name] { return target(of: local) }
      var enclosing = context.enclosing
      while let outer = enclosing {
        if let children = outer.children[name] { return self.target(of: children) }
        enclosing = outer.parent
      }
      switch symbols[name] {
      case .resource(let statement): return target(of: resources(statement))
      case .module(let statement): return target(of: modules(statement))
      case .wildcard(let library): return .wildcard(library)
      default: return nil
      }
    case .index(let base, let index, _, _):
      guard case .collection(let collection)? = target(base, context) else { return nil }
      return collection.item(at: evaluate(index, context)).map(BicepTarget.instance)
    case .nested(let base, let name):
      guard case .instance(let outer)? = target(base, context) else { return nil }
      return outer.children[name.text].flatMap { target(of: $0) }
    case .nonNull(let inner): return target(inner, context)
    case .conditional(let condition, let first, let second):
      guard let flag = AzureFunctions.truth(evaluate(condition, context)) else { return nil }
      return target(flag ? first : second, context)
    default: return nil
    }
  }

  private func target(of collection: BicepCollection) -> BicepTarget? {
    if collection.isLoop { return .collection(collection) }
    return collection.items.first.map(BicepTarget.instance)
  }

  /// The instance that a value is the reference to, as for resources in a list.
  private func target(of value: Datum) -> BicepTarget? {
    guard let reference = value.gap?.reference, reference.attribute.isEmpty else { return nil }
    return session.instances[reference.address].map(BicepTarget.instance)
  }

  /// A resource or module where a value stands.
  func reference(to target: BicepTarget, _ origin: Origin) -> Datum {
    switch target {
    case .instance(let instance):
      return .reference(
        DatumReference(declared(instance).address),
        because: Self.onceDeployed,
        origin
      )
    case .collection(let collection):
      let items = collection.items.map { reference(to: .instance($0), origin) }
      return Datum(.list(DatumList(items, more: collection.more)), origin)
    case .wildcard: return .unknown("it stands for all that a file exports", origin)
    }
  }

  // MARK: Properties

  /// `base.name`, `base[index]`, `base::name`.
  func access(
    _ expression: BicepExpression,
    _ context: BicepContext,
    _ origin: Origin
  ) -> Datum {
    if let (target, path) = path(of: expression, context, 0) {
      if case .instance(let instance) = target {
        return instance.isModule
          ? moduleValue(instance, path, origin) : resourceValue(instance, path, origin)
      }
      if case .wildcard(let library) = target, path.count == 1 {
        return exported(path[0], from: library, origin)
      }
    }
    if let target = target(expression, context) { return reference(to: target, origin) }
    let base: BicepExpression
    let isSafe: Bool
    switch expression.kind {
    case .member(let inner, _, let safe): (base, isSafe) = (inner, safe)
    case .index(let inner, _, let safe, _): (base, isSafe) = (inner, safe)
    case .nested(let inner, let name):
      _ = evaluate(inner, context)
      return .unknown("there is no nested resource \(name.text)", origin)
    default: return .unknown("it cannot be read", origin)
    }
    let value = evaluate(base, context)
    // Behind a safe access that found nothing, nothing more is looked for.
    if value.isNothing, isSafe || hasSafeAccess(base) { return Datum(.null, origin) }
    if case .member(_, let name, _) = expression.kind {
      if isSafe, surelyLacks(value, name.text) { return Datum(.null, origin) }
      return reached(AzureFunctions.member(value, name.text, origin), origin)
    }
    guard case .index(_, let index, _, let fromEnd) = expression.kind else {
      return .unknown("it cannot be read", origin)
    }
    return element(of: value, evaluate(index, context), isSafe, fromEnd, origin)
  }

  private func element(
    of value: Datum,
    _ index: Datum,
    _ isSafe: Bool,
    _ fromEnd: Bool,
    _ origin: Origin
  ) -> Datum {
    var index = index
    if fromEnd, value.isList, value.more == nil, let position = index.integer.known {
      let (start, overflow) = value.elements.count.subtractingReportingOverflow(position)
      if overflow { return .unknown("the list has no such element", origin) }
      index = Datum(.integer(start), index.origin)
    }
    if isSafe {
      if value.isList, value.more == nil, let position = index.integer.known,
        !value.elements.indices.contains(position)
      {
        return Datum(.null, origin)
      }
      if let key = index.string.known, value.isObject, surelyLacks(value, key) {
        return Datum(.null, origin)
      }
    }
    return reached(AzureFunctions.index(value, index, origin), origin)
  }

  private func surelyLacks(_ value: Datum, _ key: String) -> Bool {
    guard value.isObject, value.more == nil, value[key].isAbsent else { return false }
    let lower = key.lowercased()
    return !value.entries.contains { $0.key.lowercased() == lower }
  }

  private func hasSafeAccess(_ expression: BicepExpression) -> Bool {
    var expression = expression
    while true {
      switch expression.kind {
      case .member(let base, _, let isSafe), .index(let base, _, let isSafe, _):
        if isSafe { return true }
        expression = base
      default: return false
      }
    }
  }

  /// The resource, module or file at the head of a path, and the keys behind it.
  private func path(
    of expression: BicepExpression,
    _ context: BicepContext,
    _ depth: Int
  ) -> (BicepTarget, [String])? {
    guard depth < 64 else { return nil }
    switch expression.kind {
    case .member(let base, let name, _):
      if let target = target(base, context) { return (target, [name.text]) }
      guard let (target, path) = path(of: base, context, depth + 1) else { return nil }
      return (target, path + [name.text])
    case .index(let base, let index, _, false):
      let found: (BicepTarget, [String])?
      if case .instance(let instance)? = target(base, context) {
        found = (.instance(instance), [])
      } else {
        found = path(of: base, context, depth + 1)
      }
      guard let (target, path) = found else { return nil }
      switch index.kind {
      case .integer(let position): return (target, path + ["[\(position)]"])
      default:
        guard let key = evaluate(index, context).string.known else { return nil }
        return (target, path + [key])
      }
    case .nonNull(let inner): return path(of: inner, context, depth + 1)
    default: return nil
    }
  }

  private func exported(_ name: String, from library: BicepScope?, _ origin: Origin) -> Datum {
    guard let library else { return .unknown("the file it is imported from is not read", origin) }
    guard let symbol = library.symbols[name] else {
      return .unknown("the file it is imported from has no \(name)", origin)
    }
    return library.value(of: symbol, name).map { reached($0, origin) }
      ?? .unknown("\(name) is no value", origin)
  }

  // MARK: What is known of a resource

  /// Properties that the platform gives back as they were stated.
  ///
  /// Only texts, numbers and truth values of them are taken, and nothing of `properties`: there the
  /// platform fills in what was left out, and writes some of what was stated anew.
  private static let keptAsStated: Set = ["location", "kind", "tags", "sku"]

  func resourceValue(_ instance: BicepInstance, _ path: [String], _ origin: Origin) -> Datum {
    if path.count == 1 {
      switch path[0] {
      case "id": return id(of: instance, origin)
      case "name": return reached(instance.name, origin)
      case "type": return Datum(.text(instance.type), origin)
      case "apiVersion": return Datum(.text(instance.apiVersion), origin)
      default: break
      }
    }
    if !instance.isExisting, let head = path.first, Self.keptAsStated.contains(head),
      let stated = stated(instance, path), stated.string.known != nil
    {
      return reached(stated, origin)
    }
    var attribute = ""
    for key in path {
      attribute += attribute.isEmpty || key.hasPrefix("[") ? key : ".\(key)"
    }
    return .reference(
      DatumReference(declared(instance).address, attribute: attribute),
      because: Self.onceDeployed,
      origin
    )
  }

  /// What the body states for a path, without evaluating the rest of it.
  private func stated(_ instance: BicepInstance, _ path: [String]) -> Datum? {
    guard var expression = instance.item(path[0]) else { return nil }
    var rest = path.dropFirst()
    while let key = rest.first, case .object(let items) = expression.kind {
      var next: BicepExpression?
      for item in items {
        switch item {
        case .property(let name, let value): if name.plainText == key { next = value }
        case .spread: return nil
        case .resource: break
        }
      }
      guard let next else { return nil }
      expression = next
      rest = rest.dropFirst()
    }
    switch expression.kind {
    case .object, .array, .loop: return nil
    default: break
    }
    let location = instance.scope.location(expression.range)
    var value = instance.scope.once(
      "\(instance.address).\(path.joined(separator: "."))",
      Origin(location)
    ) {
      instance.scope.evaluate(expression, instance.inner)
    }
    for key in rest {
      guard value.isObject, value.more == nil else { return nil }
      value = AzureFunctions.member(value, key, Origin(location))
    }
    return value
  }

  /// Of a resource that the file only names, the one that another module declares.
  func declared(_ instance: BicepInstance) -> BicepInstance {
    guard instance.isExisting else { return instance }
    return session.declared(type: instance.type, names: instance.names) ?? instance
  }

  /// The resource that an extension resource, or the parent of it, is put on.
  func extended(by instance: BicepInstance) -> BicepInstance? {
    let outermost = instance.outermost
    guard let scope = outermost.item("scope"),
      case .instance(let extended)? = outermost.scope.target(scope, outermost.inner),
      !extended.isModule, extended !== instance
    else { return nil }
    return extended
  }

  /// What makes ids where resources do not go to a resource group.
  private static let idFunctions = [
    "subscription": "subscriptionResourceId", "tenant": "tenantResourceId",
    "managementGroup": "managementGroupResourceId",
  ]

  /// The id: a text whose gap for the scope leads to the resource.
  func id(of instance: BicepInstance, _ origin: Origin) -> Datum {
    let address = declared(instance).address
    let type = Datum(.text(instance.type), origin)
    if let extended = extended(by: instance) {
      let base = self.id(of: extended, origin)
      return function("extensionResourceId", [base, type] + instance.names, origin)
    }
    if instance.type.lowercased() == "microsoft.resources/resourcegroups" {
      let pieces = [
        Datum(.text("/subscriptions/"), origin),
        .reference(
          DatumReference(address, attribute: "id"),
          because: "the subscription is known only once deployed",
          origin
        ),
        Datum(.text("/resourceGroups/"), origin), instance.name,
      ]
      return Datum.concatenate(pieces, origin)
    }
    if let name = Self.idFunctions[instance.scope.scopeLevel],
      instance.outermost.item("scope") == nil
    {
      return instance.scope.function(name, [type] + instance.names, origin)
    }
    return AzureFunctions.resourceId(
      type: instance.type,
      names: instance.names,
      address: address,
      origin
    )
  }

  // MARK: What is known of a module

  func moduleValue(_ instance: BicepInstance, _ path: [String], _ origin: Origin) -> Datum {
    let reason: String
    var module: BicepScope?
    var template: ARMFrame?
    switch instance.kind {
    case .resource: return .unknown("it is no module", origin)
    case .module(let scope): (module, reason) = (scope, "")
    case .template(let frame): (template, reason) = (frame, "")
    case .unread(let why): reason = why
    }
    if path == ["name"] { return reached(instance.name, origin) }
    guard path.first == "outputs" else { return .unknown(Self.onceDeployed, origin) }
    if let template, path.count > 1 {
      return inner(template.output(path[1], at: origin), path.dropFirst(2), origin)
    }
    guard let module else {
      return .unknown(template == nil ? reason : Self.onceDeployed, origin)
    }
    guard path.count > 1 else {
      var outputs = DatumObject()
      for name in module.outputNames {
        guard let value = module.output(name) else { continue }
        outputs.set(name, value)
      }
      return Datum(.object(outputs), origin)
    }
    guard let value = module.output(path[1]) else {
      return .unknown("the module has no output \(path[1])", origin)
    }
    return inner(value, path.dropFirst(2), origin)
  }

  /// What lies behind further keys of an output.
  private func inner(_ output: Datum, _ path: ArraySlice<String>, _ origin: Origin) -> Datum {
    var value = output
    for key in path {
      if key.hasPrefix("["), let position = Int(key.dropFirst().dropLast()) {
        value = AzureFunctions.index(value, Datum(.integer(position), origin), origin)
      } else {
        value = AzureFunctions.member(value, key, origin)
      }
    }
    return reached(value, origin)
  }
}
