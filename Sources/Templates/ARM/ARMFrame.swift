internal import DocumentTrees
internal import Workloads

/// One template with its parameters: the main one, a nested or a linked one.
final class ARMFrame {
  let session: ARMSession
  let file: String
  let template: Node
  let number: Int
  /// Before the names of its resources in their addresses: the names of the deployments around it.
  let prefix: String
  /// Where its resources go: `resourceGroup`, `subscription`, `managementGroup` or `tenant`.
  let level: String
  /// Why it may not be deployed at all.
  let condition: Value<Bool>
  /// The loops around a template whose expressions are those of the template around it.
  let context: ARMContext
  /// Whose parameters and variables its expressions see, if not its own.
  private let outer: ARMFrame?

  /// The template that links to this one.
  var linkedFrom: ARMFrame?
  /// The frame that outer expressions of a template nested into this one see.
  var outermost: ARMFrame { outer ?? self }

  /// A value handed to a parameter, evaluated when it is asked for.
  enum Given {
    case value(Datum)
    case node(Node, ARMFrame, ARMContext)
  }

  private let given: [String: Given]
  private let parameters: [String: (name: String, key: Node, value: Node)]
  private let variables: [String: Node]
  private let variableLoops: [String: Node]
  private var values: [String: Datum] = [:]
  private var pending: Set<String> = []
  private lazy var functions = ARMUserFunctions(template["functions"])
  var instances: [ARMInstance] = []
  var symbols: [String: [Int]] = [:]

  init(
    _ template: Node,
    file: String,
    session: ARMSession,
    given: [String: Given] = [:],
    outer: ARMFrame? = nil,
    prefix: String = "",
    level: String? = nil,
    condition: Value<Bool> = .known(true),
    context: ARMContext = ARMContext()
  ) {
    self.template = template
    self.file = file
    self.session = session
    self.given = given
    self.outer = outer
    self.prefix = prefix
    self.condition = condition
    self.context = context
    self.level = Self.level(of: template) ?? level ?? "resourceGroup"
    session.frameCount += 1
    number = session.frameCount
    parameters = Self.byName(template["parameters"])
    var variables: [String: Node] = [:]
    var loops: [String: Node] = [:]
    for entry in template["variables"].map({ Array($0.entries) }) ?? [] {
      if entry.key.text == "copy", entry.value.isSequence {
        for loop in entry.value.elements {
          if let name = loop["name"]?.text { loops[name.lowercased()] = loop }
        }
      } else {
        variables[entry.key.text.lowercased()] = entry.value
      }
    }
    self.variables = variables
    variableLoops = loops
  }

  private static func byName(
    _ node: Node?
  ) -> [String: (name: String, key: Node, value: Node)] {
    var result: [String: (name: String, key: Node, value: Node)] = [:]
    guard let node else { return result }
    for entry in node.entries {
      result[entry.key.text.lowercased()] = (entry.key.text, entry.key, entry.value)
    }
    return result
  }

  private static func level(of template: Node) -> String? {
    guard let schema = template["$schema"]?.text.lowercased() else { return nil }
    if schema.contains("subscriptiondeploymenttemplate") { return "subscription" }
    if schema.contains("managementgroupdeploymenttemplate") { return "managementGroup" }
    if schema.contains("tenantdeploymenttemplate") { return "tenant" }
    return "resourceGroup"
  }

  func location(_ node: Node) -> SourceLocation { SourceLocation(file: file, range: node.range) }

  // MARK: Parameters, variables, outputs

  /// The frame whose names expressions in this one mean.
  private var scope: ARMFrame { outer ?? self }

  func parameter(_ name: String, at origin: Origin) -> Datum {
    let scope = scope
    return scope.once("p:" + name.lowercased(), origin) {
      scope.parameterValue(name.lowercased(), name, origin)
    }
  }

