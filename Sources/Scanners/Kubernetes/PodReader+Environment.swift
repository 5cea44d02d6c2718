import DocumentTrees
import Templates
import Workloads

/// Variables, where they come from, and where they are used.
extension PodReader {
  /// `env` wins over `envFrom`, a later source over an earlier one.
  mutating func readEnvironment(_ body: Datum, _ container: inout Container) {
    var variables: [Variable] = []
    var positions: [String: Int] = [:]
    func set(_ variable: Variable) {
      if let position = positions[variable.name] {
        variables[position] = variable
      } else if variables.count < Self.maximumVariables {
        positions[variable.name] = variables.count
        variables.append(variable)
      }
    }
    for element in body["envFrom"].elements {
      for variable in all(of: element, &container) { set(variable) }
    }
    for element in body["env"].elements {
      guard let name = element["name"].settled.known else { continue }
      let earlier = { (name: String) in positions[name].map { variables[$0].value } }
      set(variable(name, element, earlier))
      checkFields(element, PodFields.variable, "A variable")
    }
    container.variables = variables
  }

  private static let maximumVariables = 10_000

  /// What `$(NAME)` stands for in commands and paths.
  func expansionValues(_ container: Container) -> [String: Value<String>] {
    var values: [String: Value<String>] = [:]
    for variable in container.variables { values[variable.name] = variable.value }
    return values
  }

  private mutating func variable(
    _ name: String,
    _ element: Datum,
    _ earlier: (String) -> Value<String>?
  ) -> Variable {
    let origin = Origin(element["name"].location, via: element.origin.via)
    let source = element["valueFrom"]
    if source.isNothing {
      let stated = element["value"]
      var value = stated.settled
      if stated.isNothing {
        value = .known("", element.origin)
      } else if let text = value.known {
        value = VariableExpansion.expand(text, value.origin, earlier).value
      }
      return Variable(name: name, value: value, source: .environment, origin: origin)
    }
    for (field, kind) in [("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")] {
      let reference = source[field]
      guard !reference.isNothing else { continue }
      let object = reference["name"].settled.known ?? ""
      let key = reference["key"].settled.known ?? ""
      uses.insert(PodUse(kind: kind, name: object))
      var variable = Variable(
        name: name,
        value: value(of: key, in: kind, object, reference),
        source: kind == "Secret" ? .secretReference : .configReference,
        origin: origin
      )
      variable.reference = .known("\(field):\(object)/\(key)", reference.origin)
      return variable
    }
    var variable = Variable(
      name: name,
      value: .unknown("the platform sets it once the pod runs", source.origin),
      source: .configReference,
      origin: origin
    )
    let path = source["fieldRef"]["fieldPath"].settled
    if let text = path.known {
      variable.reference = .known("fieldRef:\(text)", path.origin)
      variable.value = fieldValue(text, path.origin) ?? variable.value
    } else if !source["resourceFieldRef"].isNothing {
      let resource = source["resourceFieldRef"]["resource"].settled
      variable.reference = resource.map { "resourceFieldRef:\($0)" }
    } else if !source["fileKeyRef"].isNothing {
      variable.value = .unknown("a file in a volume holds it", source.origin)
      variable.reference = source["fileKeyRef"]["path"].settled.map { "fileKeyRef:\($0)" }
    }
    return variable
  }

  /// Fields of a pod that its manifest states.
  private func fieldValue(_ path: String, _ origin: Origin) -> Value<String>? {
    func through(_ value: Datum) -> Value<String>? {
      guard let text = value.settled.known else { return nil }
      return .known(text, Origin(value.location, via: origin.location.map { [$0] } ?? []))
    }
    switch path {
    case "metadata.namespace": return through(object.metadata["namespace"])
    case "metadata.name": return workload.kind == "Pod" ? through(object.metadata["name"]) : nil
    case "spec.serviceAccountName": return through(spec["serviceAccountName"])
    case "spec.nodeName": return through(spec["nodeName"])
    default:
      for part in ["labels", "annotations"] {
        let prefix = "metadata.\(part)['"
        if path.hasPrefix(prefix), path.hasSuffix("']") {
          return through(metadata[part][String(path.dropFirst(prefix.count).dropLast(2))])
        }
      }
      return nil
    }
  }

  /// One key of a ConfigMap or Secret.
  private func value(
    of key: String,
    in kind: String,
    _ name: String,
    _ reference: Datum
  ) -> Value<String> {
    let via = reference.location.map { [$0] } ?? []
    guard let found = index.find(kind, name, for: object) else {
      return .unknown("\(kind) \(name) is not in the inputs", reference.origin)
    }
    guard let entry = ManifestData.entry(key, of: found) else {
      return .unknown("\(kind) \(name) has no key \(key)", reference.origin)
    }
    var value = entry.value
    value.origin.via = via
    return value
  }

