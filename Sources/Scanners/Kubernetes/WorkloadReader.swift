import DocumentTrees
import Templates
import Workloads

/// A workload as read, with what the joins need of it.
struct BuiltWorkload {
  var workload: Workload
  let object: ManifestObject
  /// The labels of its pods.
  let labels: [String: String]
  let portNames: [String: (container: Int, port: Int)]
  let uses: Set<PodUse>
}

/// Reads controllers: the objects that run pods.
struct WorkloadReader {
  let index: ManifestIndex
  let notes: ManifestNotes

  /// Where the template of a pod stands in an object of a kind; nil for kinds that run none.
  static func template(of object: ManifestObject) -> Datum? {
    switch (object.group, object.kind) {
    case ("", "Pod"): object.body
    case ("", "ReplicationController"), ("apps", "Deployment"), ("extensions", "Deployment"),
      ("apps", "ReplicaSet"), ("extensions", "ReplicaSet"), ("apps", "StatefulSet"),
      ("apps", "DaemonSet"), ("extensions", "DaemonSet"), ("batch", "Job"), ("extensions", "Job"),
      ("apps.openshift.io", "DeploymentConfig"), ("", "DeploymentConfig"),
      ("serving.knative.dev", "Service"), ("serving.knative.dev", "Configuration"):
      object.spec["template"]
    case ("argoproj.io", "Rollout"):
      object.spec["workloadRef"].isNothing ? object.spec["template"] : nil
    case ("batch", "CronJob"), ("batch", "ScheduledJob"):
      object.spec["jobTemplate"]["spec"]["template"]
    case ("", "PodTemplate"): object.body["template"]
    case ("keda.sh", "ScaledJob"): object.spec["jobTargetRef"]["template"]
    default: nil
    }
  }

  /// The workload of an object; nil if it is a part of another one or states no containers.
  ///
  /// With `isKustomized` there is a kustomization beside it, to which it may be a patch.
  func read(
    _ object: ManifestObject,
    _ template: Datum,
    isKustomized: Bool
  ) -> BuiltWorkload? {
    if isOwned(object) { return nil }
    let containers = template["spec"]["containers"].elements
    guard !containers.isEmpty else {
      notes.add(
        .overlay,
        object.location,
        "A \(object.kind) without containers, as a patch is one; there is nothing to assess."
      )
      return nil
    }
    // A patch names the containers that it changes, without their images.
    guard !isKustomized || containers.contains(where: { !$0["image"].isNothing }) else {
      notes.add(
        .overlay,
        object.location,
        "A \(object.kind) without images beside a kustomization: a patch, which is not assessed."
      )
      return nil
    }
    var reader = PodReader(
      object,
      template: template,
      kind: object.kind,
      index: index,
      notes: notes
    )
    reader.read()
    var workload = reader.workload
    readController(object, &workload)
    workload.address = "\(object.file)#\(object.namespace ?? "")/\(object.kind)/\(object.name)"
    var labels: [String: String] = [:]
    for pair in reader.metadata["labels"].pairs { labels[pair.name] = pair.value.known }
    return BuiltWorkload(
      workload: workload,
      object: object,
      labels: labels,
      portNames: reader.portNames,
      uses: reader.uses
    )
  }

  /// Whether a controller among the inputs made the object.
  private func isOwned(_ object: ManifestObject) -> Bool {
    for owner in object.metadata["ownerReferences"].elements.prefix(16) {
      guard let kind = owner["kind"].string.known, let name = owner["name"].string.known else {
        continue
      }
      if index.find(kind, name, for: object) != nil { return true }
      // Of `kubectl get deployments,pods` the ReplicaSet in between is missing.
      if kind == "ReplicaSet", let dash = name.lastIndex(of: "-"),
        index.find("Deployment", String(name[..<dash]), for: object) != nil
      {
        return true
      }
      if kind == "Job", let dash = name.lastIndex(of: "-"),
        index.find("CronJob", String(name[..<dash]), for: object) != nil
      {
        return true
      }
    }
    return false
  }

  private func readController(_ object: ManifestObject, _ workload: inout Workload) {
    let spec = object.spec
    switch object.kind {
    case "Pod", "PodTemplate": workload.replicas = .known(1)
    case "Deployment", "ReplicaSet", "StatefulSet", "ReplicationController", "DeploymentConfig",
      "Rollout":
      workload.replicas = spec["replicas"].integer.or(.known(1))
    case "Job": readJob(spec, &workload)
    case "CronJob", "ScheduledJob":
      workload.schedule = spec["schedule"].settled
      readJob(spec["jobTemplate"]["spec"], &workload)
      settings(
        [
          "timeZone", "concurrencyPolicy", "startingDeadlineSeconds", "suspend",
          "successfulJobsHistoryLimit", "failedJobsHistoryLimit",
        ],
        spec,
        &workload
      )
    case "ScaledJob": readJob(spec["jobTargetRef"], &workload)
    default: break
    }
    settings(
      [
        "strategy", "updateStrategy", "minReadySeconds", "paused", "progressDeadlineSeconds",
        "revisionHistoryLimit", "podManagementPolicy", "serviceName",
        "persistentVolumeClaimRetentionPolicy", "ordinals", "test", "triggers",
      ],
      object.kind == "ScaledJob" ? .absent() : spec,
      &workload
    )
    if object.kind == "StatefulSet" { return }
    checkClaimTemplates(object)
  }

  private func checkClaimTemplates(_ object: ManifestObject) {
    let templates = object.spec["volumeClaimTemplates"]
    guard !templates.isNothing, let location = templates.location else { return }
    notes.unknownField("volumeClaimTemplates", in: "A \(object.kind)", at: location)
  }

  private func readJob(_ spec: Datum, _ workload: inout Workload) {
    workload.timeToLive = spec["ttlSecondsAfterFinished"].integer
    settings(
      [
        "activeDeadlineSeconds", "backoffLimit", "backoffLimitPerIndex", "completionMode",
        "completions", "manualSelector", "maxFailedIndexes", "parallelism", "podFailurePolicy",
        "podReplacementPolicy", "successPolicy", "suspend",
      ],
      spec,
      &workload
    )
    let copies = spec["parallelism"].integer
    workload.replicas = copies.or(.known(1))
  }

  private func settings(_ names: [String], _ spec: Datum, _ workload: inout Workload) {
    for name in names { PodFields.addSettings(name, spec[name], to: &workload.settings) }
  }
}
