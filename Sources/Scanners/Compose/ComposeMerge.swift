internal import DocumentTrees

/// Merges Compose files as the specification says.
///
/// Mappings are merged key by key, sequences appended, scalars replaced; what differs from that is
/// listed in `rule(for:in:)`. https://github.com/compose-spec/compose-spec/blob/main/13-merge.md
struct ComposeMerge {
  /// Which of two merged mappings gives the result its place.
  enum Place { case base, override }

  /// The part of a file that a value belongs to.
  enum Level {
    case project, services, service, build, deploy, healthcheck, networks, network
    case ulimits, resources, resource, resourceMapping, plain
  }

  private enum Rule {
    case generic(Level)
    case replace
    /// `KEY=VALUE` elements or a mapping.
    case pairs
    /// A sequence, or one scalar that stands for it, whose elements have a key each.
    case unique(ElementKey)
    /// Hosts may have several addresses: equal elements are dropped only.
    case hosts
    /// A sequence of names, or a mapping with details.
    case names(Level)
    case build
    case logging
  }

  private enum ElementKey { case text, volume, port, device, file, secret, config }

  let place: Place
  /// Says how many nodes are looked at; false stops the merging.
  let spend: (Int) -> Bool

  func merge(_ base: ComposeValue, _ over: ComposeValue, _ level: Level) -> ComposeValue {
    merge(base, over, rule: .generic(level))
  }

  private func merge(_ base: ComposeValue, _ over: ComposeValue, rule: Rule) -> ComposeValue {
    if over.directive == .override { return over }
    switch rule {
    case .replace: return over
    case .pairs:
      return joined(pairs(base), pairs(over), base, over) { text, value in
        if case .mapping(let entries) = value.form { return entries.first?.key }
        return text.firstIndex(of: "=").map { String(text[..<$0]) } ?? text
      }
    case .unique(let key):
      return joined(list(base), list(over), base, over) { text, value in
        elementKey(text, value, key)
      }
    case .hosts:
      return joined(pairs(base), pairs(over), base, over) { text, value in
        // The same host twice is two addresses of it.
        if case .mapping(let entries) = value.form, let only = entries.first {
          return "\(only.key)=\(only.value.node?.text ?? "")"
        }
        return text
      }
    case .names(let level):
      return mappings(named(base), named(over), base, over, level)
    case .build:
      return mappings(built(base), built(over), base, over, .build)
    case .logging:
      let (old, new) = (base["driver"]?.node?.text, over["driver"]?.node?.text)
      if let old, let new, old != new { return over }
      return merge(base, over, rule: .generic(.plain))
    case .generic(let level):
      return generic(base, over, level)
    }
  }

  private func generic(
    _ base: ComposeValue,
    _ over: ComposeValue,
    _ level: Level
  ) -> ComposeValue {
    switch (base.kind, over.kind) {
    case (.mapping, .mapping):
      return mappings(base.rawEntries, over.rawEntries, base, over, level)
    case (.sequence, .sequence):
      return joined(base.elements, over.elements, base, over) { _, _ in nil }
    case (.mapping, .null), (.sequence, .null): return base
    default: return over
    }
  }

  // MARK: Mappings

  private func mappings(
    _ base: [ComposeEntry],
    _ over: [ComposeEntry],
    _ baseValue: ComposeValue,
    _ overValue: ComposeValue,
    _ level: Level
  ) -> ComposeValue {
    guard spend(base.count + over.count) else { return baseValue }
    var entries = base
    var positions: [String: Int] = [:]
    for (index, entry) in entries.enumerated() { positions[entry.key] = index }
    for entry in over {
      guard let index = positions[entry.key] else {
        positions[entry.key] = entries.count
        entries.append(entry)
        continue
      }
      if entry.value.directive == .reset || entries[index].value.directive == .reset
        || entry.key.hasPrefix("x-")
      {
        entries[index] = entry
        continue
      }
      if place == .override { entries[index].place = entry.place }
      entries[index].value = merge(
        entries[index].value,
        entry.value,
        rule: Self.rule(for: entry.key, in: level)
      )
    }
    let placed = place == .base ? baseValue : overValue
    return ComposeValue(.mapping(entries), in: placed.context, at: placed.range)
  }

  private func named(_ value: ComposeValue) -> [ComposeEntry] {
    guard value.kind == .sequence else { return value.rawEntries }
    return value.elements.compactMap { element in
      guard let name = element.node?.text, element.kind == .scalar else { return nil }
      return ComposeEntry(
        key: name,
        place: element.origin,
        value: ComposeValue(.null, in: element.context, at: element.range)
      )
    }
  }

  private func built(_ value: ComposeValue) -> [ComposeEntry] {
    guard value.kind == .scalar else { return value.rawEntries }
    return [ComposeEntry(key: "context", place: value.origin, value: value)]
  }

  // MARK: Sequences

  private func list(_ value: ComposeValue) -> [ComposeValue] {
    value.kind == .scalar ? [value] : value.elements
  }

