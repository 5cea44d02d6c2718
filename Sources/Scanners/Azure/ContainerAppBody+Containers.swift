import Templates
import Workloads

/// Containers with their variables, probes and mounts.
extension ContainerAppBody {
  mutating func readContainers() {
    let initial = template["initContainers"]
    for element in initial.elements { workload.containers.append(container(element, .initial)) }
    let main = template["containers"]
    for element in main.elements { workload.containers.append(container(element, .main)) }
    // Containers that cannot be seen are not the same as none.
    let missing = main.more ?? (template.isNothing ? properties.more : template.more)
    if let missing {
      var container = Container(name: workload.name, origin: main.origin)
      if container.origin.location == nil { container.origin = declared.origin }
      let origin = container.origin
      container.image = .unknown(missing.reason, origin)
      container.command = .unknown(missing.reason, origin)
      container.entrypoint = .unknown(missing.reason, origin)
      container.resources.cpuLimit = .unknown(missing.reason, origin)
      container.resources.memoryLimit = .unknown(missing.reason, origin)
      container.healthCheck = HealthCheck(type: .unknown(missing.reason, origin), origin: origin)
      workload.containers.append(container)
    } else if main.elements.isEmpty {
      notices.append(
        (.invalidValue, declared.origin.location, "\(workload.name) states no containers.")
      )
    }
  }

  private mutating func container(_ element: Datum, _ role: Container.Role) -> Container {
    let name = element["name"].string.known ?? workload.name
    var container = Container(name: name, origin: element.origin)
    container.role = role
    if let gap = element.gap {
      container.image = .unknown(gap.reason, element.origin)
      return container
    }
    container.image = AzureImage.reference(element["image"])
    (container.entrypoint, container.entrypointSketch) = words(element["command"])
    (container.command, container.commandSketch) = words(element["args"])
    container.variables = element["env"].elements.compactMap(variable)
    if let more = element["env"].more {
      container.settings.append(NamedValue("env", .unknown(more.reason), element["env"].origin))
    }
    readResources(element["resources"], &container)
    for mount in element["volumeMounts"].elements { container.mounts.append(self.mount(mount)) }
    let probes = element["probes"]
    container.probes = probes.elements.map(probe)
    for probe in probes.elements {
      let form = probe["httpGet"].isNothing ? "tcpSocket" : "httpGet"
      for name in ["host", "scheme", "httpHeaders"] {
        add("probes.\(form).\(name)", probe[form][name], to: &container)
      }
      for name in ["successThreshold", "terminationGracePeriodSeconds"] {
        add("probes.\(name)", probe[name], to: &container)
      }
    }
    container.healthCheck =
      container.probes.first { $0.purpose == "liveness" }
      ?? container.probes.first { $0.purpose == "readiness" } ?? container.probes.first
    if let gap = probes.more, container.healthCheck == nil {
      let origin = probes.origin
      container.healthCheck = HealthCheck(type: .unknown(gap.reason, origin), origin: origin)
    }
    return container
  }

  /// Keeps a field that no other holds, the parts of lists each for themselves.
  private func add(_ name: String, _ value: Datum, to container: inout Container) {
    guard !value.isNothing, container.settings.count < 1000 else { return }
    for element in value.isList ? value.elements : [value] {
      let text =
        element.isObject
        ? element["value"].string.map { "\(element["name"].string.known ?? "")=\($0)" }
        : element.string
      container.settings.append(NamedValue(name, text, element.origin))
    }
  }

  /// The words of a command, with a sketch of it if not all of them are known.
  private func words(_ datum: Datum) -> (Value<[String]>, String?) {
    if datum.isNothing { return (.absent, nil) }
    if let gap = datum.more { return (.unknown(gap.reason, datum.origin), nil) }
    let values = datum.strings
    if let reason = values.lazy.compactMap(\.unknownReason).first {
      let sketches = datum.elements.compactMap(\.sketch)
      return (.unknown(reason, datum.origin), sketches.joined(separator: " "))
    }
    return (.known(values.compactMap(\.known), datum.origin), nil)
  }

  private func variable(_ element: Datum) -> Variable? {
    guard let name = element["name"].string.known else { return nil }
    let origin = Origin(element["name"].location ?? element.location, via: element.origin.via)
    let reference = element["secretRef"]
    if !reference.isNothing, reference.string.known?.isEmpty != true {
      var variable = Variable(
        name: name,
        value: .unknown("it is a secret of the app", reference.origin),
        source: .secretReference,
        origin: origin
      )
      variable.reference = reference.string.map { "secretRef:\($0)" }
      return variable
    }
    let value = element["value"]
    return Variable(
      name: name,
      value: value.isNothing ? .known("", element.origin) : value.string,
      source: .environment,
      origin: origin
    )
  }

