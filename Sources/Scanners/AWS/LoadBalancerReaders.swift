internal import Templates
internal import Workloads

/// Load balancers, the classic ones too.
enum LoadBalancerReader: AWSResourceReader {
  static let types = [
    "AWS::ElasticLoadBalancingV2::LoadBalancer", "aws_lb", "aws_alb",
    "AWS::ElasticLoadBalancing::LoadBalancer", "aws_elb",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    let isClassic =
      declared.type == "aws_elb" || declared.type == "AWS::ElasticLoadBalancing::LoadBalancer"
    let name = fields["name", "loadBalancerName"]
    var balancer = reading.make(LoadBalancer.kind, declared, fields, names: name)
    let type = fields.text("type", "loadBalancerType")
    // An application load balancer is what the API makes if no type is stated.
    balancer[LoadBalancer.type] =
      isClassic
      ? .known("classic", declared.origin)
      : type.isAbsent ? .known("application", declared.origin) : type
    balancer[LoadBalancer.isInternal] = isInternal(fields, declared)
    balancer[LoadBalancer.accessLogs] = accessLogs(fields, declared)
    balancer.link("security-group", fields["securityGroups"], kind: SecurityGroup.kind)
    balancer.link("subnet", fields["subnets", "availabilityZones"], kind: Subnet.kind)
    for mapping in fields.elements("subnetMappings", "subnetMapping") {
      balancer.link("subnet", AWSFields(mapping)["subnetId"], kind: Subnet.kind)
    }
    if isClassic {
      for (index, element) in fields.elements("listeners", "listener").enumerated() {
        reading.resources.append(classicListener(element, index, balancer, declared))
      }
    }
    reading.resources.append(balancer)
  }

  private static func isInternal(_ fields: AWSFields, _ declared: DeclaredResource) -> Value<Bool> {
    if fields.has("internal") { return fields.flag("internal") }
    let scheme = fields.text("scheme")
    // The internet reaches a balancer unless it is said to be internal.
    if scheme.isAbsent { return .known(false, declared.origin) }
    return scheme.map { $0.lowercased() == "internal" }
  }

  private static func accessLogs(_ fields: AWSFields, _ declared: DeclaredResource) -> Value<Bool> {
    let block = fields.object("accessLogs", "accessLoggingPolicy")
    if block.isStated {
      // Terraform's classic balancer logs as soon as the block is there.
      let flag = block.flag("enabled")
      let isStated = declared.type == "aws_elb" && flag.isAbsent
      return isStated ? .known(true, block.origin) : flag
    }
    let attributes = AWSAttributes(fields["loadBalancerAttributes"])
    let flag = attributes["access_logs.s3.enabled"].flag
    return flag.isAbsent ? .known(false, declared.origin) : flag
  }

  private static func classicListener(
    _ datum: Datum,
    _ index: Int,
    _ balancer: Resource,
    _ declared: DeclaredResource
  ) -> Resource {
    let fields = AWSFields(datum)
    var listener = balancer.part(
      Listener.kind,
      name: "\(balancer.name)/\(index + 1)",
      type: declared.type,
      origin: datum.origin
    )
    listener.address = "\(declared.address)/listener/\(index)"
    listener[Listener.transport] = fields.text("protocol", "lbProtocol").map { $0.uppercased() }
    listener[Listener.port] = fields.integer("loadBalancerPort", "lbPort")
    listener[Listener.isInternal] = balancer[LoadBalancer.isInternal]
    listener[Listener.redirectsToHTTPS] = .known(false, datum.origin)
    listener.links = [
      ResourceLink(
        "load-balancer",
        .unknown("it is a part of it", datum.origin),
        addresses: [declared.address],
        kind: LoadBalancer.kind.name
      )
    ]
    return listener
  }
}

/// Listeners of load balancers.
enum ListenerReader: AWSResourceReader {
  static let types = [
    "AWS::ElasticLoadBalancingV2::Listener", "aws_lb_listener", "aws_alb_listener",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    var listener = reading.make(Listener.kind, declared, fields)
    let port = fields.integer("port")
    listener[Listener.port] = port
    let transport = fields.text("protocol").map { $0.uppercased() }
    listener[Listener.transport] =
      transport.isAbsent ? byPort(port, declared) : transport
    listener[Listener.tlsPolicy] = fields.text("sslPolicy")
    let actions = fields["defaultActions", "defaultAction"]
    listener[Listener.redirectsToHTTPS] = redirects(actions, declared)
    for action in actions.elements { ListenerActions.link(AWSFields(action), &listener) }
    listener.link("load-balancer", fields["loadBalancerArn"], kind: LoadBalancer.kind)
    reading.resources.append(listener)
  }

