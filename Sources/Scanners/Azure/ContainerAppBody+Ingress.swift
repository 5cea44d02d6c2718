import Templates
import Workloads

/// The way in, and what changes the number of replicas.
extension ContainerAppBody {
  mutating func readIngress() {
    let ingress = configuration["ingress"]
    defer { addDaprPort() }
    guard !ingress.isNothing else { return }
    var resource = reading.part(
      Ingress.kind,
      of: workload,
      name: workload.name,
      type: "ingress",
      origin: ingress.origin
    )
    let external = ingress["external"].flag(or: false, ingress.origin)
    let transport =
      ingress["transport"].isNothing
      ? Value.known("auto", ingress.origin) : ingress["transport"].string.map { $0.lowercased() }
    resource[Ingress.ingressClass] = .known("azure", ingress.origin)
    resource[Ingress.isExternal] = external
    resource[Ingress.transport] = transport
    resource[Ingress.targetPort] = ingress["targetPort"].integer
    resource[Ingress.allowInsecure] = ingress["allowInsecure"].flag(or: false, ingress.origin)
    resource[Ingress.hosts] = ingress["customDomains"].elements.map { $0["name"].string }
    // The platform's own certificate covers HTTP; TCP is passed through.
    resource[Ingress.hasTLS] = transport.map { $0 != "tcp" }
    // Rules that only keep some addresses out leave the door open to all others.
    resource[Ingress.ipRestrictions] = ingress["ipSecurityRestrictions"].elements.filter {
      $0["action"].string.known?.lowercased() != "deny"
    }.map { $0["ipAddressRange"].string }
    resource[Ingress.exposedPort] = ingress["exposedPort"].integer
    let affinity = ingress["stickySessions"]["affinity"]
    resource[Ingress.sticky] =
      affinity.isNothing
      ? .known(false, ingress.origin) : affinity.string.map { $0.lowercased() == "sticky" }
    resource[Ingress.clientCertificate] = ingress["clientCertificateMode"].string.map {
      $0.lowercased()
    }
    let additional = ingress["additionalPortMappings"]
    resource[Ingress.additionalPorts] =
      additional.more.map { .unknown($0.reason, additional.origin) }
      ?? .known(additional.elements.count, additional.origin)
    resources.append(resource)
    addSettings("ingress.corsPolicy", ingress["corsPolicy"])
    addSettings("ingress.traffic", ingress["traffic"])
    addSettings("ingress.customDomains", ingress["customDomains"])
    addSettings("ingress.ipSecurityRestrictions", ingress["ipSecurityRestrictions"])
    addPorts(ingress, external, transport)
  }

  /// The port of the ingress is that of the first container that is no initial one.
  private mutating func addPorts(
    _ ingress: Datum,
    _ external: Value<Bool>,
    _ transport: Value<String>
  ) {
    guard let index = workload.containers.firstIndex(where: { $0.role == .main }) else { return }
    func port(_ mapping: Datum, _ isExternal: Value<Bool>) -> Port {
      var port = Port(origin: mapping.origin)
      port.container = mapping["targetPort"].integer
      port.containerEnd = port.container
      port.published = mapping["exposedPort"].isNothing ? .absent : mapping["exposedPort"].integer
      port.publishedEnd = port.published
      port.isPublished = isExternal.known != false
      return port
    }
    if !ingress["targetPort"].isNothing {
      var main = port(ingress, external)
      main.origin = ingress["targetPort"].origin
      if transport.known != "tcp" { main.applicationProtocol = .known("http", main.origin) }
      workload.containers[index].ports.append(main)
    }
    for mapping in ingress["additionalPortMappings"].elements {
      let isExternal = mapping["external"].flag(or: false, mapping.origin)
      workload.containers[index].ports.append(port(mapping, isExternal))
    }
  }

  /// The port on which Dapr calls the app; it is often the ingress's too.
  private mutating func addDaprPort() {
    let stated = configuration["dapr"]["appPort"]
    guard !stated.isNothing, configuration["dapr"]["enabled"].flag.known != false,
      let index = workload.containers.firstIndex(where: { $0.role == .main }),
      !workload.containers[index].ports.contains(where: {
        $0.container.known == stated.integer.known
      })
    else { return }
    var port = Port(origin: stated.origin)
    port.container = stated.integer
    port.containerEnd = port.container
    workload.containers[index].ports.append(port)
  }

  // MARK: Scale

