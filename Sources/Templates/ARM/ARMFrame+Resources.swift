internal import DocumentTrees
internal import Workloads

/// A resource of a template, once for every round of its loop.
struct ARMInstance {
  var node: Node
  var context: ARMContext
  var type: String
  /// The segments of its name.
  var names: [Datum]
  var address: String
  /// Its symbolic name, or the last segment of its name if that is known.
  var title: String
  var condition: Value<Bool>
  var parent: String?
  /// The id of what an extension resource extends, if its type says so.
  var scope: Datum?
  /// Only named, and made elsewhere.
  var isExisting = false
  /// The template that a deployment makes.
  var deployment: ARMFrame?
}

// Listing the resources of a template, before any of their properties is looked at.
extension ARMFrame {
  func collect() {
    guard let resources = template["resources"] else { return }
    if resources.isMapping {
      for entry in resources.entries { collect(entry.value, symbol: entry.key.text, parent: nil) }
    } else {
      for element in resources.elements { collect(element, symbol: nil, parent: nil) }
    }
    for index in instances.indices where isDeployment(instances[index]) {
      instances[index].deployment = openDeployment(instances[index])
      if let frame = instances[index].deployment {
        session.deployments[instances[index].address] = frame
        frame.collect()
      }
    }
  }

  private func isDeployment(_ instance: ARMInstance) -> Bool {
    instance.type.lowercased() == "microsoft.resources/deployments" && !instance.isExisting
  }

  private func collect(_ node: Node, symbol: String?, parent: ARMInstance?) {
    guard node.isMapping else { return }
    let base = parent?.context ?? context
    guard let copy = node["copy"], copy.isMapping else {
      return add(node, symbol, parent, base, suffix: "")
    }
    let name = copy["name"]?.text ?? symbol ?? ""
    let count = copy["count"].map { value($0, base) } ?? .absent()
    guard let number = count.integer.known else {
      let reason = count.shape.reason ?? "the number of rounds is not known"
      let round = ARMContext.Loop(name: name, index: nil, ofResource: true, reason: reason)
      return add(node, symbol, parent, base.adding(round), suffix: "[]", doubt: reason)
    }
    for index in 0..<rounds(number, copy) {
      guard session.spend(1, at: location(copy)) else { return }
      let round = ARMContext.Loop(name: name, index: index, ofResource: true)
      add(node, symbol, parent, base.adding(round), suffix: "[\(index)]")
    }
  }

  private func add(
    _ node: Node,
    _ symbol: String?,
    _ parent: ARMInstance?,
    _ context: ARMContext,
    suffix: String,
    doubt: String? = nil
  ) {
    guard session.mayAddResource(at: location(node)) else { return }
    var condition = doubt.map { Value<Bool>.unknown($0) } ?? .known(true)
    if let stated = node["condition"] {
      switch AzureFunctions.condition(value(stated, context)).state {
      case .known(false): return
      case .unknown(let reason): condition = .unknown(reason, Origin(location(stated)))
      default: break
      }
    }
    if let reason = parent?.condition.unknownReason { condition = .unknown(reason) }
    if let reason = self.condition.unknownReason { condition = .unknown(reason) }
    let own = node["type"].map { value($0, context) }?.plainText ?? ""
    let name = node["name"].map { value($0, context) } ?? .absent(Origin(location(node)))
    var type = own
    var names = name.pathSegments
    if let parent, !own.prefix(while: { $0 != "/" }).contains(".") {
      type = "\(parent.type)/\(own)"
      names = parent.names + names
    }
    var instance = ARMInstance(
      node: node,
      context: context,
      type: type,
      names: names,
      address: "",
      title: symbol ?? title(names.last, node["name"]) ?? lastSegment(of: type),
      condition: condition,
      parent: parent?.address
    )
    instance.isExisting = node["existing"]?.bool == true
    unfoldExtension(&instance)
    let last = lastSegment(of: instance.type)
    let shown = symbol ?? "\(last)/\(names.map { $0.sketch ?? "…" }.joined(separator: "/"))"
    instance.address = session.address("\(file)#\(prefix)\(shown)\(symbol == nil ? "" : suffix)")
    if let symbol { symbols[symbol.lowercased(), default: []].append(instances.count) }
    if !instance.isExisting {
      session.index.add(instance.address, type: instance.type, names: instance.names, frame: number)
    }
    instances.append(instance)
    guard let children = node["resources"] else { return }
    if children.isMapping {
      for entry in children.entries {
        collect(entry.value, symbol: entry.key.text, parent: instance)
      }
    } else {
      for child in children.elements { collect(child, symbol: nil, parent: instance) }
    }
  }

