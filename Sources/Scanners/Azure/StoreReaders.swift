import Templates
import Workloads

/// Storage accounts.
enum StorageAccountReader: AzureResourceReader {
  static let types = ["Microsoft.Storage/storageAccounts"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    var account = reading.make(StorageAccount.kind, declared)
    account[StorageAccount.publicNetwork] = AzureNetworkAccess.isPublic(properties, declared.origin)
    // What an account does without a word has changed over the years: absent stays absent.
    account[StorageAccount.anonymousBlobs] = properties["allowBlobPublicAccess"].flag
    account[StorageAccount.requiresTLS] = properties["supportsHttpsTrafficOnly"].flag
    account[StorageAccount.minimumTLS] = AzureTLS.version(properties["minimumTlsVersion"])
    account[StorageAccount.sharedKey] = properties["allowSharedKeyAccess"].flag(
      or: true,
      declared.origin
    )
    reading.resources.append(account)
  }
}

/// Stores of App Configuration.
enum ConfigurationStoreReader: AzureResourceReader {
  static let types = ["Microsoft.AppConfiguration/configurationStores"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    var store = reading.make(ConfigurationStore.kind, declared)
    store[ConfigurationStore.publicNetwork] = AzureNetworkAccess.isPublic(
      properties,
      declared.origin
    )
    let isOff = properties["disableLocalAuth"].flag(or: false, declared.origin)
    store[ConfigurationStore.accessKeys] = isOff.map { !$0 }
    store[ConfigurationStore.purgeProtection] = properties["enablePurgeProtection"].flag(
      or: false,
      declared.origin
    )
    store[ConfigurationStore.sku] = declared.properties["sku"]["name"].string.map {
      $0.lowercased()
    }
    reading.resources.append(store)
  }
}

/// Values of App Configuration.
enum ConfigurationValueReader: AzureResourceReader {
  static let types = ["Microsoft.AppConfiguration/configurationStores/keyValues"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    var parameter = reading.make(Parameter.kind, declared)
    // The name ends with a label behind a dollar sign.
    parameter.name = parameter.name.split(separator: "$").first.map(String.init) ?? parameter.name
    let isReference = properties["contentType"].string.map {
      $0.lowercased().hasPrefix("application/vnd.microsoft.appconfig.keyvaultref")
    }
    parameter[Parameter.parameterType] =
      isReference.isAbsent
      ? .known("KeyValue", declared.origin)
      : isReference.map { $0 ? "KeyVaultReference" : "KeyValue" }
    parameter[Parameter.value] = properties["value"].string
    if let parent = declared.parent {
      parameter.links.append(
        ResourceLink(
          "configuration-store",
          .absent,
          addresses: [parent],
          kind: ConfigurationStore.kind.name
        )
      )
    }
    reading.resources.append(parameter)
  }
}

/// Versions of TLS, which every service spells in its own way.
enum AzureTLS {
  /// `1.2` of `TLS1_2`, `Tls12` and `1.2`; `none` of a service that takes anything.
  static func version(_ datum: Datum) -> Value<String> {
    datum.string.map { text in
      let digits = text.filter(\.isNumber)
      guard let first = digits.first else { return "none" }
      return "\(first).\(digits.dropFirst())"
    }
  }
}
