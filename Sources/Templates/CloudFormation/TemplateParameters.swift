import DocumentTrees
import Workloads

/// A parameter as declared.
struct TemplateParameter {
  var entry: TemplateEntry
  var type: String
  var isSecret: Bool

  private var isList: Bool { type == "CommaDelimitedList" || type.hasPrefix("List<") }

  /// Its value is read from a parameter of Systems Manager, which its default names.
  var isFromSystemsManager: Bool { type.hasPrefix("AWS::SSM::Parameter::Value<") }

  /// A stated value by the parameter's type: lists are written with commas.
  func typed(_ value: Datum) -> Datum {
    if isFromSystemsManager {
      let name = value.string.known.map { "{{resolve:ssm:\($0)}}" }
      return Datum(
        .unknown(Gap("it is read from Systems Manager when deployed", identity: name)),
        value.origin
      )
    }
    let value = DynamicReference.resolve(value)
    guard isList, let parts = value.parts, value.gap == nil else { return value }
    let (elements, more) = TextSplit.split(parts, by: ",")
    let list = elements.map { Datum(parts: TextSplit.trimmed($0), value.origin) }
    // An empty default is an empty list.
    let isEmpty = list.count == 1 && list[0].string.known == ""
    return Datum(.list(DatumList(isEmpty ? [] : list, more: more)), value.origin)
  }
}

extension TemplateEvaluator {
  func readParameters() -> [String: TemplateParameter] {
    let table = sections.entries("Parameters")
    var parameters: [String: TemplateParameter] = [:]
    for name in table.order {
      guard let entry = table[name] else { continue }
      parameters[name] = TemplateParameter(
        entry: entry,
        type: entry.node["Type"]?.text ?? "String",
        isSecret: entry.node["NoEcho"]?.text.lowercased() == "true"
      )
    }
    return parameters
  }

  /// The value of a parameter: what the outer stack passes, a parameter file says, or its default.
  func parameterValue(_ name: String) -> Datum? {
    if let known = parameterValues[name] { return known }
    guard let parameter = declaredParameters[name] else { return nil }
    let value = stated(name, parameter)
    parameterValues[name] = value
    return value
  }

  private func stated(_ name: String, _ parameter: TemplateParameter) -> Datum {
    let place = origin(parameter.entry.keyNode, parameter.entry.frame)
    if let nesting {
      let passed = nesting.parameters[name]
      if let gap = passed.gap {
        // Lists are passed on as lists or as texts; either is unknown then.
        return Datum(.unknown(gap), passed.origin)
      }
      if passed.isList { return passed }
      if !passed.isAbsent { return parameter.typed(passed) }
    } else if let value = parameterFile[name] {
      return parameter.typed(value)
    }
    if let node = parameter.entry.node["Default"] {
      return parameter.typed(evaluate(node, parameter.entry.frame))
    }
    if let allowed = parameter.entry.node["AllowedValues"], allowed.count == 1,
      let only = allowed.elements.first, !parameter.isFromSystemsManager
    {
      return parameter.typed(evaluate(only, parameter.entry.frame))
    }
    if parameter.isFromSystemsManager {
      return .unknown("it is read from Systems Manager when deployed", place)
    }
    let gap = Gap("the parameter \(name) has no default", identity: "\(address)#\(name)")
    return Datum(.unknown(gap), place)
  }

  /// The values that a parameter without a known value may have.
  func allowedValues(_ name: String) -> Set<String>? {
    guard let parameter = declaredParameters[name], !parameter.isFromSystemsManager,
      let allowed = parameter.entry.node["AllowedValues"], allowed.isSequence
    else { return nil }
    return Set(allowed.elements.map(\.text))
  }

  /// Parameters for the deployment, in the order of the text.
  func listedParameters() -> [DeclaredParameter] {
    declaredParameters.map { name, parameter in
      var value = parameterValue(name) ?? .absent()
      // Without a default nothing is stated that could be looked at.
      if let gap = value.gap, gap.identity == "\(address)#\(name)" { value = .absent(value.origin) }
      return DeclaredParameter(
        name: name,
        value: value,
        isSecret: parameter.isSecret,
        origin: origin(parameter.entry.keyNode, parameter.entry.frame)
      )
    }
    .sorted { ($0.origin.location, $0.name) < ($1.origin.location, $1.name) }
  }
}

private func < (
  left: (SourceLocation?, String),
  right: (SourceLocation?, String)
) -> Bool {
  guard let first = left.0, let second = right.0, first != second else { return left.1 < right.1 }
  return first < second
}