  mutating func readScale() {
    let scale = template["scale"]
    let origin = scale.isNothing ? template.origin : scale.origin
    var autoscaler = reading.part(
      Autoscaler.kind,
      of: workload,
      name: workload.name,
      type: "scale",
      origin: origin
    )
    autoscaler[Autoscaler.minimum] = scale["minReplicas"].integer
    autoscaler[Autoscaler.maximum] = scale["maxReplicas"].integer
    // The defaults of the platform.
    autoscaler[Autoscaler.effectiveMinimum] = scale["minReplicas"].integer(or: 0, origin)
    autoscaler[Autoscaler.effectiveMaximum] = scale["maxReplicas"].integer(or: 10, origin)
    autoscaler[Autoscaler.pollingInterval] = scale["pollingInterval"].integer
    autoscaler[Autoscaler.cooldownPeriod] = scale["cooldownPeriod"].integer
    let rules = scale["rules"]
    for rule in rules.elements { autoscaler.parts.append(trigger(rule, of: autoscaler)) }
    if rules.isNothing, scale.more == nil, !configuration["ingress"].isNothing {
      // With a way in and no rule of its own, an app scales by requests.
      var standard = autoscaler.part(ScalingTrigger.kind, name: "http", origin: autoscaler.origin)
      standard[ScalingTrigger.type] = .known("http", autoscaler.origin)
      standard[ScalingTrigger.target] = .known(10, autoscaler.origin)
      autoscaler.parts.append(standard)
    }
    var scaling = Scaling(origin: autoscaler.origin)
    scaling.minimum = autoscaler[Autoscaler.effectiveMinimum]
    scaling.maximum = autoscaler[Autoscaler.effectiveMaximum]
    scaling.triggers = autoscaler.parts.map { $0[ScalingTrigger.type] }
    if let more = rules.more { scaling.triggers.append(.unknown(more.reason, rules.origin)) }
    workload.scaling = scaling
    resources.append(autoscaler)
  }

  /// A scale rule; those of jobs state type and metadata without a level of their own.
  func trigger(_ rule: Datum, of autoscaler: Resource) -> Resource {
    let name = rule["name"].string.known ?? "rule"
    var trigger = autoscaler.part(
      ScalingTrigger.kind,
      name: name,
      type: "rule",
      origin: rule.origin
    )
    var body = rule
    let forms = ["http", "tcp", "custom", "azureQueue"]
    if let form = forms.first(where: { !rule[$0].isNothing }) {
      body = rule[form]
      switch form {
      case "custom": trigger[ScalingTrigger.type] = body["type"].string
      case "azureQueue": trigger[ScalingTrigger.type] = .known("azure-queue", body.origin)
      default: trigger[ScalingTrigger.type] = .known(form, body.origin)
      }
    } else {
      trigger[ScalingTrigger.type] = rule["type"].string
    }
    let metadata = body["metadata"]
    trigger[ScalingTrigger.metadata] = metadata.entries.prefix(200).map { entry in
      entry.value.string.map { "\(entry.key)=\($0)" }
    }
    let numbers = [
      "concurrentRequests", "messageCount", "queueLength", "value", "targetValue", "lagThreshold",
      "listLength", "activationMessageCount", "unprocessedEventThreshold", "blobCount",
      "desiredReplicas",
    ]
    if let key = numbers.first(where: { !metadata[$0].isNothing }) {
      trigger[ScalingTrigger.target] = metadata[key].number
    } else if !body["queueLength"].isNothing {
      trigger[ScalingTrigger.target] = body["queueLength"].number
    }
    let metric = metadata.first("queueName", "topicName", "topic", "metricName", "listName")
    trigger[ScalingTrigger.metric] = metric.isNothing ? body["queueName"].string : metric.string
    if let type = trigger[ScalingTrigger.type].known, type == "cpu" || type == "memory" {
      trigger[ScalingTrigger.targetType] = metadata["type"].string
    }
    for parameter in body["auth"].elements {
      trigger[ScalingTrigger.metadata].append(
        parameter["secretRef"].string.map {
          "\(parameter["triggerParameter"].string.known ?? "")=secretRef:\($0)"
        }
      )
    }
    for name in ["accountName", "queueLength"] where !body[name].isNothing {
      trigger[ScalingTrigger.metadata].append(body[name].string.map { "\(name)=\($0)" })
    }
    trigger[ScalingTrigger.identity] = identity(of: body)
    return trigger
  }

  private func identity(of rule: Datum) -> Value<String> {
    if !rule["identity"].isNothing { return .known("managed-identity", rule["identity"].origin) }
    if !rule["auth"].isNothing { return .known("secret", rule["auth"].origin) }
    let isFromEnvironment = rule["metadata"].entries.contains {
      $0.key.lowercased().hasSuffix("fromenv")
    }
    return .known(isFromEnvironment ? "environment" : "", rule.origin)
  }
}
