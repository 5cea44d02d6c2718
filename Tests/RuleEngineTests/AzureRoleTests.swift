import DocumentTrees
import Testing
import Workloads

@testable import RuleEngine

/// The table of Azure's built-in roles, and what assignments are told by it.
@Suite struct AzureRoleTests {
  private static func table() throws -> AzureRoleTable {
    try AzureRoleTable(text: #require(RuleData.text(AzureRoleTable.path)))
  }

  private static func assignment() -> Resource {
    Resource(
      RoleAssignment.kind,
      name: "grant",
      type: "Microsoft.Authorization/roleAssignments",
      format: .bicep,
      project: "main",
      origin: .none
    )
  }

  @Test func tableIsWhole() throws {
    let roles = try Self.table().roles
    let names = roles.map { $0.name.lowercased() }
    #expect(names == names.sorted())
    #expect(Set(names).count == names.count)
    #expect(Set(roles.map(\.id)).count == roles.count)
    #expect(roles.allSatisfy { $0.id.utf8.count == 36 && $0.id == $0.id.lowercased() })
    let reaches: Set = ["everything", "access", "manage", "write", "read"]
    #expect(Set(roles.map(\.reach)) == reaches)
    // As the head of the file says.
    let text = try #require(RuleData.text(AzureRoleTable.path))
    #expect(text.contains(" \(roles.count) of its roles"))
  }

  /// From Microsoft's list of built-in roles.
  @Test(arguments: [
    ("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner", "everything"),
    ("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator", "access"),
    ("7f951dda-4ed3-4680-a7ca-43fe172d538d", "AcrPull", "read"),
    ("4633458b-17de-408a-b874-0445c86b69e6", "Key Vault Secrets User", "read"),
    ("ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor", "write"),
    ("f1a07417-d97a-45cb-824c-7a7467783830", "Managed Identity Operator", "manage"),
  ])
  func rolesAreKnownByIdAndByName(_ id: String, _ name: String, _ reach: String) throws {
    let table = try Self.table()
    var byId = Self.assignment()
    byId[RoleAssignment.roleId] = .known(id)
    var byName = Self.assignment()
    byName[RoleAssignment.roleName] = .known(name.uppercased())
    let role = AzureRoleTable.Role(id: id, name: name, reach: reach)
    #expect(table.role(of: byId).known == role)
    #expect(table.role(of: byName).known == role)
  }

  /// A role of one's own may allow anything: not in the table is not harmless.
  @Test func unlistedRolesAreUnknown() throws {
    var assignment = Self.assignment()
    assignment[RoleAssignment.roleId] = .known("00000000-1111-2222-3333-444444444444")
    #expect(try Self.table().role(of: assignment).unknownReason != nil)
    assignment[RoleAssignment.roleId] = .unknown("the parameter role has no value")
    let reason = try Self.table().role(of: assignment).unknownReason
    #expect(reason == "the parameter role has no value")
    #expect(try Self.table().role(of: Self.assignment()).isAbsent)
  }
}