  /// Every key of what an element of `envFrom` names.
  private mutating func all(of element: Datum, _ container: inout Container) -> [Variable] {
    let prefix = element["prefix"].settled.known ?? ""
    for (field, kind) in [("configMapRef", "ConfigMap"), ("secretRef", "Secret")] {
      let reference = element[field]
      guard let name = reference["name"].settled.known else { continue }
      uses.insert(PodUse(kind: kind, name: name))
      let origin = reference["name"].origin
      PodFields.addSettings("envFrom.\(field)", reference["name"], to: &container.settings)
      guard let found = index.find(kind, name, for: object) else {
        // What a Secret holds is no setting in the open, so that nothing is missing without it.
        if kind == "ConfigMap", reference["optional"].flag.known != true {
          container.environmentFiles.append(
            .unknown("ConfigMap \(name) is not in the inputs", origin)
          )
        }
        continue
      }
      let via = origin.location.map { [$0] } ?? []
      return ManifestData.entries(of: found).filter { !$0.isBinary && !$0.key.contains("=") }
        .map { entry in
          var value = entry.value
          value.origin.via = via
          var variable = Variable(
            name: prefix + entry.key,
            value: value,
            source: kind == "Secret" ? .secretReference : .configReference,
            origin: Origin(entry.keyOrigin.location, via: via)
          )
          variable.reference = .known("\(field):\(name)/\(entry.key)", origin)
          return variable
        }
    }
    return []
  }

  // MARK: Words

  /// The words of a command with `$(NAME)` replaced, and what is known of its line.
  func words(
    _ value: Datum,
    _ values: [String: Value<String>]
  ) -> (Value<[String]>, String?) {
    guard !value.isNothing else { return (.absent, nil) }
    var words: [String] = []
    var sketch: [String] = []
    var reason: String?
    var origin = value.origin
    for element in value.elements {
      let text = element.settled
      guard let known = text.known else {
        reason = reason ?? text.unknownReason
        sketch.append("…")
        continue
      }
      let expanded = VariableExpansion.expand(known, text.origin) { values[$0] }
      for place in expanded.value.origin.via where !origin.via.contains(place) {
        if origin.via.count < 16 { origin.via.append(place) }
      }
      if let word = expanded.value.known {
        words.append(word)
        sketch.append(word)
      } else {
        reason = reason ?? expanded.value.unknownReason
        sketch.append(expanded.sketch)
      }
    }
    guard let reason else { return (.known(words, origin), nil) }
    let isProgramKnown = sketch.first?.hasPrefix("…") == false
    return (.unknown(reason, origin), isProgramKnown ? sketch.joined(separator: " ") : nil)
  }
}

/// Replaces `$(NAME)` as the kubelet does; `$$` is a dollar sign, unknown names stay as they are.
enum VariableExpansion {
  static func expand(
    _ text: String,
    _ origin: Origin,
    _ lookUp: (String) -> Value<String>?
  ) -> (value: Value<String>, sketch: String) {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return (.known(text, origin), text) }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var reason: String?
    var passed = origin
    var position = 0
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "$"), position + 1 < bytes.count else {
        result.append(bytes[position])
        position += 1
        continue
      }
      let next = bytes[position + 1]
      if next == UInt8(ascii: "$") {
        result.append(next)
        position += 2
        continue
      }
      guard next == UInt8(ascii: "("),
        let end = bytes[(position + 2)...].firstIndex(of: UInt8(ascii: ")"))
      else {
        result.append(bytes[position])
        position += 1
        continue
      }
      let name = String(decoding: bytes[(position + 2)..<end], as: UTF8.self)
      let found = lookUp(name) ?? setByCluster(name, origin)
      switch found?.state {
      case .known(let value):
        guard result.count + value.utf8.count <= maximumLength else {
          return (.unknown("it becomes very long", origin), "…")
        }
        result += value.utf8
        if let place = found?.origin.location, passed.via.count < 16 { passed.via.append(place) }
      case .unknown(let why):
        reason = reason ?? "\(name) is not known: \(why)"
        result += "…".utf8
      case .absent, nil: result += bytes[position...end]
      }
      position = end + 1
    }
    let expanded = String(decoding: result, as: UTF8.self)
    if let reason { return (.unknown(reason, passed), expanded) }
    return (.known(expanded, passed), expanded)
  }

  private static let maximumLength = 1 << 20

  /// Kubernetes sets variables for every Service of the namespace.
  private static func setByCluster(_ name: String, _ origin: Origin) -> Value<String>? {
    guard name.hasSuffix("_SERVICE_HOST") || name.contains("_SERVICE_PORT") else { return nil }
    return .unknown("the cluster sets it", origin)
  }
}
