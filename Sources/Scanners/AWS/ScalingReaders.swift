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
    scaler.link("target", fields["resourceId"], kind: RunService.kind)
    if let id = fields["resourceId"].text.known {
      scaler.identifiers.append(.known(id, fields["resourceId"].origin))
    }
    for action in fields.elements("scheduledActions") {
      scaler.parts.append(ScalingTriggers.scheduled(AWSFields(action), of: scaler))
    }
    reading.resources.append(scaler)
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
    let hasTarget = fields.has("scalingTargetId") || fields.has("resourceId")
    guard hasTarget, ScalableTargetReader.isECS(fields) || fields.has("scalingTargetId") else {
      return
    }
    let target = fields.has("scalingTargetId") ? fields["scalingTargetId"] : fields["resourceId"]
    let policy = fields
    let isScheduled = declared.type == "aws_appautoscaling_scheduled_action"
    reading.add(to: target, Autoscaler.kind) { scaler in
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
