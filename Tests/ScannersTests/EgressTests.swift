import Testing
import Workloads

@testable import Scanners

/// How tasks of a service leave their subnets, as far as routes and gateways are in the inputs.
@Suite struct EgressTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    /// Routes and what else is there besides network, subnet, table and service.
    var around: String
    var service = #""AssignPublicIp": "DISABLED", "Subnets": ["@Subnet"]"#
    /// Known text, or the reason behind `?`.
    var egress: String
    var testDescription: String { name }
  }

  static let gateway = #""Out": {"type": "AWS::EC2::InternetGateway"},"#
  static let toInternet = """
    \(gateway) "Route": {"type": "AWS::EC2::Route", "RouteTableId": "@Table",
      "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "@Out"},
    """

  static let cases = [
    Case(name: "no route", around: "", egress: "none"),
    Case(
      name: "NAT gateway",
      around: """
        "Route": {"type": "AWS::EC2::Route", "RouteTableId": "@Table",
          "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1"},
        """,
      egress: "gateway"
    ),
    Case(
      name: "peering to one network is no way out",
      around: """
        "Route": {"type": "AWS::EC2::Route", "RouteTableId": "@Table",
          "DestinationCidrBlock": "10.9.0.0/16", "VpcPeeringConnectionId": "pcx-1"},
        """,
      egress: "none"
    ),
    Case(name: "internet without address", around: toInternet, egress: "no-address"),
    Case(
      name: "internet with address",
      around: toInternet,
      service: #""AssignPublicIp": "ENABLED", "Subnets": ["@Subnet"]"#,
      egress: "internet"
    ),
    Case(
      name: "address not known",
      around: toInternet,
      service: #""AssignPublicIp": "?the parameter Public", "Subnets": ["@Subnet"]"#,
      egress: "?the parameter Public"
    ),
    Case(
      name: "address is left out, which means none",
      around: toInternet,
      service: #""Subnets": ["@Subnet"]"#,
      egress: "no-address"
    ),
    Case(
      name: "destination not known",
      around: """
        "Route": {"type": "AWS::EC2::Route", "RouteTableId": "@Table",
          "DestinationCidrBlock": "?the parameter Range", "NatGatewayId": "nat-1"},
        """,
      egress: "?the parameter Range"
    ),
    Case(
      name: "route of a table that cannot be told",
      around: """
        "Route": {"type": "AWS::EC2::Route", "RouteTableId": "?the parameter Table",
          "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1"},
        """,
      egress: "?the parameter Table"
    ),
    Case(
      name: "subnet elsewhere",
      around: toInternet,
      service: #""Subnets": ["subnet-1"]"#,
      egress: "?its subnets are declared elsewhere"
    ),
    Case(
      name: "one subnet without a way out",
      around: """
        "Route": {"type": "AWS::EC2::Route", "RouteTableId": "@Other",
          "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1"},
        "Second": {"type": "AWS::EC2::Subnet", "VpcId": "@Network"},
        "Other": {"type": "AWS::EC2::RouteTable", "VpcId": "@Network"},
        "OtherUse": {"type": "AWS::EC2::SubnetRouteTableAssociation",
          "SubnetId": "@Second", "RouteTableId": "@Other"},
        """,
      service: #""Subnets": ["@Second", "@Subnet"]"#,
      egress: "none"
    ),
    Case(
      name: "subnet without a table",
      around: #""Second": {"type": "AWS::EC2::Subnet", "VpcId": "@Network"},"#,
      service: #""Subnets": ["@Second"]"#,
      egress: "?the routes of its subnets are not in the inputs"
    ),
  ]

  @Test(arguments: cases)
  func wayOutIsWhatRoutesSay(_ example: Case) throws {
    let egress = try Self.service(example.around, example.service)[RunService.egress]
    #expect((egress.known ?? "?\(egress.unknownReason ?? "")") == example.egress)
  }

  @Test func endpointsMayBeInANetworkThatIsElsewhere() throws {
    let service = try Self.service("", #""Subnets": ["@Subnet"]"#, network: "vpc-1")
    #expect(
      service[RunService.egress].unknownReason
        == "its network is declared elsewhere, and so may be its endpoints"
    )
  }

  @Test func endpointsOfTheNetworkAreThoseOfTheService() throws {
    let service = try Self.service(
      """
      "Images": {"type": "AWS::EC2::VPCEndpoint", "VpcId": "@Network",
        "ServiceName": "com.amazonaws.eu-west-1.ecr.dkr"},
      """,
      #""Subnets": ["@Subnet"]"#
    )
    #expect(service[RunService.endpoints].map(\.known) == ["ecr.dkr"])
  }

  @Test func serviceWithoutSubnetsHasNoWayOut() throws {
    let service = try Self.service("", #""SecurityGroups": ["sg-1"]"#)
    #expect(service[RunService.egress].isAbsent)
  }

  private static func service(
    _ around: String,
    _ configuration: String,
    network: String = "@Network"
  ) throws -> Resource {
    let deployment = try SampleLanguage.deployment(
      """
      {\(around)
      "Network": {"type": "AWS::EC2::VPC", "CidrBlock": "10.0.0.0/16"},
      "Subnet": {"type": "AWS::EC2::Subnet", "VpcId": "\(network)"},
      "Table": {"type": "AWS::EC2::RouteTable", "VpcId": "\(network)"},
      "Use": {"type": "AWS::EC2::SubnetRouteTableAssociation",
        "SubnetId": "@Subnet", "RouteTableId": "@Table"},
      "Service": {"type": "AWS::ECS::Service", "LaunchType": "FARGATE", "TaskDefinition": "web",
        "NetworkConfiguration": {"AwsvpcConfiguration": {\(configuration)}}}}
      """
    )
    return try AWSResources.read(deployment).resource("Service")
  }
}
