import Expressions
import Workloads

// Fields of roles and statements that the engine works out, so that rules stay short and exact.
extension Vocabulary {
  /// Further fields of a kind of resource; most have none.
  static func computedFields(of kind: ResourceKind) -> [Field<ResourceFacts>] {
    switch kind {
    case Role.kind: roleFields
    case Statement.kind: statementFields
    case RoleAssignment.kind: assignmentFields
    default: []
    }
  }

  private static let roleFields: [Field<ResourceFacts>] = [
    .flag("isTask", "Whether it is the role that the program of a task acts as.") { facts in
      answer(facts.resource, relation: "task", use: "task")
    },
    .flag("isExecution", "Whether it is the role that starts tasks or Fargate pods.") { facts in
      answer(facts.resource, relation: "execution", use: "execution")
    },
    list(
      "escalations",
      """
      Ways to further rights that all its policies together open, in words: \
      `run a task with another role`.
      """
    ) { $0.escalations().wide },
    list(
      "limitedEscalations",
      "Those that lead only to resources that a policy names, not the role itself."
    ) { $0.escalations().limited },
    list(
      "excessForExecution",
      "Actions beyond what is needed to start a task: images, logs, and the secrets it names."
    ) { .known($0.excessForExecution()) },
  ]

  private static let assignmentFields: [Field<ResourceFacts>] = [
    .text("role", "The name of the built-in role, whether the assignment has its name or its id.") {
      $0.azureRole.map(\.name)
    },
    .text(
      "reach",
      """
      What a built-in role allows: `everything`, `access` (giving roles to others), `manage` (a \
      service with its keys), `write` or `read` (data).
      """
    ) { $0.azureRole.map(\.reach) },
  ]

  private static let statementFields: [Field<ResourceFacts>] = [
    flag("grantsEverything", "Whether it allows every action of every service.") {
      $0.grantsEverything
    },
    strings("wholeServices", "Actions such as `s3:*` that it allows.") { $0.wholeServices },
    strings("wideVerbs", "Actions such as `s3:Put*` that it allows, and that change things.") {
      $0.wideVerbs
    },
    flag("unconstrained", "Whether what it allows holds for everything, not for named resources.") {
      $0.unconstrained
    },
    strings("unscoped", "Actions that it allows on everything though they can be limited.") {
      $0.unscoped
    },
    strings("unscopedWrites", "Those of them that change something.") { $0.unscopedWrites },
    strings("exposedData", "Reads of secrets and stored data that it allows on everything.") {
      $0.exposedData
    },
    strings("exposedStreams", "Reads of queues and streams that it allows on everything.") {
      $0.exposedStreams
    },
    strings("exposedCredentials", "Actions that hand out credentials of others, on everything.") {
      $0.exposedCredentials
    },
    strings(
      "exposedPermissions",
      "Changes of permissions (access level of AWS) that it allows on everything; without iam:PassRole."
    ) { $0.exposedPermissions },
    flag("passesAnyRole", "Whether it allows to hand any role to a service.") { $0.passesAnyRole },
    flag("narrowed", "Whether a condition limits it to some resources, callers or services.") {
      $0.isNarrowed
    },
    strings("unlistedServices", "Services of its actions that the table of actions lacks.") {
      .known($0.unlistedServices)
    },
    flag("trustsAnyone", "Whether it lets anybody become the role.") { $0.trustsAnyone },
    text(
      "trustGap",
      """
      What a trust policy lacks: `subject` (any user of an identity provider), `audience`, `account` \
      (a whole account without condition), `source` (ECS without the account or task), \
      `several-services`, or nothing.
      """
    ) { $0.trustGap },
  ]

  private static func answer(_ role: Resource, relation: String, use: String) -> Value<Bool> {
    if !role.relation.isEmpty {
      return .known(role.relation == relation || role.relation == relation + "-role")
    }
    return role[Role.use].map { $0 == use }
  }

  private static func list(
    _ name: String,
    _ meaning: String,
    _ read: @escaping @Sendable (RoleAnalysis) -> Value<[String]>
  ) -> Field<ResourceFacts> {
    .words(name, meaning) { facts in
      facts.roleAnalysis.flatMap(facts.resource.origin, read)
    }
  }

  private static func strings(
    _ name: String,
    _ meaning: String,
    _ read: @escaping @Sendable (StatementAnalysis) -> Value<[String]>
  ) -> Field<ResourceFacts> {
    .words(name, meaning) { facts in
      facts.statementAnalysis.flatMap(facts.resource.origin, read)
    }
  }

  private static func flag(
    _ name: String,
    _ meaning: String,
    _ read: @escaping @Sendable (StatementAnalysis) -> Value<Bool>
  ) -> Field<ResourceFacts> {
    .flag(name, meaning) { facts in
      facts.statementAnalysis.flatMap(facts.resource.origin, read)
    }
  }

  private static func text(
    _ name: String,
    _ meaning: String,
    _ read: @escaping @Sendable (StatementAnalysis) -> Value<String>
  ) -> Field<ResourceFacts> {
    .text(name, meaning) { facts in
      facts.statementAnalysis.flatMap(facts.resource.origin, read)
    }
  }
}

extension Value {
  /// What a function makes of a known value; the result stands at `origin`.
  fileprivate func flatMap<Other: Sendable>(
    _ origin: Origin,
    _ transform: (Wrapped) -> Value<Other>
  ) -> Value<Other> {
    switch state {
    case .known(let value):
      var result = transform(value)
      result.origin = origin
      return result
    case .unknown(let reason): return .unknown(reason, origin)
    case .absent: return Value<Other>(.absent, origin)
    }
  }
}