  private func parameterValue(_ key: String, _ name: String, _ origin: Origin) -> Datum {
    let declared = parameters[key]
    if let own = given[key] {
      switch own {
      case .value(let value): return value
      case .node(let node, let frame, let context): return frame.value(node, context)
      }
    }
    guard let declared else { return .unknown("there is no parameter \(name)", origin) }
    let place = Origin(location(declared.key))
    guard let value = declared.value["defaultValue"] else {
      if declared.value["nullable"]?.bool == true { return Datum(.null, place) }
      return .unknown("the parameter \(declared.name) has no value", place)
    }
    return self.value(value, ARMContext())
  }

  func variable(_ name: String, at origin: Origin) -> Datum {
    let scope = scope
    let key = name.lowercased()
    return scope.once("v:" + key, origin) {
      if let node = scope.variables[key] { return scope.value(node, ARMContext()) }
      if let loop = scope.variableLoops[key] { return scope.loop(loop, ARMContext()) }
      return .unknown("there is no variable \(name)", origin)
    }
  }

  func output(_ name: String, at origin: Origin) -> Datum {
    once("o:" + name.lowercased(), origin) {
      guard
        let entry = template["outputs"]?.entries.first(where: {
          $0.key.text.lowercased() == name.lowercased()
        })
      else { return .unknown("the deployment has no output \(name)", origin) }
      if let loop = entry.value["copy"] { return self.loop(loop, context) }
      guard let value = entry.value["value"] else {
        return .unknown("the output \(name) has no value", origin)
      }
      return self.value(value, context)
    }
  }

  /// A value that is worked out at most once, and never out of itself.
  private func once(_ key: String, _ origin: Origin, _ body: () -> Datum) -> Datum {
    if let value = values[key] { return value }
    guard pending.insert(key).inserted else {
      return .unknown("it is defined by itself", origin)
    }
    defer { pending.remove(key) }
    let value =
      session.deeper(at: origin.location, body) ?? .unknown("it is chained too deeply", origin)
    values[key] = value
    return value
  }

  /// The parameters that it declares, for rules about them.
  var declaredParameters: [DeclaredParameter] {
    let entries = template["parameters"].map { Array($0.entries) } ?? []
    return entries.compactMap { entry in
      guard entry.value.isMapping, outer == nil else { return nil }
      let type = entry.value["type"]?.text.lowercased() ?? ""
      let origin = Origin(location(entry.key))
      // A value from a template around it is that template's own affair.
      var value = Datum.absent(origin)
      if entry.value["defaultValue"] != nil || given[entry.key.text.lowercased()] != nil {
        value = parameter(entry.key.text, at: origin)
      }
      if case .node? = given[entry.key.text.lowercased()] { return nil }
      return DeclaredParameter(
        name: entry.key.text,
        value: value,
        isSecret: type == "securestring" || type == "secureobject",
        origin: origin
      )
    }
  }

  func userFunction(_ name: String) -> ARMUserFunctions.Function? { scope.functions[name] }
}

/// Functions that a template defines.
struct ARMUserFunctions {
  struct Function {
    var parameters: [String]
    var output: Node
  }

  private var functions: [String: Function] = [:]

  init(_ list: Node?) {
    guard let list else { return }
    for space in list.elements {
      let name = space["namespace"]?.text ?? ""
      guard let members = space["members"] else { continue }
      for member in members.entries {
        guard let output = member.value["output"]?["value"] else { continue }
        let parameters = member.value["parameters"].map { list in
          list.elements.map { $0["name"]?.text.lowercased() ?? "" }
        }
        functions["\(name).\(member.key.text)".lowercased()] = Function(
          parameters: parameters ?? [],
          output: output
        )
      }
    }
  }

  subscript(_ name: String) -> Function? { functions[name.lowercased()] }
}

/// What an expression sees besides parameters and variables.
struct ARMContext {
  struct Loop {
    var name: String
    /// Nil if the number of rounds is not known.
    var index: Int?
    var ofResource: Bool
    /// Why the index is not known.
    var reason = ""
  }

  var loops: [Loop] = []
  var lambdas: [String: Datum] = [:]
  /// Inside a user-defined function: its arguments.
  var arguments: [String: Datum]?

  func adding(_ loop: Loop) -> ARMContext {
    var copy = self
    copy.loops.append(loop)
    return copy
  }
}
