package import Workloads

// Ids of resources, and what is known of them only once they are deployed.
extension AzureFunctions {
  static let onceDeployed = "it is known only once deployed"

  static let resourceFunctions: [String: Function] = [
    "resourceid": { id($0, $1, .resourceGroup) },
    "subscriptionresourceid": { id($0, $1, .subscription) },
    "tenantresourceid": { id($0, $1, .tenant) },
    "managementgroupresourceid": { id($0, $1, .managementGroup) },
    "extensionresourceid": { values, call in
      guard values.count >= 3, let base = values[0].parts, let type = values[1].plainText else {
        return call.unknown(of: values)
      }
      let names = Array(values.dropFirst(2))
      guard let path = path(type, names) else { return call.wrongArguments }
      // The thing extended is not what the id leads to.
      var head = base.map { part in
        if case .gap(let gap) = part { TextPart.gap(Gap(gap.reason)) } else { part }
      }
      if let address = call.scope.address(type: type, names: names) {
        head = referring(head, to: address)
      }
      return merged(head + [.text("/providers/")] + path, passed(call.origin, values))
    },
    "reference": { values, call in
      guard let id = values.first else { return call.wrongArguments }
      let isFull = values.count > 2 && values[2].plainText?.lowercased() == "full"
      return reference(id, isFull ? "" : "properties", call)
    },
    "references": { _, call in call.unknown(onceDeployed) },
    "pickzones": { _, call in call.unknown("it depends on the region") },
    "tologicalzone": { _, call in call.unknown("it depends on the subscription") },
    "tologicalzones": { _, call in call.unknown("it depends on the subscription") },
    "tophysicalzone": { _, call in call.unknown("it depends on the subscription") },
    "tophysicalzones": { _, call in call.unknown("it depends on the subscription") },
    "providers": { _, call in call.unknown(onceDeployed) },
    "roledefinitions": { _, call in call.unknown("the role's id is looked up when deployed") },
    "getsecret": { _, call in call.unknown("it is a secret of a key vault") },
    "list": { listed($0, $1) },
    "listkeys": { listed($0, $1) },
    "listsecrets": { listed($0, $1) },
    "listaccountsas": { listed($0, $1) },
    "listservicesas": { listed($0, $1) },
    "listcredentials": { listed($0, $1) },
    "listconnectionstrings": { listed($0, $1) },
    "listadminkeys": { listed($0, $1) },
    "listquerykeys": { listed($0, $1) },
    "listcallbackurl": { listed($0, $1) },
    "listchannelwithkeys": { listed($0, $1) },
  ]

  /// `list…` of any other resource provider.
  package static func isListing(_ name: String) -> Bool {
    name.utf8.count > 4 && name.lowercased().hasPrefix("list")
  }

  /// What a `list…` function gives: keys and the like.
  package static func listing(
    _ arguments: [Datum],
    _ name: String,
    _ origin: Origin,
    _ scope: some AzureScope
  ) -> Datum {
    listed(arguments, AzureCall(name: name, origin: origin, scope: scope))
  }

  @Sendable private static func listed(_ values: [Datum], _ call: AzureCall) -> Datum {
    guard let id = values.first else { return call.wrongArguments }
    return reference(id, call.name, call)
  }

  private static func reference(_ id: Datum, _ attribute: String, _ call: AzureCall) -> Datum {
    // What an id leads to stands before the names in it.
    if let own = id.references.first(where: { $0.attribute == "id" || $0.attribute.isEmpty }) {
      return .reference(
        DatumReference(own.address, attribute: attribute),
        because: onceDeployed,
        call.origin
      )
    }
    if let address = call.scope.address(named: id) {
      return .reference(
        DatumReference(address, attribute: attribute),
        because: onceDeployed,
        call.origin
      )
    }
    return call.unknown(onceDeployed)
  }

  // MARK: Ids

  enum Level { case resourceGroup, subscription, managementGroup, tenant }

  private static func id(_ values: [Datum], _ call: AzureCall, _ level: Level) -> Datum {
    // The type is the first argument that looks like one; before it may stand scopes.
    let position = values.firstIndex { $0.plainText?.contains("/") == true }
    guard let position, position <= 2, let stated = values[position].plainText else {
      return call.unknown(of: values)
    }
    // A slash behind the type does no harm.
    let type = stated.split(separator: "/").joined(separator: "/")
    let names = Array(values.dropFirst(position + 1))
    guard let path = path(type, names) else { return call.wrongArguments }
    let scopes = Array(values.prefix(position))
    let address = call.scope.address(type: type, names: names)
    var head = prefix(level, scopes)
    if let address { head = referring(head, to: address) }
    return merged(head + path, passed(call.origin, values))
  }

  /// The id of a resource as text with gaps; a gap of its scope carries the reference.
  package static func resourceId(
    type: String,
    names: [Datum],
    address: String?,
    _ origin: Origin
  ) -> Datum {
    guard let path = path(type, names) else { return .unknown("its type is not known", origin) }
    var head = prefix(.resourceGroup, [])
    if let address { head = referring(head, to: address) }
    return merged(head + path, passed(origin, names))
  }

  private static func prefix(_ level: Level, _ scopes: [Datum]) -> [TextPart] {
    let subscription = scopes.count > 1 || level == .subscription ? scopes.first?.parts : nil
    let group = level == .resourceGroup ? scopes.last?.parts : nil
    let own = subscription ?? [.gap(Gap("the subscription is known only once deployed"))]
    switch level {
    case .tenant: return [.text("/providers/")]
    case .managementGroup:
      let name: [TextPart] =
        scopes.first?.parts ?? [.gap(Gap("the management group is known only once deployed"))]
      return [.text("/providers/Microsoft.Management/managementGroups/")] + name
        + [.text("/providers/")]
    case .subscription: return [.text("/subscriptions/")] + own + [.text("/providers/")]
    case .resourceGroup:
      return [.text("/subscriptions/")] + own + [.text("/resourceGroups/")]
        + (group ?? [.gap(Gap("the resource group is known only once deployed"))])
        + [.text("/providers/")]
    }
  }

  /// `Microsoft.App/managedEnvironments/NAME/daprComponents/NAME`.
  private static func path(_ type: String, _ names: [Datum]) -> [TextPart]? {
    let segments = type.split(separator: "/", omittingEmptySubsequences: false)
    guard segments.count >= 2 else { return nil }
    // `a/b` as one name stands for two segments as well.
    var parts: [TextPart] = [.text(String(segments[0]))]
    let types = segments.dropFirst()
    if names.count == types.count {
      for (type, name) in zip(types, names) {
        guard let own = text(of: name).parts else { return nil }
        parts += [.text("/\(type)/")] + own
      }
    } else {
      guard let first = types.first else { return nil }
      parts.append(.text("/\(first)"))
      for name in names {
        guard let own = text(of: name).parts else { return nil }
        parts += [.text("/")] + own
      }
    }
    return parts
  }

  /// The parts with a reference at the last gap before the provider, or at a gap of its own.
  private static func referring(_ parts: [TextPart], to address: String) -> [TextPart] {
    let reference = DatumReference(address, attribute: "id")
    var parts = parts
    for index in parts.indices.reversed() {
      guard case .gap(let gap) = parts[index], gap.reference == nil else { continue }
      parts[index] = .gap(Gap(gap.reason, reference: reference))
      return parts
    }
    return [.gap(Gap(onceDeployed, reference: reference))] + parts
  }

  private static func merged(_ parts: [TextPart], _ origin: Origin) -> Datum {
    Datum.concatenate(parts.map { Datum(parts: [$0], origin) }, origin)
  }
}
