internal import DocumentTrees
internal import Workloads

/// Brings the files of a project together: documents, `include`, `extends`, overlays.
struct ComposeLoader {
  let session: ComposeSession

  /// Levels of `include` and `extends`; more are refused.
  static let maximumDepth = 32
  /// What reading an included project costs of the bound on nodes.
  private static let includeCost = 500

  // MARK: Files

  /// The documents of a file that can be Compose; none, with a notice, if it cannot be read.
  ///
  /// `asker` is the place that names the file; without one, it is a file that was found by itself.
  func roots(of path: String, asker: SourceLocation?) -> [Node]? {
    guard let stream = stream(of: path, asker: asker) else { return nil }
    return stream.documents.compactMap(\.root)
  }

  private func stream(of path: String, asker: SourceLocation?) -> YAMLStream? {
    if let known = session.streams[path] { return known }
    var found: YAMLStream?
    let place = asker ?? SourceLocation(file: path, line: 1)
    switch session.files.read(path) {
    case .bytes(let bytes):
      do {
        found = try YAMLReader.documents(in: bytes, limits: session.limits)
      } catch {
        session.use(path, .compose, .unreadable)
        let location = SourceLocation(
          file: path,
          range: PlaceRange(start: error.place, end: error.place)
        )
        session.notice(.unreadable, location, "\(error.problem).")
      }
    case .missing:
      session.notice(.missingFile, place, "There is no file '\(path)'.")
    case .directory:
      session.notice(.unreadable, place, "\(path) is a folder, not a file.")
    case .outsideRoot:
      session.notice(.outsideRoot, place, "\(path) leads out of the scanned folder; not read.")
    case .unreadable(let reason):
      session.use(path, .compose, .unreadable)
      session.notice(.unreadable, place, "\(path) cannot be read: \(reason).")
    }
    if let found { report(found, path) }
    session.streams[path] = .some(found)
    return found
  }

  /// Marks a stream as used and passes on what was odd in it.
  func report(_ stream: YAMLStream, _ path: String) {
    session.use(path, .compose, stream.failure == nil ? .read : .partial)
    for document in stream.documents {
      for issue in document.issues {
        let range = PlaceRange(start: issue.place, end: issue.place)
        let kind: Notice.Kind = issue.kind == .duplicateKey ? .duplicateKey : .limit
        session.notice(kind, SourceLocation(file: path, range: range), "\(issue.problem).")
      }
    }
    if let failure = stream.failure {
      let range = PlaceRange(start: failure.place, end: failure.place)
      session.notice(
        .unreadable,
        SourceLocation(file: path, range: range),
        "\(failure.problem)."
      )
    }
  }

  // MARK: Projects

  /// The files of one project merged into one root, `include` and `extends` resolved.
  func load(
    _ paths: [String],
    directory: String?,
    variables: VariableScope,
    asker: SourceLocation? = nil,
    including: [String] = []
  ) -> ComposeValue? {
    var merged: ComposeValue?
    let merge = merge(placedAt: .base)
    for path in paths {
      let context = ComposeContext(file: path, directory: directory, variables: variables)
      for node in roots(of: path, asker: asker) ?? [] {
        guard node.isMapping else {
          session.invalid(
            ComposeValue(node, in: context),
            "Expected a mapping with services at the top."
          )
          continue
        }
        var root = modern(ComposeValue(node, in: context))
        root = withExtends(root, path: path)
        root = withIncludes(root, path: path, including: including)
        merged = merged.map { merge.merge($0, root, .project) } ?? root
      }
    }
    return merged
  }

  func merge(placedAt place: ComposeMerge.Place) -> ComposeMerge {
    ComposeMerge(place: place) { [session] in session.spend($0) }
  }

  /// A file of the first version, which has its services at the top, as one of today.
  private func modern(_ root: ComposeValue) -> ComposeValue {
    guard case .node(let node) = root.form, ComposeScanner.isLegacy(node) else { return root }
    let services = ComposeEntry(key: "services", place: root.origin, value: root)
    return ComposeValue(.mapping([services]), in: root.context, at: root.range)
  }

  // MARK: include

  private func withIncludes(
    _ root: ComposeValue,
    path: String,
    including: [String]
  ) -> ComposeValue {
    guard let include = root["include"] else { return root }
    var result = root
    for element in session.elements(include) {
      guard let request = IncludeRequest(element, session: session) else { continue }
      guard let included = load(request, from: path, including: including) else { continue }
      let sections = included.entries.filter { Self.shared.contains($0.key) }
      let part = ComposeValue(.mapping(sections), in: included.context, at: included.range)
      reportConflicts(part, result)
      result = merge(placedAt: .override).merge(part, result, .project)
    }
    return result
  }

