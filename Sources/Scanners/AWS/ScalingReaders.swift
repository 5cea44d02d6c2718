internal import Templates
internal import Workloads

/// Scalable targets of ECS services.
enum ScalableTargetReader: AWSResourceReader {
  static let types = ["AWS::ApplicationAutoScaling::ScalableTarget", "aws_appautoscaling_target"]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    guard Self.isECS(fields) else { return }
    var scaler = reading.make(Autoscaler.kind, declared, fields)
    scaler[Autoscaler.minimum] = fields.integer("minCapacity")
    scaler[Autoscaler.maximum] = fields.integer("maxCapacity")
    scaler[Autoscaler.effectiveMinimum] = scaler[Autoscaler.minimum]
    scaler[Autoscaler.effectiveMaximum] = scaler[Autoscaler.maximum]
    let id = fields["resourceId"].displayText
    if id.known != nil { scaler.identifiers.append(id) }
    if let link = Self.link(to: fields["resourceId"], kind: RunService.kind) {
      scaler.links.append(ResourceLink("target", link.text, addresses: link.addresses))
    }
    for action in fields.elements("scheduledActions") {
      scaler.parts.append(ScalingTriggers.scheduled(AWSFields(action), of: scaler))
    }
    reading.resources.append(scaler)
  }

  /// A link by `service/CLUSTER/SERVICE`, of which only the last part may be a name.
  static func link(to id: Datum, kind: ResourceKind) -> ResourceLink? {
    guard var link = id.link("", kind: kind) else { return nil }
    link.text = id.displayText
    return link
  }

  /// Tables and clusters of databases scale by the same means.
  static func isECS(_ fields: AWSFields) -> Bool {
    let namespace = fields.text("serviceNamespace")
    if let known = namespace.known { return known == "ecs" }
    if let dimension = fields.text("scalableDimension").known { return dimension.hasPrefix("ecs:") }
    return fields["resourceId"].sketch?.hasPrefix("service/") ?? false
  }
}

/// Policies of scalable targets, and actions by the clock.
enum ScalingPolicyReader: AWSResourceReader {
  static let types = [
    "AWS::ApplicationAutoScaling::ScalingPolicy", "aws_appautoscaling_policy",
    "aws_appautoscaling_scheduled_action",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    // The namespace is often taken over from the target, which then tells what it is.
    if let namespace = fields.text("serviceNamespace").known, namespace != "ecs" { return }
    let target = fields.has("scalingTargetId") ? fields["scalingTargetId"] : fields["resourceId"]
    guard let link = ScalableTargetReader.link(to: target, kind: Autoscaler.kind) else { return }
    let policy = fields
    let isScheduled = declared.type == "aws_appautoscaling_scheduled_action"
    reading.add(to: link, Autoscaler.kind) { scaler in
      if isScheduled {
        scaler.parts.append(ScalingTriggers.scheduled(policy, of: scaler))
      } else {
        scaler.parts += ScalingTriggers.read(policy, declared, of: scaler)
      }
    }
  }
}

/// What a scaling policy looks at.
enum ScalingTriggers {
  static func read(
    _ policy: AWSFields,
    _ declared: DeclaredResource,
    of scaler: Resource
  ) -> [Resource] {
    let tracking = policy.object("targetTrackingScalingPolicyConfiguration")
    if tracking.isStated { return [self.tracking(tracking, declared, of: scaler)] }
    let predictive = policy.object("predictiveScalingPolicyConfiguration")
    var trigger = scaler.part(
      ScalingTrigger.kind,
      name: declared.name,
      type: declared.type,
      origin: declared.origin
    )
    if predictive.isStated {
      trigger[ScalingTrigger.type] = .known("predictive", predictive.origin)
      return [trigger]
    }
    // Steps follow an alarm, which can watch anything.
    trigger[ScalingTrigger.type] = .known("external", declared.origin)
    trigger[ScalingTrigger.metric] = .known("alarm", declared.origin)
    return [trigger]
  }

  private static func tracking(
    _ tracking: AWSFields,
    _ declared: DeclaredResource,
    of scaler: Resource
  ) -> Resource {
    var trigger = scaler.part(
      ScalingTrigger.kind,
      name: declared.name,
      type: declared.type,
      origin: declared.origin
    )
    trigger[ScalingTrigger.target] = tracking.number("targetValue")
    let predefined = tracking.object("predefinedMetricSpecification")
    let custom = tracking.object("customizedMetricSpecification")
    if predefined.isStated {
      let metric = predefined.text("predefinedMetricType")
      trigger[ScalingTrigger.metric] = metric
      trigger[ScalingTrigger.type] = metric.map(type(ofMetric:))
      if let type = trigger[ScalingTrigger.type].known {
        let target = type == "requests" ? "AverageValue" : "Utilization"
        trigger[ScalingTrigger.targetType] = .known(target, tracking.origin)
      }
    } else if custom.isStated {
      let metric = custom.text("metricName")
      trigger[ScalingTrigger.metric] = metric
      let space = custom.text("namespace").known
      trigger[ScalingTrigger.type] = metric.map { name in
        // The same metrics as the predefined ones can be named in full.
        guard space == "AWS/ECS" || space == "ECS/ContainerInsights" else { return "external" }
        if name.lowercased().hasPrefix("cpu") { return "cpu" }
        return name.lowercased().hasPrefix("memory") ? "memory" : "external"
      }
      if metric.isAbsent { trigger[ScalingTrigger.type] = .known("external", custom.origin) }
      trigger[ScalingTrigger.targetType] = .known("Value", custom.origin)
    }
    return trigger
  }

  private static func type(ofMetric metric: String) -> String {
    if metric.hasPrefix("ECSServiceAverageCPU") { return "cpu" }
    if metric.hasPrefix("ECSServiceAverageMemory") { return "memory" }
    return metric == "ALBRequestCountPerTarget" ? "requests" : "external"
  }

  static func scheduled(_ action: AWSFields, of scaler: Resource) -> Resource {
    var trigger = scaler.part(
      ScalingTrigger.kind,
      name: action.text("scheduledActionName", "name").known ?? "schedule",
      type: scaler.type,
      origin: action.origin
    )
    trigger[ScalingTrigger.type] = .known("cron", action.origin)
    if let schedule = action.text("schedule").known {
      trigger[ScalingTrigger.metadata] = [.known("schedule=\(schedule)", action.origin)]
    }
    return trigger
  }
}
