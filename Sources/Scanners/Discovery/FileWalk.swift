package import DocumentTrees
package import Workloads

/// Finds the files below the root that could matter, by name.
///
/// Honours `.gitignore` and `.unmoorignore`, leaves out version control and dependency folders, and
/// does not descend into linked directories: what they hold is found where it really lies.
package struct FileWalk: Sendable {
  private typealias Directory = (
    path: String, depth: Int, rules: [(base: String, rules: IgnoreRules)]
  )

  private let files: any FileTree
  private let limits: Limits

  package struct Limits: Hashable, Sendable {
    package var maximumFiles: Int
    package var maximumDepth: Int

    package init(maximumFiles: Int = 200_000, maximumDepth: Int = 64) {
      self.maximumFiles = maximumFiles
      self.maximumDepth = maximumDepth
    }
  }

  private let excluded: IgnoreRules

  /// `excluding` holds further patterns, as in a `.gitignore` at the root.
  package init(files: any FileTree, limits: Limits = Limits(), excluding: [String] = []) {
    self.files = files
    self.limits = limits
    excluded = IgnoreRules(Array(excluding.joined(separator: "\n").utf8))
  }

  static let skippedDirectories: Set<String> = [
    ".git", ".hg", ".svn", ".bzr", "node_modules", "bower_components", "vendor", ".venv", "venv",
    "__pycache__", ".tox", ".terraform", ".build", ".gradle", ".idea", ".vscode", ".cache",
  ]

  /// The paths of all files below `start`, sorted, and what was left out because of a limit.
  package func paths(below start: String = "") -> (paths: [String], notices: [Notice]) {
    var paths: [String] = []
    var notices: [Notice] = []
    var pending: [Directory] = [(start, 0, [("", excluded)])]
    while let (directory, depth, inherited) = pending.popLast() {
      guard let entries = files.entries(in: directory) else { continue }
      var rules = inherited
      for name in [".gitignore", ".unmoorignore"] where entries.contains(where: { $0.name == name })
      {
        if case .bytes(let bytes) = files.read(RelativePath.join(directory, name)) {
          rules.append((directory, IgnoreRules(bytes)))
        }
      }
      var children: [Directory] = []
      for entry in entries {
        let path = RelativePath.join(directory, entry.name)
        let isDirectory = entry.kind == .directory
        if isIgnored(path, isDirectory: isDirectory, rules) { continue }
        switch entry.kind {
        case .directory:
          if entry.isLink || Self.skippedDirectories.contains(entry.name) { continue }
          if depth + 1 >= limits.maximumDepth {
            notices.append(
              Notice(
                .limit,
                SourceLocation(file: path, line: 1),
                "The folder lies \(limits.maximumDepth) levels deep and was not entered."
              )
            )
            continue
          }
          children.append((path, depth + 1, rules))
        case .file:
          if paths.count >= limits.maximumFiles {
            notices.append(
              Notice(
                .limit,
                SourceLocation(file: path, line: 1),
                "More than \(limits.maximumFiles) files: this one and those behind it were left out."
              )
            )
            return (paths.sorted(), notices)
          }
          paths.append(path)
        case .outsideRoot where Recognition.looksRelevant(name: entry.name):
          notices.append(
            Notice(
              .outsideRoot,
              SourceLocation(file: path, line: 1),
              "The link leads out of the scanned folder and was not followed."
            )
          )
        case .other where Recognition.looksRelevant(name: entry.name):
          notices.append(
            Notice(
              .unreadable,
              SourceLocation(file: path, line: 1),
              "It is a pipe, socket or device, not a file, and was not read."
            )
          )
        case .missing where Recognition.looksRelevant(name: entry.name):
          notices.append(
            Notice(.missingFile, SourceLocation(file: path, line: 1), "The link leads nowhere.")
          )
        case .outsideRoot, .missing, .other:
          continue
        }
      }
      // Taken from the end: the first name first, so that what a limit leaves out stands behind.
      pending += children.reversed()
    }
    return (paths.sorted(), notices)
  }

  /// The last file with an opinion decides, the innermost directory first.
  private func isIgnored(
    _ path: String,
    isDirectory: Bool,
    _ rules: [(base: String, rules: IgnoreRules)]
  ) -> Bool {
    for (base, rules) in rules.reversed() {
      let relative = base.isEmpty ? path : String(path.dropFirst(base.count + 1))
      if let verdict = rules.verdict(on: relative, isDirectory: isDirectory) { return verdict }
    }
    return false
  }
}
