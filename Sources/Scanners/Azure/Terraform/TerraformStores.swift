import Templates
import Workloads

extension TerraformAzure {
  static let stores: [String: TerraformSpelling] = [
    "azurerm_storage_account": TerraformSpelling(
      "Microsoft.Storage/storageAccounts",
      [
        "https_traffic_only_enabled": .to("properties.supportsHttpsTrafficOnly"),
        "enable_https_traffic_only": .to("properties.supportsHttpsTrafficOnly"),
        "min_tls_version": .to("properties.minimumTlsVersion"),
        "allow_nested_items_to_be_public": .to("properties.allowBlobPublicAccess"),
        "allow_blob_public_access": .to("properties.allowBlobPublicAccess"),
        "shared_access_key_enabled": .to("properties.allowSharedKeyAccess"),
        "public_network_access_enabled": .enabled("properties.publicNetworkAccess"),
        "network_rules": .block(
          "properties.networkAcls",
          ["default_action": .to("defaultAction")]
        ),
      ]
    ),
    "azurerm_storage_share": TerraformSpelling(
      "Microsoft.Storage/storageAccounts/fileServices/shares"
    ),
    "azurerm_app_configuration": TerraformSpelling(
      "Microsoft.AppConfiguration/configurationStores",
      [
        "sku": .to("sku.name"), "local_auth_enabled": .not("properties.disableLocalAuth"),
        "public_network_access": .to("properties.publicNetworkAccess"),
        "purge_protection_enabled": .to("properties.enablePurgeProtection"),
      ]
    ),
    "azurerm_app_configuration_key": TerraformSpelling(
      "Microsoft.AppConfiguration/configurationStores/keyValues",
      [
        "key": .to("name"), "value": .to("properties.value"),
        "content_type": .to("properties.contentType"),
      ],
      parent: "configuration_store_id",
      finish: { source, builder in
        guard source["type"].string.known == "vault" else { return }
        let type = "application/vnd.microsoft.appconfig.keyvaultref+json"
        builder.set("properties.contentType", Datum(.text(type), source["type"].origin))
        builder.set("properties.value", source["vault_key_reference"])
      }
    ),
  ]
}
