internal import DocumentTrees
internal import Templates
internal import Workloads

/// Reads a task definition as the API, CloudFormation or Terraform spell it.
///
/// What it names (roles, log groups, file systems, secrets) becomes `resourceLinks`.
struct TaskDefinitionReader {
  /// What surrounds the definition.
  struct Surroundings {
    var format: FileFormat
    var project: String
    /// The name for readers if the definition states no family.
    var name: String
    var address: String
    /// Where the definition as a whole stands.
    var origin: Origin
    /// Tags beside the definition, as answers have them.
    var tags: Datum = .absent()
    var inheritedTags: [DatumObject.Entry] = []
    var limits = DocumentLimits()
  }

  let surroundings: Surroundings
  let fields: AWSFields
  var workload: Workload
  var notices: AWSNotices
  /// What each declared volume is, by its name.
  var volumeKinds: [String: VolumeKind] = [:]

  /// The workload that a definition describes.
  static func read(
    _ datum: Datum,
    _ surroundings: Surroundings,
    notices: inout AWSNotices
  ) -> Workload {
    var reader = TaskDefinitionReader(datum, surroundings, notices)
    reader.read()
    notices = reader.notices
    return reader.workload
  }

  private init(_ datum: Datum, _ surroundings: Surroundings, _ notices: AWSNotices) {
    self.surroundings = surroundings
    fields = AWSFields(datum)
    self.notices = notices
    let family = fields.text("family")
    workload = Workload(
      name: family.known ?? surroundings.name,
      kind: "task definition",
      format: surroundings.format,
      project: surroundings.project,
      location: surroundings.origin.location ?? SourceLocation(file: "", line: 1)
    )
    workload.address = surroundings.address
  }

  private mutating func read() {
    notices.check(fields, against: ECSShapes.taskDefinition)
    for entry in fields.entries
    where !ECSShapes.taskDefinition.knows(entry.key) && !entry.value.isNothing {
      workload.unsupported.append(NamedValue(entry.key, .absent, entry.keyOrigin))
    }
    readNames()
    readSize()
    readModes()
    readRoles()
    readPlatform()
    readVolumes()
    readProxy()
    readTags()
    readContainers()
  }

  // MARK: Names

  private mutating func readNames() {
    let family = fields.text("family")
    if !family.isAbsent { workload.identifiers.append(family) }
    let arn = fields.text("taskDefinitionArn", "arn")
    if arn.known != nil { workload.identifiers.append(arn) }
    if let family = family.known, let revision = fields.positive("revision").known {
      workload.identifiers.append(.known("\(family):\(revision)", arn.origin))
    }
  }

  private mutating func readTags() {
    let own = fields.has("tags") ? fields["tags"] : surroundings.tags
    let (tags, more) = AWSTags.all(own, inherited: surroundings.inheritedTags)
    workload.labels = tags
    if let more {
      // Rules that look for a tag must not conclude that it is missing.
      workload.labels.append(NamedValue("…", .unknown(more, own.origin), own.origin))
    }
  }

  // MARK: Size

  private mutating func readSize() {
    let cpu = fields["cpu"]
    workload.taskCPU = sized(cpu.text, "processor") { TaskSize.cores($0) }
    let memory = fields["memory"]
    workload.taskMemory = sized(memory.text, "memory") { TaskSize.bytes($0) }
    let storage = fields.object("ephemeralStorage")
    let size = storage.positive("sizeInGiB", "sizeInGib")
    workload.ephemeralStorage = size.map(orUnknown: "it is not a size") { gibibytes in
      TaskSize.mebibytes(gibibytes).flatMap { bytes in
        let (product, overflow) = bytes.multipliedReportingOverflow(by: 1024)
        return overflow ? nil : product
      }
    }
  }

  private mutating func sized<Number: Sendable>(
    _ text: Value<String>,
    _ what: String,
    _ convert: (String) -> Number?
  ) -> Value<Number> {
    if text.known == "0" { return Value(.absent, text.origin) }
    let value = text.map(orUnknown: "its \(what) cannot be read", convert)
    if text.known != nil, value.known == nil {
      let forms = what == "memory" ? "512, 1GB or 0.5 GB" : "256, 0.25 vCPU or 1 vCPU"
      notices.add(.invalidValue, text.origin, "The task's \(what) is written as \(forms).")
    }
    return value
  }

