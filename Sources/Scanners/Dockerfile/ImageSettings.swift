package import Workloads

extension Workload {
  /// Takes over what the image's final stage sets and the definition does not.
  package mutating func adoptImageSettings(ofContainerAt index: Int) {
    containers[index].adoptImageSettings(stopSignal: &stopSignal)
  }
}

extension Container {
  /// Takes over what the image's final stage sets and the definition does not.
  ///
  /// If the stages are not known, what the definition leaves open is unknown for the same reason.
  mutating func adoptImageSettings(stopSignal: inout Value<String>) {
    guard let build else { return }
    if let reason = build.stages.unknownReason {
      let origin = build.stages.origin.location == nil ? build.origin : build.stages.origin
      leaveOpen(reason, origin, stopSignal: &stopSignal)
    } else if let stage = build.finalStage {
      adopt(stage, stopSignal: &stopSignal)
    }
  }

  private mutating func leaveOpen(
    _ reason: String,
    _ origin: Origin,
    stopSignal: inout Value<String>
  ) {
    func mark<Wrapped>(_ value: inout Value<Wrapped>) {
      if value.isAbsent { value = .unknown(reason, origin) }
    }
    // An entry point of the definition's own takes the image's command away.
    if entrypoint.isAbsent { mark(&command) }
    mark(&entrypoint)
    mark(&user)
    mark(&workingDirectory)
    mark(&stopSignal)
    if healthCheck == nil {
      healthCheck = HealthCheck(type: .unknown(reason, origin), origin: origin)
    }
  }

  private mutating func adopt(_ stage: BuildStage, stopSignal: inout Value<String>) {
    if entrypoint.isAbsent {
      command = command.isAbsent ? stage.command : command
      entrypoint = stage.entrypoint
    }
    if user.isAbsent { user = stage.user }
    if workingDirectory.isAbsent { workingDirectory = stage.workingDirectory }
    if platform.isAbsent { platform = stage.platform }
    if stopSignal.isAbsent { stopSignal = stage.stopSignal }
    if healthCheck == nil { healthCheck = stage.healthCheck }
    let names = Set(variables.map(\.name))
    // The search path is the image's own business, and hardly ever known as a whole.
    for variable in stage.variables where !names.contains(variable.name) && variable.name != "PATH"
    {
      variables.append(variable)
    }
    for port in stage.ports where !ports.contains(where: { $0.covers(port) }) {
      ports.append(port)
    }
  }
}

extension Port {
  fileprivate func covers(_ exposed: Port) -> Bool {
    guard let first = container.known, let wanted = exposed.container.known,
      transport.known == exposed.transport.known
    else { return false }
    let last = max(first, containerEnd.known ?? first)
    return first...last ~= wanted && (exposed.containerEnd.known ?? wanted) <= last
  }
}
