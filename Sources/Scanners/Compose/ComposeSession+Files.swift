internal import DocumentTrees
internal import Workloads

/// Files that Compose files name.
extension ComposeSession {
  /// A named file's path below the root; `nil`, with a notice, if it cannot be looked at.
  func path(_ text: Value<String>, from directory: String?, _ field: String) -> String? {
    guard let name = text.known, let location = text.location else {
      return nil
    }
    if isRemote(name) {
      notice(.outsideRoot, location, "\(field) names a remote resource, which is not read.")
      return nil
    }
    guard let directory, let path = RelativePath.resolve(name, in: directory) else {
      notice(.outsideRoot, location, "\(field) leads out of the scanned folder; not read.")
      return nil
    }
    return path
  }

  /// Whether a context or file is one that only a network reaches.
  func isRemote(_ name: String) -> Bool {
    for scheme in ["http://", "https://", "git://", "ssh://", "git@", "oci://", "docker-image://"]
    where name.hasPrefix(scheme) {
      return true
    }
    return name.hasPrefix("github.com/") || name.contains("://")
  }

  /// A file of variables; `nil` if it cannot be read, with a notice if something names it.
  func dotenv(
    _ path: String,
    asker: SourceLocation?,
    isRequired: Bool = true,
    format: Dotenv.Format,
    resolve: (String) -> ResolvedVariable?
  ) -> Dotenv? {
    switch files.read(path) {
    case .bytes(let bytes):
      guard bytes.count <= limits.maximumBytes else {
        notice(.limit, SourceLocation(file: path, line: 1), "The file is too large.")
        use(path, .dotenv, .unreadable)
        return nil
      }
      use(path, .dotenv)
      let place = asker ?? SourceLocation(file: path, line: 1)
      guard spendText(bytes.count, at: place) else { return nil }
      let dotenv = Dotenv.read(bytes, file: path, format: format, resolve: resolve)
      for issue in dotenv.issues {
        let range = PlaceRange(start: issue.place, end: issue.place)
        notice(.invalidValue, SourceLocation(file: path, range: range), "\(issue.problem).")
      }
      for (name, place) in dotenv.unset {
        let range = PlaceRange(start: place, end: place)
        unsetVariable(name, SourceLocation(file: path, range: range), isRequired: false)
      }
      return dotenv
    case .missing:
      if let asker, isRequired { notice(.missingFile, asker, "There is no file '\(path)'.") }
    case .directory:
      if let asker { notice(.unreadable, asker, "\(path) is a folder, not a file.") }
    case .outsideRoot:
      notice(
        .outsideRoot,
        asker ?? SourceLocation(file: path, line: 1),
        "\(path) leads out of the scanned folder; not read."
      )
    case .unreadable(let reason):
      use(path, .dotenv, .unreadable)
      notice(
        .unreadable,
        asker ?? SourceLocation(file: path, line: 1),
        "\(path) cannot be read: \(reason)."
      )
    }
    return nil
  }
}
