import DocumentTrees
import Scanners
import Workloads

/// A stand-in for the Dockerfile reader: one stage as given, or unknown stages.
struct StubBuilds: BuildReader {
  var stage: @Sendable (BuildRequest) -> BuildStage? = { _ in nil }

  func build(_ request: BuildRequest) -> (build: Build, result: ScanResult) {
    var build = Build(origin: request.origin)
    build.context = request.context
    build.dockerfile = request.dockerfile
    build.target = request.target
    build.arguments = request.arguments
    build.stages =
      stage(request).map { .known([$0]) } ?? .unknown("there is no Dockerfile", request.origin)
    return (build, ScanResult())
  }
}

/// Scans files held in memory; those that look like Compose are the candidates.
func scan(
  _ files: [String: String],
  options: ComposeOptions = ComposeOptions(),
  builds: StubBuilds = StubBuilds(),
  limits: DocumentLimits = DocumentLimits()
) throws -> ScanResult {
  var candidates: [ComposeScanner.Candidate] = []
  for (path, text) in files.sorted(by: { $0.key < $1.key })
  where path.hasSuffix(".yml") || path.hasSuffix(".yaml") {
    guard let stream = try? YAMLReader.documents(in: text) else { continue }
    let name = RelativePath.name(of: path)
    let hasContent = stream.documents.compactMap(\.root).contains {
      ComposeScanner.recognizes(root: $0)
    }
    guard hasContent || ComposeScanner.recognizes(name: name) else { continue }
    candidates.append(ComposeScanner.Candidate(path: path, stream: stream))
  }
  let scanner = ComposeScanner(
    files: MemoryFiles(files),
    builds: builds,
    options: options,
    limits: limits
  )
  return scanner.scan(candidates)
}

func scan(_ text: String, options: ComposeOptions = ComposeOptions()) throws -> ScanResult {
  try scan(["compose.yaml": text], options: options)
}

extension ScanResult {
  func workload(_ name: String) -> Workload? { workloads.first { $0.name == name } }

  /// `kind file:line` of each notice, in order.
  var noticeLines: [String] {
    notices.map { "\($0.kind.rawValue) \($0.location.file):\($0.location.range.start.line)" }
  }
}

extension Workload {
  var container: Container? { containers.first }
}

extension Value {
  /// `text`, `?reason` or `-`, with ` @line:column` and ` <file:line` for what it came through.
  var shown: String {
    switch state {
    case .known(let value): "\(value)"
    case .unknown(let reason): "?\(reason)"
    case .absent: "-"
    }
  }

  var place: String { origin.shown }
}

extension Origin {
  var shown: String {
    let place = location.map { "\($0.file):\($0.range.start.line):\($0.range.start.column)" }
    return ([place ?? "nowhere"] + via.map { "\($0.file):\($0.range.start.line)" })
      .joined(separator: " <")
  }
}

/// Every value of a tree of model values as `path = text`, absent ones left out.
func dump(_ value: Any, _ path: String = "", into lines: inout [String]) {
  let mirror = Mirror(reflecting: value)
  let type = String(describing: Swift.type(of: value))
  if type.hasPrefix("Value<") {
    guard let state = mirror.children.first?.value else { return }
    let text = String(describing: state)
    if text != "absent" { lines.append("\(path) = \(text)") }
    return
  }
  if let origin = value as? Origin {
    if path.hasSuffix(".origin") { return }
    lines.append("\(path) = \(origin.shown)")
    return
  }
  if mirror.displayStyle == .optional {
    if let inner = mirror.children.first?.value { dump(inner, path, into: &lines) }
    return
  }
  if mirror.displayStyle == .collection || mirror.displayStyle == .dictionary {
    for (index, child) in mirror.children.enumerated() {
      dump(child.value, "\(path)[\(index)]", into: &lines)
    }
    return
  }
  if mirror.children.isEmpty || value is String || mirror.displayStyle == .enum {
    lines.append("\(path) = \(value)")
    return
  }
  for child in mirror.children {
    dump(
      child.value,
      path.isEmpty ? child.label ?? "" : "\(path).\(child.label ?? "")",
      into: &lines
    )
  }
}
