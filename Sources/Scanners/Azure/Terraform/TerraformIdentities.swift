import Templates
import Workloads

extension TerraformAzure {
  static let identities: [String: TerraformSpelling] = [
    "azurerm_user_assigned_identity": TerraformSpelling(
      "Microsoft.ManagedIdentity/userAssignedIdentities"
    ),
    "azurerm_role_assignment": TerraformSpelling(
      "Microsoft.Authorization/roleAssignments",
      [
        "scope": .to("scope"), "role_definition_id": .to("properties.roleDefinitionId"),
        "role_definition_name": .to("properties.roleDefinitionName"),
        "principal_id": .to("properties.principalId"),
        "principal_type": .to("properties.principalType"),
      ]
    ),
    "azurerm_role_definition": TerraformSpelling(
      "Microsoft.Authorization/roleDefinitions",
      [
        "name": .both(.to("name"), .to("properties.roleName")),
        "assignable_scopes": .to("properties.assignableScopes"), "scope": .to("properties.scope"),
        "permissions": .list(
          "properties.permissions",
          [
            "actions": .to("actions"), "not_actions": .to("notActions"),
            "data_actions": .to("dataActions"), "not_data_actions": .to("notDataActions"),
          ]
        ),
      ],
      finish: { source, builder in
        // Where nothing else is said, a role may be assigned at its own scope.
        guard source["assignable_scopes"].isNothing, !source["scope"].isNothing else { return }
        builder.append("properties.assignableScopes", [source["scope"]], more: nil, source.origin)
      }
    ),
  ]

  static let vaults: [String: TerraformSpelling] = [
    "azurerm_key_vault": TerraformSpelling(
      "Microsoft.KeyVault/vaults",
      [
        "sku_name": .to("properties.sku.name"),
        "purge_protection_enabled": .to("properties.enablePurgeProtection"),
        "soft_delete_retention_days": .to("properties.softDeleteRetentionInDays"),
        "enable_rbac_authorization": .to("properties.enableRbacAuthorization"),
        "rbac_authorization_enabled": .to("properties.enableRbacAuthorization"),
        "public_network_access_enabled": .enabled("properties.publicNetworkAccess"),
        "network_acls": .block(
          "properties.networkAcls",
          ["default_action": .to("defaultAction"), "bypass": .to("bypass")]
        ),
        "access_policy": .list("properties.accessPolicies", permissions),
      ]
    ),
    "azurerm_key_vault_access_policy": TerraformSpelling(
      "Microsoft.KeyVault/vaults/accessPolicies",
      parent: "key_vault_id",
      finish: { source, builder in
        let policy = TerraformSpelling.object(source, permissions)
        builder.append("properties.accessPolicies", [policy], more: nil, source.origin)
      }
    ),
    "azurerm_key_vault_secret": TerraformSpelling(
      "Microsoft.KeyVault/vaults/secrets",
      [
        "value": .to("properties.value"), "content_type": .to("properties.contentType"),
        "expiration_date": .to("properties.attributes.exp"),
      ],
      parent: "key_vault_id"
    ),
    "azurerm_key_vault_key": TerraformSpelling(
      "Microsoft.KeyVault/vaults/keys",
      ["expiration_date": .to("properties.attributes.exp")],
      parent: "key_vault_id",
      finish: { source, builder in
        guard let policy = source["rotation_policy"].elements.first,
          policy.gap != nil || !policy["automatic"].elements.isEmpty
        else { return }
        var action = AzureBodyBuilder()
        action.set("action.type", Datum(.text("rotate"), policy.origin))
        let list = [Datum(.object(action.object), policy.origin)]
        builder.append("properties.rotationPolicy.lifetimeActions", list, more: nil, policy.origin)
      }
    ),
  ]

  private static let permissions: [String: TerraformSpelling.Field] = [
    "secret_permissions": .to("permissions.secrets"), "key_permissions": .to("permissions.keys"),
    "certificate_permissions": .to("permissions.certificates"),
    "storage_permissions": .to("permissions.storage"), "object_id": .to("objectId"),
  ]

  static let registriesAndLogs: [String: TerraformSpelling] = [
    "azurerm_container_registry": TerraformSpelling(
      "Microsoft.ContainerRegistry/registries",
      [
        "sku": .to("sku.name"), "admin_enabled": .to("properties.adminUserEnabled"),
        "anonymous_pull_enabled": .to("properties.anonymousPullEnabled"),
        "public_network_access_enabled": .enabled("properties.publicNetworkAccess"),
        "quarantine_policy_enabled": .enabled("properties.policies.quarantinePolicy.status"),
        "network_rule_set": .block(
          "properties.networkRuleSet",
          ["default_action": .to("defaultAction")]
        ),
        "retention_policy": .block(
          "properties.policies.retentionPolicy",
          ["enabled": .enabled("status"), "days": .to("days")]
        ),
      ],
      finish: { source, builder in
        let days = source["retention_policy_in_days"]
        if !days.isNothing {
          builder.set(
            "properties.policies.retentionPolicy.status",
            Datum(.text("enabled"), days.origin)
          )
        }
        if let encryption = source["encryption"].elements.first {
          let isOn = encryption["enabled"].flag.known != false
          let text = isOn ? "enabled" : "disabled"
          builder.set("properties.encryption.status", Datum(.text(text), encryption.origin))
        }
      }
    ),
    "azurerm_security_center_subscription_pricing": TerraformSpelling(
      "Microsoft.Security/pricings",
      ["tier": .to("properties.pricingTier"), "resource_type": .to("name")],
      finish: { source, builder in
        // Without a type it is about virtual machines.
        guard source["resource_type"].isNothing else { return }
        builder.set("name", Datum(.text("VirtualMachines"), source.origin))
      }
    ),
    "azurerm_log_analytics_workspace": TerraformSpelling(
      "Microsoft.OperationalInsights/workspaces",
      [
        "retention_in_days": .to("properties.retentionInDays"),
        "daily_quota_gb": .to("properties.workspaceCapping.dailyQuotaGb"),
        "sku": .to("properties.sku.name"),
      ]
    ),
    "azurerm_monitor_diagnostic_setting": TerraformSpelling(
      "Microsoft.Insights/diagnosticSettings",
      [
        "target_resource_id": .to("scope"),
        "log_analytics_workspace_id": .to("properties.workspaceId"),
        "storage_account_id": .to("properties.storageAccountId"),
        "eventhub_authorization_rule_id": .to("properties.eventHubAuthorizationRuleId"),
      ]
    ),
    "azurerm_application_insights": TerraformSpelling(
      "Microsoft.Insights/components",
      ["workspace_id": .to("properties.WorkspaceResourceId")]
    ),
  ]
}
