internal import DocumentTrees
internal import Workloads

/// Turns a project's merged files into workloads.
struct ComposeProjectReader {
  let project: ComposeProject
  let session: ComposeSession

  init(_ project: ComposeProject, session: ComposeSession) {
    self.project = project
    self.session = session
  }

  func read() {
    session.beginProject()
    let loader = ComposeLoader(session: session)
    let asker = session.options.files.isEmpty ? nil : project.files.first
    let root = loader.load(
      project.files,
      directory: project.directory,
      variables: project.variables,
      asker: asker.map { SourceLocation(file: $0, line: 1) }
    )
    guard let root else { return }
    var services: ComposeValue?
    var declarations = ComposeDeclarations()
    for entry in session.entries(root) {
      switch entry.key {
      case "services": services = entry.value
      case "volumes": declarations.volumes = byName(entry.value)
      case "networks": declarations.networks = byName(entry.value)
      case "secrets": declarations.secrets = byName(entry.value)
      case "configs": declarations.configs = byName(entry.value)
      case "models": declarations.models = byName(entry.value)
      case "name", "version", "include": break
      default: session.unsupported(entry, in: "A Compose file")
      }
    }
    declarations.check(session)
    let entries = services.map { session.entries($0) } ?? []
    declarations.services = Set(entries.map(\.key))
    for entry in entries { read(entry, declarations) }
  }

  private func byName(_ value: ComposeValue) -> [String: ComposeEntry] {
    var found: [String: ComposeEntry] = [:]
    for entry in session.entries(value) where !entry.key.hasPrefix("x-") {
      found[entry.key] = entry
    }
    return found
  }

  private func read(_ entry: ComposeEntry, _ declarations: ComposeDeclarations) {
    if entry.key.hasPrefix("x-") { return }
    guard entry.value.kind == .mapping else {
      let location = entry.place.location ?? entry.value.location
      session.notice(
        .invalidValue,
        location,
        "Service \(entry.key) is no mapping, so nothing is known of it."
      )
      return
    }
    var reader = ComposeServiceReader(
      entry,
      project: project,
      declarations: declarations,
      session: session
    )
    guard let workload = reader.read() else { return }
    session.result.workloads.append(workload)
  }
}

/// What a project declares beside its services.
struct ComposeDeclarations {
  var services: Set<String> = []
  var volumes: [String: ComposeEntry] = [:]
  var networks: [String: ComposeEntry] = [:]
  var secrets: [String: ComposeEntry] = [:]
  var configs: [String: ComposeEntry] = [:]
  var models: [String: ComposeEntry] = [:]

  private static let fields: [String: Set<String>] = [
    "A volume": ["name", "driver", "driver_opts", "external", "labels"],
    "A network": [
      "name", "driver", "driver_opts", "ipam", "external", "internal", "enable_ipv4",
      "enable_ipv6", "attachable", "labels",
    ],
    "A secret": [
      "name", "environment", "file", "external", "labels", "driver", "driver_opts",
      "template_driver",
    ],
    "A config": [
      "name", "content", "environment", "file", "external", "labels", "template_driver",
    ],
    "A model": ["name", "model", "context_size", "runtime_flags"],
  ]

  /// Reports fields that the specification does not have.
  func check(_ session: ComposeSession) {
    for (part, declared) in [
      ("A volume", volumes), ("A network", networks), ("A secret", secrets),
      ("A config", configs), ("A model", models),
    ] {
      let known = Self.fields[part] ?? []
      for declaration in declared.values.sorted(by: { $0.key < $1.key }) {
        for entry in session.entries(declaration.value) where !known.contains(entry.key) {
          session.unsupported(entry, in: part)
        }
      }
    }
  }
}
