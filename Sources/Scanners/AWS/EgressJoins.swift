internal import Templates
internal import Workloads

/// How tasks of services reach what they need to start: registries, logs, secrets.
enum EgressJoins {
  static func finish(_ joins: inout AWSJoins) {
    let pass = EgressPass(joins)
    for number in joins.resources.indices where joins.resources[number].kind == RunService.kind {
      let service = joins.resources[number]
      guard let (egress, endpoints) = pass.egress(of: service) else { continue }
      joins.resources[number][RunService.egress] = egress
      joins.resources[number][RunService.endpoints] = endpoints
    }
  }
}

private struct EgressPass {
  private let joins: AWSJoins
  /// The table of routes of each subnet, by its position.
  private var tables: [Int: String] = [:]

  init(_ joins: AWSJoins) {
    self.joins = joins
    for association in joins.network.associations {
      guard let table = association.table.addresses.first else { continue }
      for subnet in joins.find(association.subnet, Subnet.kind) { tables[subnet] = table }
    }
  }

  /// The way out of the worst of its subnets, and the endpoints in their networks.
  func egress(of service: Resource) -> (Value<String>, [Value<String>])? {
    let links = service.links("subnet")
    if links.isEmpty { return nil }
    var answer: Value<String>?
    var endpoints: [Value<String>] = []
    var seen: Set<Int> = []
    for link in links.prefix(64) {
      let subnets = joins.find(link, Subnet.kind)
      if subnets.isEmpty {
        answer = worse(answer, .unknown("its subnets are declared elsewhere", service.origin))
      }
      for subnet in subnets {
        let networks = joins.resources[subnet].links("virtual-network").flatMap {
          joins.find($0, VirtualNetwork.kind)
        }
        for network in networks where seen.insert(network).inserted {
          endpoints += joins.resources[network][VirtualNetwork.endpoints]
        }
        answer = worse(answer, way(from: subnet, of: service, hasNetwork: !networks.isEmpty))
      }
    }
    return answer.map { ($0, endpoints) }
  }

  /// The way out of a subnet for tasks of a service.
  private func way(from subnet: Int, of service: Resource, hasNetwork: Bool) -> Value<String> {
    let origin = joins.resources[subnet].origin
    guard let address = tables[subnet], let table = joins.network.tables[address],
      table.isDeclared
    else { return .unknown("the routes of its subnets are not in the inputs", origin) }
    if table.hasOtherExit { return .known("gateway", origin) }
    let publicAddress = service[RunService.assignPublicIP]
    if table.leadsToInternet {
      if publicAddress.known?.uppercased() == "ENABLED" { return .known("internet", origin) }
      if let reason = publicAddress.unknownReason { return .unknown(reason, origin) }
    }
    if let reason = table.exitUncertainty ?? table.uncertainty ?? joins.network.strayRoute {
      return .unknown(reason, origin)
    }
    if !hasNetwork {
      return .unknown("its network is declared elsewhere, and so may be its endpoints", origin)
    }
    return .known(table.leadsToInternet ? "no-address" : "none", origin)
  }

  /// Tasks may start in any subnet, so that one without a way out counts most, then one not known.
  private func worse(_ one: Value<String>?, _ other: Value<String>) -> Value<String> {
    guard let one else { return other }
    return rank(other) > rank(one) ? other : one
  }

  private func rank(_ way: Value<String>) -> Int {
    switch way.known {
    case "internet", "gateway": 0
    case nil: 1
    default: 2
    }
  }
}
