import DocumentTrees
import Templates
import Testing
import Workloads

@testable import Scanners

/// Stores, databases and settings around container apps, in ARM and in Terraform.
@Suite struct AzureStoreTests {
  private static func template(_ resources: String) -> String {
    """
    {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
     "parameters": {"app": {"type": "string"}}, "resources": [\(resources)]}
    """
  }

  private func arm(_ resources: String) async throws -> ScanResult {
    try await scanAzure(["main.json": Self.template(resources)])
  }

  private func terraform(_ json: String) throws -> ScanResult {
    AzureResources.read(try TerraformSample.deployment(json))
  }

  @Test func storageAccountsAreTheSameInBothSpellings() async throws {
    let both = [
      try await arm(
        """
        {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "1", "name": "files",
         "properties": {"supportsHttpsTrafficOnly": false, "minimumTlsVersion": "TLS1_0",
           "allowBlobPublicAccess": true, "allowSharedKeyAccess": false,
           "networkAcls": {"defaultAction": "Deny"}}}
        """
      ),
      try terraform(
        """
        {"azurerm_storage_account.files": {"name": "files", "https_traffic_only_enabled": false,
          "min_tls_version": "TLS1_0", "allow_nested_items_to_be_public": true,
          "shared_access_key_enabled": false, "network_rules": [{"default_action": "Deny"}]}}
        """
      ),
    ]
    for result in both {
      let account = try #require(result.resources.first { $0.kind == StorageAccount.kind })
      #expect(account[StorageAccount.requiresTLS].known == false)
      #expect(account[StorageAccount.minimumTLS].known == "1.0")
      #expect(account[StorageAccount.anonymousBlobs].known == true)
      #expect(account[StorageAccount.sharedKey].known == false)
      #expect(account[StorageAccount.publicNetwork].known == false)
    }
  }

