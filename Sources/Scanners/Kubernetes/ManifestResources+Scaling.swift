import Templates
import Workloads

/// HorizontalPodAutoscalers of all versions.
extension ManifestResources {
  mutating func readAutoscaler(_ object: ManifestObject) {
    let spec = object.spec
    var scaler = object.resource(Autoscaler.kind)
    scaler[Autoscaler.minimum] = spec["minReplicas"].integer
    scaler[Autoscaler.maximum] = spec["maxReplicas"].integer
    scaler[Autoscaler.effectiveMinimum] = spec["minReplicas"].integer.or(.known(1, spec.origin))
    scaler[Autoscaler.effectiveMaximum] = spec["maxReplicas"].integer
    let behavior = spec["behavior"]
    scaler[Autoscaler.hasBehavior] = .known(!behavior.isNothing, behavior.origin)
    if !behavior.isNothing {
      scaler[Autoscaler.unmappedFields] = [.known("behavior", behavior.origin)]
    }
    let percentage = spec["targetCPUUtilizationPercentage"]
    if !percentage.isNothing {
      var trigger = scaler.part(ScalingTrigger.kind, name: "cpu", origin: percentage.origin)
      trigger[ScalingTrigger.type] = .known("cpu", percentage.origin)
      trigger[ScalingTrigger.metric] = .known("cpu", percentage.origin)
      trigger[ScalingTrigger.targetType] = .known("Utilization", percentage.origin)
      trigger[ScalingTrigger.target] = percentage.number
      scaler.parts.append(trigger)
    }
    for metric in spec["metrics"].elements.prefix(100) {
      scaler.parts.append(trigger(metric, scaler))
    }
    if spec["metrics"].isNothing, percentage.isNothing {
      // Without metrics Kubernetes looks at 80 percent of the processor.
      var trigger = scaler.part(ScalingTrigger.kind, name: "cpu", origin: object.origin)
      trigger[ScalingTrigger.type] = .known("cpu", object.origin)
      trigger[ScalingTrigger.metric] = .known("cpu", object.origin)
      trigger[ScalingTrigger.targetType] = .known("Utilization", object.origin)
      trigger[ScalingTrigger.target] = .known(80, object.origin)
      scaler.parts.append(trigger)
    }
    add(scaler, object, "autoscaler", target(spec["scaleTargetRef"]))
  }

  func target(_ reference: Datum, kind: String = "") -> PendingResource.Concern {
    guard let name = reference["name"].settled.known else { return .nothing }
    return .controller(kind: reference["kind"].settled.known ?? kind, name: name)
  }

  private func trigger(_ metric: Datum, _ scaler: Resource) -> Resource {
    let type = metric["type"].settled.known ?? ""
    let field: String
    switch type {
    case "Resource": field = "resource"
    case "ContainerResource": field = "containerResource"
    case "Pods": field = "pods"
    case "Object": field = "object"
    default: field = "external"
    }
    let body = metric[field]
    let name = body["name"].isNothing ? body["metric"]["name"] : body["name"]
    let old = body["metricName"]
    let metricName = name.isNothing ? old.settled : name.settled
    var trigger = scaler.part(
      ScalingTrigger.kind,
      name: metricName.known ?? field,
      type: type,
      origin: metric.origin
    )
    let isResource = field == "resource" || field == "containerResource"
    trigger[ScalingTrigger.type] = isResource ? metricName : .known(field, metric.origin)
    trigger[ScalingTrigger.metric] = metricName
    readTarget(body, &trigger)
    if field == "containerResource" {
      trigger[ScalingTrigger.metadata] = [body["container"].settled.map { "container=\($0)" }]
    }
    return trigger
  }

  /// `target` of version 2, or the fields that version 2beta1 has in its place.
  private func readTarget(_ body: Datum, _ trigger: inout Resource) {
    let target = body["target"]
    let fields = [
      ("averageUtilization", "Utilization"), ("averageValue", "AverageValue"), ("value", "Value"),
    ]
    for (field, type) in fields where target.isObject && !target[field].isNothing {
      trigger[ScalingTrigger.targetType] = target["type"].settled.or(.known(type, target.origin))
      trigger[ScalingTrigger.target] = target[field].cores
      return
    }
    let old = [
      ("targetAverageUtilization", "Utilization"), ("targetAverageValue", "AverageValue"),
      ("targetValue", "Value"),
    ]
    for (field, type) in old where !body[field].isNothing {
      trigger[ScalingTrigger.targetType] = .known(type, body[field].origin)
      trigger[ScalingTrigger.target] = body[field].cores
      return
    }
  }
}
