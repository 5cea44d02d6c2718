package import DocumentTrees
internal import Workloads

/// What the user said about Compose files.
package struct ComposeOptions: Sendable {
  /// Files that form one project, in this order, as with `docker compose -f`.
  package var files: [String]
  /// The profiles to look at; empty means every service, whatever its profiles.
  package var profiles: [String]
  /// Variables given explicitly; the host's environment is never used.
  package var environment: [String: String]

  package init(
    files: [String] = [],
    profiles: [String] = [],
    environment: [String: String] = [:]
  ) {
    self.files = files
    self.profiles = profiles
    self.environment = environment
  }
}

/// Reads Compose files into workloads, one for each service.
package struct ComposeScanner: Sendable {
  /// A file that may be Compose, already parsed.
  package struct Candidate: Sendable {
    package var path: String
    package var stream: YAMLStream

    package init(path: String, stream: YAMLStream) {
      self.path = path
      self.stream = stream
    }
  }

  private let files: any FileTree
  private let builds: any BuildReader
  private let options: ComposeOptions
  private let limits: DocumentLimits

  package init(
    files: any FileTree,
    builds: any BuildReader,
    options: ComposeOptions = ComposeOptions(),
    limits: DocumentLimits = DocumentLimits()
  ) {
    self.files = files
    self.builds = builds
    self.options = options
    self.limits = limits
  }

  /// Groups the files into projects and reads each.
  package func scan(_ candidates: [Candidate]) -> ScanResult {
    let session = ComposeSession(files: files, builds: builds, options: options, limits: limits)
    let loader = ComposeLoader(session: session)
    for candidate in candidates {
      session.streams[candidate.path] = .some(candidate.stream)
      loader.report(candidate.stream, candidate.path)
    }
    for project in ComposeProjects(session: session).projects(among: candidates.map(\.path)) {
      ComposeProjectReader(project, session: session).read()
    }
    return session.result
  }

  // MARK: Recognising

  /// Whether a file's name alone says that it is Compose.
  package static func recognizes(name: String) -> Bool {
    let name = name.lowercased()
    guard let stem = stem(of: name) else { return false }
    if stem == "compose" || stem == "docker-compose" { return true }
    for word in ["compose", "docker-compose"] {
      for separator in [".", "-", "_"] {
        if stem.hasPrefix(word + separator) { return true }
        if stem.hasSuffix(separator + word) { return true }
      }
    }
    return false
  }

  /// The name without `.yaml` or `.yml`.
  static func stem(of name: String) -> String? {
    for ending in [".yaml", ".yml"] where name.hasSuffix(ending) {
      return String(name.dropLast(ending.count))
    }
    return nil
  }

  /// Whether a document looks like Compose by its content.
  package static func recognizes(root: Node) -> Bool {
    guard root.isMapping, root["apiVersion"] == nil || root["kind"] == nil else { return false }
    if let services = root["services"] { return ComposeFields.areServices(services) }
    if isLegacy(root) { return root.entries.allSatisfy { ComposeFields.isService($0.value) } }
    // A fragment: nothing but parts that only Compose has, and one of them for certain.
    var hasPart = false
    for entry in root.entries {
      let key = entry.key.text
      switch key {
      case "volumes", "networks", "secrets", "configs", "models":
        guard entry.value.isMapping || entry.value.isNull else { return false }
        hasPart = true
      case "include":
        guard entry.value.isSequence else { return false }
        hasPart = true
      case "name", "version": break
      default:
        guard key.hasPrefix("x-") else { return false }
      }
    }
    return hasPart
  }

  /// Whether a document is of Compose's first version, which has its services at the top.
  static func isLegacy(_ root: Node) -> Bool {
    guard root.isMapping, root["services"] == nil, root.count > 0 else { return false }
    var hasService = false
    for entry in root.entries {
      guard entry.value.isMapping else { return false }
      if entry.value["image"] != nil || entry.value["build"] != nil {
        guard entry.value["image"]?.isScalar != false else { return false }
        hasService = true
      } else if entry.value["extends"] == nil {
        return false
      }
    }
    return hasService
  }
}
