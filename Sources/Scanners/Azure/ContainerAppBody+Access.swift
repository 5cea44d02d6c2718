import Templates
import Workloads

/// Secrets, registries and identities.
extension ContainerAppBody {
  mutating func readSecrets() {
    for element in configuration["secrets"].elements {
      let name = element["name"].string.known ?? "secret"
      var secret = reading.part(
        SecretObject.kind,
        of: workload,
        name: name,
        type: "secret",
        origin: element.origin
      )
      secret[SecretObject.keyName] = element["name"].string
      let vault = element["keyVaultUrl"]
      let value = element["value"]
      if !vault.isNothing {
        secret[SecretObject.source] = .known("key-vault", vault.origin)
        secret[SecretObject.identity] = element["identity"].string
        secret.links += AzureName.vaultLinks(vault)
        workload.resourceLinks += secret.links
      } else if value.isNothing {
        // `az containerapp show` leaves values out.
        secret[SecretObject.source] =
          element.gap.map { .unknown($0.reason, element.origin) }
          ?? .known("reference", element.origin)
      } else {
        secret[SecretObject.source] = source(of: value)
        secret[SecretObject.value] = value.string
      }
      resources.append(secret)
    }
    // What else there is may be any secret.
    if let more = configuration["secrets"].more ?? configuration.more {
      let origin = configuration["secrets"].origin
      var rest = reading.part(
        SecretObject.kind,
        of: workload,
        name: "secrets",
        type: "secret",
        origin: origin
      )
      rest[SecretObject.keyName] = .unknown(more.reason, origin)
      rest[SecretObject.source] = .unknown(more.reason, origin)
      resources.append(rest)
    }
  }

  /// Where a secret's value comes from: the text itself, a parameter, another resource.
  private func source(of value: Datum) -> Value<String> {
    if value.string.known != nil {
      return .known(value.origin.via.isEmpty ? "literal" : "parameter", value.origin)
    }
    if !value.references.isEmpty { return .known("reference", value.origin) }
    if let reason = value.string.unknownReason, reason.contains("parameter") {
      return .known("parameter", value.origin)
    }
    return .unknown(value.string.unknownReason ?? "it is not known", value.origin)
  }

  mutating func readRegistries() {
    for element in configuration["registries"].elements {
      var credential = reading.part(
        RegistryCredential.kind,
        of: workload,
        name: element["server"].sketch ?? "registry",
        type: "registry",
        origin: element.origin
      )
      let server = element["server"]
      credential[RegistryCredential.server] = server.string
      credential[RegistryCredential.username] = element["username"].filled
      credential[RegistryCredential.identity] = element["identity"].filled
      credential[RegistryCredential.passwordSecret] = element["passwordSecretRef"].filled
      resources.append(credential)
      let text = server.string.map { host in
        // The registry is found by its name before the cloud's own domain.
        let name = host.lowercased().split(separator: ".").first.map(String.init) ?? host
        return "microsoft.containerregistry/registries/\(name)"
      }
      workload.resourceLinks.append(
        ResourceLink(
          "registry",
          text,
          addresses: server.references.map(\.address),
          kind: Registry.kind.name
        )
      )
    }
  }

  mutating func readIdentity() {
    let identity = body["identity"]
    guard !identity.isNothing else { return }
    var resource = reading.part(
      ManagedIdentity.kind,
      of: workload,
      name: workload.name,
      type: "identity",
      origin: identity.origin
    )
    resource[ManagedIdentity.type] = identity["type"].string.map {
      $0.split(separator: ",").map { $0.filter { $0 != " " } }.joined(separator: ",")
    }
    let users = identity["userAssignedIdentities"]
    var ids: [Datum] = users.isList ? users.elements : []
    for entry in users.entries {
      // A key that depends on a resource has the reference to it as its value.
      let isClear = entry.value.references.isEmpty
      ids.append(isClear ? Datum(.text(entry.key), entry.keyOrigin) : entry.value)
    }
    if users.more?.reference != nil, let more = users.more {
      ids.append(Datum(.unknown(more), users.origin))
    }
    resource[ManagedIdentity.identities] = ids.map(\.string)
    if let more = users.more, ids.isEmpty {
      resource[ManagedIdentity.identities] = [.unknown(more.reason, users.origin)]
    }
    for id in ids {
      workload.resourceLinks.append(AzureName.link("identity", id, kind: ManagedIdentity.kind))
    }
    resources.append(resource)
  }
}
