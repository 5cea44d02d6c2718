internal import DocumentTrees
internal import Workloads

/// Finds out which Compose files other ones use.
struct ComposeReferences {
  let session: ComposeSession

  /// The files that are parts of others and hence no projects of their own.
  ///
  /// A default file stays a project when a file beside it uses it, or when others only extend
  /// services of it: it runs by itself.
  func used(by paths: [String]) -> Set<String> {
    var targets: [String: Set<String>] = [:]
    for path in paths {
      targets[path] = references(of: path).filter { $0 != path }
    }
    // Reached from files that nothing uses; of a ring of files, the first counts as unused.
    let referenced = targets.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    var used: Set<String> = []
    var seen: Set<String> = []
    func visit(_ root: String) {
      var pending = [root]
      while let path = pending.popLast() {
        guard seen.insert(path).inserted else { continue }
        for target in (targets[path] ?? []).sorted() {
          if target != root { used.insert(target) }
          pending.append(target)
        }
      }
    }
    for path in paths where !referenced.contains(path) { visit(path) }
    for path in paths where !seen.contains(path) { visit(path) }
    return used
  }

  private func references(of path: String) -> Set<String> {
    let roots = ComposeLoader(session: session).roots(of: path, asker: nil) ?? []
    let directory = RelativePath.directory(of: path)
    var found: Set<String> = []
    for root in roots where root.isMapping {
      for element in root["include"].map({ Array($0.elements) }) ?? [] {
        let paths = element.isMapping ? element["path"] : element
        for name in texts(paths) { add(name, true, directory, path, &found) }
      }
      let services = ComposeScanner.isLegacy(root) ? root : root["services"] ?? root
      for service in services.entries {
        guard let file = service.value["extends"]?["file"] else { continue }
        for name in texts(file) { add(name, false, directory, path, &found) }
      }
    }
    return found
  }

  private func texts(_ node: Node?) -> [String] {
    guard let node else { return [] }
    return node.isSequence ? node.elements.map(\.text) : [node.text]
  }

  private func add(
    _ name: String,
    _ isIncluded: Bool,
    _ directory: String,
    _ path: String,
    _ found: inout Set<String>
  ) {
    guard let target = RelativePath.resolve(name, in: directory) else { return }
    if ComposeProjects.defaultNames.contains(RelativePath.name(of: target)) {
      guard isIncluded, RelativePath.directory(of: target) != directory else { return }
    }
    found.insert(target)
  }
}
