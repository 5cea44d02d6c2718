import Templates
import Workloads

/// Key vaults.
enum KeyVaultReader: AzureResourceReader {
  static let types = ["Microsoft.KeyVault/vaults"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    var vault = reading.make(SecretVault.kind, declared)
    // What is not stated is off, but for deletion, which can be undone for 90 days.
    vault[SecretVault.purgeProtection] = properties["enablePurgeProtection"].flag(
      or: false,
      declared.origin
    )
    let softDelete = properties["enableSoftDelete"].flag
    vault[SecretVault.softDeleteDays] =
      softDelete.known == false
      ? .known(0, softDelete.origin)
      : properties["softDeleteRetentionInDays"].integer(or: 90, declared.origin)
    vault[SecretVault.usesRoles] = properties["enableRbacAuthorization"].flag(
      or: false,
      declared.origin
    )
    vault[SecretVault.publicNetwork] = AzureNetworkAccess.isPublic(properties, declared.origin)
    vault[SecretVault.accessPolicies] = permissions(properties["accessPolicies"])
    reading.resources.append(vault)
  }

  /// `secrets:get` for every permission of every policy.
  static func permissions(_ policies: Datum) -> [Value<String>] {
    var all: [Value<String>] = []
    for policy in policies.elements {
      for area in ["keys", "secrets", "certificates", "storage"] {
        for value in policy["permissions"][area].strings {
          all.append(value.map { "\(area):\($0.lowercased())" })
        }
      }
    }
    if let more = policies.more { all.append(.unknown(more.reason, policies.origin)) }
    return all
  }
}

/// Whether the internet reaches a service, by the fields that most of them share.
enum AzureNetworkAccess {
  static func isPublic(_ properties: Datum, _ place: Origin) -> Value<Bool> {
    let access = properties["publicNetworkAccess"]
    if access.string.known?.lowercased() == "disabled" || access.flag.known == false {
      return .known(false, access.origin)
    }
    if access.gap != nil { return .unknown(access.gap?.reason ?? "", access.origin) }
    let lists = properties.first("networkAcls", "networkRuleSet", "networkRuleSets")
    let action = lists["defaultAction"]
    if action.isNothing {
      return .known(true, access.isNothing ? place : access.origin)
    }
    return action.string.map { $0.lowercased() != "deny" }
  }
}

/// Secrets of a key vault.
enum VaultSecretReader: AzureResourceReader {
  static let types = ["Microsoft.KeyVault/vaults/secrets"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    var secret = reading.make(ManagedSecret.kind, declared)
    secret[ManagedSecret.store] = .known("key-vault", declared.origin)
    let value = properties["value"]
    let isLiteral = value.string.known?.isEmpty == false && value.origin.via.isEmpty
    secret[ManagedSecret.hasLiteralValue] = .known(isLiteral, value.origin)
    if isLiteral { secret[ManagedSecret.literalValue] = value.string }
    // A vault does not rotate secrets by itself.
    secret[ManagedSecret.rotates] = .known(false, declared.origin)
    secret[ManagedSecret.expires] = expiry(properties["attributes"]["exp"], declared)
    link(&secret, declared)
    reading.resources.append(secret)
  }

  static func expiry(_ datum: Datum, _ declared: DeclaredResource) -> Value<Bool> {
    if datum.isNothing { return .known(false, declared.origin) }
    return .known(true, datum.origin)
  }

  /// The vault that a secret or key lies in.
  static func link(_ resource: inout Resource, _ declared: DeclaredResource) {
    if let parent = declared.parent {
      resource.links.append(
        ResourceLink("vault", .absent, addresses: [parent], kind: SecretVault.kind.name)
      )
    }
    // Apps name a secret by its last segment only.
    if let name = AzureName.lastSegment(declared.properties["name"]) {
      resource.identifiers.append(.known("vault-secret:\(name.lowercased())", declared.origin))
    }
  }
}

/// Keys of a key vault.
enum VaultKeyReader: AzureResourceReader {
  static let types = ["Microsoft.KeyVault/vaults/keys"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    var key = reading.make(ManagedSecret.kind, declared)
    key[ManagedSecret.store] = .known("key-vault", declared.origin)
    key[ManagedSecret.isGenerated] = .known(true, declared.origin)
    key[ManagedSecret.hasLiteralValue] = .known(false, declared.origin)
    let actions = properties["rotationPolicy"]["lifetimeActions"]
    let rotates = actions.elements.contains {
      $0["action"]["type"].string.known?.lowercased() == "rotate"
    }
    key[ManagedSecret.rotates] =
      actions.more.map { .unknown($0.reason, actions.origin) }
      ?? .known(rotates, actions.isNothing ? declared.origin : actions.origin)
    key[ManagedSecret.expires] = VaultSecretReader.expiry(
      properties["attributes"].first("exp"),
      declared
    )
    VaultSecretReader.link(&key, declared)
    reading.resources.append(key)
  }
}

/// Access policies stated apart from their vault.
enum VaultPolicyReader: AzureResourceReader {
  static let types = ["Microsoft.KeyVault/vaults/accessPolicies"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let policies = declared.properties["properties"]["accessPolicies"]
    let vault =
      declared.parent.map { [$0] } ?? declared.properties["vault"].references.map(\.address)
    reading.vaultPolicies.append((vault, KeyVaultReader.permissions(policies)))
  }
}
