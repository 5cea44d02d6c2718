internal import Templates
internal import Workloads

/// What is gathered of networks until all of it is read.
struct NetworkFacts {
  /// Subnets or networks with a NAT gateway in them.
  var natPlaces: [ResourceLink] = []
  /// Tables of routes that lead to an internet gateway.
  var publicTables: Set<String> = []
  /// Tables whose way out is not known.
  var uncertainTables: [String: String] = [:]
  /// Addresses of all tables of routes.
  var tables: Set<String> = []
  var associations: [(subnet: ResourceLink, table: ResourceLink)] = []
}

/// VPCs.
enum VirtualNetworkReader: AWSResourceReader {
  static let types = ["AWS::EC2::VPC", "aws_vpc", "aws_default_vpc"]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    var network = reading.make(VirtualNetwork.kind, declared, fields)
    network[VirtualNetwork.addressRanges] = fields.texts("cidrBlock")
    network[VirtualNetwork.hasNATGateway] = .known(false, declared.origin)
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
      reading.network.tables.insert(declared.address)
      for route in fields.elements("route") {
        read(AWSFields(route), of: [declared.address], into: &reading)
      }
    case "AWS::EC2::Route", "aws_route":
      let tables = fields["routeTableId"].references.map(\.address)
      read(fields, of: tables, into: &reading)
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
    into reading: inout AWSReading
  ) {
    let gateway = route["gatewayId"]
    if gateway.isNothing { return }
    let types = gateway.references.compactMap { reading.types[$0.address] }
    let isInternet =
      types.contains { $0 == "AWS::EC2::InternetGateway" || $0 == "aws_internet_gateway" }
      || gateway.text.known?.hasPrefix("igw-") == true
    if isInternet {
      reading.network.publicTables.formUnion(tables)
    } else if types.isEmpty, let reason = gateway.text.unknownReason {
      for table in tables { reading.network.uncertainTables[table] = reason }
    }
  }
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
