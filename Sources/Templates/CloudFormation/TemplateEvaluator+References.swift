import DocumentTrees
import Workloads

extension TemplateEvaluator {
  static let onceDeployed = "it is known only once deployed"

  private static let pseudoParameters: [String: String] = [
    "AWS::Region": "the region",
    "AWS::AccountId": "the account",
    "AWS::Partition": "the partition",
    "AWS::StackName": "the stack's name",
    "AWS::StackId": "the stack's id",
    "AWS::URLSuffix": "the domain of the partition",
    "AWS::NotificationARNs": "the stack's list of topics",
  ]

  // MARK: Ref

  /// `Ref` of a parameter, pseudo parameter or resource.
  ///
  /// A resource is always given as a reference, even one that states its name: joins follow the
  /// reference to the very resource, while a name may be shared by several stacks.
  func refer(to name: String, _ place: Origin, _ frame: Frame) -> Datum {
    if !frame.variables.isEmpty {
      if let value = frame.variables[name] { return Datum(.text(value), place) }
      let replaced = frame.replacingVariables(in: name)
      if replaced != name {
        var outside = frame
        outside.variables = [:]
        return refer(to: replaced, place, outside)
      }
    }
    if name == "AWS::NoValue" { return .absent(place) }
    if name.hasPrefix("AWS::") {
      guard let what = Self.pseudoParameters[name] else {
        return wrong(place, "Ref names \(name), which is no pseudo parameter")
      }
      return Datum(.unknown(Gap("\(what) is known only once deployed", identity: name)), place)
    }
    if let value = parameterValue(name) { return relocated(value, place) }
    if resources[name] != nil {
      return .reference(
        DatumReference(address(of: name)),
        because: Self.onceDeployed,
        place
      )
    }
    return missing(name, attribute: "", place)
  }

  func address(of logicalID: String) -> String { "\(address)#\(logicalID)" }

  /// A name that the template does not declare.
  private func missing(_ name: String, attribute: String, _ place: Origin) -> Datum {
    if resources.isMadeByServerless(name) {
      return .reference(
        DatumReference(address(of: name), attribute: attribute),
        because: Self.onceDeployed,
        place
      )
    }
    if let more = resources.entries.more { return .unknown(more.reason, place) }
    return wrong(place, "The template has no parameter or resource named \(name)")
  }

  // MARK: GetAtt

  func getAttribute(_ argument: Argument, _ place: Origin, _ frame: Frame) -> Datum {
    if argument.node.isScalar {
      return attribute(frame.replacingVariables(in: argument.node.text), place, frame)
    }
    guard let parts = list(argument, 2...4) else {
      return wrong(place, "Fn::GetAtt needs a resource and an attribute")
    }
    let texts = parts.map { evaluate($0, frame) }
    guard let resource = texts[0].string.known else {
      return .unknown(texts[0].string.unknownReason ?? "its resource is not known", place)
    }
    var names: [String] = []
    for text in texts.dropFirst() {
      guard let name = text.string.known else {
        return .reference(
          DatumReference(address(of: resource), attribute: "…"),
          because: text.string.unknownReason ?? "its attribute is not known",
          place
        )
      }
      names.append(name)
    }
    return attribute(of: resource, names.joined(separator: "."), place)
  }

  /// `Resource.Attribute`, where the attribute may have dots itself.
  private func attribute(_ path: String, _ place: Origin, _ frame: Frame) -> Datum {
    guard let dot = path.firstIndex(of: ".") else {
      return wrong(place, "Fn::GetAtt needs a resource and an attribute, and has \(path)")
    }
    return attribute(of: String(path[..<dot]), String(path[path.index(after: dot)...]), place)
  }

  private func attribute(of resource: String, _ name: String, _ place: Origin) -> Datum {
    guard let entry = resources[resource] else {
      return missing(resource, attribute: name, place)
    }
    if name.hasPrefix("Outputs."), NestedStack.isStack(entry.type) {
      if let stack = nestedStack(resource), let value = stack.output(String(name.dropFirst(8))) {
        return relocated(value, place)
      }
    }
    return .reference(
      DatumReference(address(of: resource), attribute: name),
      because: Self.onceDeployed,
      place
    )
  }

  // MARK: Sub

