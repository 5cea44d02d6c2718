import DocumentTrees
import Templates
import Workloads

/// Reads a pod template into a workload; each concern has a file of its own.
struct PodReader {
  let object: ManifestObject
  let index: ManifestIndex
  let notes: ManifestNotes
  /// The pod's own metadata: labels and annotations of the template.
  let metadata: Datum
  let spec: Datum
  var workload: Workload
  /// The volumes of the pod by name.
  var volumes: [String: PodVolume] = [:]
  /// Numbers of containers and ports by the ports' names, for Services and probes.
  var portNames: [String: (container: Int, port: Int)] = [:]
  /// Resources that the workload is known to use: keys of ConfigMaps and Secrets, claims.
  var uses: Set<PodUse> = []

  init(
    _ object: ManifestObject,
    template: Datum,
    kind: String,
    index: ManifestIndex,
    notes: ManifestNotes
  ) {
    self.object = object
    self.index = index
    self.notes = notes
    metadata = template["metadata"]
    spec = template["spec"]
    workload = Workload(
      name: object.name.isEmpty ? "unnamed" : object.name,
      kind: kind,
      format: .kubernetes,
      project: object.project,
      location: object.location
    )
  }

  mutating func read() {
    readMetadata()
    readVolumes()
    readPodFields()
    readContainers()
    readPodSecurity()
    applyLimitRanges()
    readDapr()
    checkFields(spec, PodFields.pod, "A pod")
  }

  private mutating func readMetadata() {
    var names: Set<String> = []
    for label in object.metadata["labels"].pairs + metadata["labels"].pairs
    where names.insert(label.name).inserted { workload.labels.append(label) }
    names = []
    for note in metadata["annotations"].pairs + object.metadata["annotations"].pairs
    where names.insert(note.name).inserted && note.name != Self.appliedAnnotation {
      workload.annotations.append(note)
    }
  }

  /// Holds the whole object once more.
  static let appliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration"

  private mutating func readPodFields() {
    workload.restartPolicy = spec["restartPolicy"].settled.map { policy in
      switch policy {
      case "Never": "no"
      case "OnFailure": "on-failure"
      case "Always": "always"
      default: policy
      }
    }
    workload.stopGracePeriod = spec["terminationGracePeriodSeconds"].number
    workload.hostname = spec["hostname"].settled
    workload.domainName = spec["subdomain"].settled
    workload.networkMode = whenTrue(spec["hostNetwork"], "host")
    workload.pidMode = whenTrue(spec["hostPID"], "host")
    if workload.pidMode.isAbsent {
      workload.pidMode = whenTrue(spec["shareProcessNamespace"], "task")
    }
    workload.ipcMode = whenTrue(spec["hostIPC"], "host")
    workload.runtimeClass = spec["runtimeClassName"].settled
    workload.serviceAccount = spec.first("serviceAccountName", "serviceAccount").settled
    workload.automountsToken = spec["automountServiceAccountToken"].flag
    workload.imagePullSecrets = spec["imagePullSecrets"].elements.map { $0["name"].settled }
    for alias in spec["hostAliases"].elements {
      let address = alias["ip"].settled
      for name in alias["hostnames"].elements {
        workload.extraHosts.append(name.settled.map { "\($0):\(address.known ?? "…")" })
      }
    }
    readDNS()
    readScheduling()
    readPodResources()
    for field in [
      "activeDeadlineSeconds", "enableServiceLinks", "preemptionPolicy", "priority",
      "priorityClassName", "schedulerName", "overhead", "readinessGates", "resourceClaims",
      "schedulingGates", "setHostnameAsFQDN", "hostnameOverride", "hostUsers",
    ] {
      PodFields.addSettings(field, spec[field], to: &workload.settings)
    }
    readMesh()
  }

