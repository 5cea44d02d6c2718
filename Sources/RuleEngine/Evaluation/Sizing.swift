import Workloads

/// What a workload needs, and the smallest size of a target that holds it.
///
/// Containers that run before the others run alone, so the larger of them and of the others'
/// sum counts, on every platform.
struct Sizing: Sendable {
  /// Cores and bytes.
  struct Need: Sendable {
    var cpu: Value<Double>
    var memory: Value<Int>
  }

  let workload: Workload

  func size(on target: Target) -> TargetSize {
    let need = need(on: target)
    var result = TargetSize(
      target: target.id,
      cpu: nil,
      memory: nil,
      profile: nil,
      confidence: target.sizingConfidence.rawValue,
      basis: ""
    )
    if let reason = need.cpu.unknownReason ?? need.memory.unknownReason {
      result.basis = "not known: \(reason)"
      return result
    }
    guard need.cpu.known != nil || need.memory.known != nil else {
      guard let size = target.defaultSize else {
        result.basis = "nothing states what it needs, and the platform has no default"
        return result
      }
      result.cpu = size.cpu
      result.memory = Int(size.memory)
      result.basis = "the platform's default, because nothing states what it needs"
      return result
    }
    let usesGPU = workload.containers.contains { $0.gpu.known == true }
    let os = workload.operatingSystem.known?.split(separator: "/").first.map(String.init) ?? "linux"
    let size = target.smallestSize(
      cpu: need.cpu.known ?? 0,
      memory: need.memory.known ?? 0,
      os: os,
      gpu: usesGPU
    )
    guard let size else {
      result.basis =
        usesGPU
        ? "no size with a GPU holds it" : "no size holds what it asks for"
      return result
    }
    result.cpu = size.cpu
    result.memory = size.memory
    result.profile = size.profile
    result.confidence = size.confidence.rawValue
    result.basis =
      need.cpu.known == nil
      ? "its memory; its processor share is not stated"
      : need.memory.known == nil
        ? "its processor share; its memory is not stated" : "what its containers ask for"
    return result
  }

  /// The needs as the target counts them.
  func need(on target: Target) -> Need {
    // EKS rounds requests; elsewhere a limit is what a container is killed at.
    let countsRequests = target.memoryOverhead > 0
    var cpu = total { $0.cpuRequest.orElse($0.cpuLimit) }
    var memory = total {
      let bytes =
        countsRequests
        ? $0.memoryRequest.orElse($0.memoryLimit) : $0.memoryLimit.orElse($0.memoryRequest)
      return bytes.map(Double.init)
    }.map { Int(min($0, 1e18)) }
    // A task that states its own size needs all of it, whatever its containers say.
    if !workload.taskCPU.isAbsent { cpu = workload.taskCPU }
    if !workload.taskMemory.isAbsent { memory = workload.taskMemory }
    return Need(cpu: cpu, memory: memory)
  }

  /// What the containers themselves reserve, whatever the task as a whole states.
  func reserved() -> Need {
    Need(
      cpu: total { $0.cpuRequest.orElse($0.cpuLimit) },
      memory: total { $0.memoryRequest.orElse($0.memoryLimit).map(Double.init) }
        .map { Int(min($0, 1e18)) }
    )
  }

  private func total(_ amount: (Resources) -> Value<Double>) -> Value<Double> {
    var sum = 0.0
    var largestInitial = 0.0
    var isStated = false
    for container in workload.containers where container.role != .ephemeral {
      let value = amount(container.resources)
      switch value.state {
      case .unknown(let reason): return .unknown(reason, value.origin)
      case .absent: continue
      case .known(let number):
        isStated = true
        if container.role == .initial {
          largestInitial = max(largestInitial, number)
        } else {
          sum += number
        }
      }
    }
    return isStated ? .known(max(sum, largestInitial)) : .absent
  }
}

extension Value {
  /// This value, or the other one where this one is not stated.
  fileprivate func orElse(_ other: Value) -> Value { isAbsent ? other : self }
}
