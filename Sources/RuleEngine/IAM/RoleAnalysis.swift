import Workloads

/// What all policies of a role together allow.
struct RoleAnalysis: Sendable {
  private let role: Resource
  private let reader: IAMReader
  private let allows: [PolicyStatement]
  private let denies: [PolicyStatement]
  /// Actions of attached policies of AWS that the catalogue knows; they hold for everything.
  private let managed: [ActionPattern]
  /// Why the role may be allowed more than is seen.
  let unseen: String?
  /// In the order of the role's parts.
  let statements: [StatementAnalysis]

  init(_ role: Resource, _ reader: IAMReader) {
    self.role = role
    self.reader = reader
    let parts = role.parts.map(PolicyStatement.init)
    let identity = parts.filter(\.isIdentity)
    var unseen = role[Role.unknownPolicies].unknownReason
    allows = identity.filter { if case .allow = $0.effect { true } else { false } }
    let denies = identity.filter { if case .deny = $0.effect { true } else { false } }
    self.denies = denies
    for statement in identity {
      switch statement.effect {
      case .allow: unseen = unseen ?? statement.unknownActions
      case .unknown(let reason): unseen = unseen ?? reason
      case .deny: break
      }
    }
    var managed: [ActionPattern] = []
    for policy in role[Role.managedPolicies] {
      guard let text = policy.known else {
        unseen = unseen ?? policy.unknownReason
        continue
      }
      let name = text.split(separator: "/").last.map(String.init) ?? text
      if let actions = reader.facts.managed[name] {
        managed += actions.map(ActionPattern.init)
      } else if !text.hasPrefix("sam/"), !reader.facts.isHarmless(name) {
        unseen = unseen ?? "the policy \(name) is not in the inputs"
      }
    }
    self.managed = managed
    self.unseen = unseen
    statements = zip(role.parts, parts).map { part, statement in
      StatementAnalysis(statement, of: part, denies: denies, reader)
    }
  }

  // MARK: Single actions

  /// How far an action is allowed.
  private enum Reach: Comparable {
    case none
    /// On named resources only, or under a condition that narrows it.
    case limited
    case wide
  }

  /// How far an action is allowed; `passedTo`: the services that a role is handed to by it.
  private func reach(_ action: ActionPattern, passedTo: [String] = []) -> Reach {
    let isDenied = { (statement: PolicyStatement) in
      denies.contains { $0.concerns(action) && $0.cancels(statement) }
    }
    if managed.contains(where: { $0.matches(action) }) { return .wide }
    var reach = Reach.none
    for statement in allows where statement.concerns(action) && !isDenied(statement) {
      var conditions = statement.narrowingConditions
      if action.text == "iam:PassRole" {
        let services = conditions.filter { $0.key == "iam:passedtoservice" }
        if !services.isEmpty, !passedTo.isEmpty,
          !services.contains(where: { condition in
            passedTo.contains { IAMPattern.matches(Array(condition.value.utf8), Array($0.utf8)) }
          })
        {
          continue
        }
        conditions.removeAll { $0.key == "iam:passedtoservice" }
      }
      let isNarrowed = conditions.contains { condition in
        reader.facts.narrowing.contains { IAMPattern.matches($0, Array(condition.key.utf8)) }
      }
      let isWide =
        !isNarrowed
        && (statement.isUnconstrained(for: action.service) || reachesItself(statement, action))
      reach = max(reach, isWide ? .wide : .limited)
      if reach == .wide { break }
    }
    return reach
  }

  /// Whether a statement about identities has the role itself among its resources.
  private func reachesItself(_ statement: PolicyStatement, _ action: ActionPattern) -> Bool {
    guard action.service == "iam", action.text != "iam:PassRole" else { return false }
    let names = role.identifiers.compactMap(\.known) + [role.name]
    return statement.resources.contains { $0.mayBeRole(named: names) }
  }

  /// Whether an action is allowed on anything at all.
  func isAllowed(_ action: String) -> Value<Bool> {
    if reach(ActionPattern(action)) != .none { return .known(true) }
    return unseen.map { .unknown($0) } ?? .known(false)
  }

  /// Whether an action is allowed on a resource; parts of it that are not known are `…`.
  func isAllowed(_ action: String, on resource: String) -> Value<Bool> {
    let pattern = ActionPattern(action)
    if managed.contains(where: { $0.matches(pattern) }) { return .known(true) }
    var reason = unseen
    let wanted = ResourcePattern(resource)
    for statement in allows where statement.concerns(pattern) {
      if denies.contains(where: { $0.concerns(pattern) && $0.cancels(statement) }) { continue }
      if statement.hasNotResource || statement.resources.contains(where: { $0.covers(wanted) }) {
        return .known(true)
      }
      reason = reason ?? statement.unknownResources
      // A resource that is known only once deployed may be the one in question.
      if resource.contains("…") || statement.resources.contains(where: { $0.text.contains("…") }) {
        reason = reason ?? "the resources are known only once deployed"
      }
    }
    return reason.map { .unknown($0) } ?? .known(false)
  }

  // MARK: Ways to more rights

  /// The paths that are open, and those that lead only to named resources.
  func escalations() -> (wide: Value<[String]>, limited: Value<[String]>) {
    var wide: [String] = []
    var limited: [String] = []
    for path in reader.facts.paths {
      var best = Reach.none
      for set in path.sets {
        let reaches = set.map { reach($0, passedTo: path.passedTo) }
        // The narrowest action decides how far the whole leads.
        if let least = reaches.min() { best = max(best, least) }
      }
      switch best {
      case .wide: wide.append(path.text)
      case .limited: limited.append(path.text)
      case .none: break
      }
    }
    if wide.isEmpty, limited.isEmpty, let unseen { return (.unknown(unseen), .unknown(unseen)) }
    return (.known(wide), .known(limited))
  }

  // MARK: Execution roles

  /// Actions beyond what the agent of ECS needs to start a task.
  func excessForExecution() -> Value<[String]> {
    var excess: [String] = []
    for statement in allows {
      if !statement.notActions.isEmpty { excess.append("everything but some actions") }
      for pattern in statement.actions.prefix(IAMReader.maximumPatterns)
      where !isNeeded(pattern, statement) && !excess.contains(pattern.text) {
        excess.append(pattern.text)
      }
    }
    for pattern in managed where !reader.facts.executionAny.contains(where: { $0.matches(pattern) })
    {
      if !excess.contains(pattern.text) { excess.append(pattern.text) }
    }
    if excess.isEmpty, let unseen { return .unknown(unseen) }
    return .known(excess)
  }

  private func isNeeded(_ pattern: ActionPattern, _ statement: PolicyStatement) -> Bool {
    if pattern.service.isEmpty || pattern.isAll { return false }
    if !IAMPattern.isWild(pattern.name) { return isNeeded(action: pattern, statement) }
    let actions = (reader.table.actions(of: pattern.service) ?? []).filter {
      IAMPattern.matches(pattern.name, $0.lowered)
    }
    return !actions.isEmpty
      && actions.allSatisfy {
        isNeeded(action: ActionPattern($0.name), statement)
      }
  }

  private func isNeeded(action: ActionPattern, _ statement: PolicyStatement) -> Bool {
    if reader.facts.executionAny.contains(where: { $0.matches(action) }) { return true }
    return reader.facts.executionScoped.contains { $0.matches(action) }
      && !statement.isUnconstrained(for: action.service)
  }
}
