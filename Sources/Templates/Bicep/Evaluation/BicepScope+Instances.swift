import DocumentTrees
import Workloads

// What resource and module declarations stand for.
extension BicepScope {
  /// The instances of a resource declared at the top of the file.
  func resources(_ statement: BicepStatement) -> BicepCollection {
    guard case .resource(let resource) = statement.kind else {
      return BicepCollection(isLoop: false)
    }
    return collection(resource.name.text) {
      rounds(of: resource.body, resource.name.text, .top, nil) { round in
        make(resource, statement, round, nil)
      }
    }
  }

  /// The instances of a module.
  func modules(_ statement: BicepStatement) -> BicepCollection {
    guard case .module(let module) = statement.kind else { return BicepCollection(isLoop: false) }
    return collection(module.name.text) {
      rounds(of: module.body, module.name.text, .top, nil) { make(module, statement, $0) }
    }
  }

  // MARK: Loops and conditions

  private struct Round {
    var symbol: String
    var address: String
    var body: BicepExpression
    var context: BicepContext
    var isDeclared: Value<Bool>
  }

  /// One instance, or one for each round of the loop; of an unknown loop one that stands for all.
  private func rounds(
    of body: BicepExpression,
    _ name: String,
    _ context: BicepContext,
    _ parent: BicepInstance?,
    _ make: (Round) -> BicepInstance?
  ) -> BicepCollection {
    let base = parent.map { "\($0.address)::\(name)" } ?? prefix + name
    let around = parent?.isDeclared ?? isDeclared
    guard case .loop(let loop) = body.kind else {
      let round = Round(
        symbol: name,
        address: base,
        body: body,
        context: context,
        isDeclared: around
      )
      return BicepCollection(items: [make(guarded(round))].compactMap { $0 }, isLoop: false)
    }
    let list = evaluate(loop.list, context)
    var result = BicepCollection(isLoop: true)
    for (index, item) in list.elements.enumerated() {
      guard session.deployment.resources.count + index < BicepSession.maximumResources,
        session.spend(8, at: location(body.range))
      else {
        session.note(
          .limit,
          location(body.range),
          "There are more than \(BicepSession.maximumResources) resources; the rest is left out."
        )
        result.more = Gap("there are too many of them")
        break
      }
      let round = Round(
        symbol: "\(name)[\(index)]",
        address: "\(base)[\(index)]",
        body: loop.body,
        context: self.round(of: loop, item, index, context),
        isDeclared: around
      )
      if let instance = make(guarded(round)) { result.items.append(instance) }
    }
    if !list.isList || list.more != nil {
      let gap = list.more ?? Gap("what it is a loop over is no list")
      result.more = gap
      if gap.reason.hasPrefix("range() ") {
        session.note(
          .limit,
          location(loop.list.range),
          "The loop has no list: \(gap.reason); one round stands for all."
        )
      }
      if result.items.isEmpty {
        // The item is unknown, and so is whether there is any.
        let reason = "the list it is a loop over is not known: \(gap.reason)"
        let round = Round(
          symbol: name,
          address: "\(base)[*]",
          body: loop.body,
          context: context.adding(unknownRound(of: loop, gap)),
          isDeclared: .unknown(reason, origin(loop.list.range))
        )
        if let instance = make(guarded(round)) { result.items.append(instance) }
      }
    }
    return result
  }

  private func unknownRound(of loop: BicepLoop, _ gap: Gap) -> [(String, Datum)] {
    var values = [(loop.item.text, Datum.unknown(gap.reason, origin(loop.item.range)))]
    if let index = loop.index {
      values.append((index.text, .unknown(gap.reason, origin(index.range))))
    }
    return values
  }

  /// The round with its condition taken into account.
  private func guarded(_ round: Round) -> Round {
    guard case .guarded(let condition, let body) = round.body.kind else { return round }
    var round = round
    round.body = body
    let own = AzureFunctions.condition(evaluate(condition, round.context))
    if own.known == false || round.isDeclared.known == false {
      round.isDeclared = .known(false, own.origin)
    } else if case .unknown = own.state {
      round.isDeclared = own
    } else if own.isAbsent {
      round.isDeclared = .unknown("its condition is null", origin(condition.range))
    }
    return round
  }

  // MARK: Resources

  private func make(
    _ resource: BicepResource,
    _ statement: BicepStatement,
    _ round: Round,
    _ parent: BicepInstance?
  ) -> BicepInstance? {
    let location = location(resource.name.range)
    guard session.spend(4, at: location) else { return nil }
    let instance = BicepInstance(
      .resource,
      round.symbol,
      in: self,
      address: round.address,
      body: round.body,
      context: round.context,
      range: resource.name.range,
      isExisting: resource.isExisting
    )
    instance.isDeclared = round.isDeclared
    (instance.type, instance.apiVersion) = type(of: resource)
    instance.parent = parent
    if let parent {
      // A nested type without a provider is a segment of the parent's.
      if !instance.type.contains("/") { instance.type = "\(parent.type)/\(instance.type)" }
      if instance.apiVersion.isEmpty { instance.apiVersion = parent.apiVersion }
    } else if let written = instance.item("parent") {
      instance.parent = parentInstance(written, instance)
    }
    if instance.parent?.isDeclared.known == false, !resource.isExisting {
      instance.isDeclared = .known(false, instance.isDeclared.origin)
    }
    session.register(instance)
    nest(in: instance)
    return instance
  }

