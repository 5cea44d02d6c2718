import Scanners
import Templates
import Testing
import Workloads

/// Azure resources in ARM templates, and how they are joined.
@Suite("Azure resources in ARM templates")
struct AzureResourceTests {
  private static func template(_ resources: String, _ rest: String = "") -> String {
    """
    {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
     \(rest) "resources": [\(resources)]}
    """
  }

  private static let shop = template(
    """
    {"type": "Microsoft.OperationalInsights/workspaces", "apiVersion": "1", "name": "logs",
     "properties": {"workspaceCapping": {"dailyQuotaGb": 2}}},
    {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "1", "name": "nsg", "properties": {
      "securityRules": [
        {"name": "web", "properties": {"direction": "Inbound", "access": "Allow", "protocol": "Tcp",
          "sourceAddressPrefix": "Internet", "destinationPortRanges": ["443", "8000-8010"],
          "destinationAddressPrefix": "*"}},
        {"name": "out", "properties": {"direction": "Outbound", "access": "Deny", "protocol": "*",
          "sourceAddressPrefix": "*", "destinationAddressPrefixes": ["10.0.0.0/8", "Storage"],
          "destinationPortRange": "*"}}]}},
    {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "1", "name": "net", "properties": {
      "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
      "subnets": [{"name": "apps", "properties": {"addressPrefix": "10.0.0.0/23",
        "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'nsg')]"}}}]}},
    {"type": "Microsoft.App/managedEnvironments", "apiVersion": "1", "name": "env", "properties": {
      "appLogsConfiguration": {"destination": "log-analytics", "logAnalyticsConfiguration": {
        "customerId": "[reference('logs').customerId]"}},
      "vnetConfiguration": {"internal": true,
        "infrastructureSubnetId": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'apps')]"}},
     "resources": [{"type": "daprComponents", "apiVersion": "1", "name": "state",
       "properties": {"componentType": "state.redis", "scopes": ["shop"]}}]},
    {"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "1", "name": "me"},
    {"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "1",
     "name": "[guid('x')]", "properties": {
       "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'B24988AC-6180-42a0-ab88-20f7382dd24c')]",
       "principalId": "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'me'), '2023-01-31').principalId]",
       "principalType": "ServicePrincipal"}},
    {"type": "Microsoft.ContainerRegistry/registries", "apiVersion": "1", "name": "reg",
     "sku": {"name": "Basic"}, "properties": {"adminUserEnabled": true}},
    {"type": "Microsoft.KeyVault/vaults", "apiVersion": "1", "name": "kv",
     "properties": {"enableRbacAuthorization": true}, "resources": [
       {"type": "secrets", "apiVersion": "1", "name": "api", "properties": {"value": "in-the-open"}}]},
    {"type": "Microsoft.App/containerApps", "apiVersion": "1", "name": "shop",
     "identity": {"type": "UserAssigned", "userAssignedIdentities": {
       "[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'me')]": {}}},
     "properties": {
       "managedEnvironmentId": "[resourceId('Microsoft.App/managedEnvironments', 'env')]",
       "configuration": {
         "registries": [{"server": "[reference('reg').loginServer]", "identity": "system"}],
         "secrets": [{"name": "k", "value": "[parameters('secret')]"},
                     {"name": "v", "keyVaultUrl": "[concat('https://kv.vault.azure.net/', 'secrets/api')]"}],
         "dapr": {"enabled": true, "appId": "shop"}},
       "template": {"containers": [{"name": "shop",
         "image": "[format('{0}/shop:latest', reference('reg').loginServer)]"}]}}}
    """,
    #""parameters": {"secret": {"type": "securestring"}},"#
  )

  private func app() async throws -> Workload {
    let result = try await scanAzure(["main.json": Self.shop])
    #expect(result.notices.map(\.message) == [])
    return try #require(result.workloads.first)
  }

