import Templates
import Workloads

/// Dapr's own objects.
extension ManifestResources {
  mutating func readDapr(_ object: ManifestObject) {
    let kinds: Set = ["Component", "Configuration", "Subscription", "Resiliency", "HTTPEndpoint"]
    guard kinds.contains(object.kind) else { return addCustom(object) }
    var component = object.resource(DaprComponent.kind)
    component[DaprComponent.objectKind] = object.body["kind"].settled
    component[DaprComponent.componentType] = object.spec["type"].settled
    component[DaprComponent.secretStore] = object.body["auth"]["secretStore"].settled
    component[DaprComponent.scopes] = object.body["scopes"].settledList
    var secrets: [Value<String>] = []
    for setting in object.spec["metadata"].elements.prefix(1000) {
      guard let name = setting["name"].settled.known, !setting["value"].isNothing,
        setting["secretKeyRef"].isNothing, Self.namesSecret(name),
        setting["value"].settled.known?.isEmpty == false
      else { continue }
      secrets.append(.known(name, setting["value"].origin))
    }
    component[DaprComponent.inlineSecrets] = secrets
    add(component, object, "component", concern(of: object))
  }

  /// Settings of components that hold secrets, by how their names end.
  private static func namesSecret(_ name: String) -> Bool {
    let name = name.lowercased()
    let words = [
      "password", "passwd", "secret", "secretkey", "accesskey", "accountkey", "masterkey",
      "connectionstring", "token", "apikey", "sharedaccesskey", "saspassword", "privatekey",
      "clientsecret", "sessiontoken", "storageaccountkey", "authkey", "sastoken",
    ]
    return words.contains { name.hasSuffix($0) }
  }

  /// Scopes name apps by their Dapr ids.
  private func concern(of object: ManifestObject) -> PendingResource.Concern {
    let scopes = object.body["scopes"].settledList.compactMap(\.known)
    return .use(PodUse(kind: "Dapr", name: scopes.isEmpty ? "" : scopes.joined(separator: "\n")))
  }
}
