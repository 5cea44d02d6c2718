internal import DocumentTrees
internal import Workloads

// Values of nodes: expressions in texts, copy loops in objects.
extension ARMFrame {
  /// The value of a node; what has no expression in it stays the node that it is.
  func value(_ node: Node, _ context: ARMContext) -> Datum {
    switch node.kind {
    case .scalar:
      guard node.style != .plain else { return Datum(node, in: file) }
      let (isExpression, isEscaped) = node.withTextBytes {
        (ARMText.isExpression($0), ARMText.isEscaped($0))
      }
      if isExpression { return expressionValue(node, context) }
      if isEscaped { return Datum(.text(String(node.text.dropFirst())), Origin(location(node))) }
      return Datum(node, in: file)
    case .sequence:
      return session.deeper(at: location(node)) { listValue(node, context) }
        ?? tooDeep(node)
    case .mapping:
      return session.deeper(at: location(node)) { objectValue(node, context) }
        ?? tooDeep(node)
    }
  }

  private func tooDeep(_ node: Node) -> Datum {
    .unknown("it is nested too deeply", Origin(location(node)))
  }

  private func listValue(_ node: Node, _ context: ARMContext) -> Datum {
    var values: [Datum]?
    for (index, element) in node.elements.enumerated() {
      let value = value(element, context)
      if values == nil, !value.is(element) {
        values = node.elements.prefix(index).map { Datum($0, in: file) }
      }
      values?.append(value)
    }
    guard let values else { return Datum(node, in: file) }
    return Datum(.list(DatumList(values)), Origin(location(node)))
  }

  private func objectValue(_ node: Node, _ context: ARMContext) -> Datum {
    var object: DatumObject?
    for (index, entry) in node.entries.enumerated() {
      let key = key(entry.key, context)
      let name = key.string.known
      let isLoop = entry.key.textEquals("copy") && isPropertyLoop(entry.value)
      let value = isLoop ? nil : value(entry.value, context)
      if object == nil, name != entry.key.text || value?.is(entry.value) != true {
        object = DatumObject(node.entries.prefix(index).map { plain($0) })
      }
      guard object != nil else { continue }
      if let value {
        if let name {
          object?.set(.init(name, value, keyOrigin: key.origin))
        } else {
          object?.setUnclear(key, value)
        }
      } else {
        for loop in entry.value.elements {
          guard let name = loop["name"]?.text else { continue }
          let origin = Origin(location(loop))
          object?.set(.init(name, self.loop(loop, context), keyOrigin: origin))
        }
      }
    }
    guard let object else { return Datum(node, in: file) }
    return Datum(.object(object), Origin(location(node)))
  }

  private func plain(_ entry: (key: Node, value: Node)) -> DatumObject.Entry {
    DatumObject.Entry(
      entry.key.text,
      Datum(entry.value, in: file),
      keyOrigin: Origin(location(entry.key))
    )
  }

  private func key(_ node: Node, _ context: ARMContext) -> Datum {
    let isPlain = node.withTextBytes { !ARMText.isExpression($0) && !ARMText.isEscaped($0) }
    if isPlain { return Datum(.text(node.text), Origin(location(node))) }
    return value(node, context)
  }

  private func isPropertyLoop(_ node: Node) -> Bool {
    node.isSequence && node.count > 0
      && node.elements.allSatisfy {
        $0["name"] != nil && $0["count"] != nil && $0["input"] != nil
      }
  }

  /// What the copy loop of a variable, a property or an output makes: a list.
  func loop(_ node: Node, _ context: ARMContext) -> Datum {
    let origin = Origin(location(node))
    guard let input = node["input"] else { return .unknown("the loop makes nothing", origin) }
    let name = node["name"]?.text ?? ""
    let count = node["count"].map { value($0, context) } ?? .absent(origin)
    guard let number = count.integer.known else {
      let reason = count.shape.reason ?? "the number of its elements is not known"
      return Datum(.list(DatumList([], more: Gap(reason))), origin)
    }
    var elements: [Datum] = []
    for index in 0..<rounds(number, node) {
      guard session.spend(1, at: location(node)) else { break }
      let round = ARMContext.Loop(name: name, index: index, ofResource: false)
      elements.append(value(input, context.adding(round)))
    }
    let cut = elements.count < number ? Gap("the loop makes too many elements") : nil
    return Datum(.list(DatumList(elements, more: cut)), origin)
  }

  /// How many rounds of a loop are made: no more than Azure would.
  func rounds(_ count: Int, _ node: Node) -> Int {
    if count > ARMFrame.maximumRounds {
      session.notice(
        .limit,
        location(node),
        "Azure makes no more than \(ARMFrame.maximumRounds) rounds of a loop; the rest is left out."
      )
    }
    return max(0, min(count, ARMFrame.maximumRounds))
  }

  static let maximumRounds = 800

  private func expressionValue(_ node: Node, _ context: ARMContext) -> Datum {
    let place = location(node)
    let origin = Origin(place)
    guard let expression = session.expression(of: node, in: file) else {
      return .unknown("its expression cannot be read", origin)
    }
    return rooted(evaluate(expression, origin, context), at: place)
  }

  /// A value as used at a place: a text remembers where it was defined, a collection stays there.
  private func rooted(_ value: Datum, at place: SourceLocation) -> Datum {
    guard let source = value.origin.location, source != place else {
      var value = value
      value.origin.location = place
      return value
    }
    var value = value
    if value.isList || value.isObject {
      if !value.origin.via.contains(place) { value.origin.via.append(place) }
      return value
    }
    var via = [source]
    for other in value.origin.via where other != place && !via.contains(other) { via.append(other) }
    value.origin = Origin(place, via: via)
    return value
  }
}

extension DatumObject {
  /// Adds what has a key that is only partly known: the key with `…` for its gaps.
  ///
  /// Where the key leads to a resource and its value says nothing, as with the identities of an app,
  /// the value becomes that reference.
  package mutating func setUnclear(_ key: Datum, _ value: Datum) {
    let reason = key.string.unknownReason ?? "a key is not known"
    var value = value
    if let reference = key.references.last, value.entries.isEmpty {
      value = .reference(reference, because: reason, key.origin)
    }
    if let sketch = key.sketch, sketch != "…" || !value.references.isEmpty {
      set(
        Entry(
          self[sketch] == nil ? sketch : "\(sketch)~\(entries.count)",
          value,
          keyOrigin: key.origin
        )
      )
    }
    more = more ?? Gap(reason)
  }
}

extension Datum {
  /// Whether it is this very node as it stands, not one that an expression led to.
  fileprivate func `is`(_ node: Node) -> Bool {
    if case .node(let own) = content { own == node } else { false }
  }
}
