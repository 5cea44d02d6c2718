import Templates
import Workloads

/// Virtual networks with the subnets stated inside them.
enum AzureNetworkReader: AzureResourceReader {
  static let types = ["Microsoft.Network/virtualNetworks"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    var network = reading.make(VirtualNetwork.kind, declared)
    network[VirtualNetwork.addressRanges] = properties["addressSpace"]["addressPrefixes"].strings
    let subnets = properties["subnets"]
    let hasGateway = subnets.elements.contains { !$0["properties"]["natGateway"].isNothing }
    network[VirtualNetwork.hasNATGateway] =
      hasGateway || subnets.more == nil
      ? .known(hasGateway, declared.origin)
      : .unknown(subnets.more?.reason ?? "", subnets.origin)
    network[VirtualNetwork.endpoints] = subnets.elements.flatMap { subnet in
      subnet["properties"]["serviceEndpoints"].elements.map { $0["service"].string }
    }
    reading.resources.append(network)
    for element in subnets.elements {
      AzureSubnetReader.add(inline: element, of: declared, network, into: &reading)
    }
  }
}

/// Subnets.
enum AzureSubnetReader: AzureResourceReader {
  static let types = ["Microsoft.Network/virtualNetworks/subnets"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    var subnet = reading.make(Subnet.kind, declared)
    fill(&subnet, declared.properties["properties"], declared.origin, &reading)
    reading.resources.append(subnet)
  }

  static func add(
    inline element: Datum,
    of declared: DeclaredResource,
    _ network: Resource,
    into reading: inout AzureReading
  ) {
    let name = element["name"]
    let shown = name.string.known ?? name.sketch ?? "subnet"
    var subnet = network.part(
      Subnet.kind,
      name: shown,
      type: "Microsoft.Network/virtualNetworks/subnets",
      origin: element.origin.location == nil ? declared.origin : element.origin
    )
    // Ids of subnets are made of the network's; nothing else declares this one.
    subnet.address = "\(declared.address)/subnets/\(shown)"
    if let whole = declared.properties["name"].string.known, let own = name.string.known,
      let tail = AzureName.tail(
        type: "Microsoft.Network/virtualNetworks/subnets",
        name: "\(whole)/\(own)"
      )
    {
      subnet.identifiers = [.known(tail, name.origin)]
    }
    fill(&subnet, element["properties"], subnet.origin, &reading)
    reading.resources.append(subnet)
  }

  private static func fill(
    _ subnet: inout Resource,
    _ properties: Datum,
    _ origin: Origin,
    _ reading: inout AzureReading
  ) {
    let prefixes = properties["addressPrefixes"].elements
    let range =
      properties["addressPrefix"].isNothing
      ? prefixes.first ?? .absent(origin) : properties["addressPrefix"]
    subnet[Subnet.addressRange] = range.string
    subnet[Subnet.isPublic] = .known(false, origin)
    subnet[Subnet.delegations] = properties["delegations"].elements.map { delegation in
      delegation["properties"]["serviceName"].string
    }
    let group = properties["networkSecurityGroup"]["id"]
    if !group.isNothing {
      subnet.links.append(AzureName.link("security-group", group, kind: SecurityGroup.kind))
    }
  }
}

/// Network security groups with their rules.
enum NetworkGroupReader: AzureResourceReader {
  static let types = ["Microsoft.Network/networkSecurityGroups"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    var group = reading.make(SecurityGroup.kind, declared)
    group[SecurityGroup.isDefault] = .known(false, declared.origin)
    let rules = declared.properties["properties"]["securityRules"]
    for rule in rules.elements {
      group.parts += NetworkGroupRuleReader.rules(
        rule["properties"],
        rule["name"],
        rule.origin,
        group
      )
    }
    let statesEgress = group.parts.contains {
      $0[NetworkRule.direction].known == "egress"
    }
    group[SecurityGroup.statesEgress] =
      rules.more != nil && !statesEgress
      ? .unknown(rules.more?.reason ?? "", rules.origin) : .known(statesEgress, declared.origin)
    reading.resources.append(group)
  }
}

