internal import DocumentTrees
internal import Workloads

/// Variables, and labels out of files.
extension ComposeServiceReader {
  /// `environment` wins over `env_file`, a later file over an earlier one.
  mutating func readEnvironment() {
    var names: [String: Int] = [:]
    if let environment = later.environment {
      for pair in session.pairs(environment) {
        let value = passedThrough(pair, environment.context)
        let variable = Variable(
          name: pair.name,
          value: value,
          source: .environment,
          origin: pair.origin
        )
        if let index = names[pair.name] {
          container.variables[index] = variable
        } else {
          names[pair.name] = container.variables.count
          container.variables.append(variable)
        }
      }
    }
    guard let files = later.environmentFiles else { return }
    let own = names
    for file in environmentFiles(files) { read(file, own, &names) }
  }

  /// A name without a value takes that of the project's environment, if it is known there.
  func passedThrough(
    _ pair: ComposeSession.Pair,
    _ context: ComposeContext
  ) -> Value<String> {
    guard pair.value.isAbsent, let found = context.variables.resolve(pair.name) else {
      return pair.value
    }
    let origin = Origin(pair.origin.location, via: pair.origin.via + found.places)
    switch found.state {
    case .known(let text): return .known(text, origin)
    case .unknown(let reason): return .unknown(reason, origin)
    }
  }

  // MARK: env_file

  private struct EnvironmentFile {
    var name: Value<String>
    var isRequired = true
    var format = Dotenv.Format.compose
    var context: ComposeContext
  }

  private func environmentFiles(_ value: ComposeValue) -> [EnvironmentFile] {
    let elements = value.kind == .scalar ? [value] : session.elements(value, "a path or a list")
    return elements.compactMap { element in
      guard element.kind == .mapping else {
        let name = session.string(element)
        return name.isAbsent ? nil : EnvironmentFile(name: name, context: element.context)
      }
      var file = EnvironmentFile(name: .absent, context: element.context)
      for entry in session.entries(element) {
        switch entry.key {
        case "path": file.name = session.string(entry.value)
        case "required": file.isRequired = session.bool(entry.value).known ?? true
        case "format":
          let format = session.string(entry.value)
          if format.known == "raw" { file.format = .raw }
        default: session.unsupported(entry, in: "env_file")
        }
      }
      if file.name.isAbsent { session.invalid(element, "env_file names no file.") }
      return file.name.isAbsent ? nil : file
    }
  }

  private mutating func read(
    _ file: EnvironmentFile,
    _ own: [String: Int],
    _ names: inout [String: Int]
  ) {
    guard let name = file.name.known else {
      container.environmentFiles.append(file.name)
      return
    }
    let variables = container.variables
    let scope = file.context.variables
    let known = names
    let dotenv = session.path(file.name, from: file.context.directory, "env_file").flatMap {
      path in
      session.dotenv(
        path,
        asker: file.name.location,
        isRequired: file.isRequired,
        format: file.format,
        resolve: { name in
          scope.resolve(name) ?? known[name].flatMap { Self.resolved(variables[$0]) }
        }
      ).map { (path, $0) }
    }
    guard let (path, dotenv) = dotenv else {
      container.environmentFiles.append(
        file.isRequired
          ? .unknown("env_file \(name) cannot be read", file.name.origin) : file.name
      )
      return
    }
    container.environmentFiles.append(file.name)
    let used = file.name.location.map { [$0] } ?? []
    for entry in dotenv.entries where own[entry.name] == nil {
      let place = SourceLocation(file: path, range: entry.range)
      let origin = Origin(place, via: used + file.name.origin.via + entry.via)
      let value: Value<String> =
        switch entry.value {
        case .known(let text): .known(text, origin)
        case .unknown(let reason): .unknown(reason, origin)
        case nil: Value(.absent, origin)
        }
      let variable = Variable(
        name: entry.name,
        value: value,
        source: .environmentFile,
        origin: origin
      )
      if let index = names[entry.name] {
        container.variables[index] = variable
      } else {
        names[entry.name] = container.variables.count
        container.variables.append(variable)
      }
    }
  }

  private static func resolved(_ variable: Variable) -> ResolvedVariable? {
    let places = variable.origin.location.map { [$0] } ?? []
    switch variable.value.state {
    case .known(let text): return ResolvedVariable(state: .known(text), places: places)
    case .unknown(let reason): return ResolvedVariable(state: .unknown(reason), places: places)
    case .absent: return nil
    }
  }

  // MARK: label_file

  mutating func readLabelFiles(_ value: ComposeValue) {
    var labels: [NamedValue] = []
    var positions: [String: Int] = [:]
    for name in session.strings(value) {
      guard let path = session.path(name, from: value.context.directory, "label_file"),
        let dotenv = session.dotenv(
          path,
          asker: name.location,
          format: .compose,
          resolve: value.context.variables.resolve
        )
      else { continue }
      let used = name.location.map { [$0] } ?? []
      for entry in dotenv.entries {
        let place = SourceLocation(file: path, range: entry.range)
        let origin = Origin(place, via: used + entry.via)
        let text: Value<String> =
          switch entry.value {
          case .known(let text): .known(text, origin)
          case .unknown(let reason): .unknown(reason, origin)
          case nil: Value(.absent, origin)
          }
        if let position = positions[entry.name] {
          labels[position] = NamedValue(entry.name, text, origin)
        } else {
          positions[entry.name] = labels.count
          labels.append(NamedValue(entry.name, text, origin))
        }
      }
    }
    let own = Set(workload.labels.map(\.name))
    workload.labels += labels.filter { !own.contains($0.name) }
  }
}
