/// Reads `targets/*.yaml`.
enum TargetReader {
  /// In display order.
  static let paths = ["ecs-fargate", "eks-fargate", "aca"].map { "targets/\($0).yaml" }

  private static let keys: Set<String> = [
    "id", "title", "compiled", "sizing", "sizes", "profiles", "confidential-profiles",
    "flexible-profile-preview", "limits", "architectures", "operating-systems",
    "operating-systems-note", "log-drivers", "constraints", "sources", "quotas", "scale", "spot",
    "ingress", "volumes", "dapr-ports-reserved-in-replica", "subnets", "not-available-on",
  ]

  static func targets(_ files: CatalogueFiles) throws(CatalogueError) -> [Target] {
    var targets: [Target] = []
    for path in paths { targets.append(try target(files.root(path))) }
    return targets
  }

  private static func target(_ root: DataNode) throws(CatalogueError) -> Target {
    try root.allow(keys)
    let sizing = try root.required("sizing")
    let confidence: FactConfidence = try sizing.required("confidence").word()
    let overhead = try sizing.required("memory-overhead-mib").integer() << 20
    let limits = try root.required("limits")
    var numbers: [String: Target.Limit] = [:]
    for (name, data) in try limits.entries() where name != "storage" {
      numbers[name] = try limit(data)
    }
    var standard: (cpu: Double, memory: Int)?
    if let value = sizing.optional("default") {
      standard = (try value.required("cpu").number(), try gibibytes(value.required("memory")))
    }
    return Target(
      id: try root.string("id"),
      title: try root.string("title"),
      compiled: try root.string("compiled"),
      sizes: try sizes(root, confidence: confidence),
      memoryOverhead: overhead,
      rounding: try sizing.string("rounding"),
      sizingConfidence: confidence,
      defaultSize: standard,
      storage: try storage(limits.required("storage")),
      limits: numbers,
      architectures: try root.strings("architectures").map(architecture),
      operatingSystems: Array(Set(try root.strings("operating-systems").map(system))).sorted(),
      logDrivers: try root.strings("log-drivers"),
      root: root
    )
  }

  private static func sizes(
    _ root: DataNode,
    confidence: FactConfidence
  ) throws(CatalogueError) -> [Target.Size] {
    var sizes: [Target.Size] = []
    for data in try root.required("sizes").elements() {
      try data.allow(["cpu", "memory", "os", "needs", "profile"])
      let os = try data.strings("os")
      for memory in try data.required("memory").elements() {
        sizes.append(
          Target.Size(
            cpu: try data.required("cpu").number(),
            memory: try gibibytes(memory),
            os: os.isEmpty ? ["linux"] : Set(os),
            profile: try data.optionalString("profile"),
            needs: try data.optionalString("needs"),
            isShared: false,
            hasGPU: false,
            confidence: confidence
          )
        )
      }
    }
    sizes.sort { ($0.cpu, $0.memory) < ($1.cpu, $1.memory) }
    // Plans with whole machines come after those that are paid by use.
    var profiles: [Target.Size] = []
    for data in try root.optional("profiles")?.elements() ?? [] {
      try data.allow(["name", "kind", "cpu", "memory", "gpu", "billing", "confidence"])
      let isGPU = try data.string("kind") == "gpu"
      profiles.append(
        Target.Size(
          cpu: try data.required("cpu").number(),
          memory: try gibibytes(data.required("memory")),
          os: ["linux"],
          profile: try data.string("name"),
          needs: nil,
          isShared: true,
          hasGPU: isGPU,
          confidence: try data.required("confidence").word()
        )
      )
    }
    return sizes + profiles.sorted { ($0.cpu, $0.memory) < ($1.cpu, $1.memory) }
  }

  private static func storage(_ data: DataNode) throws(CatalogueError) -> Target.Storage {
    try data.allow([
      "default", "settable-minimum", "maximum", "image-counts", "by-cpu", "above", "settable",
      "source", "confidence", "note",
    ])
    var included: [(upToCPU: Double, bytes: Int)] = []
    for step in try data.optional("by-cpu")?.elements() ?? [] {
      let pair = try step.elements()
      guard pair.count == 2 else { throw step.error("a pair of cores and GiB is expected") }
      included.append((try pair[0].number(), try gibibytes(pair[1])))
    }
    let key = data.optional("above") == nil ? "default" : "above"
    let rest = try gibibytes(data.required(key))
    included.append((.infinity, rest))
    var settable: ClosedRange<Int>?
    if let maximum = data.optional("maximum") {
      let upper = try gibibytes(maximum)
      var lower = rest
      if let minimum = data.optional("settable-minimum") { lower = try gibibytes(minimum) }
      guard lower <= upper else { throw data.error("the maximum is below the minimum") }
      settable = lower...upper
    }
    return Target.Storage(
      included: included,
      settable: settable,
      imageCounts: try data.optional("image-counts")?.bool() ?? false,
      confidence: try data.required("confidence").word()
    )
  }

  private static func limit(_ data: DataNode) throws(CatalogueError) -> Target.Limit {
    try data.allow([
      "default", "default-minimum", "maximum", "soft", "hard", "source", "confidence", "note",
    ])
    return Target.Limit(
      minimum: try data.optional("default-minimum")?.number(),
      defaultValue: try (data.optional("default") ?? data.optional("soft"))?.number(),
      maximum: try (data.optional("maximum") ?? data.optional("hard"))?.number(),
      note: try data.optionalString("note"),
      sources: try data.required("source").strings(),
      confidence: try data.required("confidence").word()
    )
  }

  private static func gibibytes(_ data: DataNode) throws(CatalogueError) -> Int {
    let number = try data.number()
    guard number <= 1_048_576 else { throw data.error("more than a pebibyte") }
    return Int(number * Double(1 << 30))
  }

  /// `X86_64` → `amd64`, as images call it.
  private static func architecture(_ name: String) -> String {
    switch name {
    case "X86_64": "amd64"
    case "ARM64": "arm64"
    default: name
    }
  }

  /// `WINDOWS_SERVER_2022_CORE` → `windows`.
  private static func system(_ name: String) -> String {
    let name = name.lowercased()
    return name.hasPrefix("windows") ? "windows" : name
  }
}
