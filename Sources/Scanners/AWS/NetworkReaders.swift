internal import Templates
internal import Workloads

/// What is gathered of networks until all of it is read.
struct NetworkFacts {
  /// Subnets or networks with a NAT gateway in them.
  var natPlaces: [ResourceLink] = []
  /// Tables of routes by their addresses.
  var tables: [String: RouteTable] = [:]
  var associations: [(subnet: ResourceLink, table: ResourceLink)] = []
  /// Why a route may belong to any of the tables.
  var strayRoute: String?
}

/// Where a table of routes leads to.
struct RouteTable {
  /// Whether the table itself is in the inputs, rather than a route of it alone.
  var isDeclared = false
  var leadsToInternet = false
  /// Why it may lead to an internet gateway, and may not.
  var uncertainty: String?
  /// Whether what is meant for the internet goes by a NAT gateway, a firewall or another network.
  var hasOtherExit = false
  /// Why there may be such a way out, and may not.
  var exitUncertainty: String?
}

/// VPCs.
enum VirtualNetworkReader: AWSResourceReader {
  static let types = ["AWS::EC2::VPC", "aws_vpc", "aws_default_vpc"]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    var network = reading.make(VirtualNetwork.kind, declared, fields)
    network[VirtualNetwork.addressRanges] = fields.texts("cidrBlock")
    network[VirtualNetwork.hasNATGateway] = .known(false, declared.origin)
    network[VirtualNetwork.hasFlowLogs] = .known(false, declared.origin)
    reading.resources.append(network)
  }
}

enum SubnetReader: AWSResourceReader {
  static let types = ["AWS::EC2::Subnet", "aws_subnet", "aws_default_subnet"]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    var subnet = reading.make(Subnet.kind, declared, fields)
    subnet[Subnet.addressRange] = fields.text("cidrBlock")
    subnet[Subnet.isPublic] = fields.flag("mapPublicIpOnLaunch")
    subnet.link("virtual-network", fields["vpcId"], kind: VirtualNetwork.kind)
    reading.resources.append(subnet)
  }
}

/// Tables of routes, single routes, and which subnets use which table.
enum RouteReader: AWSResourceReader {
  static let types = [
    "AWS::EC2::RouteTable", "aws_route_table", "aws_default_route_table",
    "AWS::EC2::Route", "aws_route",
    "AWS::EC2::SubnetRouteTableAssociation", "aws_route_table_association",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    switch declared.type {
    case "AWS::EC2::RouteTable", "aws_route_table", "aws_default_route_table":
      reading.network.tables[declared.address, default: RouteTable()].isDeclared = true
      let routes = fields["route"]
      if let more = routes.more {
        reading.network.tables[declared.address]?.exitUncertainty = more.reason
      }
      for route in routes.elements {
        read(AWSFields(route), of: [declared.address], declared.isDeclared, into: &reading)
      }
    case "AWS::EC2::Route", "aws_route":
      let table = fields["routeTableId"]
      let tables = table.references.map(\.address)
      if tables.isEmpty, let reason = table.text.unknownReason {
        reading.network.strayRoute = reason
      }
      read(fields, of: tables, declared.isDeclared, into: &reading)
    default:
      guard let subnet = fields["subnetId"].link("", kind: Subnet.kind),
        let table = fields["routeTableId"].link("")
      else { return }
      reading.network.associations.append((subnet, table))
    }
  }

  private static func read(
    _ route: AWSFields,
    of tables: [String],
    _ isDeclared: Value<Bool>,
    into reading: inout AWSReading
  ) {
    let gateway = route["gatewayId"]
    let types = gateway.references.compactMap { reading.types[$0.address] }
    let leadsToInternet =
      types.contains { $0 == "AWS::EC2::InternetGateway" || $0 == "aws_internet_gateway" }
      || gateway.text.known?.hasPrefix("igw-") == true
    let uncertainty = types.isEmpty && !gateway.isNothing ? gateway.text.unknownReason : nil
    let exit = otherExit(route, isDeclared)
    for address in tables {
      var table = reading.network.tables[address, default: RouteTable()]
      if leadsToInternet {
        table.leadsToInternet = true
      } else if let uncertainty {
        table.uncertainty = uncertainty
      } else if exit.known == true {
        table.hasOtherExit = true
      }
      if let reason = exit.unknownReason ?? uncertainty { table.exitUncertainty = reason }
      reading.network.tables[address] = table
    }
  }

  /// Whether a route leads to the internet by something else than an internet gateway.
  private static func otherExit(_ route: AWSFields, _ isDeclared: Value<Bool>) -> Value<Bool> {
    guard exits.contains(where: route.has) else {
      return route.datum.more.map { .unknown($0.reason) } ?? .known(false)
    }
    let destination = route.text("destinationCidrBlock", "cidrBlock")
    let leadsOut = destination.map { $0 == "0.0.0.0/0" }
    if leadsOut.known == true, let reason = isDeclared.unknownReason { return .unknown(reason) }
    return leadsOut
  }

  private static let exits = [
    "natGatewayId", "transitGatewayId", "networkInterfaceId", "instanceId", "vpcEndpointId",
    "vpcPeeringConnectionId", "coreNetworkArn", "localGatewayId", "carrierGatewayId",
  ]
}

/// NAT gateways.
enum GatewayReader: AWSResourceReader {
  static let types = ["AWS::EC2::NatGateway", "aws_nat_gateway"]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    let place = fields.has("subnetId") ? fields["subnetId"] : fields["vpcId"]
    guard let link = place.link("") else { return }
    reading.network.natPlaces.append(link)
  }
}

/// Private ways to services of the platform.
enum EndpointReader: AWSResourceReader {
  static let types = ["AWS::EC2::VPCEndpoint", "aws_vpc_endpoint"]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    let name = fields["serviceName"]
    var endpoint = reading.make(PrivateEndpoint.kind, declared, fields)
    let service: Value<String>
    if let sketch = name.sketch, let words = lastWords(of: sketch) {
      service = .known(words, name.origin)
    } else {
      service = name.text.known.map { .known($0, name.origin) } ?? name.text
    }
    endpoint[PrivateEndpoint.service] = service
    endpoint.link("virtual-network", fields["vpcId"], kind: VirtualNetwork.kind)
    endpoint.link("security-group", fields["securityGroupIds"], kind: SecurityGroup.kind)
    reading.resources.append(endpoint)
    reading.add(to: fields["vpcId"], VirtualNetwork.kind) { network in
      network[VirtualNetwork.endpoints].append(service)
    }
  }

  /// `ecr.api` of `com.amazonaws.eu-west-1.ecr.api`; nil if the service itself is not known.
  private static func lastWords(of name: String) -> String? {
    let words = name.split(separator: ".", omittingEmptySubsequences: false)
    guard words.count > 3, words[0] == "com" || words[0] == "cn" || words[0] == "aws" else {
      return nil
    }
    let first = words[0] == "cn" ? 4 : 3
    guard words.count > first else { return nil }
    let rest = words[first...].joined(separator: ".")
    return rest.contains("…") || rest.isEmpty ? nil : rest
  }
}

/// Records of what passes through a network.
enum FlowLogReader: AWSResourceReader {
  static let types = ["AWS::EC2::FlowLog", "aws_flow_log"]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let place = AWSFields(declared.properties)["resourceId", "vpcId"]
    reading.add(to: place, VirtualNetwork.kind) { network in
      network[VirtualNetwork.hasFlowLogs] = declared.isDeclared
    }
  }
}