  func substitute(_ argument: Argument, _ place: Origin, _ frame: Frame) -> Datum {
    var text = argument
    var variables: Node?
    if argument.node.isSequence {
      guard let parts = list(argument, 1...2) else {
        return wrong(place, "Fn::Sub needs a text and a mapping")
      }
      text = Argument(node: parts[0], isTagged: false)
      if parts.count == 2 { variables = parts[1] }
    }
    if let variables, !variables.isMapping {
      return wrong(place, "The second argument of Fn::Sub is no mapping")
    }
    let template: String
    if text.node.isScalar {
      template = frame.replacingVariables(in: text.node.text)
    } else {
      let value = evaluate(text, frame)
      guard let known = value.string.known else {
        return .unknown(value.string.unknownReason ?? "its text is not known", place)
      }
      template = known
    }
    var values: [Datum] = []
    var size = 0
    for piece in Substitution.pieces(of: template) {
      let value: Datum
      switch piece {
      case .text(let text): value = Datum(.text(text), place)
      case .name(let name): value = substituted(name, variables, place, frame)
      }
      size += value.writtenSize
      guard budget.step(), budget.write(bytes: value.writtenSize) else { return spent(place) }
      values.append(value)
    }
    return DynamicReference.resolve(.concatenate(values, place))
  }

  private func substituted(
    _ name: String,
    _ variables: Node?,
    _ place: Origin,
    _ frame: Frame
  ) -> Datum {
    guard Substitution.isName(name) else {
      note(.invalidValue, place, "Fn::Sub has ${\(name)}, which is no name; it is kept as text.")
      return Datum(.text("${\(name)}"), place)
    }
    if let value = variables?[name] { return relocated(evaluate(value, frame), place) }
    if name.hasPrefix("AWS::") || !name.contains(".") { return refer(to: name, place, frame) }
    return resources[name] == nil
      ? attribute(name, place, frame) : refer(to: name, place, frame)
  }

  // MARK: Across stacks

  func importValue(_ argument: Argument, _ place: Origin, _ frame: Frame) -> Datum {
    let name = evaluate(argument, frame)
    if let known = name.string.known {
      if let value = session.exported(known) { return relocated(value, place) }
      return .unknown("another stack exports it as \(known)", place)
    }
    return .unknown(
      "another stack exports it, under a name that is not known: "
        + (name.string.unknownReason ?? "it is no text"),
      place
    )
  }

  /// The value of an output, evaluated once.
  func output(_ name: String) -> Datum? {
    if let known = outputValues[name] { return known }
    guard let entry = outputs[name], let node = entry.node["Value"],
      openOutputs.insert(name).inserted
    else { return nil }
    defer { openOutputs.remove(name) }
    let value = evaluate(node, entry.frame)
    outputValues[name] = value
    return value
  }

  /// The known names that the outputs are exported under.
  func exportNames() -> [(output: String, name: String)] {
    outputs.order.compactMap { output in
      guard let entry = outputs[output], let name = entry.node[path: "Export", "Name"],
        let known = evaluate(name, entry.frame).string.known
      else { return nil }
      return (output, known)
    }
  }
}

/// The pieces of a text for `Fn::Sub`.
enum Substitution {
  enum Piece: Hashable {
    case text(String)
    case name(String)
  }

  /// `${Name}` and `${Resource.Attribute}` are names, `${!Name}` is the text `${Name}`.
  static func pieces(of text: String) -> [Piece] {
    var pieces: [Piece] = []
    var literal = ""
    var rest = text.utf8[...]
    while let mark = rest.firstIndex(of: UInt8(ascii: "$")) {
      literal += String(decoding: rest[..<mark], as: UTF8.self)
      rest = rest[mark...]
      let inside = rest.dropFirst(2)
      guard rest.dropFirst().first == UInt8(ascii: "{"),
        let end = inside.firstIndex(of: UInt8(ascii: "}"))
      else {
        literal += "$"
        rest = rest.dropFirst()
        continue
      }
      let name = String(decoding: inside[..<end], as: UTF8.self)
      rest = rest[end...].dropFirst()
      if name.hasPrefix("!") {
        literal += "${\(name.dropFirst())}"
        continue
      }
      if !literal.isEmpty { pieces.append(.text(literal)) }
      literal = ""
      pieces.append(.name(trim(name)))
    }
    literal += String(decoding: rest, as: UTF8.self)
    if !literal.isEmpty { pieces.append(.text(literal)) }
    return pieces
  }

  private static func trim(_ name: String) -> String {
    let bytes = name.utf8.drop { $0 == 0x20 }
    let end = bytes.lastIndex { $0 != 0x20 }
    return end.map { String(decoding: bytes[...$0], as: UTF8.self) } ?? ""
  }

  /// Shell's `${var:-default}` is no name, and CloudFormation refuses it.
  static func isName(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: ":"),
          UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}
