import Templates
import Workloads

/// Managed databases, caches and brokers.
enum AzureDatabaseReader: AzureResourceReader {
  private static let engines: [String: String] = [
    "Microsoft.DBforPostgreSQL/flexibleServers": "postgres",
    "Microsoft.DBforPostgreSQL/servers": "postgres",
    "Microsoft.DBforPostgreSQL/serverGroupsv2": "postgres",
    "Microsoft.DBforMySQL/flexibleServers": "mysql",
    "Microsoft.DBforMySQL/servers": "mysql",
    "Microsoft.DBforMariaDB/servers": "mariadb",
    "Microsoft.Sql/servers": "sqlserver",
    "Microsoft.Sql/managedInstances": "sqlserver",
    "Microsoft.DocumentDB/databaseAccounts": "cosmosdb",
    "Microsoft.DocumentDB/mongoClusters": "mongodb",
    "Microsoft.Cache/redis": "redis",
    "Microsoft.Cache/redisEnterprise": "redis",
    "Microsoft.ServiceBus/namespaces": "servicebus",
    "Microsoft.EventHub/namespaces": "eventhubs",
    "Microsoft.Search/searchServices": "search",
  ]

  private static let byType = Dictionary(
    engines.map { ($0.key.lowercased(), $0.value) },
    uniquingKeysWith: { first, _ in first }
  )

  static let types = Array(engines.keys)

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    var database = reading.make(Database.kind, declared)
    let engine = byType[declared.type.lowercased()] ?? ""
    database[Database.engine] = .known(self.engine(engine, declared), declared.origin)
    database[Database.isPublic] = isPublic(properties, declared.origin)
    database[Database.isEncrypted] = .known(true, declared.origin)
    database[Database.openRanges] = ranges(properties["ipRules"].elements)
    (database[Database.requiresTLS], database[Database.minimumTLS]) = transport(
      declared.type.lowercased(),
      properties,
      declared.origin
    )
    let authentication = properties["authConfig"]["passwordAuth"].string
    let onlyDirectory = properties["administrators"]["azureADOnlyAuthentication"].flag
    let noKeys = properties.first("disableLocalAuth", "disableAccessKeyAuthentication").flag
    // Without passwords there is none to keep.
    database[Database.managesPassword] =
      authentication.known?.lowercased() == "disabled" || onlyDirectory.known == true
        || noKeys.known == true
      ? .known(true, declared.origin) : .known(false, declared.origin)
    reading.resources.append(database)
  }

  /// Addresses that Cosmos DB lets in, each for itself or with the length of its prefix.
  private static func ranges(_ rules: [Datum]) -> [Value<String>] {
    rules.map { rule in rule["ipAddressOrRange"].string }
  }

  /// Whether connections have to be encrypted, where the type has a word for it.
  private static func transport(
    _ type: String,
    _ properties: Datum,
    _ place: Origin
  ) -> (required: Value<Bool>, version: Value<String>) {
    let version = AzureTLS.version(properties.first("minimumTlsVersion", "minimalTlsVersion"))
    switch type {
    case "microsoft.cache/redis":
      let open = properties["enableNonSslPort"].flag(or: false, place)
      return (open.map { !$0 }, version)
    case "microsoft.dbforpostgresql/servers", "microsoft.dbformysql/servers",
      "microsoft.dbformariadb/servers":
      // Not enforced unless stated.
      let enforced = properties["sslEnforcement"]
      return (enforced.isNothing ? .known(false, place) : enforced.isEnabled, version)
    case "microsoft.dbforpostgresql/flexibleservers", "microsoft.dbformysql/flexibleservers":
      return (.known(true, place), version)
    default:
      return (.absent, version)
    }
  }

  private static func engine(_ engine: String, _ declared: DeclaredResource) -> String {
    guard engine == "cosmosdb" else { return engine }
    let kind = declared.properties["kind"].string.known?.lowercased() ?? ""
    return kind == "mongodb" ? "mongodb" : engine
  }

  /// A server in a subnet of its own has no public address.
  private static func isPublic(_ properties: Datum, _ place: Origin) -> Value<Bool> {
    let network = properties["network"]
    if !network["delegatedSubnetResourceId"].isNothing {
      return .known(false, network["delegatedSubnetResourceId"].origin)
    }
    if !network["publicNetworkAccess"].isNothing {
      return network["publicNetworkAccess"].string.map { $0.lowercased() != "disabled" }
    }
    return AzureNetworkAccess.isPublic(properties, place)
  }
}

/// Rules of a server's firewall.
enum DatabaseFirewallReader: AzureResourceReader {
  static let types = [
    "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules",
    "Microsoft.DBforPostgreSQL/servers/firewallRules",
    "Microsoft.DBforMySQL/flexibleServers/firewallRules",
    "Microsoft.DBforMySQL/servers/firewallRules", "Microsoft.DBforMariaDB/servers/firewallRules",
    "Microsoft.Sql/servers/firewallRules", "Microsoft.Cache/redis/firewallRules",
    "Microsoft.DocumentDB/mongoClusters/firewallRules",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    let first = properties.first("startIpAddress", "StartIpAddress", "startIP")
    let last = properties.first("endIpAddress", "EndIpAddress", "endIP")
    let servers =
      declared.parent.map { [$0] } ?? declared.properties["server"].references.map(\.address)
    let range = first.string.map { "\($0)-\(last.string.known ?? "")" }
    reading.openRanges.append(
      (servers, last.string.known == nil && range.known != nil ? last.string : range)
    )
  }
}

/// Parameters of a server stated apart from it; the one that asks for encryption counts.
enum DatabaseSettingReader: AzureResourceReader {
  static let types = [
    "Microsoft.DBforPostgreSQL/flexibleServers/configurations",
    "Microsoft.DBforMySQL/flexibleServers/configurations",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    guard AzureName.lastSegment(declared.properties["name"]) == "require_secure_transport" else {
      return
    }
    let servers =
      declared.parent.map { [$0] } ?? declared.properties["server"].references.map(\.address)
    let value = declared.properties["properties"]["value"].string
    reading.databaseTLS.append((servers, value.map { $0.lowercased() != "off" }))
  }
}
