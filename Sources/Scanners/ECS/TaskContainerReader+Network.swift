internal import DocumentTrees
internal import Templates
internal import Workloads

/// Ports, names, logging and health.
extension TaskContainerReader {
  mutating func readPorts() {
    for datum in fields.elements("portMappings") {
      let mapping = AWSFields(datum)
      task.notices.check(mapping, against: ECSShapes.portMapping)
      if let port = port(mapping) { container.ports.append(port) }
    }
  }

  private mutating func port(_ mapping: AWSFields) -> Port? {
    var port = Port(origin: mapping.origin)
    port.container = mapping.positive("containerPort")
    port.containerEnd = port.container
    let range = mapping.text("containerPortRange")
    if port.container.isAbsent {
      guard !range.isAbsent else { return nil }
      let bounds = range.map(orUnknown: "the range cannot be read", Self.bounds)
      if range.known != nil, bounds.known == nil {
        task.notices.add(.invalidValue, range.origin, "A range of ports is written as 8000-8010.")
      }
      port.container = bounds.map(\.first)
      port.containerEnd = bounds.map(\.last)
    }
    let transport = mapping.text("protocol").map { $0.lowercased() }
    port.transport = transport.isAbsent ? .known("tcp", mapping.origin) : transport
    port.applicationProtocol = mapping.text("appProtocol")
    if let name = mapping.text("name").known {
      container.settings.append(
        NamedValue("portMappings.name", .known(name, mapping.origin), mapping.origin)
      )
    }
    publish(&port, on: mapping["hostPort"])
    return port
  }

  private struct Bounds: Sendable {
    var first: Int
    var last: Int
  }

  private static func bounds(_ text: String) -> Bounds? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let first = Int(parts[0]), let last = Int(parts[1]),
      (1...65535).contains(first), (first...65535).contains(last)
    else { return nil }
    return Bounds(first: first, last: last)
  }

  /// Only the bridge and host modes have ports of a host; bridge is what a missing mode means.
  private mutating func publish(_ port: inout Port, on hostPort: Datum) {
    switch task.workload.networkMode.state {
    case .known("awsvpc"):
      guard let host = hostPort.positive.known, let own = port.container.known, host != own else {
        return
      }
      task.notices.add(
        .invalidValue,
        hostPort.origin,
        "With awsvpc hostPort is the same as containerPort, or left out."
      )
    case .known("none"), .unknown: return
    case .known("host"):
      port.isPublished = true
      port.mode = .known("host", port.origin)
      port.published = port.container
      port.publishedEnd = port.containerEnd
    default:
      port.isPublished = true
      // Without one, or with 0, the agent picks a free port of the host.
      port.published = hostPort.positive
      port.publishedEnd = port.published
      if !port.published.isAbsent { port.mode = .known("host", hostPort.origin) }
    }
  }

  // MARK: Names and networks

  mutating func readNetwork() {
    task.workload.links += fields.texts("links")
    task.workload.dnsSettings += fields.texts("dnsServers") + fields.texts("dnsSearchDomains")
    for entry in fields.elements("extraHosts") {
      let entry = AWSFields(entry)
      let name = entry.text("hostname")
      if name.isAbsent { continue }
      let address = entry.text("ipAddress").known ?? "…"
      task.workload.extraHosts.append(
        Value(name.map { "\($0):\(address)" }.state, entry.origin)
      )
    }
    let hostname = fields.text("hostname")
    if task.workload.hostname.isAbsent, !hostname.isAbsent { task.workload.hostname = hostname }
    addSetting("disableNetworking", fields["disableNetworking"])
  }

  // MARK: Health

  mutating func readHealthCheck() {
    let stated = fields.object("healthCheck")
    guard stated.isStated else { return }
    let origin = fields.place(of: "healthCheck")
    if let gap = stated.gap {
      container.healthCheck = HealthCheck(type: .unknown(gap.reason, origin), origin: origin)
      return
    }
    task.notices.check(stated, against: ECSShapes.healthCheck)
    let command = stated["command"]
    if command.texts.isEmpty, command.more == nil { return }
    var check = HealthCheck(type: .known("command", command.origin), origin: origin)
    check.interval = stated.positive("interval").map(Double.init)
    check.timeout = stated.positive("timeout").map(Double.init)
    check.startPeriod = stated.positive("startPeriod").map(Double.init)
    check.retries = stated.positive("retries")
    read(command, &check)
    container.healthCheck = check
  }

  private mutating func read(_ command: Datum, _ check: inout HealthCheck) {
    let (words, _) = Self.words(command)
    guard let words = words.known else {
      check.command = words
      if command.elements.first?.string.known == nil { check.type = words.map { _ in "command" } }
      return
    }
    // The console writes the whole line as one text: `CMD-SHELL, curl -f http://localhost/`.
    let parts = words.count == 1 ? Self.split(words[0]) : words
    let rest = Array(parts.dropFirst())
    switch parts.first {
    case "NONE":
      check.type = .known("none", command.origin)
      check.command = .absent
    case "CMD": check.command = .known(rest, command.origin)
    case "CMD-SHELL":
      check.command = .known(["/bin/sh", "-c", rest.joined(separator: " ")], command.origin)
    default:
      // Docker takes a list without either word as a command of the default shell.
      check.command = .unknown("its test begins neither with CMD nor CMD-SHELL", command.origin)
      task.notices.add(
        .invalidValue,
        command.origin,
        "A health check's command begins with CMD or CMD-SHELL."
      )
    }
  }

  private static func split(_ line: String) -> [String] {
    for word in ["CMD-SHELL", "CMD"] where line.hasPrefix(word) {
      var rest = line.dropFirst(word.count)
      guard let next = rest.first, next == "," || next == " " else { continue }
      while let next = rest.first, next == "," || next == " " { rest = rest.dropFirst() }
      if word == "CMD-SHELL" { return [word, String(rest)] }
      return [word] + rest.split { $0 == "," || $0 == " " }.map(String.init)
    }
    return [line]
  }

  // MARK: Logging

  mutating func readLogging() {
    let stated = fields.object("logConfiguration")
    guard stated.isStated else { return }
    let origin = fields.place(of: "logConfiguration")
    var logging = Logging(origin: origin)
    logging.driver = stated.text("logDriver")
    if logging.driver.isAbsent { return }
    task.notices.check(stated, against: ECSShapes.logConfiguration)
    let options = stated["options"]
    for option in options.entries where !Self.isSkeleton(option) {
      logging.options.append(NamedValue(option.key, option.value.displayText, option.keyOrigin))
      switch option.key {
      case "awslogs-group", "log_group_name":
        task.link("log-group", option.value, kind: LogGroup.kind)
      default: break
      }
    }
    if let more = options.more {
      logging.options.append(NamedValue("…", .unknown(more.reason, options.origin), options.origin))
    }
    for option in stated.elements("secretOptions") {
      let option = AWSFields(option)
      let name = option.text("name")
      if name.isAbsent { continue }
      task.addSecret(
        option["valueFrom"],
        target: name.map { "logConfiguration.options.\($0)" }
      )
    }
    container.logging = logging
  }
}
