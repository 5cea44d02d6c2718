import Templates
import Workloads

extension TerraformAzure {
  static let databases: [String: TerraformSpelling] = [
    "azurerm_postgresql_flexible_server": TerraformSpelling(
      "Microsoft.DBforPostgreSQL/flexibleServers",
      flexible.merging(
        [
          "authentication": .block(
            "properties.authConfig",
            ["password_auth_enabled": .enabled("passwordAuth")]
          )
        ]
      ) { first, _ in first }
    ),
    "azurerm_postgresql_server": TerraformSpelling("Microsoft.DBforPostgreSQL/servers", open),
    "azurerm_mysql_flexible_server": TerraformSpelling(
      "Microsoft.DBforMySQL/flexibleServers",
      flexible
    ),
    "azurerm_mysql_server": TerraformSpelling("Microsoft.DBforMySQL/servers", open),
    "azurerm_mariadb_server": TerraformSpelling("Microsoft.DBforMariaDB/servers", open),
    "azurerm_mssql_server": TerraformSpelling(
      "Microsoft.Sql/servers",
      open.merging(
        [
          "azuread_administrator": .block(
            "properties.administrators",
            ["azuread_authentication_only": .to("azureADOnlyAuthentication")]
          )
        ]
      ) { first, _ in first }
    ),
    "azurerm_sql_server": TerraformSpelling("Microsoft.Sql/servers", open),
    "azurerm_mssql_managed_instance": TerraformSpelling("Microsoft.Sql/managedInstances"),
    "azurerm_cosmosdb_account": TerraformSpelling(
      "Microsoft.DocumentDB/databaseAccounts",
      open.merging(
        [
          "kind": .to("kind"), "local_authentication_disabled": .to("properties.disableLocalAuth"),
        ]
      ) { first, _ in first }
    ),
    "azurerm_redis_cache": TerraformSpelling("Microsoft.Cache/redis", open),
    "azurerm_redis_enterprise_cluster": TerraformSpelling("Microsoft.Cache/redisEnterprise"),
    "azurerm_managed_redis": TerraformSpelling("Microsoft.Cache/redisEnterprise"),
    "azurerm_servicebus_namespace": TerraformSpelling(
      "Microsoft.ServiceBus/namespaces",
      open.merging(["local_auth_enabled": .not("properties.disableLocalAuth")]) { first, _ in first
      }
    ),
    "azurerm_eventhub_namespace": TerraformSpelling(
      "Microsoft.EventHub/namespaces",
      open.merging(
        ["local_authentication_enabled": .not("properties.disableLocalAuth")]
      ) { first, _ in first }
    ),
    "azurerm_search_service": TerraformSpelling("Microsoft.Search/searchServices", open),
  ]

  private static let open: [String: TerraformSpelling.Field] = [
    "public_network_access_enabled": .enabled("properties.publicNetworkAccess")
  ]

  private static let flexible: [String: TerraformSpelling.Field] = [
    "public_network_access_enabled": .enabled("properties.network.publicNetworkAccess"),
    "public_network_access": .to("properties.network.publicNetworkAccess"),
    "delegated_subnet_id": .to("properties.network.delegatedSubnetResourceId"),
  ]
}