  /// `KEY=VALUE` elements as they stand; the entries of a mapping as mappings of one entry each.
  private func pairs(_ value: ComposeValue) -> [ComposeValue] {
    guard value.kind == .mapping else { return list(value) }
    return value.rawEntries.map { entry in
      ComposeValue(.mapping([entry]), in: entry.value.context, at: entry.value.range)
    }
  }

  /// The elements of both; one whose key was there before takes the place of the older one.
  private func joined(
    _ base: [ComposeValue],
    _ over: [ComposeValue],
    _ baseValue: ComposeValue,
    _ overValue: ComposeValue,
    key: (String, ComposeValue) -> String?
  ) -> ComposeValue {
    guard spend(base.count + over.count) else { return baseValue }
    var elements: [ComposeValue] = []
    var positions: [String: Int] = [:]
    for element in base + over {
      let text = element.kind == .scalar ? element.node?.text ?? "" : ""
      guard let identity = key(text, element), !identity.isEmpty else {
        elements.append(element)
        continue
      }
      if let index = positions[identity] {
        elements[index] = element
      } else {
        positions[identity] = elements.count
        elements.append(element)
      }
    }
    let placed = place == .base ? baseValue : overValue
    return ComposeValue(.sequence(elements), in: placed.context, at: placed.range)
  }

  private func elementKey(_ text: String, _ value: ComposeValue, _ key: ElementKey) -> String? {
    func field(_ name: String) -> String? { value[name]?.node?.text }
    switch (key, value.kind) {
    case (.text, _): return text.firstIndex(of: "=").map { String(text[..<$0]) } ?? text
    case (.volume, .mapping), (.device, .mapping): return field("target")
    case (.volume, _): return VolumeSyntax(ComposeText(text)).target?.string
    case (.device, _):
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      return parts.count > 1 ? String(parts[1]) : text
    case (.port, .mapping):
      return PortSyntax.key(
        address: field("host_ip"),
        published: field("published"),
        target: field("target") ?? "",
        transport: field("protocol")
      )
    case (.port, _):
      let port = PortSyntax(ComposeText(text))
      return PortSyntax.key(
        address: port.address?.string,
        published: port.published?.string,
        target: port.target.string,
        transport: port.transport?.string
      )
    case (.file, .mapping): return field("path")
    case (.file, _): return text
    case (.secret, .mapping): return field("target") ?? field("source").map { "/run/secrets/" + $0 }
    case (.secret, _): return "/run/secrets/" + text
    case (.config, .mapping): return field("target") ?? field("source").map { "/" + $0 }
    case (.config, _): return "/" + text
    }
  }

  // MARK: Rules

  private static func rule(for key: String, in level: Level) -> Rule {
    switch level {
    case .project:
      switch key {
      case "services": .generic(.services)
      case "networks", "volumes", "secrets", "configs", "models": .generic(.resources)
      default: .generic(.plain)
      }
    case .services: .generic(.service)
    case .service: serviceRule(key)
    case .build:
      switch key {
      case "args", "additional_contexts", "labels", "ssh": .pairs
      case "extra_hosts": .hosts
      case "tags", "platforms", "cache_from": .unique(.text)
      case "secrets": .unique(.secret)
      default: .generic(.plain)
      }
    case .deploy: key == "labels" ? .pairs : .generic(.plain)
    case .healthcheck: key == "test" ? .replace : .generic(.plain)
    case .networks: .generic(.network)
    case .network:
      key == "aliases" || key == "link_local_ips" ? .unique(.text) : .generic(.plain)
    case .ulimits: .generic(.plain)
    case .resources: .generic(.resource)
    case .resource: key == "labels" ? .pairs : .generic(.plain)
    case .resourceMapping, .plain: .generic(.plain)
    }
  }

  private static func serviceRule(_ key: String) -> Rule {
    switch key {
    case "command", "entrypoint": .replace
    case "annotations", "environment", "labels", "sysctls": .pairs
    case "cap_add", "cap_drop", "dns", "dns_opt", "dns_search", "expose", "links", "profiles",
      "tmpfs", "security_opt", "group_add", "external_links", "volumes_from",
      "device_cgroup_rules":
      key == "security_opt" || key == "expose" || key == "device_cgroup_rules"
        ? .unique(.file) : .unique(.text)
    case "env_file", "label_file": .unique(.file)
    case "volumes": .unique(.volume)
    case "ports": .unique(.port)
    case "devices": .unique(.device)
    case "secrets": .unique(.secret)
    case "configs": .unique(.config)
    case "extra_hosts": .hosts
    case "depends_on", "models": .names(.plain)
    case "networks": .names(.networks)
    case "build": .build
    case "deploy": .generic(.deploy)
    case "healthcheck": .generic(.healthcheck)
    case "logging": .logging
    case "ulimits": .generic(.ulimits)
    default: .generic(.plain)
    }
  }
}