  private func readResources(_ datum: Datum, _ container: inout Container) {
    guard !datum.isNothing else { return }
    container.resources.origin = datum.origin
    let cpu = datum["cpu"].number
    let memory = datum["memory"].string.map(orUnknown: "it is not a size", Quantities.bytes)
    // What is asked for is what is given.
    container.resources.cpuRequest = cpu
    container.resources.cpuLimit = cpu
    container.resources.memoryRequest = memory
    container.resources.memoryLimit = memory
    container.resources.ephemeralStorage = datum["ephemeralStorage"].string.map(
      orUnknown: "it is not a size",
      Quantities.bytes
    )
  }

  private func probe(_ element: Datum) -> HealthCheck {
    var check = HealthCheck(type: .absent, origin: element.origin)
    check.purpose = element["type"].string.known?.lowercased() ?? ""
    let http = element["httpGet"]
    let tcp = element["tcpSocket"]
    if !http.isNothing {
      check.type = .known("http", http.origin)
      check.port = http["port"].string
      check.path = http["path"].string
    } else if !tcp.isNothing {
      check.type = .known("tcp", tcp.origin)
      check.port = tcp["port"].string
    } else if let gap = element.gap {
      check.type = .unknown(gap.reason, element.origin)
    } else {
      check.type = .unknown("the probe does not say how it asks", element.origin)
    }
    check.interval = element["periodSeconds"].seconds
    check.timeout = element["timeoutSeconds"].seconds
    check.startPeriod = element["initialDelaySeconds"].seconds
    check.retries = element["failureThreshold"].integer
    return check
  }

  // MARK: Volumes

  mutating func readVolumes() {
    for element in template["volumes"].elements {
      guard let name = element["name"].string.known else { continue }
      volumes[name] = element
      var volume = Volume(name: name, origin: element.origin)
      volume.driver = Self.storageType(element)
      volume.platformName = element["storageName"].filled
      workload.volumes.append(volume)
      if !element["storageName"].isNothing {
        workload.resourceLinks.append(
          ResourceLink(
            "storage",
            element["storageName"].string,
            addresses: element["storageName"].references.map(\.address),
            kind: FileSystem.kind.name
          )
        )
      }
      for item in element["secrets"].elements {
        var secret = SecretReference(
          name: item["secretRef"].string.known ?? name,
          source: "secret-volume",
          origin: item.origin
        )
        secret.target = item["path"].string
        workload.secrets.append(secret)
      }
    }
  }

  private static func storageType(_ volume: Datum) -> Value<String> {
    let type = volume["storageType"]
    return type.isNothing ? .known("EmptyDir", volume.origin) : type.string
  }

  private func mount(_ element: Datum) -> Mount {
    let name = element["volumeName"].string
    var mount = Mount(type: .absent, origin: element.origin)
    if let volume = name.known.flatMap({ volumes[$0] }) {
      mount.type = Self.storageType(volume).map { type in
        switch type.lowercased() {
        case "emptydir": "emptyDir"
        case "secret": "secret"
        case "azurefile", "nfsazurefile", "smb": "azureFile"
        default: type
        }
      }
      if !volume["mountOptions"].isNothing { mount.options.append(volume["mountOptions"].string) }
      if volume["storageType"].string.known?.lowercased() == "nfsazurefile" {
        mount.options.append(.known("nfs", volume["storageType"].origin))
      }
    } else if let gap = template["volumes"].more {
      mount.type = .unknown(gap.reason, element.origin)
    } else {
      mount.type = name.map { _ in "undeclared" }
    }
    mount.source = name
    mount.target = element["mountPath"].string
    mount.subpath = element["subPath"].filled
    return mount
  }
}

/// Images of which the registry may be known only once deployed.
enum AzureImage {
  static func reference(_ datum: Datum) -> Value<ImageReference> {
    if case .partial(let parts) = datum.content {
      let reason = datum.string.unknownReason ?? "a part of it is not known"
      // The beginning is known, up to the tag.
      if case .text(let beginning)? = parts.first,
        let image = ImageReference(beginning: beginning, unknownRest: reason)
      {
        return .known(image, datum.origin)
      }
      return RegistryImage.of(parts).map { .known($0, datum.origin) }
        ?? .unknown(reason, datum.origin)
    }
    return datum.filled.map(ImageReference.init)
  }
}
