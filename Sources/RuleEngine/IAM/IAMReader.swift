import Workloads

/// Answers questions about statements with the help of the table and the data.
struct IAMReader: Sendable {
  let table: ActionTable
  let facts: IAMFacts

  /// No policy that AWS accepts has more.
  static let maximumPatterns = 2000

  struct Expanded: Sendable {
    let service: String
    let action: ActionTable.Action

    var isWrite: Bool {
      switch action.level {
      case .write, .permissions, .tagging: true
      case .read, .list: false
      }
    }
  }

  /// The actions of the table that a statement is about, but for those that are denied.
  func expand(
    _ statement: PolicyStatement,
    _ denies: [PolicyStatement]
  ) -> (actions: [Expanded], unlisted: [String]) {
    var services: [String] = []
    var unlisted: [String] = []
    if !statement.notActions.isEmpty || statement.actions.contains(where: { $0.service.isEmpty }) {
      services = table.services()
    } else {
      for pattern in statement.actions.prefix(Self.maximumPatterns)
      where !services.contains(pattern.service) && !unlisted.contains(pattern.service) {
        if table.actions(of: pattern.service) == nil {
          unlisted.append(pattern.service)
        } else {
          services.append(pattern.service)
        }
      }
    }
    let cancelling = denies.filter { $0.cancels(statement) }
    var actions: [Expanded] = []
    for service in services {
      let patterns = statement.actions.filter { $0.service == service || $0.service.isEmpty }
      let exact = Set(patterns.filter { !IAMPattern.isWild($0.name) }.map(\.name))
      let wild = patterns.filter { IAMPattern.isWild($0.name) }.prefix(Self.maximumPatterns)
      for action in table.actions(of: service) ?? [] {
        let isMeant =
          statement.notActions.isEmpty
          ? exact.contains(action.lowered)
            || wild.contains { IAMPattern.matches($0.name, action.lowered) }
          : statement.concerns(service, action)
        guard isMeant, !cancelling.contains(where: { $0.concerns(service, action) }) else {
          continue
        }
        actions.append(Expanded(service: service, action: action))
      }
    }
    return (actions, unlisted)
  }

  /// Whether a pattern is a verb only, such as `s3:Put*`, and some of what it matches changes things.
  func isWideVerb(_ pattern: ActionPattern) -> Bool {
    guard !pattern.isAll, let star = pattern.text.firstIndex(of: "*"),
      let colon = pattern.text.firstIndex(of: ":"), star > colon
    else { return false }
    let stem = pattern.text[pattern.text.index(after: colon)..<star]
    // A second capital begins the thing that the verb is done to.
    guard stem.dropFirst().allSatisfy({ !$0.isUppercase }) else { return false }
    return (table.actions(of: pattern.service) ?? []).contains { action in
      IAMPattern.matches(pattern.name, action.lowered)
        && (action.level == .write || action.level == .permissions)
    }
  }

  /// Whether a condition limits the statement to some resources, callers or services.
  func isNarrowed(_ statement: PolicyStatement) -> Value<Bool> {
    let isNarrow = statement.narrowingConditions.contains { condition in
      facts.narrowing.contains { IAMPattern.matches($0, Array(condition.key.utf8)) }
    }
    if !isNarrow, let reason = statement.unknownConditions { return .unknown(reason) }
    return .known(isNarrow)
  }
}
