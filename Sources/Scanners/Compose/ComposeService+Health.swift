internal import DocumentTrees
internal import Workloads

/// Health check, logging, hooks.
extension ComposeServiceReader {
  /// The service's settings over those of the image, field by field.
  mutating func readHealthCheck() {
    guard let value = later.healthCheck, value.kind != .null else { return }
    var check = HealthCheck(type: .absent, origin: value.origin)
    var isDisabled: Value<Bool> = .absent
    for entry in session.entries(value) {
      switch entry.key {
      case "test": readTest(entry.value, &check)
      case "interval": check.interval = session.seconds(entry.value)
      case "timeout": check.timeout = session.seconds(entry.value)
      case "start_period": check.startPeriod = session.seconds(entry.value)
      case "start_interval": check.startInterval = session.seconds(entry.value)
      case "retries": check.retries = session.integer(entry.value)
      case "disable": isDisabled = session.bool(entry.value)
      default: session.unsupported(entry, in: "healthcheck")
      }
    }
    switch isDisabled.state {
    case .known(true):
      check.type = .known("none", isDisabled.origin)
      check.command = .absent
    case .unknown(let reason): check.type = .unknown(reason, isDisabled.origin)
    case .known(false), .absent: inherit(&check)
    }
    container.healthCheck = check
  }

  private func inherit(_ check: inout HealthCheck) {
    guard check.type.known != "none" else { return }
    if let image = container.build?.finalStage?.healthCheck, image.type.known != "none" {
      if check.type.isAbsent { (check.type, check.command) = (image.type, image.command) }
      check.interval = check.interval.or(image.interval)
      check.timeout = check.timeout.or(image.timeout)
      check.startPeriod = check.startPeriod.or(image.startPeriod)
      check.startInterval = check.startInterval.or(image.startInterval)
      check.retries = check.retries.or(image.retries)
    }
    guard check.type.isAbsent else { return }
    let reason =
      container.build?.stages.unknownReason ?? "its test is the image's, which is not known"
    check.type = .unknown(reason, check.origin)
  }

  private func readTest(_ value: ComposeValue, _ check: inout HealthCheck) {
    if value.kind == .scalar {
      guard let text = session.text(value) else { return }
      let line = text.value(session.origin(value, text))
      if line.known == "NONE" {
        check.type = .known("none", line.origin)
        return
      }
      // Whatever its variables are, a text with more than one of them is a command.
      let isOneGap = text.bytes.count == 1 && !text.isKnown
      check.type = isOneGap ? line : .known("command", line.origin)
      check.command = line.map { ["/bin/sh", "-c", $0] }
      return
    }
    let words = session.strings(value)
    guard let first = words.first else { return }
    let reason = words.lazy.compactMap(\.unknownReason).first
    let rest = words.dropFirst().compactMap(\.known)
    switch first.state {
    case .known("NONE"):
      check.type = .known("none", value.origin)
      return
    case .known("CMD"): check.command = .known(rest, value.origin)
    case .known("CMD-SHELL"):
      check.command = .known(["/bin/sh", "-c", rest.joined(separator: " ")], value.origin)
    case .known:
      session.invalid(value, "A test's list begins with NONE, CMD or CMD-SHELL.")
      check.command = .unknown("its test cannot be read", value.origin)
    case .unknown(let reason):
      check.type = .unknown(reason, value.origin)
      return
    case .absent: return
    }
    check.type = .known("command", value.origin)
    if let reason { check.command = .unknown(reason, value.origin) }
  }

  // MARK: Logging

  func logging(_ value: ComposeValue, _ place: Origin) -> Logging? {
    guard value.kind != .null else { return nil }
    var logging = Logging(origin: place)
    for entry in session.entries(value) {
      switch entry.key {
      case "driver": logging.driver = session.string(entry.value)
      case "options": logging.options = session.named(entry.value)
      default: session.unsupported(entry, in: "logging")
      }
    }
    return logging
  }

  mutating func readLegacyLogging(_ entry: ComposeEntry) {
    var logging = container.logging ?? Logging(origin: entry.place)
    if entry.key == "log_driver" {
      logging.driver = session.string(entry.value)
    } else {
      logging.options = session.named(entry.value)
    }
    container.logging = logging
  }

  // MARK: Hooks

  mutating func readHooks(_ part: ComposeEntry) {
    for element in session.elements(part.value) {
      for entry in session.entries(element) {
        switch entry.key {
        case "command": container.lifecycleCommands.append(words(entry.value))
        case "user", "privileged", "working_dir", "environment":
          addSettings("\(part.key).\(entry.key)", entry.value)
        default: session.unsupported(entry, in: part.key)
        }
      }
    }
  }
}