/// Rules of a network security group stated apart from it.
enum NetworkGroupRuleReader: AzureResourceReader {
  static let types = ["Microsoft.Network/networkSecurityGroups/securityRules"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let groups =
      declared.parent.map { [$0] } ?? declared.properties["group"].references.map(\.address)
    reading.looseRules.append((groups, declared))
  }

  /// One rule for every range of ports, since a rule may name several.
  static func rules(
    _ properties: Datum,
    _ name: Datum,
    _ origin: Origin,
    _ group: Resource
  ) -> [Resource] {
    var rule = group.part(
      NetworkRule.kind,
      name: name.string.known ?? name.sketch ?? "rule",
      type: "securityRule",
      origin: origin.location == nil ? group.origin : origin
    )
    let direction = properties["direction"].string.map { $0.lowercased() }
    rule[NetworkRule.direction] = direction.map { $0 == "outbound" ? "egress" : "ingress" }
    rule[NetworkRule.access] = properties["access"].string.map { $0.lowercased() }
    rule[NetworkRule.transport] = properties["protocol"].string.map {
      $0 == "*" ? "all" : $0.lowercased()
    }
    let isEgress = direction.known == "outbound"
    let side = isEgress ? "destination" : "source"
    let single = properties["\(side)AddressPrefix"]
    let several = properties["\(side)AddressPrefixes"]
    var peers = several.strings
    if !single.isNothing, single.string.known?.isEmpty != true { peers.append(single.string) }
    peers = peers.map { peer in
      peer.map { text in
        switch text.lowercased() {
        case "*", "any", "0.0.0.0/0", "internet", "0.0.0.0": "0.0.0.0/0"
        case "::/0": "::/0"
        default: text
        }
      }
    }
    for group in properties["\(side)ApplicationSecurityGroups"].elements {
      peers.append(
        AzureName.lastSegment(group["id"]).map { .known("group:\($0)", group.origin) }
          ?? group["id"].string
      )
    }
    rule[NetworkRule.peers] = peers
    var ranges = properties["destinationPortRanges"].elements
    let range = properties["destinationPortRange"]
    if !range.isNothing, range.string.known?.isEmpty != true { ranges.append(range) }
    if ranges.isEmpty { ranges = [.unknown("the rule states no ports", rule.origin)] }
    return ranges.prefix(500).map { range in
      var rule = rule
      (rule[NetworkRule.fromPort], rule[NetworkRule.toPort]) = ports(range)
      return rule
    }
  }

  /// `80`, `8000-9000`, `*`.
  private static func ports(_ range: Datum) -> (Value<Int>, Value<Int>) {
    func part(_ pick: @escaping (String) -> Int?) -> Value<Int> {
      range.string.map(orUnknown: "it is not a port or a range of ports", pick)
    }
    return (
      part { text in
        text == "*" ? 0 : text.split(separator: "-").first.flatMap { Int($0) }
      },
      part { text in
        text == "*" ? 65_535 : text.split(separator: "-").last.flatMap { Int($0) }
      }
    )
  }
}

/// Ties of subnets to network security groups, where a language states them apart.
enum GroupAssociationReader: AzureResourceReader {
  static let types = ["terraform/subnetGroup"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let body = declared.properties
    reading.subnetGroups.append(
      (
        body["subnet"].references.map(\.address),
        AzureName.link("security-group", body["group"], kind: SecurityGroup.kind)
      )
    )
  }
}

/// Private endpoints.
enum AzureEndpointReader: AzureResourceReader {
  static let types = ["Microsoft.Network/privateEndpoints"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    var endpoint = reading.make(PrivateEndpoint.kind, declared)
    let connections =
      properties["privateLinkServiceConnections"].elements
      + properties["manualPrivateLinkServiceConnections"].elements
    if let connection = connections.first {
      let group = connection["properties"]["groupIds"].elements.first
      endpoint[PrivateEndpoint.service] =
        group?.string ?? connection["properties"]["privateLinkServiceId"].string
      endpoint.links.append(
        AzureName.link("target", connection["properties"]["privateLinkServiceId"])
      )
    }
    reading.resources.append(endpoint)
  }
}