  // MARK: Modes and placement

  private mutating func readModes() {
    workload.networkMode = fields.text("networkMode")
    workload.pidMode = fields.text("pidMode")
    workload.ipcMode = fields.text("ipcMode")
    workload.compatibilities = fields.texts("requiresCompatibilities")
    let constraints = fields["placementConstraints"]
    if let more = constraints.more {
      // Of a dynamic block over an unknown collection one stands for all, and there may be none.
      workload.placement.append(.unknown(more.reason, constraints.origin))
    } else {
      for constraint in constraints.elements {
        if let text = Self.placement(constraint) { workload.placement.append(text) }
      }
    }
    addSetting("enableFaultInjection", fields["enableFaultInjection"])
    let trusted = fields.object("trustedExecutionConfiguration")
    for name in ["isolationMode", "attestationPolicy"] {
      addSetting("trustedExecutionConfiguration.\(name)", trusted[name])
    }
    for accelerator in fields.elements("inferenceAccelerators", "inferenceAccelerator") {
      addSetting("inferenceAccelerators", AWSFields(accelerator)["deviceType"])
    }
  }

  /// `memberOf: attribute:ecs.instance-type =~ t3.*`.
  static func placement(_ datum: Datum) -> Value<String>? {
    let fields = AWSFields(datum)
    let type = fields.text("type")
    let expression = fields["expression"].displayText
    if type.isAbsent, expression.isAbsent || expression.known == "" { return nil }
    guard let known = type.known else { return type.isAbsent ? expression : type }
    switch expression.state {
    case .known(let text) where !text.isEmpty: return .known("\(known): \(text)", datum.origin)
    case .unknown: return .known("\(known): …", datum.origin)
    default: return .known(known, datum.origin)
    }
  }

  private mutating func readPlatform() {
    let platform = fields.object("runtimePlatform")
    workload.architecture = platform.text("cpuArchitecture").map { architecture in
      switch architecture.uppercased() {
      case "X86_64": "amd64"
      case "ARM64": "arm64"
      default: architecture.lowercased()
      }
    }
    workload.operatingSystem = platform.text("operatingSystemFamily").map { family in
      let family = family.lowercased().split(separator: "_").joined(separator: "-")
      guard family.hasPrefix("windows-") else { return family }
      return "windows/" + family.dropFirst("windows-".count)
    }
  }

  /// The proxy of App Mesh.
  private mutating func readProxy() {
    let proxy = fields.object("proxyConfiguration")
    let container = proxy.text("containerName")
    guard proxy.isStated, !container.isAbsent else { return }
    let type = proxy.text("type")
    workload.serviceMesh = type.isAbsent ? .known("APPMESH", proxy.origin) : type
    addSetting("proxyConfiguration.containerName", proxy["containerName"])
    let properties = proxy["properties", "proxyConfigurationProperties"]
    if properties.isList {
      for property in properties.elements {
        let fields = AWSFields(property)
        guard let name = fields.text("name").known else { continue }
        addSetting("proxyConfiguration.\(name)", fields["value"])
      }
    } else {
      for entry in properties.entries {
        addSetting("proxyConfiguration.\(entry.key)", entry.value)
      }
    }
  }

  // MARK: Roles

  private mutating func readRoles() {
    for (field, relation) in [("executionRoleArn", "execution"), ("taskRoleArn", "task")] {
      let role = fields[field]
      // The one place where rules compare the two, so references stand as what they name.
      let text = role.comparableText
      if text.isAbsent { continue }
      workload.settings.append(NamedValue(field, text, fields.place(of: field)))
      if let link = role.link(relation, kind: Role.kind) { workload.resourceLinks.append(link) }
    }
  }

  // MARK: Settings

  mutating func addSetting(_ name: String, _ datum: Datum) {
    let value = datum.text
    if value.isAbsent { return }
    workload.settings.append(NamedValue(name, value, datum.origin))
  }
}
