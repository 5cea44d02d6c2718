import Scanners
import Templates
import Testing
import Workloads

/// Terraform's spellings of the same resources.
@Suite("Azure resources of Terraform")
struct AzureTerraformTests {
  private func read(_ json: String) throws -> ScanResult {
    AzureResources.read(try TerraformSample.deployment(json))
  }

  @Test func aContainerAppIsTheSameInBothSpellings() throws {
    let result = try read(
      """
      {"azurerm_user_assigned_identity.me": {"name": "me"},
       "azurerm_role_assignment.pull": {"scope": "@azurerm_container_registry.reg.id",
         "role_definition_name": "AcrPull", "principal_id": "@azurerm_user_assigned_identity.me.principal_id"},
       "azurerm_container_registry.reg": {"name": "reg", "sku": "Premium", "admin_enabled": false,
         "public_network_access_enabled": false},
       "azurerm_log_analytics_workspace.logs": {"name": "logs", "retention_in_days": 90},
       "azurerm_container_app_environment.env": {"name": "env",
         "log_analytics_workspace_id": "@azurerm_log_analytics_workspace.logs.id",
         "infrastructure_subnet_id": "@azurerm_subnet.apps.id", "internal_load_balancer_enabled": true},
       "azurerm_subnet.apps": {"name": "apps", "address_prefixes": ["10.0.0.0/21"]},
       "azurerm_container_app.web": {
         "name": "web", "revision_mode": "Single", "tags": {"team": "shop"},
         "container_app_environment_id": "@azurerm_container_app_environment.env.id",
         "identity": [{"type": "UserAssigned", "identity_ids": ["@azurerm_user_assigned_identity.me.id"]}],
         "registry": [{"server": "@azurerm_container_registry.reg.login_server",
                       "identity": "@azurerm_user_assigned_identity.me.id"}],
         "secret": [{"name": "db", "value": "literal-here"}],
         "ingress": [{"external_enabled": true, "target_port": 8080, "allow_insecure_connections": false,
                      "traffic_weight": [{"latest_revision": true, "percentage": 100}]}],
         "dapr": [{"app_id": "web", "app_port": 8080}],
         "template": [{
           "min_replicas": 1, "max_replicas": 4,
           "http_scale_rule": [{"name": "h", "concurrent_requests": "25"}],
           "volume": [{"name": "d", "storage_type": "AzureFile", "storage_name": "share"}],
           "container": [{"name": "web", "image": "nginx:1.27", "cpu": 0.25, "memory": "0.5Gi",
             "env": [{"name": "DB", "secret_name": "db"}, {"name": "A", "value": "1"}],
             "volume_mounts": [{"name": "d", "path": "/d"}],
             "liveness_probe": [{"transport": "HTTP", "port": 8080, "path": "/", "interval_seconds": 5}],
             "readiness_probe": [{"transport": "TCP", "port": 8080}]}]}]}}
      """
    )
    #expect(result.notices.map(\.message) == [])
    let app = try #require(result.workloads.first)
    #expect(app.name == "web")
    let web = app.containers[0]
    #expect(web.image.known?.tag == "1.27")
    #expect(web.resources.cpuLimit.known == 0.25)
    #expect(web.resources.memoryLimit.known == 512 << 20)
    #expect(web.variables.map(\.source) == [.secretReference, .environment])
    #expect(web.probes.map(\.type.known).sorted { $0 ?? "" < $1 ?? "" } == ["http", "tcp"])
    #expect(web.healthCheck?.interval.known == 5)
    #expect(web.mounts.map(\.type.known) == ["azureFile"])
    #expect(web.ports.map(\.container.known) == [8080])
    #expect(app.scaling?.maximum.known == 4)
    #expect(app.scaling?.triggers.map(\.known) == ["http"])
    #expect(app.resources(SecretObject.kind).map { $0[SecretObject.source].known } == ["literal"])
    #expect(app.settings.contains { $0.name == "dapr.appId" && $0.value.known == "web" })
    #expect(app.settings.contains { $0.name == "activeRevisionsMode" })
    let relations = Set(app.resourceLinks.map(\.relation))
    #expect(
      relations == [
        "environment", "identity", "registry", "log-workspace", "subnet", "role-assignment",
        "storage",
      ]
    )
  }

  /// “External” then means the virtual network: nothing reaches the app from the internet.
  @Test(arguments: [(true, false), (false, true)])
  func whatIsExternalIsSoForItsEnvironment(isInternal: Bool, isReached: Bool) throws {
    let result = try read(
      """
      {"azurerm_container_app_environment.env": {"name": "env",
         "internal_load_balancer_enabled": \(isInternal)},
       "azurerm_container_app.web": {"name": "web",
         "container_app_environment_id": "@azurerm_container_app_environment.env.id",
         "ingress": [{"external_enabled": true, "target_port": 80}],
         "template": [{"container": [{"name": "web", "image": "nginx:1.27"}]}]}}
      """
    )
    let ingress = try #require(result.workloads.first?.resources(Ingress.kind).first)
    #expect(ingress[Ingress.isExternal].known == isReached)
  }

  @Test func surroundingsAreTheSameInBothSpellings() throws {
    let result = try read(
      """
      {"azurerm_role_assignment.own": {"scope": "/subscriptions/123", "role_definition_name": "Owner",
         "principal_id": "x"},
       "azurerm_key_vault.kv": {"name": "kv", "purge_protection_enabled": true,
         "public_network_access_enabled": false, "soft_delete_retention_days": 7},
       "azurerm_key_vault_access_policy.p": {"key_vault_id": "@azurerm_key_vault.kv.id",
         "secret_permissions": ["Get", "List"]},
       "azurerm_key_vault_secret.s": {"name": "s", "key_vault_id": "@azurerm_key_vault.kv.id",
         "value": "open", "expiration_date": "2030-01-01T00:00:00Z"},
       "azurerm_key_vault_key.k": {"name": "k", "key_vault_id": "@azurerm_key_vault.kv.id",
         "rotation_policy": [{"automatic": [{"time_before_expiry": "P30D"}]}]},
       "azurerm_network_security_group.g": {"name": "g"},
       "azurerm_network_security_rule.r": {"name": "r", "direction": "Inbound", "access": "Allow",
         "protocol": "Tcp", "source_address_prefix": "*", "destination_port_range": "22",
         "network_security_group_name": "@azurerm_network_security_group.g.name"},
       "azurerm_subnet.s": {"name": "s", "address_prefixes": ["10.0.1.0/24"]},
       "azurerm_subnet_network_security_group_association.a": {"subnet_id": "@azurerm_subnet.s.id",
         "network_security_group_id": "@azurerm_network_security_group.g.id"},
       "azurerm_postgresql_flexible_server.db": {"name": "db", "public_network_access_enabled": false},
       "azurerm_security_center_subscription_pricing.d": {"tier": "Free", "resource_type": "Containers"},
       "azurerm_container_registry.reg": {"name": "reg", "sku": "Basic", "admin_enabled": true}}
      """
    )
    func first(_ kind: ResourceKind) throws -> Resource {
      try #require(result.resources.first { $0.kind == kind })
    }
    let role = try first(RoleAssignment.kind)
    #expect(role[RoleAssignment.scopeLevel].known == "subscription")
    #expect(role[RoleAssignment.roleName].known == "Owner")
    let vault = try first(SecretVault.kind)
    #expect(vault[SecretVault.purgeProtection].known == true)
    #expect(vault[SecretVault.publicNetwork].known == false)
    #expect(vault[SecretVault.softDeleteDays].known == 7)
    #expect(vault[SecretVault.accessPolicies].map(\.known) == ["secrets:get", "secrets:list"])
    let stored = result.resources.filter { $0.kind == ManagedSecret.kind }
    #expect(stored.map { $0[ManagedSecret.expires].known } == [true, false])
    #expect(stored.map { $0[ManagedSecret.rotates].known } == [false, true])
    let group = try first(SecurityGroup.kind)
    #expect(group[SecurityGroup.use].known == "subnet")
    #expect(group.parts.map { $0[NetworkRule.fromPort].known } == [22])
    #expect(group.parts[0][NetworkRule.peers].map(\.known) == ["0.0.0.0/0"])
    #expect(try first(Database.kind)[Database.isPublic].known == false)
    #expect(try first(Registry.kind)[Registry.registryScanning].known == false)
  }

  @Test func azapiBodiesAreAzuresOwn() throws {
    let result = try read(
      #"""
      {"azapi_resource.app": {"type": "Microsoft.App/containerApps@2024-03-01", "name": "web",
         "identity": [{"type": "SystemAssigned"}],
         "body": {"properties": {"template": {"containers": [{"name": "web", "image": "nginx:1"}]}}}},
       "azapi_resource.text": {"type": "Microsoft.App/jobs@2024-03-01", "name": "job",
         "body": "{\"properties\": {\"template\": {\"containers\": [{\"name\": \"j\", \"image\": \"x:1\"}]}}}"}}
      """#
    )
    #expect(result.workloads.map(\.name) == ["web", "job"])
    #expect(result.workloads.map { $0.containers[0].image.known?.text } == ["nginx:1", "x:1"])
    #expect(
      result.workloads[0].resources(ManagedIdentity.kind).map { $0[ManagedIdentity.type].known }
        == ["SystemAssigned"]
    )
  }
}
