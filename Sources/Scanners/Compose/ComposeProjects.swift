internal import DocumentTrees
internal import Workloads

/// One Compose project: the files that form it, and where.
struct ComposeProject {
  var name: String
  var directory: String
  /// In the order in which they are merged.
  var files: [String]
  var variables: VariableScope
}

/// Says which Compose files form a project together.
struct ComposeProjects {
  let session: ComposeSession

  /// In the order in which Compose looks for them.
  static let defaultNames = [
    "compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml",
  ]
  static let overrideNames = [
    "compose.override.yml", "compose.override.yaml", "docker-compose.override.yml",
    "docker-compose.override.yaml",
  ]

  func projects(among paths: [String]) -> [ComposeProject] {
    let groups = session.options.files.isEmpty ? found(among: paths) : given(among: paths)
    return named(groups)
  }

  // MARK: Grouping

  private struct Group {
    var directory: String
    var files: [String]
    /// What tells it from other projects of its folder.
    var suffix = ""
  }

  private func given(among paths: [String]) -> [Group] {
    let files = session.options.files
    for path in paths where !files.contains(path) {
      session.notice(
        .information,
        SourceLocation(file: path, line: 1),
        "This Compose file is not read: -f names others."
      )
    }
    return [Group(directory: RelativePath.directory(of: files[0]), files: files)]
  }

  private func found(among paths: [String]) -> [Group] {
    var byDirectory: [String: [String]] = [:]
    for path in paths { byDirectory[RelativePath.directory(of: path), default: []].append(path) }
    let references = ComposeReferences(session: session)
    let used = references.used(by: paths.sorted())
    return byDirectory.keys.sorted().flatMap { directory in
      groups(in: directory, (byDirectory[directory] ?? []).sorted(), used)
    }
  }

  private func groups(in directory: String, _ paths: [String], _ used: Set<String>) -> [Group] {
    var rest = paths.filter { !used.contains($0) }
    var groups: [Group] = []
    func take(_ names: [String]) -> String? {
      for name in names {
        if let index = rest.firstIndex(where: { RelativePath.name(of: $0) == name }) {
          return rest.remove(at: index)
        }
      }
      return nil
    }
    if let files = filesOfEnvironment(directory) {
      rest.removeAll { files.contains($0) }
      groups.append(Group(directory: directory, files: files))
    } else if let main = take(Self.defaultNames) {
      var files = [main]
      if let override = take(Self.overrideNames) { files.append(override) }
      groups.append(Group(directory: directory, files: files))
    }
    let main = groups.first?.files.first
    for path in rest {
      if isComplete(path, besides: main) {
        groups.append(
          Group(directory: directory, files: [path], suffix: Self.suffix(of: path))
        )
        guard let main else { continue }
        session.notice(
          .overlay,
          SourceLocation(file: path, line: 1),
          "Taken as a project of its own, since every service in it is complete; if it only "
            + "changes \(main), name both with -f."
        )
      } else {
        session.use(path, .compose, .partial)
        let first = main.map { "if it changes \($0), name both with -f" }
        session.notice(
          .overlay,
          SourceLocation(file: path, line: 1),
          "Taken as a part of a project and not read, since it is not complete in itself; "
            + "\(first ?? "name it with -f, together with the files that it belongs to")."
        )
      }
    }
    return groups
  }

  /// `COMPOSE_FILE` of the folder's `.env` names the project's files, as for `docker compose`.
  private func filesOfEnvironment(_ directory: String) -> [String]? {
    let scope = self.scope(of: directory)
    func text(_ name: String) -> String? {
      if case .known(let text) = scope.resolve(name)?.state, !text.isEmpty { return text }
      return nil
    }
    guard let list = text("COMPOSE_FILE") else { return nil }
    let separator = text("COMPOSE_PATH_SEPARATOR")?.first ?? ":"
    let files = list.split(separator: separator).compactMap {
      RelativePath.resolve(String($0), in: directory)
    }
    return files.isEmpty ? nil : files
  }

  private func scope(of directory: String) -> VariableScope {
    let given = VariableScope(given: session.options.environment)
    var own: [String: ResolvedVariable] = [:]
    ComposeLoader(session: session).read(
      RelativePath.join(directory, ".env"),
      asker: nil,
      parent: given,
      into: &own
    )
    return VariableScope(files: own, parent: given)
  }

