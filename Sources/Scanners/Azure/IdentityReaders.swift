import Templates
import Workloads

/// User-assigned identities.
enum UserIdentityReader: AzureResourceReader {
  static let types = ["Microsoft.ManagedIdentity/userAssignedIdentities"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    var identity = reading.make(ManagedIdentity.kind, declared)
    identity[ManagedIdentity.type] = .known("UserAssigned", declared.origin)
    reading.resources.append(identity)
  }
}

/// Roles assigned to identities.
enum RoleAssignmentReader: AzureResourceReader {
  static let types = ["Microsoft.Authorization/roleAssignments"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    var assignment = reading.make(RoleAssignment.kind, declared)
    let definition = properties["roleDefinitionId"]
    assignment[RoleAssignment.roleName] = properties["roleDefinitionName"].string
    if let role = AzureName.lastSegment(definition)?.lowercased(), isRoleId(role) {
      assignment[RoleAssignment.roleId] = .known(role, definition.origin)
    } else if !definition.isNothing {
      let reason = definition.string.unknownReason ?? "the role is not known"
      assignment[RoleAssignment.roleId] = .unknown(reason, definition.origin)
      assignment.links.append(
        AzureName.link("role-definition", definition, kind: RoleAssignment.kind)
      )
    }
    assignment[RoleAssignment.scopeLevel] = AzureScopeLevel.level(
      declared.properties.first("scope"),
      standard: declared.scopeLevel,
      declared.origin
    )
    let principal = properties["principalId"]
    assignment[RoleAssignment.principal] =
      AzureName.principal(principal).map { .known($0, principal.origin) } ?? principal.string
    assignment[RoleAssignment.principalType] = properties["principalType"].string
    assignment.links.append(AzureName.link("principal", principal))
    if !declared.properties["scope"].isNothing {
      assignment.links.append(AzureName.link("scope", declared.properties["scope"]))
    }
    reading.resources.append(assignment)
  }

  /// Whether a text has the form of a role's id: five groups of hexadecimal digits.
  private static func isRoleId(_ text: String) -> Bool {
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
      && groups.allSatisfy { $0.allSatisfy(\.isHexDigit) }
  }
}

extension AzureName {
  /// The name of the resource whose identity a principal is: the end of its address.
  static func principal(_ datum: Datum) -> String? {
    guard let address = datum.references.last?.address else { return nil }
    let symbol = address.split(separator: "#").last ?? ""
    return symbol.split(separator: "/").last.map(String.init)
  }
}

/// Roles of one's own.
enum RoleDefinitionReader: AzureResourceReader {
  static let types = ["Microsoft.Authorization/roleDefinitions"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    var role = reading.make(RoleAssignment.kind, declared)
    role[RoleAssignment.roleName] = properties["roleName"].string
    role[RoleAssignment.scopeLevel] = AzureScopeLevel.level(
      properties["assignableScopes"].elements.first ?? .absent(declared.origin),
      standard: declared.scopeLevel,
      declared.origin
    )
    let permissions = properties["permissions"].elements
    role[RoleAssignment.actions] = permissions.flatMap {
      $0["actions"].strings + $0["dataActions"].strings
    }
    role[RoleAssignment.assignableScopes] = properties["assignableScopes"].elements.map { scope in
      scope.sketch.map { .known($0, scope.origin) } ?? scope.string
    }
    reading.resources.append(role)
  }
}

/// How far an id reaches.
enum AzureScopeLevel {
  static func level(_ scope: Datum, standard: String, _ place: Origin) -> Value<String> {
    if scope.isNothing { return .known(standard.isEmpty ? "resourceGroup" : standard, place) }
    guard let sketch = scope.sketch, sketch != "…" else {
      // A reference to a resource that is in the inputs, or to something not known at all.
      if let reference = scope.references.first {
        return level(of: reference, scope.origin)
      }
      return .unknown(scope.gap?.reason ?? "the scope is not known", scope.origin)
    }
    return level(sketch).map { .known($0, scope.origin) }
      ?? .unknown("the scope is not known", scope.origin)
  }

  private static func level(of reference: DatumReference, _ origin: Origin) -> Value<String> {
    let address = reference.address
    if address.contains("azurerm_subscription") { return .known("subscription", origin) }
    if address.contains("azurerm_resource_group") || address.contains("/resourceGroups/") {
      return .known("resourceGroup", origin)
    }
    if address.contains("azurerm_management_group") {
      return .known("managementGroup", origin)
    }
    return .known("resource", origin)
  }

  /// The level of an id; nil for a text that is none.
  static func level(_ id: String) -> String? {
    let pieces = id.split(separator: "/").map { $0.lowercased() }
    if id == "/" { return "tenant" }
    if pieces.count >= 3, pieces[0] == "providers", pieces[1] == "microsoft.management" {
      return "managementGroup"
    }
    guard pieces.first == "subscriptions" else {
      // A relative id of an extension: `Microsoft.KeyVault/vaults/x`.
      return pieces.count >= 3 && pieces[0].contains(".") ? "resource" : nil
    }
    if pieces.count <= 2 { return "subscription" }
    if pieces.contains("providers") { return "resource" }
    return pieces.count <= 4 && pieces[2] == "resourcegroups" ? "resourceGroup" : "resource"
  }
}
