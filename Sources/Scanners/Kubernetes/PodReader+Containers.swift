import DocumentTrees
import Templates
import Workloads

/// Containers with their commands, ports and probes.
extension PodReader {
  mutating func readContainers() {
    for element in spec["initContainers"].elements {
      let stays = element["restartPolicy"].settled.known == "Always"
      readContainer(element, stays ? .sidecar : .initial)
    }
    for element in spec["containers"].elements { readContainer(element, .main) }
    for element in spec["ephemeralContainers"].elements { readContainer(element, .ephemeral) }
  }

  private mutating func readContainer(_ body: Datum, _ role: Container.Role) {
    guard body.isObject else {
      if let location = body.location {
        notes.add(.invalidValue, location, "Expected a container with a name and an image.")
      }
      return
    }
    guard workload.containers.count < Self.maximumContainers else {
      notes.add(
        .limit,
        body.location ?? object.location,
        "Only the first \(Self.maximumContainers) containers of a pod were assessed."
      )
      return
    }
    guard notes.allows(100, at: body.location ?? object.location) else { return }
    let name = body["name"].settled
    var container = Container(
      name: name.known ?? "container \(workload.containers.count + 1)",
      origin: Origin(name.location ?? body.location, via: body.origin.via)
    )
    container.role = role
    container.image = image(body["image"])
    container.pullPolicy = body["imagePullPolicy"].settled.map { policy in
      switch policy {
      case "Always": "always"
      case "Never": "never"
      case "IfNotPresent": "missing"
      default: policy
      }
    }
    readEnvironment(body, &container)
    let values = expansionValues(container)
    (container.entrypoint, container.entrypointSketch) = words(body["command"], values)
    (container.command, container.commandSketch) = words(body["args"], values)
    container.workingDirectory = body["workingDir"].settled
    container.tty = body["tty"].flag
    container.runtime = workload.runtimeClass
    readPlatform(&container)
    readPorts(body, &container)
    readProbes(body, &container)
    readLifecycle(body["lifecycle"], &container)
    readMounts(body, values, &container)
    readResources(body["resources"], &container)
    readSecurity(body["securityContext"], &container)
    for field in [
      "stdin", "stdinOnce", "terminationMessagePath", "terminationMessagePolicy", "resizePolicy",
      "restartPolicy", "restartPolicyRules", "targetContainerName",
    ] {
      PodFields.addSettings(field, body[field], to: &container.settings)
    }
    checkFields(body, PodFields.container, "A container")
    workload.containers.append(container)
  }

  private static let maximumContainers = 256

  /// An image's name; what something else has still to fill in is not known.
  private func image(_ value: Datum) -> Value<ImageReference> {
    let text = value.settled
    guard let known = text.known else {
      guard let parts = value.parts, parts.count > 1 else { return text.map { ImageReference($0) } }
      if let image = RegistryImage.of(parts) { return .known(image, text.origin) }
      guard case .text(let start)? = parts.first,
        let partly = ImageReference(beginning: start, unknownRest: text.unknownReason ?? "")
      else { return text.map { ImageReference($0) } }
      return .known(partly, text.origin)
    }
    if known.hasPrefix("ko://") {
      var built = ImageReference(String(known.dropFirst("ko://".count)))
      built.unknownTag = "ko builds it and writes its digest"
      return .known(built, text.origin)
    }
    guard let start = known.firstIndex(where: { $0 == "$" || $0 == "<" }) else {
      if known.isEmpty { return Value(.absent, text.origin) }
      return .known(ImageReference(known), text.origin)
    }
    let reason = "something fills in \(known[start...].prefix(40)) before it is applied"
    if let partly = ImageReference(beginning: String(known[..<start]), unknownRest: reason) {
      return .known(partly, text.origin)
    }
    return .unknown(reason, text.origin)
  }

  private func readPlatform(_ container: inout Container) {
    let system = workload.operatingSystem.known ?? "linux"
    if let architecture = workload.architecture.known {
      container.platform = .known("\(system)/\(architecture)", workload.architecture.origin)
    } else if !workload.operatingSystem.isAbsent {
      container.platform = workload.operatingSystem
    }
  }

  // MARK: Ports

  private mutating func readPorts(_ body: Datum, _ container: inout Container) {
    for element in body["ports"].elements {
      var port = Port(origin: element.origin)
      port.container = element["containerPort"].integer
      port.containerEnd = port.container
      port.published = element["hostPort"].integer
      // Zero is how some tools write none.
      if port.published.known == 0 { port.published = .absent }
      port.publishedEnd = port.published
      port.isPublished = !port.published.isAbsent
      if port.isPublished { port.mode = .known("host", port.published.origin) }
      port.hostAddress = element["hostIP"].settled
      let transport = element["protocol"].settled
      if !transport.isAbsent { port.transport = transport.map { $0.lowercased() } }
      if let name = element["name"].settled.known {
        portNames[name] = (workload.containers.count, container.ports.count)
      }
      container.ports.append(port)
      checkFields(element, PodFields.port, "A container's port")
    }
  }

  // MARK: Probes and hooks

  private mutating func readProbes(_ body: Datum, _ container: inout Container) {
    for purpose in ["liveness", "readiness", "startup"] {
      let value = body[purpose + "Probe"]
      guard value.isObject else { continue }
      container.probes.append(probe(value, purpose, container))
    }
    container.healthCheck =
      container.probes.first { $0.purpose == "liveness" }
      ?? container.probes.first { $0.purpose == "readiness" }
  }

  private func probe(_ value: Datum, _ purpose: String, _ container: Container) -> HealthCheck {
    var check = HealthCheck(type: .absent, origin: value.origin)
    check.purpose = purpose
    for (field, type) in [
      ("exec", "command"), ("httpGet", "http"), ("tcpSocket", "tcp"), ("grpc", "grpc"),
    ] {
      let handler = value[field]
      guard !handler.isNothing else { continue }
      check.type = .known(type, handler.origin)
      if field == "exec" {
        check.command = words(handler["command"], [:]).0
      }
      check.path = handler["path"].settled
      check.port = handler["port"].settled
    }
    if check.type.isAbsent {
      check.type = .unknown("the probe does not say how it asks", value.origin)
    }
    check.interval = value["periodSeconds"].number
    check.timeout = value["timeoutSeconds"].number
    check.startPeriod = value["initialDelaySeconds"].number
    check.retries = value["failureThreshold"].integer
    checkFields(value, PodFields.probe, "A probe")
    return check
  }

  private mutating func readLifecycle(_ value: Datum, _ container: inout Container) {
    for hook in ["postStart", "preStop"] {
      let handler = value[hook]
      if !handler["exec"].isNothing {
        container.lifecycleCommands.append(words(handler["exec"]["command"], [:]).0)
      }
      for field in ["httpGet", "tcpSocket", "sleep"] {
        PodFields.addSettings("lifecycle.\(hook).\(field)", handler[field], to: &container.settings)
      }
      if !handler["exec"].isNothing {
        PodFields.addSettings(
          "lifecycle.\(hook).exec.command",
          handler["exec"]["command"],
          to: &container.settings
        )
      }
    }
    PodFields.addSettings("lifecycle.stopSignal", value["stopSignal"], to: &container.settings)
    if container.role == .main, workload.stopSignal.isAbsent {
      workload.stopSignal = value["stopSignal"].settled
    }
  }
}
