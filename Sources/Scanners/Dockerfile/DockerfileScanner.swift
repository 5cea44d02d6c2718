package import DocumentTrees
import Synchronization
package import Workloads

/// Reads Dockerfiles: as the build of a definition, or as workloads of their own.
package final class DockerfileScanner: BuildReader {
  private let files: any FileTree
  private let limits: DocumentLimits
  /// Dockerfiles that were read, since many services share one.
  private let parsed = Mutex<[String: Reading]>([:])

  /// What became of one Dockerfile.
  enum Reading: Sendable {
    case read(Dockerfile)
    case failed(reason: String, notice: Notice, state: Input.State?)
  }

  package init(files: any FileTree, limits: DocumentLimits) {
    self.files = files
    self.limits = limits
  }

  package func build(_ request: BuildRequest) -> (build: Build, result: ScanResult) {
    var build = Build(origin: request.origin)
    build.context = request.context
    build.target = request.target
    build.arguments = request.arguments
    var result = ScanResult()
    let dockerfile: Dockerfile
    let file: String
    switch source(of: request) {
    case .unknown(let reason):
      build.stages = .unknown(reason, request.origin)
      build.dockerfile = request.dockerfile
      return (build, result)
    case .inline(let text):
      file = request.inlineText.location?.file ?? request.origin.location?.file ?? ""
      do {
        dockerfile = try Dockerfile.parse(Array(text.utf8), limits: limits)
      } catch {
        let reason = "the Dockerfile written into the definition cannot be read: \(error.problem)"
        build.stages = .unknown(reason, request.origin)
        result.notices.append(Notice(.unreadable, place(of: request), sentence(reason)))
        return (build, result)
      }
    case .file(let path):
      build.dockerfile = .known(path, request.dockerfile.origin)
      file = path
      switch read(path, for: request) {
      case .read(let parsed):
        dockerfile = parsed
        let isWhole = !parsed.issues.contains { $0.kind == .skipped }
        result.inputs[path] = InputUse(.dockerfile, isWhole ? .read : .partial)
        result.notices += parsed.issues.map { Notice($0, in: path) }
      case .failed(let reason, let notice, let state):
        build.stages = .unknown(reason, request.origin)
        result.notices.append(notice)
        if let state { result.inputs[path] = InputUse(.dockerfile, state) }
        return (build, result)
      }
    }
    let converter = StageConverter(dockerfile, file: file, request: request)
    build.stages = converter.stages
    if converter.isInline { build.stages = build.stages.map(StageConverter.pointing(to: request)) }
    result.notices += converter.notices
    build.contextFacts = ContextReader(files: files).facts(
      context: request.context.known,
      dockerfile: build.dockerfile.known
    )
    return (build, result)
  }

  private enum Source {
    case file(String)
    case inline(String)
    case unknown(String)
  }

  private func source(of request: BuildRequest) -> Source {
    if let reason = request.inlineText.unknownReason { return .unknown(reason) }
    if let text = request.inlineText.known { return .inline(text) }
    switch request.dockerfile.state {
    case .known(let path): return .file(path)
    case .unknown(let reason): return .unknown(reason)
    case .absent: break
    }
    switch request.context.state {
    case .known(let context): return .file(RelativePath.join(context, "Dockerfile"))
    case .unknown(let reason): return .unknown(reason)
    case .absent: return .unknown("the build names no context")
    }
  }

  private func read(_ path: String, for request: BuildRequest) -> Reading {
    if let known = parsed.withLock({ $0[path] }) { return known }
    let reading: Reading
    switch files.read(path) {
    case .bytes(let bytes):
      reading = Self.parse(bytes, path: path, limits: limits)
    case .missing, .directory:
      let reason = "the Dockerfile \(path) does not exist"
      return .failed(
        reason: reason,
        notice: Notice(.missingFile, place(of: request), sentence(reason)),
        state: nil
      )
    case .outsideRoot:
      let reason = "the Dockerfile \(path) lies outside the scanned folder"
      return .failed(
        reason: reason,
        notice: Notice(.outsideRoot, place(of: request), sentence(reason)),
        state: nil
      )
    case .unreadable(let problem):
      let reason = "the Dockerfile \(path) cannot be read: \(problem)"
      reading = .failed(
        reason: reason,
        notice: Notice(.unreadable, SourceLocation(file: path, line: 1), sentence(reason)),
        state: .unreadable
      )
    }
    parsed.withLock { $0[path] = reading }
    return reading
  }

  static func parse(_ bytes: [UInt8], path: String, limits: DocumentLimits) -> Reading {
    do {
      return .read(try Dockerfile.parse(bytes, limits: limits))
    } catch {
      let location = SourceLocation(
        file: path,
        range: PlaceRange(start: error.place, end: error.place)
      )
      return .failed(
        reason: "the Dockerfile \(path) cannot be read: \(error.problem)",
        notice: Notice(.unreadable, location, "The file cannot be read: \(error.problem)."),
        state: .unreadable
      )
    }
  }

  private func place(of request: BuildRequest) -> SourceLocation {
    request.dockerfile.location ?? request.origin.location ?? SourceLocation(file: "", line: 1)
  }

  private func sentence(_ reason: String) -> String {
    reason.prefix(1).uppercased() + reason.dropFirst() + "."
  }

  /// A workload for a Dockerfile that no definition builds.
  package func workload(forUnlinked path: String) -> ScanResult {
    let directory = RelativePath.directory(of: path)
    let location = SourceLocation(file: path, line: 1)
    var request = BuildRequest(context: .known(directory), origin: Origin(location))
    request.dockerfile = .known(path, Origin(location))
    var (build, result) = build(request)
    let fileName = RelativePath.name(of: path)
    let folder = RelativePath.name(of: directory)
    // In the scanned root itself no folder lends its name.
    let name =
      directory.isEmpty ? fileName : fileName == "Dockerfile" ? folder : "\(folder)/\(fileName)"
    var workload = Workload(
      name: name,
      kind: "Dockerfile",
      format: .dockerfile,
      project: directory,
      location: location
    )
    workload.id = "dockerfile:\(path)"
    if let from = build.finalStage?.origin.location { workload.location = from }
    build.origin = Origin(workload.location)
    var container = Container(name: name, origin: Origin(workload.location))
    container.build = build
    workload.containers = [container]
    workload.adoptImageSettings(ofContainerAt: 0)
    result.workloads.append(workload)
    return result
  }
}

extension Notice {
  /// A notice about something odd in a text that could be read all the same.
  package init(_ issue: DocumentIssue, in file: String) {
    let kind: Kind =
      switch issue.kind {
      case .duplicateKey: .duplicateKey
      case .limit: .limit
      case .syntax: .information
      case .skipped: .unreadable
      }
    let location = SourceLocation(
      file: file,
      range: PlaceRange(start: issue.place, end: issue.place)
    )
    self.init(
      kind,
      location,
      issue.problem.prefix(1).uppercased() + issue.problem.dropFirst() + "."
    )
  }
}
