internal import DocumentTrees
internal import Workloads

/// Published and exposed ports.
extension ComposeServiceReader {
  /// One element of `ports`, short or long.
  func port(_ value: ComposeValue) -> Port? {
    if value.kind == .mapping { return longPort(value) }
    guard let text = session.scalar(value, "a port"), !text.isEmpty else {
      if value.kind == .null { session.invalid(value, "Expected a port, found nothing.") }
      return nil
    }
    let origin = session.origin(value, text)
    let syntax = PortSyntax(text)
    var port = Port(origin: origin)
    port.isPublished = true
    (port.container, port.containerEnd) = range(syntax.target, origin, value)
    if let published = syntax.published {
      (port.published, port.publishedEnd) = range(published, origin, value)
    }
    if let address = syntax.address { port.hostAddress = address.value(origin) }
    if let transport = syntax.transport { port.transport = lowercased(transport.value(origin)) }
    return port
  }

  private func longPort(_ value: ComposeValue) -> Port {
    var port = Port(origin: value.origin)
    port.isPublished = true
    for entry in session.entries(value) {
      switch entry.key {
      case "target": (port.container, port.containerEnd) = range(entry.value)
      case "published":
        if session.text(entry.value)?.isEmpty != true {
          (port.published, port.publishedEnd) = range(entry.value)
        }
      case "host_ip": port.hostAddress = session.string(entry.value)
      case "protocol": port.transport = lowercased(session.string(entry.value))
      case "mode": port.mode = session.string(entry.value)
      case "app_protocol": port.applicationProtocol = session.string(entry.value)
      case "name": break
      default: session.unsupported(entry, in: "ports")
      }
    }
    if port.container.isAbsent {
      session.invalid(value, "A port needs a target.")
      port.container = .unknown("its target is not stated", value.origin)
      port.containerEnd = port.container
    }
    return port
  }

  /// One element of `expose`: a port, or a range of them, that is not published.
  func exposedPort(_ value: ComposeValue) -> Port? {
    guard let text = session.scalar(value, "a port"), !text.isEmpty else { return nil }
    let origin = session.origin(value, text)
    let syntax = PortSyntax(text)
    var port = Port(origin: origin)
    (port.container, port.containerEnd) = range(syntax.target, origin, value)
    if let transport = syntax.transport { port.transport = lowercased(transport.value(origin)) }
    return port
  }

  private func lowercased(_ text: Value<String>) -> Value<String> { text.map { $0.lowercased() } }

  private func range(_ value: ComposeValue) -> (Value<Int>, Value<Int>) {
    guard let text = session.scalar(value, "a port") else { return (.absent, .absent) }
    return range(text, session.origin(value, text), value)
  }

  private func range(
    _ text: ComposeText,
    _ origin: Origin,
    _ value: ComposeValue
  ) -> (Value<Int>, Value<Int>) {
    if let reason = text.unknownReason {
      return (.unknown(reason, origin), .unknown(reason, origin))
    }
    if let (first, last) = PortSyntax.range(text.string) {
      return (.known(first, origin), .known(last, origin))
    }
    session.invalid(value, "Expected a port such as 8080 or a range such as 8000-8005.")
    let reason = "it is no port number"
    return (.unknown(reason, origin), .unknown(reason, origin))
  }
}
