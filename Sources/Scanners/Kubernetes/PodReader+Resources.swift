import DocumentTrees
import Templates
import Workloads

/// Processor, memory and devices, as stated and as a LimitRange fills in.
extension PodReader {
  mutating func readResources(_ body: Datum, _ container: inout Container) {
    guard body.isObject else { return }
    let requests = body["requests"]
    let limits = body["limits"]
    container.resources.origin = body.origin
    container.resources.cpuLimit = limits["cpu"].cores
    container.resources.memoryLimit = limits["memory"].byteCount
    // Who states only a limit asks for as much.
    container.resources.cpuRequest = requests.first("cpu").cores.or(limits["cpu"].cores)
    container.resources.memoryRequest = requests["memory"].byteCount.or(limits["memory"].byteCount)
    container.resources.ephemeralStorage =
      requests["ephemeral-storage"].byteCount.or(limits["ephemeral-storage"].byteCount)
    var seen: Set<String> = []
    for entry in requests.entries + limits.entries where seen.insert(entry.key).inserted {
      readExtended(entry, &container)
    }
    for claim in body["claims"].elements.prefix(100) {
      // A driver on the node hands out what it claims.
      container.devices.append(claim["name"].settled.map { "resource claim \($0)" })
    }
    checkFields(body, PodFields.resources, "A container's resources")
  }

  private func readExtended(_ entry: DatumObject.Entry, _ container: inout Container) {
    switch entry.key {
    case "cpu", "memory", "ephemeral-storage", "storage": break
    case let name where name.hasPrefix("hugepages-"):
      container.settings.append(
        NamedValue("resources.\(name)", entry.value.settled, entry.value.origin)
      )
    case let name where Self.isAccelerator(name):
      let amount = entry.value.cores
      if amount.known != 0 { container.gpu = amount.map { $0 > 0 } }
    default:
      // A plugin of the node gives it: smarter-devices/fuse, squat.ai/tun.
      guard entry.key.contains("/") else {
        notes.unknownField(
          entry.key,
          in: "A container's resources",
          at: entry.keyOrigin.location
        )
        return
      }
      container.devices.append(.known(entry.key, entry.keyOrigin))
    }
  }

  private static func isAccelerator(_ name: String) -> Bool {
    if name.hasSuffix("/gpu") || name.contains("nvidia.com/") || name.contains("/gpu-") {
      return true
    }
    let others = [
      "gpu.intel.com/", "amd.com/", "aws.amazon.com/neuron", "habana.ai/", "google.com/tpu",
      "cloud-tpus.google.com/",
    ]
    return others.contains { name.hasPrefix($0) }
  }

  /// What the pod states as a whole.
  mutating func readPodResources() {
    let resources = spec["resources"]
    guard resources.isObject else { return }
    workload.taskCPU = resources["requests"]["cpu"].cores.or(resources["limits"]["cpu"].cores)
    workload.taskMemory =
      resources["requests"]["memory"].byteCount.or(resources["limits"]["memory"].byteCount)
  }

  // MARK: LimitRange

  /// The defaults of the namespace, for containers that state none.
  mutating func applyLimitRanges() {
    guard !index.all("LimitRange").isEmpty else { return }
    for range in index.inNamespace("LimitRange", of: object) {
      for limit in range.spec["limits"].elements
      where limit["type"].settled.known == "Container" {
        for number in workload.containers.indices
        where workload.containers[number].role != .ephemeral {
          apply(limit, to: &workload.containers[number].resources)
        }
      }
    }
  }

  private func apply(_ limit: Datum, to resources: inout Resources) {
    let most = limit["default"]
    // Without a default request, a default limit is that as well.
    let least = limit["defaultRequest"]
    func request(_ name: String) -> Datum { least[name].isNothing ? most[name] : least[name] }
    resources.cpuRequest = resources.cpuRequest.or(passed(request("cpu")).cores)
    resources.memoryRequest = resources.memoryRequest.or(passed(request("memory")).byteCount)
    resources.cpuLimit = resources.cpuLimit.or(passed(most["cpu"]).cores)
    resources.memoryLimit = resources.memoryLimit.or(passed(most["memory"]).byteCount)
    resources.ephemeralStorage =
      resources.ephemeralStorage.or(passed(request("ephemeral-storage")).byteCount)
    if resources.origin.location == nil { resources.origin = limit.origin }
  }

  /// A value of another object that holds for this one.
  private func passed(_ value: Datum) -> Datum { value.passing([object.location]) }
}