  // MARK: Complete files

  /// Whether a file can run by itself: every service has an image, and every name it uses is there.
  private func isComplete(_ path: String, besides main: String?) -> Bool {
    if RelativePath.name(of: path).contains("override") { return false }
    let loader = ComposeLoader(session: session)
    guard let roots = loader.roots(of: path, asker: nil) else { return false }
    let mainRoots = main.flatMap { loader.roots(of: $0, asker: nil) } ?? []
    return roots.contains { root in
      if ComposeScanner.isLegacy(root) { return true }
      let hasIncludes = (root["include"]?.count ?? 0) > 0
      guard let services = root["services"], services.count > 0 else { return hasIncludes }
      let parts = ComposeCompleteness(root: root, services: services, main: mainRoots)
      return services.entries.allSatisfy { parts.isComplete($0.value) }
    }
  }

  /// `dev` of `docker-compose.dev.yml`, `shop` of `shop.compose.yaml`.
  private static func suffix(of path: String) -> String {
    let name = RelativePath.name(of: path)
    let stem = ComposeScanner.stem(of: name) ?? name
    let words = stem.split { ".-_".contains($0) }.filter { $0 != "docker" && $0 != "compose" }
    return words.isEmpty ? stem : words.joined(separator: "-")
  }

  // MARK: Names

  private func named(_ groups: [Group]) -> [ComposeProject] {
    var projects = groups.map { group -> ComposeProject in
      let scope = scope(of: group.directory)
      let stated = statedName(group, scope)
      let base = Self.normalized(RelativePath.name(of: group.directory))
      let fallback = base.isEmpty ? "project" : base
      let name = stated ?? (group.suffix.isEmpty ? fallback : "\(fallback)-\(group.suffix)")
      return ComposeProject(
        name: name,
        directory: group.directory,
        files: group.files,
        variables: scope
      )
    }
    // The names are parts of workloads' ids, which are unique.
    makeUnique(&projects) { project in
      let path = project.directory.split(separator: "/").map { Self.normalized(String($0)) }
      return path.count > 1
        ? (path.dropLast() + [project.name]).joined(separator: "/") : project.name
    }
    makeUnique(&projects) { project in
      let name = RelativePath.name(of: project.files[0])
      return "\(project.name)-\(Self.normalized(ComposeScanner.stem(of: name) ?? name))"
    }
    makeUnique(&projects) { "\($0.name) (\($0.files[0]))" }
    return projects.map { project in
      let own = [
        "COMPOSE_PROJECT_NAME": ResolvedVariable(state: .known(project.name))
      ]
      var project = project
      project.variables = VariableScope(files: own, parent: project.variables)
      return project
    }
  }

  private func makeUnique(
    _ projects: inout [ComposeProject],
    name: (ComposeProject) -> String
  ) {
    var counts: [String: Int] = [:]
    for project in projects { counts[project.name, default: 0] += 1 }
    for index in projects.indices where counts[projects[index].name, default: 0] > 1 {
      projects[index].name = name(projects[index])
    }
  }

  /// The name that the files or the environment state; the last file that has one wins.
  private func statedName(_ group: Group, _ scope: VariableScope) -> String? {
    if case .known(let text) = scope.resolve("COMPOSE_PROJECT_NAME")?.state, !text.isEmpty {
      return Self.normalized(text)
    }
    let loader = ComposeLoader(session: session)
    for path in group.files.reversed() {
      let context = ComposeContext(
        file: path,
        directory: group.directory,
        variables: scope
      )
      for root in (loader.roots(of: path, asker: nil) ?? []).reversed() {
        guard let name = root["name"], name.isScalar, !name.isNull else { continue }
        let text = session.text(ComposeValue(name, in: context))
        if let text, text.isKnown, !text.isEmpty { return text.string }
      }
    }
    return nil
  }

  /// A name as Compose makes it of a folder's: lower case, letters, digits, `-` and `_`.
  private static func normalized(_ name: String) -> String {
    let kept = name.lowercased().unicodeScalars.filter {
      ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" || $0 == "_"
    }
    return String(String.UnicodeScalarView(kept.drop { $0 == "-" || $0 == "_" }))
  }
}