  private func parentInstance(
    _ written: BicepExpression,
    _ instance: BicepInstance
  ) -> BicepInstance? {
    switch target(written, instance.context) {
    case .instance(let parent) where !parent.isModule && parent !== instance: return parent
    default: return nil
    }
  }

  /// Type and version of `Microsoft.App/jobs@2024-03-01`; a nested one may lack the version.
  private func type(of resource: BicepResource) -> (String, String) {
    let text = evaluate(resource.type, .top).sketch ?? ""
    var type = text[...]
    var version = ""
    if let sign = text.lastIndex(of: "@") {
      type = text[..<sign]
      version = String(text[text.index(after: sign)...])
    }
    // `az:Microsoft.App/jobs` names the extension too.
    if let colon = type.firstIndex(of: ":") { type = type[type.index(after: colon)...] }
    return (String(type), version)
  }

  private func nest(in parent: BicepInstance) {
    guard case .object(let items) = parent.body.kind else { return }
    for case .resource(let statement) in items {
      guard case .resource(let resource) = statement.kind,
        parent.children[resource.name.text] == nil
      else { continue }
      parent.childNames.append(resource.name.text)
      let made = session.deeper(location(statement.range)) {
        rounds(of: resource.body, resource.name.text, parent.inner, parent) { round in
          make(resource, statement, round, parent)
        }
      }
      parent.children[resource.name.text] = made ?? BicepCollection(isLoop: false)
    }
  }

  // MARK: Modules

  private func make(
    _ module: BicepModule,
    _ statement: BicepStatement,
    _ round: Round
  ) -> BicepInstance? {
    let location = location(module.path.range)
    guard session.spend(16, at: location) else { return nil }
    let kind =
      round.isDeclared.known == false
      ? .unread("the module it comes from is not deployed") : open(module, round)
    let instance = BicepInstance(
      kind,
      round.symbol,
      in: self,
      address: round.address,
      body: round.body,
      context: round.context,
      range: module.name.range,
      isExisting: false
    )
    instance.isDeclared = round.isDeclared
    session.instances[instance.address] = instance
    guard case .module(let scope) = kind else { return instance }
    scope.argument = { [weak self, weak instance] name in
      guard let self, let instance else { return nil }
      return self.argument(name, of: instance)
    }
    return instance
  }

  private func open(_ module: BicepModule, _ round: Round) -> BicepInstance.Kind {
    let location = location(module.path.range)
    if let written = evaluate(module.path, .top).string.known,
      let text = BicepRegistryModules.text(for: written)
    {
      return openPublished(text, written, module, round)
    }
    guard let written = evaluate(module.path, .top).string.known,
      let path = localPath(written, at: location, what: "module")
    else { return .unread("the module it comes from is not read") }
    let unread = BicepInstance.Kind.unread("the module \(written) is not read")
    guard !chain.contains(path) else {
      session.note(.invalidValue, location, "Module \(written) leads back to itself.")
      return unread
    }
    guard chain.count < BicepSession.maximumModuleDepth else {
      session.note(
        .limit,
        location,
        "Modules are nested deeper than \(BicepSession.maximumModuleDepth) levels."
      )
      return unread
    }
    guard session.mayOpenModule(location) else { return unread }
    if path.hasSuffix(".json") || path.hasSuffix(".jsonc") {
      let given = arguments(round)
      if let frame = session.template(path, given, "\(round.symbol)/", round.isDeclared) {
        return .template(frame)
      }
      sayMissing(written, path, at: location)
      return unread
    }
    guard let file = session.file(path) else {
      sayMissing(written, path, at: location)
      return unread
    }
    let scope = BicepScope(file, path: path, prefix: "\(round.address)/", session: session)
    scope.chain = chain + [path]
    scope.isDeclared = round.isDeclared
    scope.declare()
    return .module(scope)
  }

  /// A module of the public registry, by the text that stands for it.
  private func openPublished(
    _ text: String,
    _ written: String,
    _ module: BicepModule,
    _ round: Round
  ) -> BicepInstance.Kind {
    guard session.mayOpenModule(location(module.path.range)) else {
      return .unread("the module \(written) is not read")
    }
    session.note(
      .information,
      location(module.path.range),
      "Of the module \(written) only the parameters are assessed; what it adds is not seen."
    )
    let file = BicepParser.file(Array(text.utf8))
    let scope = BicepScope(file, path: path, prefix: "\(round.address)/", session: session)
    scope.standsAt = location(module.name.range)
    scope.chain = chain + [written]
    scope.isDeclared = round.isDeclared
    scope.declare()
    return .module(scope)
  }

  /// All that an ARM template is given for its parameters.
  private func arguments(_ round: Round) -> [String: Datum] {
    guard case .object(let items) = round.body.kind else { return [:] }
    for case .property(let key, let value) in items where key.plainText == "params" {
      let values = evaluate(value, round.context).entries
      return Dictionary(values.map { ($0.key, $0.value) }) { _, last in last }
    }
    return [:]
  }

  /// What a module is given for one of its parameters.
  private func argument(_ name: String, of instance: BicepInstance) -> Datum? {
    guard let parameters = instance.item("params") else { return nil }
    if case .object(let items) = parameters.kind {
      let hasSpread = items.contains { if case .spread = $0 { true } else { false } }
      if !hasSpread {
        for case .property(let key, let value) in items where key.plainText == name {
          return evaluate(value, instance.context)
        }
        return nil
      }
    }
    let all = once("params \(instance.address)", origin(parameters.range)) {
      evaluate(parameters, instance.context)
    }
    let value = all[name]
    return value.isAbsent ? nil : value
  }
}
