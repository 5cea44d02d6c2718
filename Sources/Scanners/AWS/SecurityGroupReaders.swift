internal import Templates
internal import Workloads

/// Security groups with the rules that stand in them.
enum SecurityGroupReader: AWSResourceReader {
  static let types = [
    "AWS::EC2::SecurityGroup", "aws_security_group", "aws_default_security_group",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    let name = fields["groupName", "name"]
    var group = reading.make(SecurityGroup.kind, declared, fields, names: name)
    let isDefault = declared.type == "aws_default_security_group" || name.text.known == "default"
    group[SecurityGroup.isDefault] = .known(isDefault, declared.origin)
    group.link("virtual-network", fields["vpcId"], kind: VirtualNetwork.kind)
    let egress = fields["securityGroupEgress", "egress"]
    // Terraform takes away the rule that lets everything out; CloudFormation leaves it.
    let isTerraform = declared.type.hasPrefix("aws_")
    group[SecurityGroup.statesEgress] =
      isTerraform || !egress.isNothing
      ? .known(true, egress.origin) : .known(false, declared.origin)
    for direction in ["ingress", "egress"] {
      let rules = direction == "egress" ? egress : fields["securityGroupIngress", "ingress"]
      for rule in rules.elements {
        group.parts.append(NetworkRules.rule(rule, direction, of: group))
      }
      if let more = rules.more {
        group.parts.append(NetworkRules.unknown(more, direction, rules.origin, of: group))
      }
    }
    reading.resources.append(group)
  }
}

/// Rules of a group that are declared on their own.
enum SecurityGroupRuleReader: AWSResourceReader {
  static let types = [
    "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress", "aws_security_group_rule",
    "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    let type = declared.type.lowercased()
    let stated = fields.text("type")
    let direction =
      type.contains("ingress")
      ? "ingress" : type.contains("egress") ? "egress" : stated.known ?? "ingress"
    let target = fields["groupId", "securityGroupId", "groupName"]
    // The rule of a group that is declared elsewhere is judged all the same.
    var substitute = reading.make(SecurityGroup.kind, declared, AWSFields(.absent()))
    substitute[SecurityGroup.statesEgress] = .known(true, declared.origin)
    var properties = declared.properties
    properties.origin = declared.origin
    let rule = NetworkRules.rule(properties, direction, of: substitute, name: declared.name)
    reading.add(to: target, SecurityGroup.kind, substitute: substitute) { group in
      var rule = rule
      rule.name = "\(group.name)/\(declared.name)"
      group.parts.append(rule)
      if direction == "egress" {
        group[SecurityGroup.statesEgress] = .known(true, declared.origin)
      }
    }
  }
}

/// A rule of a security group in any spelling.
enum NetworkRules {
  static func rule(
    _ datum: Datum,
    _ direction: String,
    of group: Resource,
    name: String? = nil
  ) -> Resource {
    let fields = AWSFields(datum)
    let number = group.parts.count + 1
    var rule = group.part(
      NetworkRule.kind,
      name: name ?? "\(group.name)/\(direction)-\(number)",
      type: group.type,
      origin: datum.origin
    )
    if let gap = fields.gap { return unknown(gap, direction, datum.origin, of: group) }
    rule[NetworkRule.direction] = .known(direction, datum.origin)
    rule[NetworkRule.access] = .known("allow", datum.origin)
    let transport = fields.text("ipProtocol", "protocol").map(name(ofProtocol:))
    rule[NetworkRule.transport] = transport
    (rule[NetworkRule.fromPort], rule[NetworkRule.toPort]) = ports(fields, transport)
    rule[NetworkRule.peers] = peers(fields, datum, group)
    rule[NetworkRule.description] = fields.text("description")
    return rule
  }

  /// A rule of which nothing is known but its direction.
  static func unknown(
    _ gap: Gap,
    _ direction: String,
    _ origin: Origin,
    of group: Resource
  ) -> Resource {
    var rule = group.part(
      NetworkRule.kind,
      name: "\(group.name)/\(direction)",
      type: group.type,
      origin: origin
    )
    rule[NetworkRule.direction] = .known(direction, origin)
    rule[NetworkRule.access] = .known("allow", origin)
    rule[NetworkRule.transport] = .unknown(gap.reason, origin)
    rule[NetworkRule.fromPort] = .unknown(gap.reason, origin)
    rule[NetworkRule.toPort] = .unknown(gap.reason, origin)
    rule[NetworkRule.peers] = [.unknown(gap.reason, origin)]
    rule[NetworkRule.description] = .unknown(gap.reason, origin)
    return rule
  }

  private static func name(ofProtocol text: String) -> String {
    switch text.lowercased() {
    case "-1", "all": "all"
    case "6", "tcp": "tcp"
    case "17", "udp": "udp"
    case "1", "icmp": "icmp"
    case "58", "icmpv6": "icmpv6"
    default: text.lowercased()
    }
  }

  private static func ports(
    _ fields: AWSFields,
    _ transport: Value<String>
  ) -> (Value<Int>, Value<Int>) {
    let from = fields.integer("fromPort")
    let to = fields.integer("toPort")
    switch transport.state {
    case .known("all"): return (.known(0, transport.origin), .known(65535, transport.origin))
    // Their numbers are types and codes of messages.
    case .known("icmp"), .known("icmpv6"): return (.absent, .absent)
    default: break
    }
    if from.known == -1 || from.isAbsent && to.isAbsent {
      return (.known(0, fields.origin), .known(65535, fields.origin))
    }
    return (from, to.isAbsent ? from : to)
  }

  private static func peers(
    _ fields: AWSFields,
    _ datum: Datum,
    _ group: Resource
  ) -> [Value<String>] {
    var peers: [Value<String>] = []
    for name in ["cidrIp", "cidrIpv6", "cidrBlocks", "ipv6CidrBlocks", "cidrIpv4"] {
      peers += fields[name].strings.filter { !$0.isAbsent && $0.known != "" }
    }
    let groups = [
      "sourceSecurityGroupId", "sourceSecurityGroupName", "destinationSecurityGroupId",
      "referencedSecurityGroupId", "securityGroups",
    ]
    for name in groups {
      peers += AWSNames.list(fields[name]).map { $0.map { "group:" + $0 } }
    }
    let prefixes = [
      "sourcePrefixListId", "destinationPrefixListId", "prefixListId", "prefixListIds",
    ]
    for name in prefixes {
      peers += AWSNames.list(fields[name]).map { $0.map { "prefix:" + $0 } }
    }
    if fields.flag("self").known == true {
      peers.append(.known("group:\(group.name)", datum.origin))
    }
    return peers
  }
}
