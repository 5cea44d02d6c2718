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
    for setting in object.spec["metadata"].elements.prefix(1000) {
      component.addSetting(setting, value: setting["value"].settled)
    }
    add(component, object, "component", concern(of: object))
  }

  /// Scopes name apps by their Dapr ids.
  private func concern(of object: ManifestObject) -> PendingResource.Concern {
    let scopes = object.body["scopes"].settledList.compactMap(\.known)
    return .use(PodUse(kind: "Dapr", name: scopes.isEmpty ? "" : scopes.joined(separator: "\n")))
  }
}
