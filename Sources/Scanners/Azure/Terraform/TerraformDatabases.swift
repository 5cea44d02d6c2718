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
    "azurerm_postgresql_server": TerraformSpelling(
      "Microsoft.DBforPostgreSQL/servers",
      single
    ),
    "azurerm_mysql_flexible_server": TerraformSpelling(
      "Microsoft.DBforMySQL/flexibleServers",
      flexible
    ),
    "azurerm_mysql_server": TerraformSpelling("Microsoft.DBforMySQL/servers", single),
    "azurerm_mariadb_server": TerraformSpelling("Microsoft.DBforMariaDB/servers", single),
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
    "azurerm_redis_cache": TerraformSpelling(
      "Microsoft.Cache/redis",
      open.merging(
        [
          "non_ssl_port_enabled": .to("properties.enableNonSslPort"),
          "enable_non_ssl_port": .to("properties.enableNonSslPort"),
        ]
      ) { first, _ in first }
    ),
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
    "public_network_access_enabled": .enabled("properties.publicNetworkAccess"),
    "minimum_tls_version": .to("properties.minimumTlsVersion"),
    "minimal_tls_version": .to("properties.minimumTlsVersion"),
  ]

  private static let single = open.merging(
    [
      "ssl_enforcement_enabled": .enabled("properties.sslEnforcement"),
      "ssl_minimal_tls_version_enforced": .to("properties.minimumTlsVersion"),
    ]
  ) { first, _ in first }

  /// Rules of firewalls and parameters, which name their server by id or by name.
  static let databaseParts: [String: TerraformSpelling] = {
    let servers = [
      ("azurerm_postgresql_flexible_server", "Microsoft.DBforPostgreSQL/flexibleServers"),
      ("azurerm_postgresql", "Microsoft.DBforPostgreSQL/servers"),
      ("azurerm_mysql_flexible_server", "Microsoft.DBforMySQL/flexibleServers"),
      ("azurerm_mysql", "Microsoft.DBforMySQL/servers"),
      ("azurerm_mariadb", "Microsoft.DBforMariaDB/servers"),
      ("azurerm_mssql", "Microsoft.Sql/servers"), ("azurerm_sql", "Microsoft.Sql/servers"),
      ("azurerm_redis", "Microsoft.Cache/redis"),
    ]
    var spellings: [String: TerraformSpelling] = [:]
    for (prefix, type) in servers {
      spellings["\(prefix)_firewall_rule"] = TerraformSpelling(
        "\(type)/firewallRules",
        server.merging(
          [
            "start_ip_address": .to("properties.startIpAddress"),
            "end_ip_address": .to("properties.endIpAddress"),
            "start_ip": .to("properties.startIpAddress"), "end_ip": .to("properties.endIpAddress"),
          ]
        ) { first, _ in first }
      )
      guard prefix.hasSuffix("flexible_server") else { continue }
      spellings["\(prefix)_configuration"] = TerraformSpelling(
        "\(type)/configurations",
        server.merging(["value": .to("properties.value")]) { first, _ in first }
      )
    }
    return spellings
  }()

  private static let server: [String: TerraformSpelling.Field] = [
    "server_id": .to("server"), "server_name": .to("server"), "redis_cache_name": .to("server"),
  ]

  private static let flexible: [String: TerraformSpelling.Field] = [
    "public_network_access_enabled": .enabled("properties.network.publicNetworkAccess"),
    "public_network_access": .to("properties.network.publicNetworkAccess"),
    "delegated_subnet_id": .to("properties.network.delegatedSubnetResourceId"),
  ]
}
