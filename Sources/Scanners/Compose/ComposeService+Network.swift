internal import DocumentTrees
internal import Workloads

/// Names, networks and links.
extension ComposeServiceReader {
  mutating func readNetworkField(_ entry: ComposeEntry) -> Bool {
    let value = entry.value
    switch entry.key {
    case "hostname": workload.hostname = session.string(value)
    case "domainname": workload.domainName = session.string(value)
    case "mac_address": workload.macAddress = session.string(value)
    case "network_mode", "net": workload.networkMode = session.string(value)
    case "networks": readNetworks(value)
    case "links": workload.links = session.strings(value)
    case "external_links": workload.externalLinks = session.strings(value)
    case "volumes_from": workload.volumesFrom = session.strings(value)
    case "extra_hosts": workload.extraHosts = extraHosts(value)
    case "dns", "dns_search", "dns_opt": workload.dnsSettings += session.strings(value)
    default: return false
    }
    return true
  }

  // MARK: Networks

  private mutating func readNetworks(_ value: ComposeValue) {
    if value.kind == .sequence {
      for name in session.strings(value) {
        guard let known = name.known else { continue }
        workload.networks.append(attachment(known, name.origin))
      }
      return
    }
    for entry in session.entries(value, "a list or a mapping") where !entry.key.hasPrefix("x-") {
      var attachment = attachment(entry.key, entry.place)
      for field in session.entries(entry.value) {
        switch field.key {
        case "ipv4_address", "ipv6_address":
          attachment.addresses.append(session.string(field.value))
        case "link_local_ips": attachment.addresses += session.strings(field.value)
        case "aliases": attachment.aliases += session.strings(field.value)
        case "mac_address":
          workload.macAddress = workload.macAddress.or(
            session.string(field.value)
          )
        case "driver_opts", "priority", "gw_priority", "interface_name":
          addSettings("networks.\(entry.key).\(field.key)", field.value)
        default: session.unsupported(field, in: "networks")
        }
      }
      workload.networks.append(attachment)
    }
  }

  /// Without a network of its own, a service is attached to the default one, if that is declared.
  mutating func attachDefaultNetwork() {
    guard workload.networks.isEmpty, workload.networkMode.isAbsent,
      let declaration = declarations.networks["default"]
    else { return }
    workload.networks.append(attachment("default", declaration.place))
  }

  private func attachment(_ name: String, _ origin: Origin) -> NetworkAttachment {
    var attachment = NetworkAttachment(name: name, origin: origin)
    guard let declaration = declarations.networks[name] else {
      if name != "default", let location = origin.location {
        session.notice(
          .invalidValue,
          location,
          "Network \(name) is not declared under networks."
        )
      }
      return attachment
    }
    guard declaration.value.kind == .mapping else { return attachment }
    for entry in declaration.value.entries {
      switch entry.key {
      case "driver": attachment.driver = session.string(entry.value)
      case "internal": attachment.internalOnly = session.bool(entry.value)
      case "external": attachment.external = external(entry.value).isExternal
      default: break
      }
    }
    return attachment
  }

  // MARK: Hosts

  /// As `HOST:ADDRESS`, whichever of the forms is written.
  private func extraHosts(_ value: ComposeValue) -> [Value<String>] {
    let separators = [UInt8(ascii: "="), UInt8(ascii: ":")]
    return session.pairs(value, separators: separators).map { pair in
      pair.value.map { "\(pair.name):\($0)" }
    }
  }
}