  /// The parts of an included project that become parts of the one that includes it.
  private static let shared: Set = [
    "services", "volumes", "networks", "secrets", "configs", "models",
  ]

  private func load(
    _ request: IncludeRequest,
    from path: String,
    including: [String]
  ) -> ComposeValue? {
    let chain = including + [path]
    guard chain.count <= Self.maximumDepth else {
      session.notice(
        .limit,
        request.location,
        "include goes more than \(Self.maximumDepth) levels deep."
      )
      return nil
    }
    if request.paths.contains(where: chain.contains) {
      session.notice(
        .invalidValue,
        request.location,
        "This file includes itself, directly or through others."
      )
      return nil
    }
    // Files that include the same ones twice each would be read exponentially often.
    guard session.spend(Self.includeCost, at: request.location) else { return nil }
    let directory = request.directory
    var own: [String: ResolvedVariable] = [:]
    let parent = request.variables
    if let files = request.environmentFiles {
      for (file, location) in files {
        read(file, asker: location, parent: parent, into: &own)
      }
    } else if let directory {
      read(
        RelativePath.join(directory, ".env"),
        asker: nil,
        parent: parent,
        into: &own
      )
    }
    let scope = own.isEmpty ? parent : VariableScope(files: own, parent: parent)
    return load(
      request.paths,
      directory: directory,
      variables: scope,
      asker: request.location,
      including: chain
    )
  }

  /// Reads a file of variables for interpolation; without an asker it may be missing.
  func read(
    _ path: String,
    asker: SourceLocation?,
    parent: VariableScope,
    into own: inout [String: ResolvedVariable]
  ) {
    let known = own
    guard
      let dotenv = session.dotenv(
        path,
        asker: asker,
        format: .compose,
        resolve: { parent.resolve($0) ?? known[$0] }
      )
    else { return }
    for entry in dotenv.entries {
      guard let state = entry.value else { continue }
      let place = SourceLocation(file: path, range: entry.range)
      own[entry.name] = ResolvedVariable(state: state, places: entry.via + [place])
    }
  }

  private func reportConflicts(_ included: ComposeValue, _ root: ComposeValue) {
    guard let services = root["services"] else { return }
    var own: [String: ComposeEntry] = [:]
    for entry in services.entries { own[entry.key] = entry }
    for entry in included["services"]?.entries ?? [] {
      guard let other = own[entry.key], let location = other.place.location,
        other.value.location != entry.value.location
      else { continue }
      session.notice(
        .invalidValue,
        location,
        "Service \(entry.key) is also defined by an included file, which Compose refuses."
      )
    }
  }
}

/// One element of `include`, its paths resolved.
private struct IncludeRequest {
  var paths: [String] = []
  /// `nil` if it was not given.
  var environmentFiles: [(String, SourceLocation)]?
  var directory: String?
  var location: SourceLocation
  var variables: VariableScope

  init?(_ value: ComposeValue, session: ComposeSession) {
    location = value.location
    variables = value.context.variables
    var path = value
    var files: ComposeValue?
    var projectDirectory: ComposeValue?
    if value.kind == .mapping {
      for entry in session.entries(value) {
        switch entry.key {
        case "path": path = entry.value
        case "env_file": files = entry.value
        case "project_directory": projectDirectory = entry.value
        default: session.unsupported(entry, in: "include")
        }
      }
    }
    guard path.kind == .scalar || path.kind == .sequence else {
      session.invalid(value, "include names no file.")
      return nil
    }
    for text in session.strings(path) {
      guard let resolved = session.path(text, from: value.context.directory, "include") else {
        // Without its first file there is no folder to start from; parts of a list may be missing.
        guard paths.isEmpty else { continue }
        return nil
      }
      paths.append(resolved)
    }
    guard let first = paths.first else { return nil }
    directory = RelativePath.directory(of: first)
    if let projectDirectory {
      directory = session.path(
        session.string(projectDirectory),
        from: value.context.directory,
        "project_directory"
      )
    }
    guard let files else { return }
    environmentFiles = session.strings(files).compactMap { text in
      guard text.known != "/dev/null" else { return nil }
      guard let path = session.path(text, from: value.context.directory, "env_file"),
        let location = text.location
      else { return nil }
      return (path, location)
    }
  }
}
