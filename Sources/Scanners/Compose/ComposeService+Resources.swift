internal import DocumentTrees
internal import Workloads

/// Processor, memory, copies, placement.
extension ComposeServiceReader {
  /// Fields of a service itself; `deploy` wins over them where both state a thing.
  mutating func readResourceField(_ entry: ComposeEntry) -> Bool {
    let value = entry.value
    switch entry.key {
    case "cpus": container.resources.cpuLimit = limited(session.number(value))
    case "cpu_count":
      container.resources.cpuLimit = container.resources.cpuLimit.or(
        session.number(value)
      )
    case "mem_limit": container.resources.memoryLimit = limited(session.bytes(value))
    case "mem_reservation": container.resources.memoryRequest = session.bytes(value)
    case "shm_size": container.sharedMemory = session.bytes(value)
    case "cpu_quota": later.cpuQuota = value
    case "cpu_period": later.cpuPeriod = value
    case "storage_opt":
      for option in session.entries(value) {
        if option.key == "size" {
          container.resources.ephemeralStorage = session.bytes(option.value)
        } else {
          addSettings("storage_opt.\(option.key)", option.value)
        }
      }
    default: return false
    }
    if container.resources.origin.location == nil { container.resources.origin = entry.place }
    return true
  }

  /// Zero is Docker's way to say that there is no limit.
  private func limited<Number: Numeric & Sendable>(_ value: Value<Number>) -> Value<Number> {
    value.known == .zero ? Value(.absent, value.origin) : value
  }

  /// `cpu_quota` microseconds of each `cpu_period`, which is 100 ms unless stated.
  mutating func readCPUQuota() {
    guard let quota = later.cpuQuota else { return }
    let amount = microseconds(quota)
    let period = later.cpuPeriod.map(microseconds) ?? .known(100_000)
    guard container.resources.cpuLimit.isAbsent else { return }
    switch (amount.state, period.state) {
    case (.known(let amount), .known(let period)) where amount > 0 && period > 0:
      container.resources.cpuLimit = .known(amount / period, quota.origin)
    case (.unknown(let reason), _), (.known, .unknown(let reason)):
      container.resources.cpuLimit = .unknown(reason, quota.origin)
    default: break
    }
  }

  private func microseconds(_ value: ComposeValue) -> Value<Double> {
    guard let text = session.scalar(value, "a time"), text.isKnown,
      Quantities.number(text.string) == nil
    else { return session.number(value) }
    return session.seconds(value).map { $0 * 1_000_000 }
  }

  // MARK: deploy

  mutating func readDeploy(_ value: ComposeValue) {
    for entry in session.entries(value) {
      switch entry.key {
      case "mode": workload.deployMode = session.string(entry.value)
      case "replicas": workload.replicas = session.integer(entry.value).or(workload.replicas)
      case "labels": workload.labels += session.named(entry.value)
      case "resources": readResources(entry)
      case "placement": readPlacement(entry.value)
      case "restart_policy": readRestartPolicy(entry.value)
      case "endpoint_mode", "update_config", "rollback_config":
        checkUpdate(entry)
        addSettings("deploy.\(entry.key)", entry.value)
      case "x-aws-autoscaling": readScalingExtension(entry)
      default: session.unsupported(entry, in: "deploy")
      }
    }
  }

  private func checkUpdate(_ part: ComposeEntry) {
    guard part.key != "endpoint_mode" else { return }
    let known: Set = [
      "parallelism", "delay", "failure_action", "monitor", "max_failure_ratio", "order",
    ]
    for entry in session.entries(part.value) where !known.contains(entry.key) {
      session.unsupported(entry, in: "deploy.\(part.key)")
    }
  }

  private mutating func readResources(_ part: ComposeEntry) {
    container.resources.origin = part.place
    for entry in session.entries(part.value) {
      guard entry.key == "limits" || entry.key == "reservations" else {
        session.unsupported(entry, in: "deploy.resources")
        continue
      }
      let isLimit = entry.key == "limits"
      for field in session.entries(entry.value) {
        switch (field.key, isLimit) {
        case ("cpus", true): container.resources.cpuLimit = limited(session.number(field.value))
        case ("cpus", false): container.resources.cpuRequest = session.number(field.value)
        case ("memory", true): container.resources.memoryLimit = limited(session.bytes(field.value))
        case ("memory", false): container.resources.memoryRequest = session.bytes(field.value)
        case ("pids", true): addSettings("pids_limit", field.value)
        case ("devices", false): readGPUs(field.value, reserved: true)
        case ("generic_resources", false): readGenericResources(field.value)
        default: session.unsupported(field, in: "deploy.resources.\(entry.key)")
        }
      }
    }
  }

  private mutating func readGenericResources(_ value: ComposeValue) {
    for element in session.elements(value) {
      let kind = element["discrete_resource_spec"]?["kind"]
      if let kind, session.string(kind).known?.lowercased().contains("gpu") == true {
        container.gpu = .known(true, kind.origin)
      }
    }
    addSettings("deploy.resources.reservations.generic_resources", value)
  }

  /// `gpus: all`, a list of requests, or the devices that `deploy` reserves.
  mutating func readGPUs(_ value: ComposeValue, reserved isReserved: Bool = false) {
    if value.kind == .scalar {
      let text = session.string(value)
      container.gpu = text.map { !$0.isEmpty && $0 != "none" && $0 != "0" }
      return
    }
    for element in session.elements(value, "all or a list") {
      var capabilities: [Value<String>] = []
      for entry in session.entries(element) {
        switch entry.key {
        case "capabilities": capabilities = session.strings(entry.value)
        case "count", "device_ids", "driver", "options": break
        default: session.unsupported(entry, in: "devices")
        }
      }
      let named = capabilities.compactMap(\.known)
      let isGPU = named.contains { $0 == "gpu" || $0.hasPrefix("nvidia") || $0 == "compute" }
      if isGPU || !isReserved && capabilities.isEmpty {
        container.gpu = .known(true, element.origin)
      } else if let reason = capabilities.lazy.compactMap(\.unknownReason).first,
        container.gpu.isAbsent
      {
        container.gpu = .unknown(reason, element.origin)
      }
    }
  }

  private mutating func readPlacement(_ value: ComposeValue) {
    for entry in session.entries(value) {
      switch entry.key {
      case "constraints": workload.placement += session.strings(entry.value)
      case "preferences":
        for element in session.elements(entry.value) {
          for field in session.entries(element) {
            workload.placement.append(session.string(field.value).map { "\(field.key)=\($0)" })
          }
        }
      case "max_replicas_per_node":
        workload.placement.append(
          session.string(entry.value).map { "max_replicas_per_node=\($0)" }
        )
      default: session.unsupported(entry, in: "deploy.placement")
      }
    }
  }

  /// Said in the words of `restart`, over which it wins.
  private mutating func readRestartPolicy(_ value: ComposeValue) {
    for entry in session.entries(value) {
      switch entry.key {
      case "condition":
        workload.restartPolicy = session.string(entry.value).map { condition in
          switch condition {
          case "none": "no"
          case "any": "always"
          default: condition
          }
        }
      case "delay", "max_attempts", "window":
        addSettings("deploy.restart_policy.\(entry.key)", entry.value)
      default: session.unsupported(entry, in: "deploy.restart_policy")
      }
    }
  }
}