  @Test func anAppReachesWhatStandsAroundIt() async throws {
    let app = try await app()
    let kinds = app.resources.map { "\($0.kind.name) \($0.name)" }.sorted()
    #expect(
      kinds
        == [
          "autoscaler shop", "daprComponent state", "environment env", "logGroup logs",
          "managedIdentity me", "managedIdentity shop", "managedSecret api", "registry reg",
          "registryCredential …", "roleAssignment roleAssignments", "secretObject k",
          "secretObject v",
          "secretStore kv", "securityGroup nsg", "subnet apps",
        ].sorted()
    )
  }

  @Test func environmentsKnowTheirNetworkAndLogs() async throws {
    let app = try await app()
    let environment = try #require(app.resources(AppEnvironment.kind).first)
    #expect(environment[AppEnvironment.logDestination].known == "log-analytics")
    #expect(environment[AppEnvironment.isInternal].known == true)
    #expect(environment[AppEnvironment.subnetRange].known == "10.0.0.0/23")
    #expect(environment[AppEnvironment.hasDiagnostics].known == false)
    let logs = try #require(app.resources(LogGroup.kind).first)
    #expect(logs[LogGroup.retentionDays].known == 30)
    #expect(logs[LogGroup.dailyCap].known == 2)
    let group = try #require(app.resources(SecurityGroup.kind).first)
    #expect(group[SecurityGroup.use].known == "service")
    #expect(group.parts.map { $0[NetworkRule.fromPort].known } == [443, 8000, 0])
    #expect(group.parts.map { $0[NetworkRule.toPort].known } == [443, 8010, 65_535])
    #expect(
      group.parts.map { $0[NetworkRule.direction].known } == ["ingress", "ingress", "egress"]
    )
    #expect(group.parts[0][NetworkRule.peers].map(\.known) == ["0.0.0.0/0"])
    #expect(group.parts[2][NetworkRule.peers].map(\.known) == ["10.0.0.0/8", "Storage"])
    #expect(group.parts[2][NetworkRule.transport].known == "all")
  }

  @Test func rolesAndSecretsAreUnderstood() async throws {
    let app = try await app()
    let role = try #require(app.resources(RoleAssignment.kind).first)
    #expect(role[RoleAssignment.roleId].known == "b24988ac-6180-42a0-ab88-20f7382dd24c")
    #expect(role[RoleAssignment.scopeLevel].known == "resourceGroup")
    #expect(role[RoleAssignment.principal].known == "me")
    let secrets = app.resources(SecretObject.kind)
    #expect(secrets.map { $0[SecretObject.source].known } == ["parameter", "key-vault"])
    let registry = try #require(app.resources(Registry.kind).first)
    #expect(registry[Registry.adminUser].known == true)
    #expect(registry[Registry.publicNetwork].known == true)
    #expect(registry[Registry.registryScanning].known == false)
    let stored = try #require(app.resources(ManagedSecret.kind).first)
    #expect(stored[ManagedSecret.hasLiteralValue].known == true)
    #expect(stored[ManagedSecret.expires].known == false)
    let vault = try #require(app.resources(SecretVault.kind).first)
    #expect(vault[SecretVault.usesRoles].known == true)
    #expect(vault[SecretVault.purgeProtection].known == false)
    #expect(app.containers[0].image.known?.tag == "latest")
    #expect(app.containers[0].image.known?.registry == "….azurecr.io")
  }

  @Test func containersThatCannotBeSeenAreUnknownNotNone() async throws {
    let result = try await scanAzure([
      "main.json": Self.template(
        """
        {"type": "Microsoft.App/containerApps", "apiVersion": "1", "name": "x",
         "properties": {"template": {"containers": "[parameters('all')]"}}}
        """,
        #""parameters": {"all": {"type": "array"}},"#
      )
    ])
    let container = try #require(result.workloads.first?.containers.first)
    #expect(container.image.unknownReason == "the parameter all has no value")
    #expect(container.healthCheck?.type.unknownReason == "the parameter all has no value")
  }

  @Test(
    "a role assignment reaches as far as its scope says",
    arguments: [
      (#""scope": "[subscription().id]","#, "subscription"),
      (#""scope": "[resourceGroup().id]","#, "resourceGroup"),
      (#""scope": "[resourceId('Microsoft.KeyVault/vaults', 'kv')]","#, "resource"),
      (#""scope": "/providers/Microsoft.Management/managementGroups/top","#, "managementGroup"),
      ("", "resourceGroup"),
    ]
  )
  func scopes(_ scope: String, _ level: String) async throws {
    let result = try await scanAzure([
      "main.json": Self.template(
        """
        {"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "1", "name": "n", \(scope)
         "properties": {"roleDefinitionId": "x"}}
        """
      )
    ])
    #expect(result.resources.first?[RoleAssignment.scopeLevel].known == level)
  }

  @Test func templatesOfSubscriptionsReachFurther() async throws {
    let result = try await scanAzure([
      "main.json": """
      {"$schema": "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#",
       "resources": [{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "1", "name": "n",
         "properties": {"roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"}}]}
      """
    ])
    let role = try #require(result.resources.first)
    #expect(role[RoleAssignment.scopeLevel].known == "subscription")
    #expect(role[RoleAssignment.roleId].known == "8e3af657-a8ff-443c-a75c-2fe8c4bcb635")
  }

  @Test func compiledTemplatesGiveWayToTheirSource() async throws {
    let text = """
      {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
       "metadata": {"_generator": {"name": "bicep"}},
       "resources": [{"type": "Microsoft.KeyVault/vaults", "apiVersion": "1", "name": "kv"}]}
      """
    let both = try await scanAzure(["main.json": text, "main.bicep": "// source"])
    #expect(both.resources.isEmpty)
    #expect(
      both.notices.map(\.message) == ["Compiled from main.bicep, which is assessed in its place."]
    )
    #expect(try await scanAzure(["main.json": text]).resources.map(\.name) == ["kv"])
  }

  @Test func parameterFilesAndLinkedTemplatesAreNoTemplatesOfTheirOwn() async throws {
    let result = try await scanAzure([
      "main.json": Self.template(
        """
        {"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "a",
         "properties": {"templateLink": {"relativePath": "nested/kv.json"},
           "parameters": {"name": {"value": "[parameters('vault')]"}}}}
        """,
        #""parameters": {"vault": {"type": "string"}},"#
      ),
      "main.parameters.json": """
      {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
       "parameters": {"vault": {"value": "kv1"}}}
      """,
      "nested/kv.json": Self.template(
        #"{"type": "Microsoft.KeyVault/vaults", "apiVersion": "1", "name": "[parameters('name')]"}"#,
        #""parameters": {"name": {"type": "string", "defaultValue": "other"}},"#
      ),
    ])
    #expect(result.resources.filter { $0.kind == SecretVault.kind }.map(\.name) == ["kv1"])
    #expect(
      result.inputs.mapValues(\.state) == [
        "main.json": .read, "main.parameters.json": .read, "nested/kv.json": .read,
      ]
    )
  }

  @Test func defenderPlansTellOfScanning() async throws {
    let result = try await scanAzure([
      "main.json": Self.template(
        """
        {"type": "Microsoft.ContainerRegistry/registries", "apiVersion": "1", "name": "reg"},
        {"type": "Microsoft.Security/pricings", "apiVersion": "1", "name": "Containers",
         "properties": {"pricingTier": "Standard"}}
        """
      )
    ])
    #expect(result.resources.first?[Registry.registryScanning].known == true)
  }
}
