import Workloads

/// What a statement allows, worked out once for all rules.
///
/// Every answer is known, or unknown because of a part of the policy that is not known.
struct StatementAnalysis: Sendable {
  var grantsEverything: Value<Bool> = .known(false)
  var wholeServices: Value<[String]> = .known([])
  var wideVerbs: Value<[String]> = .known([])
  var unconstrained: Value<Bool> = .known(false)
  var unscoped: Value<[String]> = .known([])
  var unscopedWrites: Value<[String]> = .known([])
  var exposedData: Value<[String]> = .known([])
  var exposedStreams: Value<[String]> = .known([])
  var exposedCredentials: Value<[String]> = .known([])
  var exposedPermissions: Value<[String]> = .known([])
  var passesAnyRole: Value<Bool> = .known(false)
  var isNarrowed: Value<Bool> = .known(false)
  var unlistedServices: [String] = []
  var trustGap: Value<String> = .known("")
  var trustsAnyone: Value<Bool> = .known(false)

  init(
    _ statement: PolicyStatement,
    of role: Resource,
    denies: [PolicyStatement],
    _ reader: IAMReader
  ) {
    isNarrowed = reader.isNarrowed(statement)
    guard statement.isIdentity else {
      if statement.purpose == "trust" {
        trustsAnyone = TrustAnalysis.trustsAnyone(statement, role)
        trustGap = TrustAnalysis.gap(statement, role)
      }
      return
    }
    switch statement.effect {
    case .deny: return
    case .unknown(let reason):
      becomeUnknown(reason)
      return
    case .allow: break
    }
    let unknownActions = statement.unknownActions
    grantsEverything = Self.answer(
      statement.actions.contains(where: \.isEverything),
      unlessUnknown: unknownActions
    )
    wholeServices = Self.answer(
      statement.actions.filter { $0.isAll && !$0.isEverything }.map(\.text),
      unlessUnknown: unknownActions
    )
    unconstrained = Self.answer(
      statement.isUnconstrained,
      unlessUnknown: statement.unknownResources
    )
    let expansion = reader.expand(statement, denies)
    unlistedServices = expansion.unlisted
    wideVerbs = Self.answer(
      statement.actions.filter { reader.isWideVerb($0) }.map(\.text),
      unlessUnknown: unknownActions
    )
    // With a resource that is not known, what is open cannot be told; nor with an unknown action.
    let reason =
      statement.isUnconstrained ? unknownActions : unknownActions ?? statement.unknownResources
    let open = expansion.actions.filter { statement.isUnconstrained(for: $0.service) }
    let needsResources =
      statement.isUnconstrained
      ? open : statement.unknownResources == nil ? [] : expansion.actions
    let isMoot = needsResources.allSatisfy { !$0.action.hasResources } && unknownActions == nil
    unscoped = Self.answer(
      open.filter(\.action.hasResources).map(\.action.name),
      unlessUnknown: isMoot ? Self.gap(expansion.unlisted, statement) : reason
    )
    unscopedWrites = Self.answer(
      open.filter { $0.action.hasResources && $0.isWrite }.map(\.action.name),
      unlessUnknown: isMoot ? nil : reason
    )
    exposedPermissions = Self.answer(
      open.filter {
        $0.action.hasResources && $0.action.level == .permissions
          && $0.action.name != "iam:PassRole"
      }.map(\.action.name),
      unlessUnknown: isMoot
        || needsResources.allSatisfy { $0.action.level != .permissions }
          && unknownActions == nil
        ? nil : reason
    )
    exposedData = named(reader.facts.data, statement, denies)
    exposedStreams = named(reader.facts.streams, statement, denies)
    exposedCredentials = named(reader.facts.credentials, statement, denies)
    let pass = named([ActionPattern("iam:PassRole")], statement, denies)
    passesAnyRole = pass.map { !$0.isEmpty }
  }

  /// Why it cannot be said whether actions of services that the table lacks can be limited.
  private static func gap(_ unlisted: [String], _ statement: PolicyStatement) -> String? {
    guard let service = unlisted.first(where: { statement.isUnconstrained(for: $0) }) else {
      return nil
    }
    return "the actions of \(service) are not in the table of AWS actions"
  }

  /// Those of some actions that the statement allows on everything.
  private func named(
    _ actions: [ActionPattern],
    _ statement: PolicyStatement,
    _ denies: [PolicyStatement]
  ) -> Value<[String]> {
    let allowed = actions.filter { action in
      statement.concerns(action)
        && !denies.contains { $0.concerns(action) && $0.cancels(statement) }
    }
    let open = allowed.filter { statement.isUnconstrained(for: $0.service) }
    if !open.isEmpty { return .known(open.map(\.text)) }
    if !allowed.isEmpty, let reason = statement.unknownResources { return .unknown(reason) }
    if let reason = statement.unknownActions,
      statement.unknownResources != nil || statement.isUnconstrained
    {
      return .unknown(reason)
    }
    return .known([])
  }

  private mutating func becomeUnknown(_ reason: String) {
    grantsEverything = .unknown(reason)
    wholeServices = .unknown(reason)
    wideVerbs = .unknown(reason)
    unscoped = .unknown(reason)
    unscopedWrites = .unknown(reason)
    exposedData = .unknown(reason)
    exposedStreams = .unknown(reason)
    exposedCredentials = .unknown(reason)
    exposedPermissions = .unknown(reason)
    passesAnyRole = .unknown(reason)
  }

  private static func answer(_ found: [String], unlessUnknown reason: String?) -> Value<[String]> {
    if found.isEmpty, let reason { return .unknown(reason) }
    return .known(found)
  }

  private static func answer(_ isTrue: Bool, unlessUnknown reason: String?) -> Value<Bool> {
    if !isTrue, let reason { return .unknown(reason) }
    return .known(isTrue)
  }
}
