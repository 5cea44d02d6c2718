import Workloads

/// A statement with its patterns read.
struct PolicyStatement: Sendable {
  enum Effect: Sendable {
    case allow, deny
    case unknown(String)
  }

  let effect: Effect
  let purpose: String
  let actions: [ActionPattern]
  let notActions: [ActionPattern]
  /// Why there may be further actions.
  let unknownActions: String?
  let resources: [ResourcePattern]
  let hasNotResource: Bool
  /// Why there may be further resources.
  let unknownResources: String?
  let conditions: [Condition]
  /// Why there may be conditions that are not seen.
  let unknownConditions: String?

  struct Condition: Sendable {
    let operation: String
    /// In lower case.
    let key: String
    let value: String

    init?(_ text: String) {
      guard let space = text.firstIndex(of: " ") else { return nil }
      let rest = text[text.index(after: space)...]
      guard let equals = rest.firstIndex(of: "=") else { return nil }
      operation = String(text[..<space])
      key = rest[..<equals].lowercased()
      value = String(rest[rest.index(after: equals)...])
    }

    /// Whether it lets through what has the value, rather than what has not.
    var isPositive: Bool {
      let operation = operation.lowercased()
      return !operation.contains("not") && !operation.contains("null")
        && !operation.hasSuffix("ifexists")
    }

    var isOpen: Bool { value.utf8.allSatisfy { $0 == UInt8(ascii: "*") } }
  }

  init(_ statement: Resource) {
    effect =
      switch statement[Statement.effect].state {
      case .known("Deny"): .deny
      case .known: .allow
      case .unknown(let reason): .unknown(reason)
      case .absent: .unknown("the statement has no Effect")
      }
    purpose = statement[Statement.purpose].known ?? "identity"
    let actions = statement[Statement.actions]
    let notActions = statement[Statement.notActions]
    self.actions = actions.compactMap(\.known).map(ActionPattern.init)
    self.notActions = notActions.compactMap(\.known).map(ActionPattern.init)
    unknownActions = (actions + notActions).lazy.compactMap(\.unknownReason).first
    let resources = statement[Statement.resources]
    self.resources = resources.compactMap(\.known).map(ResourcePattern.init)
    hasNotResource = !statement[Statement.notResources].isEmpty
    unknownResources = resources.lazy.compactMap(\.unknownReason).first
    let conditions = statement[Statement.conditions]
    self.conditions = conditions.compactMap(\.known).compactMap(Condition.init)
    unknownConditions =
      (conditions + statement[Statement.conditionKeys]).lazy.compactMap(\.unknownReason).first
  }

  var isIdentity: Bool { purpose == "identity" }

  /// The condition keys of a positive test against something definite.
  var narrowingConditions: [Condition] { conditions.filter { $0.isPositive && !$0.isOpen } }

  /// Whether it is about an action that is written out.
  func concerns(_ action: ActionPattern) -> Bool {
    if actions.contains(where: { $0.matches(action) }) { return true }
    return !notActions.isEmpty && !notActions.contains { $0.matches(action) }
  }

  func concerns(_ service: String, _ action: ActionTable.Action) -> Bool {
    if actions.contains(where: { $0.matches(service: service, name: action.lowered) }) {
      return true
    }
    return !notActions.isEmpty
      && !notActions.contains { $0.matches(service: service, name: action.lowered) }
  }

  /// Whether everything of a service is among its resources.
  func isUnconstrained(for service: String) -> Bool {
    if hasNotResource { return true }
    return resources.contains { resource in
      guard resource.isUnconstrained else { return false }
      guard resource.parts.count == 5 else { return true }
      return IAMPattern.matches(Array(resource.parts[1]), Array(service.utf8))
    }
  }

  /// Whether any resource leaves everything open.
  var isUnconstrained: Bool { hasNotResource || resources.contains(where: \.isUnconstrained) }

  /// Whether it denies, without condition, whatever `other` allows of an action.
  func cancels(_ other: PolicyStatement) -> Bool {
    guard case .deny = effect, conditions.isEmpty, unknownConditions == nil, !hasNotResource else {
      return false
    }
    if resources.contains(where: { $0.bytes.allSatisfy { $0 == UInt8(ascii: "*") } }) {
      return true
    }
    if other.hasNotResource || other.unknownResources != nil { return false }
    return !other.resources.isEmpty
      && other.resources.allSatisfy { mine in resources.contains { $0.covers(mine) } }
  }
}