  @Test func configurationIsTheSameInBothSpellings() async throws {
    let reference = "application/vnd.microsoft.appconfig.keyvaultref+json"
    let both = [
      try await arm(
        """
        {"type": "Microsoft.AppConfiguration/configurationStores", "apiVersion": "1",
         "name": "conf", "sku": {"name": "Standard"}, "properties": {"disableLocalAuth": true}},
        {"type": "Microsoft.AppConfiguration/configurationStores/keyValues", "apiVersion": "1",
         "name": "conf/Color$prod", "properties": {"value": "green"}},
        {"type": "Microsoft.AppConfiguration/configurationStores/keyValues", "apiVersion": "1",
         "name": "conf/Db", "properties": {"value": "{}", "contentType": "\(reference)"}}
        """
      ),
      try terraform(
        """
        {"azurerm_app_configuration.conf": {"name": "conf", "sku": "standard",
           "local_auth_enabled": false},
         "azurerm_app_configuration_key.color": {"key": "Color", "value": "green",
           "configuration_store_id": "@azurerm_app_configuration.conf.id"},
         "azurerm_app_configuration_key.db": {"key": "Db", "type": "vault",
           "vault_key_reference": "https://kv.vault.azure.net/secrets/db",
           "configuration_store_id": "@azurerm_app_configuration.conf.id"}}
        """
      ),
    ]
    for result in both {
      let store = try #require(result.resources.first { $0.kind == ConfigurationStore.kind })
      #expect(store[ConfigurationStore.accessKeys].known == false)
      #expect(store[ConfigurationStore.purgeProtection].known == false)
      #expect(store[ConfigurationStore.sku].known == "standard")
      let values = result.resources.filter { $0.kind == Parameter.kind }
      #expect(values.map(\.name) == ["Color", "Db"])
      #expect(
        values.map { $0[Parameter.parameterType].known } == ["KeyValue", "KeyVaultReference"]
      )
      #expect(values.allSatisfy { $0.links.contains { $0.addresses == [store.address] } })
    }
  }

  @Test func firewallsAndEncryptionOfDatabasesAreTheSameInBothSpellings() async throws {
    let both = [
      try await arm(
        """
        {"type": "Microsoft.DBforPostgreSQL/flexibleServers", "apiVersion": "1", "name": "db",
         "properties": {}},
        {"type": "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules", "apiVersion": "1",
         "name": "db/all", "properties": {"startIpAddress": "0.0.0.0",
           "endIpAddress": "255.255.255.255"}},
        {"type": "Microsoft.DBforPostgreSQL/flexibleServers/configurations", "apiVersion": "1",
         "name": "db/require_secure_transport", "properties": {"value": "OFF"}}
        """
      ),
      try terraform(
        """
        {"azurerm_postgresql_flexible_server.db": {"name": "db"},
         "azurerm_postgresql_flexible_server_firewall_rule.all": {"name": "all",
           "server_id": "@azurerm_postgresql_flexible_server.db.id",
           "start_ip_address": "0.0.0.0", "end_ip_address": "255.255.255.255"},
         "azurerm_postgresql_flexible_server_configuration.tls": {
           "name": "require_secure_transport", "value": "off",
           "server_id": "@azurerm_postgresql_flexible_server.db.id"}}
        """
      ),
    ]
    for result in both {
      let database = try #require(result.resources.first { $0.kind == Database.kind })
      #expect(database[Database.openRanges].map(\.known) == ["0.0.0.0-255.255.255.255"])
      #expect(database[Database.requiresTLS].known == false)
    }
  }

  @Test(
    "versions of TLS are one word, however a service spells them",
    arguments: [
      ("TLS1_2", "1.2"), ("1.2", "1.2"), ("Tls12", "1.2"), ("TLS13", "1.3"),
      ("TLSEnforcementDisabled", "none"),
    ]
  )
  func versions(_ text: String, _ version: String) {
    #expect(AzureTLS.version(Datum(.text(text), .none)).known == version)
  }

  /// A child that stands beside its parent belongs to it all the same.
  @Test func flatChildrenFindTheirParents() async throws {
    let result = try await arm(
      """
      {"type": "Microsoft.App/managedEnvironments", "apiVersion": "1", "name": "[parameters('app')]",
       "properties": {"workloadProfiles": [
         {"name": "big", "workloadProfileType": "D4", "minimumCount": 1, "maximumCount": 3}]}},
      {"type": "Microsoft.App/managedEnvironments/daprComponents", "apiVersion": "1",
       "name": "[concat(parameters('app'), '/orders')]",
       "properties": {"componentType": "pubsub.azure.servicebus", "version": "v1"}},
      {"type": "Microsoft.App/containerApps", "apiVersion": "1", "name": "web",
       "properties": {
         "environmentId": "[resourceId('Microsoft.App/managedEnvironments', parameters('app'))]",
         "configuration": {"dapr": {"enabled": true, "appId": "web", "appPort": 3000},
           "ingress": {"external": true, "targetPort": 8080, "ipSecurityRestrictions": [
             {"name": "bad", "action": "Deny", "ipAddressRange": "203.0.113.0/24"}]}},
         "template": {"containers": [{"name": "web", "image": "example.com/web:1"}]}}},
      {"type": "Microsoft.App/containerApps/authConfigs", "apiVersion": "1", "name": "web/current",
       "properties": {"platform": {"enabled": true},
         "globalValidation": {"unauthenticatedClientAction": "RedirectToLoginPage"}}}
      """
    )
    let app = try #require(result.workloads.first)
    #expect(app.resources(DaprComponent.kind).map(\.name) == ["orders"])
    let ingress = try #require(app.resources(Ingress.kind).first)
    #expect(ingress[Ingress.requiresSignIn].known == true)
    // Keeping one range out leaves all the others in.
    #expect(ingress[Ingress.ipRestrictions].isEmpty)
    #expect(app.containers[0].ports.map(\.container.known) == [8080, 3000])
    let environment = try #require(app.resources(AppEnvironment.kind).first)
    let profile = try #require(environment.parts.first)
    #expect(profile[WorkloadProfile.type].known == "D4")
    #expect(profile[WorkloadProfile.minimumCount].known == 1)
    #expect(profile[WorkloadProfile.carriesIngress].known == false)
  }

  @Test func whatIsNotReadIsSaidOnceForEachType() async throws {
    let result = try await arm(
      """
      {"type": "Microsoft.App/sessionPools", "apiVersion": "1", "name": "a", "properties": {}},
      {"type": "Microsoft.App/sessionPools", "apiVersion": "1", "name": "b", "properties": {}},
      {"type": "Microsoft.App/brandNew", "apiVersion": "1", "name": "c", "properties": {}},
      {"type": "Microsoft.Maps/accounts", "apiVersion": "1", "name": "d", "properties": {}}
      """
    )
    #expect(
      result.notices.map(\.message) == [
        """
        Resources of the type Microsoft.App/sessionPools are not assessed: their containers are \
        made and thrown away for each session, and hold no workload to move.
        """,
        "Resources of the type Microsoft.App/brandNew are not assessed.",
      ]
    )
  }
}
