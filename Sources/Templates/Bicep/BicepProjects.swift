import DocumentTrees
package import Workloads

/// A template that is deployed by itself, and the parameter file that goes with it.
package struct BicepProject: Sendable {
  package var template: String
  package var parameters: String?
  package var notices: [Notice] = []
}

extension BicepSources {
  /// Which of the files are deployments of their own.
  ///
  /// A file that another one uses as a module, or imports from, is a part of that one. Files that
  /// lead only to each other count all the same, the first by name as the deployment.
  package func projects(among paths: [String]) -> [BicepProject] {
    let templates = paths.filter { $0.hasSuffix(".bicep") }.sorted()
    var uses: [String: [String]] = [:]
    var used: Set<String> = []
    for path in templates {
      uses[path] = filesUsed(by: path)
      used.formUnion(uses[path]?.filter { $0 != path } ?? [])
    }
    var roots = templates.filter { !used.contains($0) }
    var reached: Set<String> = []
    func reach(_ start: String) {
      var pending = [start]
      while let path = pending.popLast() {
        if reached.insert(path).inserted { pending += uses[path] ?? [] }
      }
    }
    for root in roots { reach(root) }
    for path in templates where !reached.contains(path) {
      roots.append(path)
      reach(path)
    }
    let parameterFiles = parameterFiles(paths.filter { $0.hasSuffix(".bicepparam") }.sorted())
    return roots.sorted().map { project($0, parameterFiles[$0] ?? []) }
  }

  /// The local files that a file names as modules, imports or tests.
  private func filesUsed(by path: String) -> [String] {
    let directory = RelativePath.directory(of: path)
    return (file(path)?.statements ?? []).compactMap { statement in
      let written: String? =
        switch statement.kind {
        case .module(let module): module.path.plainText
        case .importSymbols(let symbols): symbols.path.plainText
        default: nil
        }
      guard let written, !written.contains(":") else { return nil }
      return RelativePath.resolve(written, in: directory)
    }
  }

  /// Parameter files by the template that they name.
  private func parameterFiles(_ paths: [String]) -> [String: [String]] {
    var found: [String: [String]] = [:]
    for path in paths {
      for statement in file(path)?.statements ?? [] {
        guard case .using(let written?) = statement.kind, let text = written.plainText,
          let template = RelativePath.resolve(text, in: RelativePath.directory(of: path))
        else { continue }
        found[template, default: []].append(path)
      }
    }
    return found
  }

  /// The only parameter file is taken, of several the one that is named like the template.
  private func project(_ template: String, _ named: [String]) -> BicepProject {
    let directory = RelativePath.directory(of: template)
    let stem = RelativePath.name(of: template).dropLast(".bicep".count)
    let beside = (files.names(in: directory) ?? []).filter {
      $0.hasPrefix("\(stem).parameters.") && $0.hasSuffix(".json")
    }
    let candidates = named + beside.map { RelativePath.join(directory, $0) }
    guard candidates.count > 1 else {
      return BicepProject(template: template, parameters: candidates.first)
    }
    let own = ["\(stem).bicepparam", "\(stem).parameters.json"]
      .map { RelativePath.join(directory, $0) }
      .first { candidates.contains($0) }
    let names = candidates.prefix(6).map(RelativePath.name).joined(separator: ", ")
    let message =
      own.map {
        "Parameters are those of \(RelativePath.name(of: $0)), of several files (\(names))."
      }
      ?? "Several parameter files fit (\(names)); none is chosen, so parameters have their defaults."
    return BicepProject(
      template: template,
      parameters: own,
      notices: [Notice(.information, SourceLocation(file: template, line: 1), message)]
    )
  }
}
