import DocumentTrees
import RuleEngine
import Scanners
import Workloads

/// Runs discovery and the scanners, and joins what they found.
struct EstateBuilder: Sendable {
  let files: any FileTree
  let limits: DocumentLimits
  let options: Unmoor.Options
  let settings: ProjectSettings

  func build() async -> Estate {
    var estate = Estate()
    let walk = FileWalk(
      files: files,
      limits: .init(maximumFiles: options.maximumFiles),
      excluding: settings.exclude
    )
    var paths: Set<String> = Set(options.composeFiles)
    for start in options.paths.isEmpty ? [""] : options.paths {
      switch files.kind(of: start) {
      case .directory:
        let (found, notices) = walk.paths(below: start)
        paths.formUnion(found)
        estate.notices += notices
      default:
        paths.insert(start)
      }
    }
    let discovery = Discovery(files: files, limits: limits)
    let found = await discovery.discover(paths: paths.sorted(), progress: options.progress)
    estate.notices += found.notices
    let result = scan(found)
    estate.workloads = result.workloads
    estate.notices += result.notices
    join(found, result, &estate)
    return estate
  }

  private func scan(_ found: Discovery.Outcome) -> ScanResult {
    let builds = DockerfileScanner(files: files, limits: limits)
    var composeOptions = ComposeOptions()
    composeOptions.files = options.composeFiles
    composeOptions.profiles = options.profiles
    composeOptions.environment = options.variables
    let compose = ComposeScanner(
      files: files,
      builds: builds,
      options: composeOptions,
      limits: limits
    )
    var result = compose.scan(
      found.files.filter { $0.format == .compose }.compactMap { file in
        file.stream.map { ComposeScanner.Candidate(path: file.path, stream: $0) }
      }
    )
    // Formats that no scanner reads add nothing when they are whole, so nothing is missing.
    let assessed: Set<FileFormat> = [.compose, .kubernetes]
    for (path, format, _) in found.unreadable where assessed.contains(format) {
      result.workloads.append(placeholder(path, format))
    }
    let context = ScanContext(files: files, limits: limits, builds: builds)
    for scanner in ScannerList.all {
      let own = found.files.filter { scanner.formats.contains($0.format) }
      if !own.isEmpty { result.merge(scanner.scan(own, in: context)) }
    }
    SharedImages.link(&result.workloads)
    let imageBuilds = ImageBuilds(
      builds: builds,
      dockerfiles: found.files.filter { $0.format == .dockerfile }.map(\.path),
      artifacts: found.files.flatMap { file in
        file.documents.compactMap(\.root).flatMap {
          SkaffoldArtifact.artifacts(in: $0, of: file.path)
        }
      }
    )
    EstateJoins.join(&result, imageBuilds: imageBuilds)
    for setting in settings.workloads {
      guard let other = setting.sameAs else { continue }
      SameWorkloads.overrule(
        &result.workloads,
        where: { setting.names(id: $0.id, name: $0.name) },
        sameAs: other
      )
    }
    DefinitionGathering.gather(&result.workloads)
    // A Dockerfile that no definition builds is a workload of its own.
    for file in found.files where file.format == .dockerfile && result.inputs[file.path] == nil {
      result.merge(builds.workload(forUnlinked: file.path))
    }
    return result
  }

  /// Stands for the workloads of a file that could not be read: all that applies to it is unknown.
  ///
  /// Without it a broken file would take its findings out of the score.
  private func placeholder(_ path: String, _ format: FileFormat) -> Workload {
    let location = SourceLocation(file: path, line: 1)
    let origin = Origin(location)
    var workload = Workload(
      name: RelativePath.name(of: path),
      kind: "unreadable file",
      format: format,
      project: RelativePath.directory(of: path),
      location: location
    )
    workload.id = "\(format.rawValue):\(path)"
    workload.isUnreadable = true
    var container = Container(name: workload.name, origin: origin)
    container.image = .unknown("the file cannot be read", origin)
    workload.containers = [container]
    return workload
  }

  private func join(
    _ found: Discovery.Outcome,
    _ result: ScanResult,
    _ estate: inout Estate
  ) {
    var unsupported: [FileFormat: [String]] = [:]
    var seen: Set<String> = []
    for file in found.files {
      seen.insert(file.path)
      estate.sources[file.path] = SourceText(bytes: file.bytes, documents: file.documents)
      var state = result.inputs[file.path]?.state
      if let failure = file.failure {
        let place = PlaceRange(start: failure.place, end: failure.place)
        estate.notices.append(
          Notice(
            .unreadable,
            SourceLocation(file: file.path, range: place),
            "The rest of the file cannot be read: \(failure.problem)."
          )
        )
        state = .partial
      }
      if state == nil {
        state = .unsupported
        if file.format != .compose, file.format != .dockerfile {
          unsupported[file.format, default: []].append(file.path)
        }
      }
      for document in file.documents {
        estate.notices += document.issues.map { Notice($0, in: file.path) }
      }
      estate.inputs.append(input(file.path, file.format, file.bytes, state ?? .unsupported))
    }
    for (path, format, bytes) in found.unreadable {
      seen.insert(path)
      estate.inputs.append(input(path, format, bytes, .unreadable))
    }
    for (path, use) in result.inputs where !seen.contains(path) {
      guard case .bytes(let bytes) = files.read(path) else { continue }
      estate.sources[path] = SourceText(bytes: bytes)
      estate.inputs.append(input(path, use.format, bytes, use.state))
    }
    for (format, paths) in unsupported {
      for path in paths {
        estate.notices.append(
          Notice(
            .unsupportedFormat,
            SourceLocation(file: path, line: 1),
            "Recognised as \(format.rawValue), which this version does not assess yet."
          )
        )
      }
    }
  }

  private func input(
    _ path: String,
    _ format: FileFormat,
    _ bytes: [UInt8],
    _ state: Input.State
  ) -> Input {
    Input(path: path, format: format, sha256: SHA256.hex(of: bytes), state: state)
  }
}
