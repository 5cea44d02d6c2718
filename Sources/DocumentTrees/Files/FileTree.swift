/// The files below the scanned root, read-only.
///
/// Paths are relative to the root, with `/` between parts and without `.` or `..`; the root itself
/// is the empty path. Use `RelativePath` to make them. Nothing outside the root can be reached:
/// neither by `..` nor by symbolic links.
package protocol FileTree: Sendable {
  func read(_ path: String) -> FileContent
  func kind(of path: String) -> FileKind
  /// Names in a directory, sorted; `nil` if it is none.
  func names(in directory: String) -> [String]?
  /// The same with what each name is.
  func entries(in directory: String) -> [FileEntry]?
}

extension FileTree {
  package func entries(in directory: String) -> [FileEntry]? {
    names(in: directory)?.map {
      FileEntry(name: $0, kind: kind(of: RelativePath.join(directory, $0)), isLink: false)
    }
  }
}

/// A name in a directory.
package struct FileEntry: Hashable, Sendable {
  package var name: String
  /// What it is, links followed.
  package var kind: FileKind
  package var isLink: Bool

  package init(name: String, kind: FileKind, isLink: Bool) {
    self.name = name
    self.kind = kind
    self.isLink = isLink
  }
}

package enum FileContent: Sendable {
  case bytes([UInt8])
  case missing
  case directory
  /// The path leads out of the root through a link.
  case outsideRoot
  /// The reason as the end of "cannot be read: …".
  case unreadable(String)
}

package enum FileKind: Hashable, Sendable {
  case file
  case directory
  case missing
  case outsideRoot
  /// A socket, device or pipe.
  case other
}

/// Paths below the root.
package enum RelativePath {
  /// The path of `path` as seen from `directory`, or `nil` if it leaves the root or is absolute.
  package static func resolve(_ path: String, in directory: String) -> String? {
    if path.hasPrefix("/") || path.hasPrefix("~") || isWindowsAbsolute(path) { return nil }
    var parts = directory.split(separator: "/")
    for part in path.split(whereSeparator: { $0 == "/" || $0 == "\\" }) where part != "." {
      if part == ".." {
        if parts.popLast() == nil { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  /// The directory that a path lies in; empty for the root.
  package static func directory(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
  }

  /// The last part of a path.
  package static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  package static func join(_ directory: String, _ name: String) -> String {
    directory.isEmpty ? name : "\(directory)/\(name)"
  }

  private static func isWindowsAbsolute(_ path: String) -> Bool {
    let head = Array(path.utf8.prefix(3))
    return head.count >= 2 && head[1] == UInt8(ascii: ":")
      && (UInt8(ascii: "A")...UInt8(ascii: "z")).contains(head[0])
  }
}

/// Files held in memory: examples of rules, standard input, tests.
package struct MemoryFiles: FileTree {
  private let contents: [String: [UInt8]]
  private let directories: [String: Set<String>]

  package init(_ texts: [String: String]) {
    self.init(bytes: texts.mapValues { Array($0.utf8) })
  }

  package init(bytes: [String: [UInt8]]) {
    contents = bytes
    var directories: [String: Set<String>] = ["": []]
    for path in bytes.keys {
      var child = path
      while !child.isEmpty {
        let parent = RelativePath.directory(of: child)
        directories[parent, default: []].insert(RelativePath.name(of: child))
        child = parent
      }
    }
    self.directories = directories
  }

  package func read(_ path: String) -> FileContent {
    if let bytes = contents[path] { return .bytes(bytes) }
    return directories[path] == nil ? .missing : .directory
  }

  package func kind(of path: String) -> FileKind {
    if contents[path] != nil { return .file }
    return directories[path] == nil ? .missing : .directory
  }

  package func names(in directory: String) -> [String]? {
    directories[directory].map { $0.sorted() }
  }
}
