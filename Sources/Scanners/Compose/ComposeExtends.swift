internal import DocumentTrees
internal import Workloads

/// `extends`: a service that begins as another one, of the same file or of another.
extension ComposeLoader {
  /// The root with the `extends` of all its services resolved.
  func withExtends(_ root: ComposeValue, path: String) -> ComposeValue {
    guard let services = root["services"], services.kind == .mapping else { return root }
    let all = services.rawEntries
    guard all.contains(where: { $0.value["extends"] != nil }) else { return root }
    let scope = ExtendsScope(path: path, services: services)
    let resolved = all.map { entry in
      ComposeEntry(
        key: entry.key,
        place: entry.place,
        value: resolve(entry.key, entry.value, in: scope, chain: []).service
      )
    }
    let entries = root.rawEntries.map { entry in
      guard entry.key == "services" else { return entry }
      let value = ComposeValue(.mapping(resolved), in: services.context, at: services.range)
      return ComposeEntry(key: entry.key, place: entry.place, value: value)
    }
    return ComposeValue(.mapping(entries), in: root.context, at: root.range)
  }

  /// The services of a file among which `extends` looks for a name.
  private struct ExtendsScope {
    var path: String
    var services: ComposeValue

    func key(_ name: String, _ service: ComposeValue) -> String {
      // The scope lives as long as the value that is kept under this key. The place tells apart
      // services of the same name in several documents of a file.
      let scope = UInt(bitPattern: ObjectIdentifier(services.context.variables))
      let place = "\(service.range.start.line):\(service.range.start.column)"
      return [path, name, place, services.context.directory ?? "/", String(scope)]
        .joined(separator: "\u{0}")
    }
  }

  private func resolve(
    _ name: String,
    _ service: ComposeValue,
    in scope: ExtendsScope,
    chain: [String]
  ) -> ComposeSession.Extended {
    let unchanged = ComposeSession.Extended(service: service, depth: 0)
    guard let extends = service["extends"], service.kind == .mapping else { return unchanged }
    let key = scope.key(name, service)
    if let known = session.extended[key] { return known }
    typealias Result = ComposeSession.Extended
    func fail(_ kind: Notice.Kind, _ reason: String, _ message: String) -> Result {
      session.notice(kind, extends.location, message)
      session.unresolved[extends.location] = reason
      return unchanged
    }
    guard !chain.contains(key) else {
      return fail(
        .invalidValue,
        "the service extends itself",
        "This service extends itself, directly or through others."
      )
    }
    func tooDeep() -> Result {
      let message = "extends goes more than \(Self.maximumDepth) levels deep."
      return fail(.limit, "extends goes too deep", message)
    }
    guard chain.count < Self.maximumDepth else { return tooDeep() }
    guard let request = request(extends) else {
      session.unresolved[extends.location] = "what the service extends is not known"
      return unchanged
    }
    var target = scope
    if let file = request.file {
      guard let path = session.path(file, from: extends.context.directory, "extends") else {
        session.unresolved[extends.location] = "the extended file cannot be read"
        return unchanged
      }
      guard let other = self.scope(of: path, asker: extends) else {
        session.unresolved[extends.location] = "the extended file cannot be read"
        return unchanged
      }
      target = other
    }
    guard let base = target.services[request.service] else {
      return fail(
        .invalidValue,
        "the extended service does not exist",
        "There is no service \(request.service) in \(target.path) to extend."
      )
    }
    let resolvedBase = resolve(request.service, base, in: target, chain: chain + [key])
    guard resolvedBase.depth < Self.maximumDepth else { return tooDeep() }
    var passed = 0
    let inherited = resolvedBase.service.passing(extends.location, counting: &passed)
    guard session.spend(passed, at: extends.location) else {
      session.unresolved[extends.location] = "the files stand for too much once merged"
      return unchanged
    }
    let own = without("extends", service)
    var merged = merge(placedAt: .override).merge(inherited, own, .service)
    if merged.kind != .mapping { merged = service }
    let extended = ComposeSession.Extended(service: merged, depth: resolvedBase.depth + 1)
    session.extended[key] = extended
    return extended
  }

  private func without(_ key: String, _ value: ComposeValue) -> ComposeValue {
    ComposeValue(
      .mapping(value.rawEntries.filter { $0.key != key }),
      in: value.context,
      at: value.range
    )
  }

  private func request(
    _ extends: ComposeValue
  ) -> (service: String, file: Value<String>?)? {
    var service: Value<String>?
    var file: Value<String>?
    if extends.kind == .scalar {
      service = session.string(extends)
    } else {
      for entry in session.entries(extends, "a service's name or a mapping") {
        switch entry.key {
        case "service": service = session.string(entry.value)
        case "file": file = entry.value.kind == .null ? nil : session.string(entry.value)
        default: session.unsupported(entry, in: "extends")
        }
      }
    }
    guard let name = service?.known, !name.isEmpty else {
      session.invalid(extends, "extends names no service.")
      return nil
    }
    return (name, file)
  }

  /// The services of another file, read in its own folder but with the variables of the asker.
  private func scope(of path: String, asker: ComposeValue) -> ExtendsScope? {
    let context = ComposeContext(
      file: path,
      directory: RelativePath.directory(of: path),
      variables: asker.context.variables
    )
    guard let roots = roots(of: path, asker: asker.location) else { return nil }
    var merged: ComposeValue?
    for node in roots where node.isMapping {
      let root = ComposeValue(node, in: context)
      let services =
        ComposeScanner.isLegacy(node)
        ? root
        : root["services"]
          ?? ComposeValue(
            .null,
            in: context,
            at: node.range
          )
      merged = merged.map { merge(placedAt: .base).merge($0, services, .services) } ?? services
    }
    return merged.map { ExtendsScope(path: path, services: $0) }
  }
}
