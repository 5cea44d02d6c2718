import DocumentTrees
import Templates
import Workloads

/// KEDA: scaled objects and jobs, their authentication, the HTTP add-on.
extension ManifestResources {
  mutating func readKEDA(_ object: ManifestObject) {
    switch object.kind {
    case "ScaledObject": readScaledObject(object)
    case "ScaledJob": readScaledJob(object)
    case "HTTPScaledObject": readHTTPScaledObject(object)
    case "InterceptorRoute": readInterceptorRoute(object)
    case "TriggerAuthentication", "ClusterTriggerAuthentication": readAuthentication(object)
    default: addCustom(object)
    }
  }

  // MARK: ScaledObject

  private mutating func readScaledObject(_ object: ManifestObject) {
    let spec = object.spec
    var scaler = object.resource(Autoscaler.kind)
    readBounds(spec, &scaler)
    let target = spec["scaleTargetRef"]
    let triggers = spec["triggers"].elements.prefix(100)
    for trigger in triggers { scaler.parts.append(self.trigger(trigger, object, scaler)) }
    let advanced = spec["advanced"]
    let behavior = advanced["horizontalPodAutoscalerConfig"]["behavior"]
    scaler[Autoscaler.hasBehavior] = .known(!behavior.isNothing, behavior.origin)
    scaler[Autoscaler.unmappedFields] = unmapped(spec, object)
    let fake = target["containerAppName"]
    let http = triggers.first { $0["type"].settled.known == "http" }
    guard fake.isNothing, http == nil else {
      return addMalformed(scaler, object, fake, http, target)
    }
    add(scaler, object, "autoscaler", self.target(target, kind: "Deployment"))
  }

  private func readBounds(_ spec: Datum, _ scaler: inout Resource) {
    scaler[Autoscaler.minimum] = spec.first("minReplicaCount", "minReplicas").integer
    scaler[Autoscaler.maximum] = spec.first("maxReplicaCount", "maxReplicas").integer
    scaler[Autoscaler.effectiveMinimum] = scaler[Autoscaler.minimum].or(.known(0, spec.origin))
    scaler[Autoscaler.effectiveMaximum] = scaler[Autoscaler.maximum].or(.known(100, spec.origin))
    scaler[Autoscaler.pollingInterval] = spec["pollingInterval"].integer
    scaler[Autoscaler.cooldownPeriod] = spec["cooldownPeriod"].integer
  }

  /// What Container Apps have no counterpart for.
  private func unmapped(_ spec: Datum, _ object: ManifestObject) -> [Value<String>] {
    var found: [Value<String>] = []
    let fields = [
      "fallback", "initialCooldownPeriod", "idleReplicaCount", "scalingStrategy", "rollout",
      "successfulJobsHistoryLimit", "failedJobsHistoryLimit", "envSourceContainerName",
    ]
    for field in fields where !spec[field].isNothing {
      found.append(.known(field, spec[field].origin))
    }
    for entry in spec["advanced"].entries.prefix(20) {
      found.append(.known("advanced.\(entry.key)", entry.keyOrigin))
    }
    for trigger in spec["triggers"].elements.prefix(100) {
      for field in ["metricType", "useCachedMetrics"] where !trigger[field].isNothing {
        found.append(.known("triggers.\(field)", trigger[field].origin))
      }
    }
    for note in object.metadata["annotations"].entries
    where note.key.hasPrefix("autoscaling.keda.sh/paused") {
      found.append(.known(note.key, note.keyOrigin))
    }
    return found
  }

  /// A form that circulates in articles and that KEDA has never had.
  private mutating func addMalformed(
    _ scaler: Resource,
    _ object: ManifestObject,
    _ fake: Datum,
    _ http: Datum?,
    _ target: Datum
  ) {
    var scaler = scaler
    var wrong: [String] = []
    if !fake.isNothing { wrong.append("containerAppName") }
    if http != nil { wrong.append("http") }
    let place = fake.isNothing ? http?["type"].origin ?? object.origin : fake.origin
    scaler[Autoscaler.isMalformed] = .known(wrong.joined(separator: ","), place)
    let numbers = ["concurrentRequests", "targetPendingRequests", "value", "targetValue"]
    let asked = numbers.lazy.compactMap { http?["metadata"][$0].integer.known }.first ?? 10
    let least = scaler[Autoscaler.effectiveMinimum].known ?? 0
    let most = scaler[Autoscaler.maximum].known ?? 10
    notes.add(
      .invalidValue,
      place.location ?? object.location,
      """
      KEDA has no \(wrong.map { $0 == "http" ? "trigger of type http" : $0 }
        .joined(separator: " and no ")), so no cluster acts on this. A container app takes the rule \
      itself, under properties.template.scale: minReplicas: \(least), maxReplicas: \(most), \
      rules: [{name: http, http: {metadata: {concurrentRequests: "\(asked)"}}}]. In a cluster, an \
      InterceptorRoute of KEDA's HTTP add-on (http.keda.sh) does this.
      """
    )
    if let app = fake.settled.known {
      add(scaler, object, "autoscaler", .controller(kind: "", name: app))
    } else {
      add(scaler, object, "autoscaler", self.target(target, kind: "Deployment"))
    }
  }

  // MARK: Triggers

