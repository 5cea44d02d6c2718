internal import Templates
internal import Workloads

/// What networks are, once routes and gateways are known.
enum NetworkJoins {
  static func finish(_ joins: inout AWSJoins) {
    finishSubnets(&joins)
    finishGateways(&joins)
    EgressJoins.finish(&joins)
  }

  /// A subnet is public by a route to an internet gateway, or by giving out public addresses.
  private static func finishSubnets(_ joins: inout AWSJoins) {
    let facts = joins.network
    for association in facts.associations {
      guard let table = association.table.addresses.first else { continue }
      for number in joins.find(association.subnet, Subnet.kind) {
        let subnet = joins.resources[number]
        guard let routes = facts.tables[table] else { continue }
        if routes.leadsToInternet {
          joins.resources[number][Subnet.isPublic] = .known(true, subnet.origin)
        } else if subnet[Subnet.isPublic].known == true {
          continue
        } else if let reason = routes.uncertainty {
          joins.resources[number][Subnet.isPublic] = .unknown(reason, subnet.origin)
        } else if routes.isDeclared {
          joins.resources[number][Subnet.isPublic] = .known(false, subnet.origin)
        }
      }
    }
  }

  private static func finishGateways(_ joins: inout AWSJoins) {
    for place in joins.network.natPlaces {
      var networks = joins.find(place, VirtualNetwork.kind)
      for subnet in joins.find(place, Subnet.kind) {
        for link in joins.resources[subnet].links("virtual-network") {
          networks += joins.find(link, VirtualNetwork.kind)
        }
      }
      if networks.isEmpty {
        // It stands in some network; if there is one, then in that.
        let all = joins.resources.indices.filter { joins.resources[$0].kind == VirtualNetwork.kind }
        if all.count == 1 { networks = all }
      }
      for number in networks {
        let origin = joins.resources[number].origin
        joins.resources[number][VirtualNetwork.hasNATGateway] = .known(true, origin)
      }
    }
  }
}
