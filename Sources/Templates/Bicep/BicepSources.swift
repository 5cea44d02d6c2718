package import DocumentTrees
package import Workloads

/// The Bicep files of one scan, each read once.
package final class BicepSources {
  let files: any FileTree
  let limits: DocumentLimits
  private var parsed: [String: BicepFile?] = [:]

  package init(files: any FileTree, limits: DocumentLimits = DocumentLimits()) {
    self.files = files
    self.limits = limits
  }

  /// The tree of a file; nil if it cannot be read.
  func file(_ path: String) -> BicepFile? {
    if let known = parsed[path] { return known }
    var file: BicepFile?
    if case .bytes(let bytes) = files.read(path) {
      if bytes.count <= limits.maximumBytes {
        file = BicepParser.file(bytes)
      } else {
        let error = BicepSyntaxError(
          problem: "The file is larger than \(limits.maximumBytes) bytes",
          range: .fileStart,
          isLimit: true
        )
        file = BicepFile(statements: [], errors: [error])
      }
    }
    parsed[path] = .some(file)
    return file
  }

  /// One notice for a file, at its first error, that names the lines of the others.
  package func notice(ofErrorsIn path: String) -> Notice? {
    let errors = errors(in: path)
    guard let first = errors.first else { return nil }
    var lines: [Int32] = []
    for error in errors where lines.last != error.range.start.line {
      lines.append(error.range.start.line)
    }
    let others = lines.dropFirst().prefix(8).map(String.init).joined(separator: ", ")
    let more = lines.count > 9 ? " and further lines" : ""
    let rest = others.isEmpty ? "" : "; also lines \(others)\(more)"
    return Notice(
      first.isLimit ? .limit : .unreadable,
      SourceLocation(file: path, range: first.range),
      "Line \(first.range.start.line) cannot be read: \(first.problem)\(rest)."
    )
  }

  /// What is wrong in a file, in the order of its text; empty if it cannot be read at all.
  package func errors(in path: String) -> [BicepSyntaxError] { file(path)?.errors ?? [] }
}
