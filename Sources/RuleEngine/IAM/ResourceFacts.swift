import Synchronization
import Workloads

/// A resource in the hands of rules.
final class ResourceFacts: Sendable {
  let resource: Resource
  let parts: [ResourceFacts]
  /// What its role's policies allow together; for a role itself, and for its statements.
  private let policies: PolicyAnalysis?
  private let azureRoles: AzureRoleTable
  /// Its number among the parts of its role.
  private let number: Int

  convenience init(_ resource: Resource, iam: IAMKnowledge) {
    let policies = resource.kind == Role.kind ? PolicyAnalysis(resource, iam) : nil
    self.init(resource, policies, iam.azureRoles, number: 0)
  }

  private init(
    _ resource: Resource,
    _ policies: PolicyAnalysis?,
    _ azureRoles: AzureRoleTable,
    number: Int
  ) {
    self.resource = resource
    self.policies = policies
    self.azureRoles = azureRoles
    self.number = number
    parts = resource.parts.enumerated().map { ResourceFacts($1, policies, azureRoles, number: $0) }
  }

  /// The built-in role that is assigned; absent for anything but an assignment on Azure.
  var azureRole: Value<AzureRoleTable.Role> { azureRoles.role(of: resource) }

  /// Absent for anything but a role.
  var roleAnalysis: Value<RoleAnalysis> { policies?.result ?? .absent }

  /// Absent for anything but a statement.
  var statementAnalysis: Value<StatementAnalysis> {
    roleAnalysis.map(orUnknown: "the statement is not part of a role") { analysis in
      analysis.statements.indices.contains(number) ? analysis.statements[number] : nil
    }
  }
}

/// The analysis of a role, made when it is first asked for.
private final class PolicyAnalysis: Sendable {
  private let role: Resource
  private let knowledge: IAMKnowledge
  private let made = Mutex<Value<RoleAnalysis>?>(nil)

  init(_ role: Resource, _ knowledge: IAMKnowledge) {
    self.role = role
    self.knowledge = knowledge
  }

  var result: Value<RoleAnalysis> {
    made.withLock { made in
      if let made { return made }
      let result = analyse()
      made = result
      return result
    }
  }

  private func analyse() -> Value<RoleAnalysis> {
    do {
      let reader = IAMReader(table: knowledge.table, facts: try knowledge.facts())
      return .known(RoleAnalysis(role, reader))
    } catch {
      return .unknown("\(error)")
    }
  }
}
