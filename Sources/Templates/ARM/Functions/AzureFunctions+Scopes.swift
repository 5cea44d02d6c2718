// Where a deployment goes: known only once it is made.
extension AzureFunctions {
  static let scopeFunctions: [String: Function] = [
    "subscription": { values, call in
      let gap = Gap("the subscription is known only once deployed")
      let own: [TextPart] = values.first?.parts ?? [.gap(gap)]
      let keys = ["tenantId", "displayName"]
      var result = surroundings(call, gap, id: [.text("/subscriptions/")] + own, keys)
      guard case .object(var object) = result.content else { return result }
      object.set("subscriptionId", Datum(parts: own, call.origin))
      result.content = .object(object)
      return result
    },
    "resourcegroup": { values, call in
      let gap = Gap("the resource group is known only once deployed")
      let subscription = Gap("the subscription is known only once deployed")
      let name: [TextPart] = values.last?.parts ?? [.gap(gap)]
      let own: [TextPart] = values.count > 1 ? values[0].parts ?? [.gap(gap)] : [.gap(subscription)]
      let id: [TextPart] = [.text("/subscriptions/")] + own + [.text("/resourceGroups/")] + name
      var result = surroundings(call, gap, id: id, ["name", "location", "managedBy"])
      guard case .object(var object) = result.content else { return result }
      object.set("name", Datum(parts: name, call.origin))
      object.set("type", call.text("Microsoft.Resources/resourceGroups"))
      result.content = .object(object)
      return result
    },
    "managementgroup": { values, call in
      let gap = Gap("the management group is known only once deployed")
      let id: [TextPart] =
        [
          .text("/providers/Microsoft.Management/managementGroups/")
        ] + (values.first?.parts ?? [.gap(gap)])
      return surroundings(call, gap, id: id, ["name"])
    },
    "tenant": { _, call in
      let gap = Gap("the tenant is known only once deployed")
      return surroundings(call, gap, id: [.text("/")], ["tenantId", "displayName", "countryCode"])
    },
    "deployment": { _, call in call.unknown("the deployment is known only once it is made") },
    "deployer": { _, call in call.unknown("who deploys is known only then") },
    "environment": { _, call in
      call.object([], more: Gap("it depends on the cloud that it is deployed to"))
    },
  ]

  private static func surroundings(
    _ call: AzureCall,
    _ gap: Gap,
    id: [TextPart],
    _ keys: [String]
  ) -> Datum {
    let entries =
      [DatumObject.Entry("id", Datum(parts: id, call.origin))]
      + keys.map { DatumObject.Entry($0, Datum(.unknown(gap), call.origin)) }
    return call.object(entries, more: gap)
  }
}
