import DocumentTrees
import Templates
import Workloads

/// Where a pod may run.
extension PodReader {
  mutating func readScheduling() {
    for pair in spec["nodeSelector"].entries { readNodeLabel(pair.key, pair.value) }
    let node = spec["nodeName"].settled
    if !node.isAbsent { workload.placement.append(node.map { "nodeName=\($0)" }) }
    let system = spec["os"]["name"].settled
    if !system.isAbsent { workload.operatingSystem = system.map { $0.lowercased() } }
    readAffinity(spec["affinity"])
    for element in spec["tolerations"].elements.prefix(1000) {
      let key = element["key"].settled.known ?? ""
      let effect = element["effect"].settled.known ?? ""
      // Kubernetes adds these by itself to every pod.
      if key.hasPrefix("node.kubernetes.io/") || key.hasPrefix("eks.amazonaws.com/compute-type") {
        PodFields.addSettings("tolerations", element, to: &workload.settings)
        continue
      }
      let value = element["value"].settled.known.map { "=\($0)" } ?? ""
      let text =
        "toleration \(key.isEmpty ? "*" : key)\(value)\(effect.isEmpty ? "" : ":")\(effect)"
      workload.placement.append(.known(text, element.origin))
    }
    for element in spec["topologySpreadConstraints"].elements.prefix(1000) {
      let key = element["topologyKey"].settled
      if key.known == "kubernetes.io/hostname" {
        workload.placement.append(key.map { "topologySpread \($0)" })
      } else {
        PodFields.addSettings("topologySpreadConstraints", element, to: &workload.settings)
      }
    }
  }

  /// Labels of nodes that say the processor and system, or any other.
  private mutating func readNodeLabel(_ name: String, _ value: Datum) {
    let text = value.settled
    switch name {
    case "kubernetes.io/arch", "beta.kubernetes.io/arch": workload.architecture = text
    case "kubernetes.io/os", "beta.kubernetes.io/os":
      if workload.operatingSystem.isAbsent { workload.operatingSystem = text }
    case "eks.amazonaws.com/compute-type" where text.known == "fargate": break
    default: workload.placement.append(text.map { "\(name)=\($0)" })
    }
  }

  private mutating func readAffinity(_ affinity: Datum) {
    let node = affinity["nodeAffinity"]
    let required = node["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]
    let terms = required.elements.prefix(100)
    for term in terms {
      readTerm(term, "nodeAffinity", isOnly: terms.count == 1)
    }
    for term in node["preferredDuringSchedulingIgnoredDuringExecution"].elements.prefix(100) {
      readTerm(term["preference"], "preferred nodeAffinity", isOnly: false)
    }
    let near = affinity["podAffinity"]
    for element in near["requiredDuringSchedulingIgnoredDuringExecution"].elements.prefix(100) {
      let key = element["topologyKey"].settled.known ?? ""
      workload.placement.append(.known("podAffinity \(key)", element.origin))
    }
    PodFields.addSettings(
      "affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution",
      near["preferredDuringSchedulingIgnoredDuringExecution"],
      to: &workload.settings
    )
    // Keeping copies apart is what the platforms do anyway.
    PodFields.addSettings(
      "affinity.podAntiAffinity",
      affinity["podAntiAffinity"],
      to: &workload.settings
    )
  }

  private mutating func readTerm(_ term: Datum, _ word: String, isOnly: Bool) {
    let expressions = term["matchExpressions"].elements + term["matchFields"].elements
    for expression in expressions.prefix(100) {
      let key = expression["key"].settled.known ?? ""
      let operation = expression["operator"].settled.known ?? ""
      let values = expression["values"].elements.prefix(100).compactMap { $0.settled.known }
      let isSystem = key.hasSuffix("kubernetes.io/arch") || key.hasSuffix("kubernetes.io/os")
      if isSystem {
        guard isOnly, operation == "In", values.count == 1 else { continue }
        readNodeLabel(key, expression["values"].elements.first ?? expression)
        continue
      }
      if key == "eks.amazonaws.com/compute-type" { continue }
      let text = "\(word) \(key) \(operation) \(values.joined(separator: ","))"
      workload.placement.append(
        .known(text.hasSuffix(" ") ? String(text.dropLast()) : text, expression.origin)
      )
    }
  }
}