  /// Terraform lets the provider choose by the port.
  private static func byPort(_ port: Value<Int>, _ declared: DeclaredResource) -> Value<String> {
    switch port.known {
    case 80: .known("HTTP", declared.origin)
    case 443: .known("HTTPS", declared.origin)
    default: .absent
    }
  }

  private static func redirects(_ actions: Datum, _ declared: DeclaredResource) -> Value<Bool> {
    var answer: Value<Bool> = .known(false, actions.isNothing ? declared.origin : actions.origin)
    if let more = actions.more { answer = .unknown(more.reason, actions.origin) }
    for action in actions.elements {
      let action = AWSFields(action)
      switch action.text("type").state {
      case .known(let type) where type.lowercased() == "redirect":
        let redirect = action.object("redirectConfig", "redirect")
        let transport = redirect.text("protocol")
        switch transport.state {
        // Without one the protocol of the request stays.
        case .known(let text): answer = .known(text.uppercased() == "HTTPS", transport.origin)
        case .unknown(let reason): answer = .unknown(reason, transport.origin)
        case .absent: answer = .known(false, redirect.origin)
        }
      case .unknown(let reason): answer = .unknown(reason, action.origin)
      default: break
      }
    }
    return answer
  }
}

/// Rules of listeners, which bring further target groups.
enum ListenerRuleReader: AWSResourceReader {
  static let types = [
    "AWS::ElasticLoadBalancingV2::ListenerRule", "aws_lb_listener_rule", "aws_alb_listener_rule",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    let actions = fields.elements("actions", "action")
    reading.add(to: fields["listenerArn"], Listener.kind) { listener in
      for action in actions { ListenerActions.link(AWSFields(action), &listener) }
    }
  }
}

/// Where an action of a listener sends requests.
enum ListenerActions {
  static func link(_ action: AWSFields, _ listener: inout Resource) {
    listener.link("target-group", action["targetGroupArn"], kind: TargetGroup.kind)
    let forward = action.object("forwardConfig", "forward")
    for group in forward.elements("targetGroups", "targetGroup") {
      let group = AWSFields(group)
      listener.link("target-group", group["targetGroupArn", "arn"], kind: TargetGroup.kind)
    }
  }
}

enum TargetGroupReader: AWSResourceReader {
  static let types = [
    "AWS::ElasticLoadBalancingV2::TargetGroup", "aws_lb_target_group", "aws_alb_target_group",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    var group = reading.make(TargetGroup.kind, declared, fields, names: fields["name"])
    let targetType = fields.text("targetType")
    // Instances are what the API takes for targets if nothing is stated.
    group[TargetGroup.targetType] =
      targetType.isAbsent ? .known("instance", declared.origin) : targetType
    group[TargetGroup.transport] = fields.text("protocol").map { $0.uppercased() }
    let attributes = AWSAttributes(fields["targetGroupAttributes"])
    let stickiness = fields.object("stickiness")
    if stickiness.isStated {
      let flag = stickiness.flag("enabled")
      // The block alone switches it on.
      group[TargetGroup.stickiness] = flag.isAbsent ? .known(true, stickiness.origin) : flag
    } else {
      group[TargetGroup.stickiness] = attributes["stickiness.enabled"].flag
    }
    let check = fields.object("healthCheck")
    group[TargetGroup.healthCheckPath] =
      fields.has("healthCheckPath") ? fields.text("healthCheckPath") : check.text("path")
    group[TargetGroup.drainSeconds] =
      fields.has("deregistrationDelay")
      ? fields.integer("deregistrationDelay")
      : attributes["deregistration_delay.timeout_seconds"].integer
    group.link("virtual-network", fields["vpcId"], kind: VirtualNetwork.kind)
    reading.resources.append(group)
  }
}

/// Attributes as CloudFormation lists them: `Key`, `Value`.
struct AWSAttributes {
  private let list: Datum

  init(_ list: Datum) { self.list = list }

  subscript(_ key: String) -> Datum {
    for element in list.elements {
      let fields = AWSFields(element)
      if fields.text("key").known == key { return fields["value"] }
    }
    if let more = list.more { return Datum(.unknown(Gap(more.reason)), list.origin) }
    return .absent(list.origin)
  }
}
