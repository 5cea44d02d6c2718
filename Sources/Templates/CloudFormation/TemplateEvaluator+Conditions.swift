import DocumentTrees
import Workloads

extension TemplateEvaluator {
  /// The value of a named condition, evaluated once.
  func condition(named name: String, _ place: Origin) -> Value<Bool> {
    if let known = conditionValues[name] { return known }
    guard let entry = conditions[name] else {
      if let more = conditions.more { return .unknown(more.reason, place) }
      let value = wrong(place, "The template has no condition named \(name)")
      return .unknown(value.gap?.reason ?? "", place)
    }
    // What is asked for while it is being evaluated depends on itself.
    conditionValues[name] = .unknown("the condition \(name) depends on itself", place)
    let value = truth(entry.node, entry.frame)
    if value.unknownReason == "the condition \(name) depends on itself" {
      note(
        .invalidValue,
        origin(entry.keyNode, entry.frame),
        "The condition \(name) depends on itself."
      )
    }
    conditionValues[name] = value
    return value
  }

  /// The parts of an `Fn::If` with its condition evaluated; nil if the node is none.
  func conditional(
    _ node: Node,
    _ frame: Frame
  ) -> (condition: Value<Bool>, first: Node, second: Node)? {
    let parts: Node
    if node.tag == "!If" {
      parts = node
    } else if node.isMapping, node.count == 1, node.entries[0].key.textEquals("Fn::If") {
      parts = node.entries[0].value
    } else {
      return nil
    }
    guard parts.isSequence, parts.count == 3 else { return nil }
    let named = parts.elements[0]
    let place = origin(named, frame)
    let condition: Value<Bool>
    if named.isScalar, named.tag == nil || named.tag == "!Condition" {
      let name = frame.replacingVariables(in: named.text)
      condition = self.condition(named: name, place)
    } else {
      condition = truth(named, frame.deeper)
    }
    return (condition, parts.elements[1], parts.elements[2])
  }

  /// A condition as written: a function, a reference, a truth value.
  private func truth(_ node: Node, _ frame: Frame) -> Value<Bool> {
    let place = origin(node, frame)
    guard frame.depth < session.bounds.depth, budget.step() else {
      return .unknown(spent(place).gap?.reason ?? "", place)
    }
    if let tag = node.tag, let function = Intrinsic(tag: tag) {
      return condition(function, Argument(node: node, isTagged: true), place, frame.deeper)
    }
    if node.isMapping, node.count == 1 {
      let (key, value) = node.entries[0]
      let argument = Argument(node: value, isTagged: false)
      if key.textEquals("Condition") {
        return condition(.condition, argument, place, frame.deeper)
      }
      if let function = Intrinsic(key: key) {
        return condition(function, argument, place, frame.deeper)
      }
    }
    let value = evaluate(node, frame)
    if value.flag.known == nil, value.gap == nil {
      return .unknown(wrong(place, "This is no condition").gap?.reason ?? "", place)
    }
    return value.flag
  }

  func condition(
    _ function: Intrinsic,
    _ argument: Argument,
    _ place: Origin,
    _ frame: Frame
  ) -> Value<Bool> {
    func refused(_ message: String) -> Value<Bool> {
      .unknown(wrong(place, message).gap?.reason ?? "", place)
    }
    switch function {
    case .condition:
      guard argument.node.isScalar else { return refused("Condition needs a name") }
      return condition(named: frame.replacingVariables(in: argument.node.text), place)
    case .not:
      guard let parts = list(argument, 1...1) else { return refused("Fn::Not needs one condition") }
      return truth(parts[0], frame).map { !$0 }
    case .and, .or:
      guard let parts = list(argument, 1...10) else {
        return refused("\(function.rawValue) needs two to ten conditions")
      }
      return .combining(parts.map { truth($0, frame) }, deciding: function == .or, place)
    case .equals:
      guard let parts = list(argument, 2...2) else {
        return refused("Fn::Equals needs two values")
      }
      return equals(parts[0], parts[1], place, frame)
    default:
      let value = evaluate(argument.node, frame)
      return value.flag
    }
  }

  private func equals(
    _ first: Node,
    _ second: Node,
    _ place: Origin,
    _ frame: Frame
  ) -> Value<Bool> {
    let values = [evaluate(first, frame), evaluate(second, frame)]
    if values[0].isSame(as: values[1]) { return .known(true, place) }
    if values[0].certainlyDiffers(from: values[1]) { return .known(false, place) }
    // A parameter without a default is still one of the values it allows.
    for (node, other) in [(first, values[1]), (second, values[0])] {
      if let text = other.string.known, let name = parameterName(node),
        let allowed = allowedValues(name), !allowed.contains(text)
      {
        return .known(false, place)
      }
    }
    let reason = values.lazy.compactMap(\.string.unknownReason).first
    return .unknown(reason ?? "its values are not known", place)
  }

  private func parameterName(_ node: Node) -> String? {
    if node.tag == "!Ref" { return node.text }
    guard node.isMapping, node.count == 1, node.entries[0].key.textEquals("Ref") else { return nil }
    return node.entries[0].value.text
  }
}

extension Datum {
  /// Whether it cannot be the same as another, whatever its gaps turn out to be.
  func certainlyDiffers(from other: Datum) -> Bool {
    if isObject || isList || other.isObject || other.isList {
      return more == nil && other.more == nil && gap == nil && other.gap == nil
        && (isList != other.isList || isObject != other.isObject
          || (isList && elements.count != other.elements.count)
          || (isList && zip(elements, other.elements).contains { $0.certainlyDiffers(from: $1) }))
    }
    guard let first = parts, let second = other.parts else { return false }
    return first.certainlyDiffer(from: second)
  }
}
