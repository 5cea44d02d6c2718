import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files below a directory of the disk.
///
/// Links are followed as long as they stay inside: the real path of whatever is opened must lie
/// below the real path of the root.
package final class DiskFiles: FileTree {
  private let root: String
  private let limits: DocumentLimits
  /// Real paths of directories, which most files share; `nil` for one that does not exist.
  private let directories = Mutex<[String: String?]>([:])

  /// `nil` if there is no such directory.
  package init?(root: String, limits: DocumentLimits) {
    guard let real = Self.realPath(root),
      Self.mode(of: real).map({ $0 & S_IFMT == S_IFDIR }) == true
    else { return nil }
    self.root = real == "/" ? "" : real
    self.limits = limits
  }

  package func read(_ path: String) -> FileContent {
    guard let directory = realDirectory(RelativePath.directory(of: path)) else {
      return .missing
    }
    guard isInside(directory) else { return .outsideRoot }
    // Not blocking: a pipe without a writer must not hang the scan. Not following: a link is looked
    // at first.
    let flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC
    var descriptor = open("\(directory)/\(RelativePath.name(of: path))", flags | O_NOFOLLOW)
    if descriptor < 0, errno == ELOOP {
      guard let real = Self.realPath("\(root)/\(path)") else { return .missing }
      guard isInside(real) else { return .outsideRoot }
      descriptor = open(real, flags | O_NOFOLLOW)
    }
    if descriptor < 0 {
      return errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable(Self.lastError())
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .unreadable(Self.lastError()) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: return .directory
    default: return .unreadable("it is not a regular file")
    }
    let size = Int(status.st_size)
    if size > limits.maximumBytes {
      return .unreadable("it has \(size) bytes, more than the limit of \(limits.maximumBytes)")
    }
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      while count < size, let base = buffer.baseAddress {
        let got = Self.read(descriptor, base + count, size - count)
        if got <= 0 { break }
        count += got
      }
      filled = count
    }
    return .bytes(bytes)
  }

  package func kind(of path: String) -> FileKind {
    guard let real = Self.realPath("\(root)/\(path)") else { return .missing }
    guard isInside(real) else { return .outsideRoot }
    guard let mode = Self.mode(of: real) else { return .missing }
    switch mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .directory
    default: return .other
    }
  }

  package func names(in directory: String) -> [String]? {
    entries(in: directory)?.map(\.name)
  }

  package func entries(in directory: String) -> [FileEntry]? {
    guard let real = realDirectory(directory), isInside(real),
      let stream = opendir(real.isEmpty ? "/" : real)
    else { return nil }
    defer { closedir(stream) }
    var entries: [FileEntry] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
      }
      // A name that is not UTF-8 cannot be shown nor named in a report; nothing refers to it.
      guard let name, name != ".", name != ".." else { continue }
      let kind: FileKind
      switch Int32(entry.pointee.d_type) {
      case Int32(DT_REG): kind = .file
      case Int32(DT_DIR): kind = .directory
      case Int32(DT_LNK), Int32(DT_UNKNOWN):
        kind = self.kind(of: RelativePath.join(directory, name))
      default: kind = .other
      }
      entries.append(
        FileEntry(name: name, kind: kind, isLink: Int32(entry.pointee.d_type) == Int32(DT_LNK))
      )
    }
    return entries.sorted { $0.name < $1.name }
  }

  /// The real path of a directory below the root, found from that of its parent.
  private func realDirectory(_ directory: String) -> String? {
    if directory.isEmpty { return root }
    if let known = directories.withLock({ $0[directory] }) { return known }
    var real: String?
    if let parent = realDirectory(RelativePath.directory(of: directory)) {
      let path = "\(parent)/\(RelativePath.name(of: directory))"
      var status = stat()
      if lstat(path, &status) == 0 {
        real = status.st_mode & S_IFMT == S_IFLNK ? Self.realPath(path) : path
      }
    }
    directories.withLock { $0[directory] = .some(real) }
    return real
  }

  private func isInside(_ real: String) -> Bool { real == root || real.hasPrefix(root + "/") }

  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func mode(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode : nil
  }

  private static func read(
    _ descriptor: Int32,
    _ buffer: UnsafeMutableRawPointer,
    _ count: Int
  ) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, buffer, count)
    #elseif canImport(Musl)
      Musl.read(descriptor, buffer, count)
    #else
      Darwin.read(descriptor, buffer, count)
    #endif
  }

  private static func lastError() -> String {
    String(cString: strerror(errno))
  }
}