  private func lastSegment(of type: String) -> String {
    type.split(separator: "/").last.map(String.init) ?? type
  }

  /// A name for readers: as far as it is known, else that of the parameter or variable it comes from.
  private func title(_ name: Datum?, _ node: Node?) -> String? {
    if let sketch = name?.sketch, sketch != "…" { return sketch }
    guard let node, node.isScalar, node.style != .plain,
      case .call(let function, let arguments)? = session.expression(of: node, in: file),
      ["parameters", "variables"].contains(function.lowercased()),
      case .text(let text)? = arguments.first
    else { return nil }
    return text
  }

  /// `vaults/providers/roleAssignments` is a role assignment whose scope is the vault.
  private func unfoldExtension(_ instance: inout ARMInstance) {
    let segments = instance.type.split(separator: "/").map(String.init)
    guard let split = segments.firstIndex(where: { $0.lowercased() == "providers" }), split >= 2,
      instance.names.count >= split, let space = instance.names[split - 1].plainText
    else { return }
    let base = segments[..<split].joined(separator: "/")
    let names = Array(instance.names.prefix(split - 1))
    instance.scope = AzureFunctions.resourceId(
      type: base,
      names: names,
      address: session.index.address(type: base, names: names, frame: number),
      Origin(location(instance.node))
    )
    instance.type = ([space] + segments[(split + 1)...]).joined(separator: "/")
    instance.names = Array(instance.names.dropFirst(split))
  }

  // MARK: What others say of them

  /// `reference('symbol')` of templates with symbolic names.
  func symbolicReference(_ key: Datum, _ form: Datum?, _ origin: Origin) -> Datum? {
    guard let name = key.plainText, !name.contains("/"), let instance = instance(named: name) else {
      return nil
    }
    let isFull = form?.plainText?.lowercased() == "full"
    return .reference(
      DatumReference(address(of: instance), attribute: isFull ? "" : "properties"),
      because: AzureFunctions.onceDeployed,
      origin
    )
  }

  /// `web`, or `web[2]` of a loop.
  func instance(named name: String) -> ARMInstance? {
    if let own = symbols[name.lowercased()] {
      return own.count == 1 ? instances[own[0]] : nil
    }
    guard name.hasSuffix("]"), let bracket = name.lastIndex(of: "["),
      let index = Int(name[name.index(after: bracket)...].dropLast()),
      let own = symbols[name[..<bracket].lowercased()], own.indices.contains(index)
    else { return nil }
    return instances[own[index]]
  }

  /// Of an existing resource the address of what makes it, if that is in the inputs.
  func address(of instance: ARMInstance) -> String {
    guard instance.isExisting else { return instance.address }
    return session.index.address(type: instance.type, names: instance.names, frame: number)
      ?? instance.address
  }

  func resourceInformation(_ name: String, _ origin: Origin) -> Datum {
    guard let instance = instance(named: name) else {
      return .unknown("there is no resource \(name)", origin)
    }
    let id = AzureFunctions.resourceId(
      type: instance.type,
      names: instance.names,
      address: address(of: instance),
      origin
    )
    return Datum(
      .object(
        DatumObject([
          .init("id", id), .init("name", fullName(instance)),
          .init("type", Datum(.text(instance.type), origin)),
          .init("apiVersion", Datum(.text(instance.node["apiVersion"]?.text ?? ""), origin)),
        ])
      ),
      origin
    )
  }

  func fullName(_ instance: ARMInstance) -> Datum {
    let origin = instance.names.first?.origin ?? Origin(location(instance.node))
    var pieces: [Datum] = []
    for (index, name) in instance.names.enumerated() {
      if index > 0 { pieces.append(Datum(.text("/"), origin)) }
      pieces.append(name)
    }
    return Datum.concatenate(pieces, origin)
  }
}

/// What functions ask a template.
struct ARMScope: AzureScope {
  let frame: ARMFrame
  /// Where the call stands, for a notice if it costs too much.
  let place: SourceLocation?

  func address(type: String, names: [Datum]) -> String? {
    frame.session.index.address(type: type, names: names, frame: frame.number)
  }

  func address(named name: Datum) -> String? {
    guard let text = name.plainText else { return nil }
    if let instance = frame.instance(named: text) { return frame.address(of: instance) }
    // The plain name of a resource of this template.
    let lower = text.lowercased()
    let own = frame.instances.filter { instance in
      frame.fullName(instance).plainText?.lowercased() == lower
    }
    return own.count == 1 ? own[0].address : nil
  }

  func spend(_ steps: Int) -> Bool { frame.session.spend(steps, at: place) }
}
