import Workloads

/// The components of `stateful-services.yaml` and `platform-services.yaml`, found by image.
struct ServiceCatalogue: Sendable {
  let stateful: [StatefulService]
  let platform: [PlatformService]
  private let statefulIndex: PatternIndex
  private let platformIndex: PatternIndex
  /// Positions in `stateful` by the name of a service.
  private let byName: [String: Int]

  static let statefulPath = "catalogue/stateful-services.yaml"
  static let platformPath = "catalogue/platform-services.yaml"

  init(_ files: CatalogueFiles) throws(CatalogueError) {
    let first = try Self.readStateful(files)
    stateful = first.services
    statefulIndex = first.index
    let second = try Self.readPlatform(files)
    platform = second.services
    platformIndex = second.index
    var byName: [String: Int] = [:]
    for (position, service) in stateful.enumerated() {
      for name in service.names where byName[name] == nil { byName[name] = position }
    }
    self.byName = byName
  }

  /// What an image is; the longer match of the two files, the platform's if they are equal.
  func component(of image: ImageReference) -> ComponentMatch? {
    let names = ImageNames(image)
    let first = statefulIndex.match(names)
    let second = platformIndex.match(names)
    if let second,
      (first?.length ?? 0, first?.manner ?? .lastPart) <= (second.length, second.manner)
    {
      return ComponentMatch(
        component: .platform(platform[second.entry]),
        pattern: second.pattern,
        isByNameOnly: second.manner == .lastPart
      )
    }
    return first.map {
      ComponentMatch(
        component: .stateful(stateful[$0.entry]),
        pattern: $0.pattern,
        isByNameOnly: $0.manner == .lastPart
      )
    }
  }

  /// The component that a service's name suggests: `redis`, `postgres-1`, `mysql_db`.
  func stateful(named name: String) -> StatefulService? {
    let name = name.lowercased()
    if let position = byName[name] { return stateful[position] }
    var stem = Substring(name)
    while let last = stem.last, last.isNumber || last == "-" || last == "_" { stem.removeLast() }
    return byName[String(stem)].map { stateful[$0] }
  }

  // MARK: Reading

  private static func readStateful(
    _ files: CatalogueFiles
  ) throws(CatalogueError) -> (services: [StatefulService], index: PatternIndex) {
    let root = try root(
      statefulPath,
      files,
      keys: ["compiled", "not-words", "packaging-words", "services"]
    )
    var index = PatternIndex(
      notWords: try root.strings("not-words"),
      packagingWords: try root.strings("packaging-words")
    )
    var services: [StatefulService] = []
    for data in try root.required("services").elements() {
      let service = try StatefulService(data)
      try add(service.patterns, of: services.count, to: &index, at: data)
      services.append(service)
    }
    try checkUnique(services.map(\.id), in: root)
    return (services, index)
  }

  private static func readPlatform(
    _ files: CatalogueFiles
  ) throws(CatalogueError) -> (services: [PlatformService], index: PatternIndex) {
    let keys: Set<String> = ["compiled", "confidence", "not-words", "services"]
    let root = try root(platformPath, files, keys: keys)
    let confidence: FactConfidence = try root.required("confidence").word()
    var index = PatternIndex(notWords: try root.strings("not-words"))
    var services: [PlatformService] = []
    for data in try root.required("services").elements() {
      let service = try PlatformService(data, confidence: confidence)
      try add(service.patterns, of: services.count, to: &index, at: data)
      services.append(service)
    }
    try checkUnique(services.map(\.id), in: root)
    return (services, index)
  }

  private static func root(
    _ path: String,
    _ files: CatalogueFiles,
    keys: Set<String>
  ) throws(CatalogueError) -> DataNode {
    let root = try files.root(path)
    try root.allow(keys)
    return root
  }

  private static func add(
    _ patterns: [String],
    of entry: Int,
    to index: inout PatternIndex,
    at data: DataNode
  ) throws(CatalogueError) {
    for pattern in patterns {
      guard isWellFormed(pattern) else { throw data.error("\(pattern) is not a usable pattern") }
      if index.add(pattern, entry: entry) != nil {
        throw data.error("the pattern \(pattern) is listed twice")
      }
    }
  }

  /// Lower case, no spaces, no host of Docker Hub, and more than wildcards.
  static func isWellFormed(_ pattern: String) -> Bool {
    guard !pattern.hasPrefix("docker.io/"), !pattern.hasPrefix("library/"), !pattern.hasPrefix("/")
    else { return false }
    var letters = 0
    for byte in pattern.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        letters += 1
      case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "/"), UInt8(ascii: "-"),
        UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"):
        break
      default: return false
      }
    }
    return letters >= 2
  }

  private static func checkUnique(
    _ ids: [String],
    in root: DataNode
  ) throws(CatalogueError) {
    var seen: Set<String> = []
    for id in ids where !seen.insert(id).inserted { throw root.error("the id \(id) is used twice") }
  }
}
