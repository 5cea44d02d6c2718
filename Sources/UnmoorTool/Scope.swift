import DocumentTrees
import RuleEngine
import Scanners
import Unmoor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the paths on the command line mean: a root, and what to look at below it.
struct Scope {
  private let root: String
  private let relative: [String]
  private let composeFiles: [String]
  private let standardInput: [UInt8]?

  /// Files named one by one, relative to the root: they must be readable.
  let required: [String]

  static let standardInputName = "stdin.yaml"

  init(paths: [String], composeFiles: [String], root: String?) throws(ToolError) {
    if paths == ["-"] {
      standardInput = Output.readStandardInput()
      self.root = ""
      relative = []
      self.composeFiles = []
      required = [Self.standardInputName]
      return
    }
    standardInput = nil
    var resolved: [(path: String, isDirectory: Bool)] = []
    for path in paths + composeFiles {
      guard let real = Self.realPath(path) else {
        throw ToolError.usage("there is no file or folder '\(path)'")
      }
      resolved.append((real, Self.isDirectory(real)))
    }
    self.root = try Self.root(explicit: root, resolved)
    let base = self.root == "/" ? "/" : self.root + "/"
    var names: [String] = []
    for (path, _) in resolved {
      guard path == self.root || path.hasPrefix(base) else {
        throw ToolError.usage("'\(path)' lies outside the root '\(self.root)'")
      }
      names.append(path == self.root ? "" : String(path.dropFirst(base.count)))
    }
    relative = Array(names.prefix(paths.count))
    self.composeFiles = Array(names.dropFirst(paths.count))
    required = zip(names, resolved).filter { !$0.1.isDirectory }.map(\.0)
  }

  /// The named folder; for files, the current folder if they lie below it, else their own.
  private static func root(
    explicit: String?,
    _ resolved: [(path: String, isDirectory: Bool)]
  ) throws(ToolError) -> String {
    if let explicit {
      guard let real = realPath(explicit), isDirectory(real) else {
        throw ToolError.usage("there is no folder '\(explicit)'")
      }
      return real
    }
    let current = realPath(".") ?? "/"
    if resolved.count == 1, resolved[0].isDirectory { return resolved[0].path }
    let directories = resolved.map { path, isDirectory in
      isDirectory ? path : parent(of: path)
    }
    let common = directories.dropFirst().reduce(directories.first ?? current, commonParent)
    // Builds often reach beside the file's own folder: the current folder is what the user sees.
    let hasFile = resolved.contains { !$0.isDirectory }
    if hasFile, common == current || common.hasPrefix(current + "/") { return current }
    return common
  }

  func options() throws(ToolError) -> Unmoor.Options {
    var options = Unmoor.Options()
    options.paths = relative == [""] ? [] : relative
    options.composeFiles = composeFiles
    return options
  }

  func assess(
    _ unmoor: Unmoor,
    _ options: Unmoor.Options
  ) async throws(Unmoor.Problem) -> Assessment {
    guard let standardInput else { return try await unmoor.assess(root: root, options: options) }
    let files = MemoryFiles(bytes: [Self.standardInputName: standardInput])
    return try await unmoor.assess(files: files, options: options)
  }

  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func parent(of path: String) -> String {
    let parent = RelativePath.directory(of: path)
    return parent.isEmpty ? "/" : parent
  }

  private static func commonParent(_ first: String, _ second: String) -> String {
    let left = first.split(separator: "/")
    let right = second.split(separator: "/")
    let shared = zip(left, right).prefix { $0 == $1 }.map(\.0)
    return "/" + shared.joined(separator: "/")
  }
}