  /// A word that stands for a switch which is on.
  private func whenTrue(_ value: Datum, _ word: String) -> Value<String> {
    let flag = value.flag
    return switch flag.state {
    case .known(true): .known(word, flag.origin)
    case .unknown(let reason): .unknown(reason, flag.origin)
    default: .absent
    }
  }

  private mutating func readDNS() {
    let policy = spec["dnsPolicy"].settled
    if let text = policy.known, text != "ClusterFirst", text != "ClusterFirstWithHostNet" {
      workload.dnsSettings.append(policy.map { "dnsPolicy \($0)" })
    }
    let configuration = spec["dnsConfig"]
    workload.dnsSettings += configuration["nameservers"].settledList
    workload.dnsSettings += configuration["searches"].settledList
    for option in configuration["options"].elements {
      let value = option["value"].settled.known.map { ":" + $0 } ?? ""
      workload.dnsSettings.append(option["name"].settled.map { $0 + value })
    }
  }

  private mutating func readMesh() {
    func says(_ pairs: [NamedValue], _ name: String, _ values: Set<String>) -> NamedValue? {
      pairs.first { $0.name == name && $0.value.known.map(values.contains) ?? false }
    }
    let on: Set = ["true", "enabled", "ingress"]
    let off: Set = ["false", "disabled"]
    if says(workload.annotations, "sidecar.istio.io/inject", off) == nil,
      says(workload.labels, "sidecar.istio.io/inject", off) == nil
    {
      if let found = says(workload.annotations, "sidecar.istio.io/inject", on)
        ?? says(workload.labels, "sidecar.istio.io/inject", on)
        ?? workload.labels.first(where: { $0.name == "istio.io/rev" })
      {
        workload.serviceMesh = .known("istio", found.origin)
      }
    }
    if let found = says(workload.annotations, "linkerd.io/inject", on) {
      workload.serviceMesh = .known("linkerd", found.origin)
    }
    if let found = says(workload.annotations, "appmesh.k8s.aws/sidecarInjectorWebhook", on) {
      workload.serviceMesh = .known("APPMESH", found.origin)
    }
    guard let name = object.namespace,
      let namespace = index.find("Namespace", name, for: object, isClusterWide: true)
    else { return }
    if workload.serviceMesh.isAbsent { readMesh(of: namespace, off) }
    // What the namespace demands of its pods.
    for label in namespace.metadata["labels"].pairs
    where label.name.hasPrefix("pod-security.kubernetes.io/") {
      workload.settings.append(
        NamedValue("namespace.\(label.name)", label.value, label.origin)
      )
    }
  }

  private mutating func readMesh(of namespace: ManifestObject, _ off: Set<String>) {
    let labels = namespace.metadata["labels"]
    let refusal =
      workload.annotations.first { $0.name == "sidecar.istio.io/inject" }
      ?? workload.labels.first { $0.name == "sidecar.istio.io/inject" }
    if refusal?.value.known.map(off.contains) != true {
      let label = labels["istio-injection"]
      if label.settled.known == "enabled" || !labels["istio.io/rev"].isNothing {
        let place = label.isNothing ? labels["istio.io/rev"] : label
        workload.serviceMesh = .known("istio", place.origin)
      }
    }
    let linkerd = namespace.metadata["annotations"]["linkerd.io/inject"]
    if linkerd.settled.known == "enabled" {
      workload.serviceMesh = .known("linkerd", linkerd.origin)
    }
  }

  /// Says which fields of a mapping Kubernetes does not have.
  func checkFields(_ value: Datum, _ known: Set<String>, _ part: String) {
    guard case .node(let node) = value.content, node.isMapping else { return }
    for entry in node.entries where !known.contains(entry.key.text) {
      // YAML's own way to keep texts for anchors.
      if entry.key.text.hasPrefix("x-") { continue }
      let place = SourceLocation(file: object.file, range: entry.key.range)
      notes.unknownField(entry.key.text, in: part, at: place)
    }
  }
}

/// Something of the namespace that a pod uses.
struct PodUse: Hashable {
  var kind: String
  var name: String
}