  private func trigger(
    _ body: Datum,
    _ object: ManifestObject,
    _ scaler: Resource
  ) -> Resource {
    let type = body["type"].settled
    var trigger = scaler.part(
      ScalingTrigger.kind,
      name: body["name"].settled.known ?? type.known ?? "trigger",
      type: type.known ?? "",
      origin: body.origin
    )
    trigger[ScalingTrigger.type] = type
    trigger[ScalingTrigger.targetType] = body["metricType"].settled
    let metadata = body["metadata"]
    trigger[ScalingTrigger.metric] = metadata.first("metricName", "queueName", "topic").settled
    trigger[ScalingTrigger.metadata] = metadata.pairs.prefix(200).map { pair in
      pair.value.map { "\(pair.name)=\($0)" }
    }
    let numbers = [
      "value", "threshold", "targetValue", "concurrentRequests", "messageCount", "queueLength",
      "lagThreshold", "listLength", "desiredReplicas", "targetQueryValue",
    ]
    for name in numbers where !metadata[name].isNothing {
      trigger[ScalingTrigger.target] = metadata[name].cores
      break
    }
    trigger[ScalingTrigger.identity] = identity(of: body, object)
    return trigger
  }

  /// How a trigger signs in.
  private func identity(of trigger: Datum, _ object: ManifestObject) -> Value<String> {
    let reference = trigger["authenticationRef"]
    guard let name = reference["name"].settled.known else {
      let fromEnvironment = trigger["metadata"].entries.first { $0.key.hasSuffix("FromEnv") }
      if let fromEnvironment { return .known("environment", fromEnvironment.keyOrigin) }
      return .absent
    }
    let kind = reference["kind"].settled.known ?? "TriggerAuthentication"
    let isClusterWide = kind == "ClusterTriggerAuthentication"
    guard let found = index.find(kind, name, for: object, isClusterWide: isClusterWide) else {
      return .unknown("\(kind) \(name) is not in the inputs", reference.origin)
    }
    let spec = found.spec
    let provider = spec["podIdentity"]["provider"].settled
    if let text = provider.known, text != "none" {
      return .known("pod-identity:\(text)", provider.origin)
    }
    let ways = [
      ("secretTargetRef", "secret"), ("env", "environment"),
      ("azureKeyVault", "azure-key-vault"), ("hashiCorpVault", "hashicorp-vault"),
      ("awsSecretManager", "aws-secrets-manager"), ("gcpSecretManager", "gcp-secret-manager"),
      ("configMapTargetRef", "config"), ("filePath", "file"),
      ("boundServiceAccountToken", "service-account-token"),
    ]
    for (field, word) in ways where !spec[field].isNothing {
      return .known(word, spec[field].origin)
    }
    return .absent
  }

  // MARK: The others

  private mutating func readScaledJob(_ object: ManifestObject) {
    var scaler = object.resource(Autoscaler.kind)
    readBounds(object.spec, &scaler)
    for trigger in object.spec["triggers"].elements.prefix(100) {
      scaler.parts.append(self.trigger(trigger, object, scaler))
    }
    scaler[Autoscaler.unmappedFields] = unmapped(object.spec, object)
    add(scaler, object, "autoscaler", .controller(kind: "ScaledJob", name: object.name))
  }

  private mutating func readHTTPScaledObject(_ object: ManifestObject) {
    let spec = object.spec
    var scaler = object.resource(Autoscaler.kind)
    scaler[Autoscaler.minimum] = spec["replicas"]["min"].integer
    scaler[Autoscaler.maximum] = spec["replicas"]["max"].integer
    scaler[Autoscaler.effectiveMinimum] = scaler[Autoscaler.minimum].or(.known(0, spec.origin))
    scaler[Autoscaler.effectiveMaximum] = scaler[Autoscaler.maximum].or(.known(100, spec.origin))
    scaler[Autoscaler.cooldownPeriod] = spec["scaledownPeriod"].integer
    scaler.parts.append(httpTrigger(spec, scaler))
    let target = spec["scaleTargetRef"]
    let name = target.first("name", "deployment")
    if name.settled.known == nil, let service = target["service"].settled.known {
      return add(scaler, object, "autoscaler", .services([service]))
    }
    guard let text = name.settled.known else { return add(scaler, object, "autoscaler") }
    let kind = target["kind"].settled.known ?? "Deployment"
    add(scaler, object, "autoscaler", .controller(kind: kind, name: text))
  }

  private func httpTrigger(_ spec: Datum, _ scaler: Resource) -> Resource {
    let metric = spec["scalingMetric"]
    let old = spec["targetPendingRequests"]
    var trigger = scaler.part(
      ScalingTrigger.kind,
      name: "http",
      origin: metric.isNothing ? (old.isNothing ? spec.origin : old.origin) : metric.origin
    )
    trigger[ScalingTrigger.type] = .known("http", trigger.origin)
    for (field, word) in [
      ("concurrency", "concurrency"), ("requestRate", "requestRate"),
    ] where !metric[field].isNothing {
      trigger[ScalingTrigger.metric] = .known(word, metric[field].origin)
      trigger[ScalingTrigger.target] = metric[field]["targetValue"].cores
    }
    if !old.isNothing {
      trigger[ScalingTrigger.metric] = .known("concurrency", old.origin)
      trigger[ScalingTrigger.target] = old.cores
    }
    return trigger
  }

  /// The route counts requests; a ScaledObject beside it does the scaling.
  private mutating func readInterceptorRoute(_ object: ManifestObject) {
    var route = object.resource(Ingress.kind)
    var hosts = object.spec["hosts"].settledList
    for rule in object.spec["rules"].elements.prefix(1000) { hosts += rule["hosts"].settledList }
    route[Ingress.hosts] = hosts
    route[Ingress.transport] = .known("http", object.origin)
    let service = object.spec["target"]["service"]
    let name = service["name"].settled.known ?? service.settled.known
    add(route, object, "route", name.map { .services([$0]) } ?? .nothing)
  }

  /// Told apart from the scalers that use it: it holds how they sign in.
  private mutating func readAuthentication(_ object: ManifestObject) { addCustom(object) }
}
