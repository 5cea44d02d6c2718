internal import DocumentTrees
internal import Templates
internal import Workloads

/// Reads an ECS service in the spelling of the API, CloudFormation or Terraform.
enum RunServiceReader: AWSResourceReader {
  static let types = ["AWS::ECS::Service", "aws_ecs_service", ECSScanner.serviceType]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    reading.notices.check(fields, against: ECSShapes.service)
    let name = fields["serviceName", "name"]
    var service = reading.make(RunService.kind, declared, fields, names: name, fields["serviceArn"])
    service[RunService.launchType] = fields.text("launchType")
    service[RunService.capacityProviders] = fields.elements("capacityProviderStrategy").compactMap {
      let provider = AWSFields($0)["capacityProvider"].displayText
      return provider.isAbsent || provider.known == "" ? nil : provider
    }
    service[RunService.platformVersion] = fields.text("platformVersion")
    service[RunService.schedulingStrategy] = fields.text("schedulingStrategy")
    service[RunService.desiredCount] = fields.integer("desiredCount")
    service[RunService.propagateTags] = fields.text("propagateTags")
    service[RunService.managedTags] = fields.flag("enableECSManagedTags")
    service[RunService.executeCommand] = fields.flag("enableExecuteCommand")
    service[RunService.gracePeriod] = fields.integer("healthCheckGracePeriodSeconds")
    readNetwork(fields, &service)
    readDeployment(fields, &service)
    readPlacement(fields, &service)
    readBalancers(fields, &service)
    readSurroundings(fields, &service)
    reading.resources.append(service)
  }

  private static func readNetwork(_ fields: AWSFields, _ service: inout Resource) {
    let configuration = fields.object("networkConfiguration")
    let isStated = configuration.isStated
    service[RunService.hasNetworkConfiguration] = .known(isStated, service.origin)
    guard isStated else { return }
    // Terraform has no object in between.
    let nested = configuration.object("awsvpcConfiguration")
    let network = configuration.has("awsvpcConfiguration") ? nested : configuration
    service[RunService.assignPublicIP] = publicAddress(network)
    service[RunService.subnets] = AWSNames.list(network["subnets"])
    service[RunService.securityGroups] = AWSNames.list(network["securityGroups"])
    service.link("subnet", network["subnets"], kind: Subnet.kind)
    service.link("security-group", network["securityGroups"], kind: SecurityGroup.kind)
  }

  /// `ENABLED`, or the truth value that Terraform has for it.
  static func publicAddress(_ network: AWSFields) -> Value<String> {
    network.text("assignPublicIp").map { text in
      switch text.lowercased() {
      case "true": "ENABLED"
      case "false": "DISABLED"
      default: text
      }
    }
  }

  private static func readDeployment(_ fields: AWSFields, _ service: inout Resource) {
    let deployment = fields.object("deploymentConfiguration")
    let breaker =
      fields.has("deploymentCircuitBreaker")
      ? fields.object("deploymentCircuitBreaker") : deployment.object("deploymentCircuitBreaker")
    service[RunService.circuitBreaker] = breaker.flag("enable")
    service[RunService.minimumHealthyPercent] =
      fields.has("deploymentMinimumHealthyPercent")
      ? fields.integer("deploymentMinimumHealthyPercent")
      : deployment.integer("minimumHealthyPercent")
    service[RunService.maximumPercent] =
      fields.has("deploymentMaximumPercent")
      ? fields.integer("deploymentMaximumPercent") : deployment.integer("maximumPercent")
    service[RunService.deploymentController] = fields.object("deploymentController").text("type")
  }

  private static func readPlacement(_ fields: AWSFields, _ service: inout Resource) {
    var placement = fields.elements("placementConstraints")
      .compactMap(TaskDefinitionReader.placement)
    let strategies = fields.elements(
      "placementStrategy",
      "placementStrategies",
      "orderedPlacementStrategy"
    )
    for strategy in strategies {
      let strategy = AWSFields(strategy)
      let type = strategy.text("type")
      if type.isAbsent { continue }
      let field = strategy.text("field").known
      placement.append(type.map { [$0, field].compactMap { $0 }.joined(separator: ": ") })
    }
    service[RunService.placement] = placement
  }

  private static func readBalancers(_ fields: AWSFields, _ service: inout Resource) {
    var hasBalancer = false
    for balancer in fields.elements("loadBalancers", "loadBalancer") {
      let balancer = AWSFields(balancer)
      let group = balancer["targetGroupArn"]
      let classic = balancer["loadBalancerName", "elbName"]
      if group.text.isAbsent, classic.text.isAbsent { continue }
      hasBalancer = true
      service.link("target-group", group, kind: TargetGroup.kind)
      service.link("load-balancer", classic, kind: LoadBalancer.kind)
      let advanced = balancer.object("advancedConfiguration")
      service.link("target-group", advanced["alternateTargetGroupArn"], kind: TargetGroup.kind)
    }
    for lattice in fields.elements("vpcLatticeConfigurations") {
      if AWSFields(lattice)["targetGroupArn"].text.isAbsent { continue }
      hasBalancer = true
    }
    let list = fields["loadBalancers", "loadBalancer"]
    if !hasBalancer, let more = list.more {
      service[RunService.hasLoadBalancer] = .unknown(more.reason, list.origin)
    } else {
      service[RunService.hasLoadBalancer] = .known(
        hasBalancer,
        hasBalancer ? list.origin : service.origin
      )
    }
  }

  private static func readSurroundings(_ fields: AWSFields, _ service: inout Resource) {
    service.link("task-definition", fields["taskDefinition"])
    service.link("cluster", fields["cluster", "clusterArn"], kind: Cluster.kind)
    service.link("service-role", fields["role", "iamRole", "roleArn"], kind: Role.kind)
    let connect = fields.object("serviceConnectConfiguration")
    service[RunService.serviceConnect] = connect.flag("enabled")
    let options = connect.object("logConfiguration")["options"]
    service.link("log-group", options["awslogs-group"], kind: LogGroup.kind)
    service[RunService.serviceRegistries] = fields.elements("serviceRegistries").compactMap {
      let registry = AWSFields($0)["registryArn"].displayText
      return registry.isAbsent || registry.known == "" ? nil : registry
    }
    service[RunService.managedVolumes] = fields.elements(
      "volumeConfigurations",
      "volumeConfiguration"
    ).compactMap { element in
      let volume = AWSFields(element)
      guard volume.object("managedEBSVolume").isStated else { return nil }
      let name = volume.text("name")
      return name.isAbsent ? nil : name
    }
  }
}

/// Names in lists.
enum AWSNames {
  /// What a list names, for readers: literal names, addresses of references, `…` for the rest.
  static func list(_ datum: Datum) -> [Value<String>] {
    // One reference is a list of one; what else is not known may be a list of any length.
    if case .unknown(let gap) = datum.content, gap.reference != nil { return [datum.displayText] }
    var names = datum.elements.map(\.displayText).filter { !$0.isAbsent && $0.known != "" }
    if let more = datum.more { names.append(.unknown(more.reason, datum.origin)) }
    return names
  }
}
