import Templates
import Workloads

/// File shares of storage accounts.
enum FileShareReader: AzureResourceReader {
  static let types = [
    "Microsoft.Storage/storageAccounts/fileServices/shares",
    "Microsoft.Storage/storageAccounts/fileshares",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    var share = reading.make(FileSystem.kind, declared)
    share[FileSystem.type] = .known("azure-files", declared.origin)
    // Storage accounts encrypt what they hold, always.
    share[FileSystem.isEncrypted] = .known(true, declared.origin)
    reading.resources.append(share)
  }
}

/// Application gateways, Front Door and load balancers.
enum AzureBalancerReader: AzureResourceReader {
  static let types = [
    "Microsoft.Network/applicationGateways", "Microsoft.Network/loadBalancers",
    "Microsoft.Network/frontDoors", "Microsoft.Cdn/profiles",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    let type = declared.type.lowercased()
    if type.hasSuffix("/profiles"),
      declared.properties["sku"]["name"].string.known?.lowercased().contains("frontdoor") == false
    {
      return
    }
    var balancer = reading.make(LoadBalancer.kind, declared)
    balancer[LoadBalancer.type] = .known(
      type.hasSuffix("/loadbalancers") ? "network" : "application",
      declared.origin
    )
    let fronts = properties["frontendIPConfigurations"]
    let isGlobal = type.hasSuffix("/frontdoors") || type.hasSuffix("/profiles")
    let isPublic = fronts.elements.contains { !$0["properties"]["publicIPAddress"].isNothing }
    balancer[LoadBalancer.isInternal] =
      isGlobal || isPublic || fronts.more == nil
      ? .known(!isGlobal && !isPublic, declared.origin)
      : .unknown(fronts.more?.reason ?? "", fronts.origin)
    reading.resources.append(balancer)
    for element in properties["httpListeners"].elements {
      let body = element["properties"]
      var listener = balancer.part(
        Listener.kind,
        name: element["name"].string.known ?? "listener",
        type: "httpListener",
        origin: element.origin.location == nil ? declared.origin : element.origin
      )
      listener[Listener.transport] = body["protocol"].string.map { $0.uppercased() }
      listener[Listener.isInternal] = balancer[LoadBalancer.isInternal]
      let port = AzureName.lastSegment(body["frontendPort"]["id"])
      let ports = properties["frontendPorts"].elements
      let own = ports.first { $0["name"].string.known == port && port != nil }
      listener[Listener.port] = own?["properties"]["port"].integer ?? .absent
      listener[Listener.redirectsToHTTPS] = redirects(element["name"], properties)
      reading.resources.append(listener)
    }
  }

  /// Whether a routing rule sends what a listener takes to an encrypted one.
  private static func redirects(_ name: Datum, _ properties: Datum) -> Value<Bool> {
    guard let name = name.string.known else {
      return .unknown("its name is not known", name.origin)
    }
    let rules = properties["requestRoutingRules"]
    let own = rules.elements.first {
      AzureName.lastSegment($0["properties"]["httpListener"]["id"]) == name
    }
    guard let own else {
      return rules.more.map { .unknown($0.reason, rules.origin) } ?? .known(false, rules.origin)
    }
    return .known(!own["properties"]["redirectConfiguration"].isNothing, own.origin)
  }
}
