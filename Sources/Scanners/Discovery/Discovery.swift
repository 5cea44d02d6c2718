package import DocumentTrees
internal import Templates
package import Workloads

/// A file of a known format, read once for everybody.
package struct DiscoveredFile: Sendable {
  package var path: String
  package var format: FileFormat
  package var bytes: [UInt8]
  /// The documents of a YAML or JSON file.
  package var documents: [DocumentTree]
  /// What ended the reading before the end of the file.
  package var failure: DocumentError?
  /// The stream as read, for scanners of YAML.
  package var stream: YAMLStream?
}

/// Finds files, reads them and says what each one is.
package struct Discovery: Sendable {
  private let files: any FileTree
  private let limits: DocumentLimits

  package init(files: any FileTree, limits: DocumentLimits) {
    self.files = files
    self.limits = limits
  }

  package struct Outcome: Sendable {
    package var files: [DiscoveredFile] = []
    package var notices: [Notice] = []
    /// Files that look relevant and could not be read at all.
    package var unreadable: [(path: String, format: FileFormat, bytes: [UInt8])] = []
  }

  /// Looks at every file below the root, in parallel.
  ///
  /// `progress` is called with the number of files looked at so far and their total.
  package func discover(
    paths: [String],
    progress: (@Sendable (Int, Int) -> Void)? = nil
  ) async -> Outcome {
    let candidates = paths.filter { Recognition.looksRelevant(name: RelativePath.name(of: $0)) }
    let size = max(16, candidates.count / 64)
    let outcomes = await withTaskGroup(of: (Int, Outcome).self) { group in
      for start in stride(from: 0, to: candidates.count, by: size) {
        group.addTask {
          var outcome = Outcome()
          for path in candidates[start..<min(start + size, candidates.count)] {
            look(at: path, &outcome)
          }
          return (start, outcome)
        }
      }
      var parts: [(Int, Outcome)] = []
      var done = 0
      for await part in group {
        parts.append(part)
        done = min(done + size, candidates.count)
        progress?(done, candidates.count)
      }
      return parts.sorted { $0.0 < $1.0 }.map(\.1)
    }
    return outcomes.reduce(into: Outcome()) { all, part in
      all.files += part.files
      all.notices += part.notices
      all.unreadable += part.unreadable
    }
  }

  private func look(at path: String, _ outcome: inout Outcome) {
    let name = RelativePath.name(of: path)
    guard let syntax = Recognition.syntax(name: name) else { return }
    let bytes: [UInt8]
    switch files.read(path) {
    case .bytes(let content): bytes = content
    case .missing, .directory: return
    case .outsideRoot:
      outcome.notices.append(
        Notice(
          .outsideRoot,
          SourceLocation(file: path, line: 1),
          "The link leads out of the scanned folder and was not followed."
        )
      )
      return
    case .unreadable(let reason):
      outcome.notices.append(
        Notice(
          .unreadable,
          SourceLocation(file: path, line: 1),
          "The file cannot be read: \(reason)."
        )
      )
      return
    }
    switch syntax {
    case .dockerfile:
      outcome.files.append(
        DiscoveredFile(path: path, format: .dockerfile, bytes: bytes, documents: [])
      )
    case .terraform:
      outcome.files.append(
        DiscoveredFile(path: path, format: .terraform, bytes: bytes, documents: [])
      )
    case .bicep:
      outcome.files.append(DiscoveredFile(path: path, format: .bicep, bytes: bytes, documents: []))
    case .yaml where name.lowercased().hasSuffix(".template") && Self.beginsLikeJSON(bytes):
      // libyaml refuses tabs and surrogate pairs, which JSON may have.
      lookAtJSON(path, name, bytes, &outcome)
    case .yaml: lookAtYAML(path, name, bytes, &outcome)
    case .json: lookAtJSON(path, name, bytes, &outcome)
    }
  }

  private static func beginsLikeJSON(_ bytes: [UInt8]) -> Bool {
    let blank: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
    return bytes.first { !blank.contains($0) } == UInt8(ascii: "{")
  }

  private func lookAtYAML(
    _ path: String,
    _ name: String,
    _ bytes: [UInt8],
    _ outcome: inout Outcome
  ) {
    let isNamed = ComposeScanner.recognizes(name: name) || Recognition.isKustomization(name: name)
    guard isNamed || Recognition.mayMatter(bytes, .yaml) else { return }
    if isHelmTemplate(path, bytes) {
      outcome.files.append(
        DiscoveredFile(path: path, format: .helmTemplate, bytes: bytes, documents: [])
      )
      return
    }
    do {
      let stream = try YAMLReader.documents(in: bytes, limits: limits)
      let roots = stream.documents.compactMap(\.root)
      let format = roots.lazy.compactMap { Recognition.format(of: $0, name: name) }.first
      guard let format else {
        // An empty Compose file is one all the same.
        if ComposeScanner.recognizes(name: name), roots.isEmpty {
          outcome.notices.append(
            Notice(
              .information,
              SourceLocation(file: path, line: 1),
              "The Compose file is empty."
            )
          )
        }
        // Neither is a text in its place a reason to say nothing.
        if ComposeScanner.recognizes(name: name), let root = roots.first, !root.isMapping {
          let error = DocumentError("a Compose file is a mapping", at: root.range.start)
          refuse(path, name, bytes, error, &outcome)
        }
        return
      }
      outcome.files.append(
        DiscoveredFile(
          path: path,
          format: format,
          bytes: bytes,
          documents: stream.documents,
          failure: stream.failure,
          stream: stream
        )
      )
    } catch {
      refuse(path, name, bytes, error, &outcome)
    }
  }

  private func lookAtJSON(
    _ path: String,
    _ name: String,
    _ bytes: [UInt8],
    _ outcome: inout Outcome
  ) {
    guard ComposeScanner.recognizes(name: name) || Recognition.mayMatter(bytes, .json) else {
      return
    }
    do {
      let document = try JSONReader.document(in: bytes, limits: limits)
      guard let root = document.root, let format = Recognition.format(of: root, name: name) else {
        return
      }
      outcome.files.append(
        DiscoveredFile(path: path, format: format, bytes: bytes, documents: [document])
      )
    } catch {
      // Azure takes templates with comments.
      if let document = ARMText.document(in: bytes, limits: limits), let root = document.root,
        Recognition.format(of: root, name: name) == .arm
      {
        outcome.files.append(
          DiscoveredFile(path: path, format: .arm, bytes: bytes, documents: [document])
        )
        return
      }
      refuse(path, name, bytes, error, &outcome)
    }
  }

  /// A broken file is named if it looks like one of ours.
  private func refuse(
    _ path: String,
    _ name: String,
    _ bytes: [UInt8],
    _ error: DocumentError,
    _ outcome: inout Outcome
  ) {
    let location = SourceLocation(
      file: path,
      range: PlaceRange(start: error.place, end: error.place)
    )
    let format = BrokenFile.format(name: name, bytes: bytes)
    guard let format else { return }
    outcome.unreadable.append((path, format, bytes))
    outcome.notices.append(
      Notice(.unreadable, location, "The file cannot be read: \(error.problem).")
    )
  }

  /// Whether it is a template of a chart, which is no YAML before Helm renders it.
  private func isHelmTemplate(_ path: String, _ bytes: [UInt8]) -> Bool {
    guard path.hasPrefix("templates/") || path.contains("/templates/"),
      Recognition.hasTemplateBraces(bytes)
    else { return false }
    var directory = RelativePath.directory(of: path)
    while !directory.isEmpty {
      let parent = RelativePath.directory(of: directory)
      if RelativePath.name(of: directory) == "templates",
        files.kind(of: RelativePath.join(parent, "Chart.yaml")) == .file
      {
        return true
      }
      directory = parent
    }
    return false
  }
}

/// Guesses what a file was meant to be that cannot be parsed.
enum BrokenFile {
  static func format(name: String, bytes: [UInt8]) -> FileFormat? {
    if ComposeScanner.recognizes(name: name) { return .compose }
    var keys: Set<String> = []
    for line in bytes.prefix(1 << 20).split(separator: UInt8(ascii: "\n")) {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let key = line[..<colon].filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: " ") }
      guard (4...30).contains(key.count) else { continue }
      keys.insert(String(decoding: key, as: UTF8.self))
      if keys.count > 2000 { break }
    }
    if keys.contains("apiVersion"), keys.contains("kind") { return .kubernetes }
    if keys.contains("AWSTemplateFormatVersion") { return .cloudFormation }
    if keys.contains("containerDefinitions") { return .ecsTaskDefinition }
    if keys.contains("Statement"), keys.contains("Effect") { return .iamPolicy }
    if keys.contains("services"), keys.contains("image") || keys.contains("build") {
      return .compose
    }
    return nil
  }
}
