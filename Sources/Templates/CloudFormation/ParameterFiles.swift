import DocumentTrees
import Workloads

/// Finds the parameter file that belongs to a template.
///
/// `web.yaml` has `web.params.json`, `web-parameters.json`, `web_dev.parameters.json`; if there are
/// several, nobody can tell which one counts, and the defaults of the template do.
final class ParameterFiles {
  enum Found {
    case none
    case one(path: String, values: [String: Datum])
    case several([String])
  }

  private unowned let session: TemplateSession
  /// Names of templates without their endings, by folder.
  private let stems: [String: Set<String>]
  private var names: [String: [String]] = [:]

  init(session: TemplateSession, stems: [String: Set<String>]) {
    self.session = session
    self.stems = stems
  }

  /// `web` of `web.template.json`.
  static func stem(of name: String) -> String {
    var stem = name[...]
    for ending in [".yaml", ".yml", ".json", ".template", ".cfn"] where stem.hasSuffix(ending) {
      stem = stem.dropLast(ending.count)
    }
    return String(stem)
  }

  /// The values for a template with these parameters.
  func values(for template: String, _ parameters: Set<String>) -> Found {
    guard !parameters.isEmpty else { return .none }
    let folder = RelativePath.directory(of: template)
    let stem = Self.stem(of: RelativePath.name(of: template))
    var exact: [(String, [String: Datum])] = []
    var others: [(String, [String: Datum])] = []
    for name in candidates(in: folder) where name.hasPrefix(stem) {
      let rest = name.dropFirst(stem.count).lowercased()
      guard let first = rest.first, ".-_".contains(first), !belongsToAnother(name, stem, folder)
      else { continue }
      let path = RelativePath.join(folder, name)
      guard path != template, let values = read(path), !values.isEmpty,
        parameters.isSuperset(of: values.keys)
      else { continue }
      let word = rest.filter { !".-_".contains($0) }
      let isExact = ["paramsjson", "parametersjson", "paramjson", "parameterjson"].contains(word)
      if isExact { exact.append((path, values)) } else { others.append((path, values)) }
    }
    let found = exact.isEmpty ? others : exact
    if found.count > 1 { return .several(found.map(\.0)) }
    return found.first.map { .one(path: $0.0, values: $0.1) } ?? .none
  }

  private func candidates(in folder: String) -> [String] {
    if let known = names[folder] { return known }
    let found = (session.files.names(in: folder) ?? []).filter { name in
      let lower = name.lowercased()
      return lower.hasSuffix(".json") && lower.contains("param")
    }
    names[folder] = found
    return found
  }

  /// Whether another template has a longer name that fits as well.
  private func belongsToAnother(_ name: String, _ stem: String, _ folder: String) -> Bool {
    (stems[folder] ?? []).contains { other in
      other.utf8.count > stem.utf8.count && name.hasPrefix(other)
    }
  }

  // MARK: Reading

  private func read(_ path: String) -> [String: Datum]? {
    guard case .root(let root) = session.load(path) else { return nil }
    func datum(_ node: Node) -> Datum { Datum(node, in: path) }
    var values: [String: Datum] = [:]
    if root.isSequence {
      for element in root.elements.prefix(1000) {
        if let key = element["ParameterKey"] {
          // One that keeps its previous value says nothing.
          if let value = element["ParameterValue"] { values[key.text] = datum(value) }
        } else if element.isScalar, let equals = element.text.firstIndex(of: "=") {
          let text = element.text
          let value = String(text[text.index(after: equals)...])
          values[String(text[..<equals])] = Datum(.text(value), datum(element).origin)
        } else {
          return nil
        }
      }
      return values
    }
    let holder = root["Parameters"] ?? root
    for entry in holder.entries.prefix(1000) {
      guard entry.value.isScalar else { return nil }
      values[entry.key.text] = datum(entry.value)
    }
    return values
  }
}

extension TemplateEvaluator {
  /// The values of the parameter file beside the template.
  var parameterFile: [String: Datum] {
    if let known = fileParameters { return known }
    var values: [String: Datum] = [:]
    switch session.parameterFiles.values(for: path, Set(declaredParameters.keys)) {
    case .none: break
    case .one(let file, let found):
      readFiles.insert(file)
      values = found
    case .several(let files):
      note(
        .information,
        Origin(SourceLocation(file: path, line: 1)),
        "Several parameter files belong to the template (\(files.joined(separator: ", "))); the"
          + " defaults of its parameters were used."
      )
    }
    fileParameters = values
    return values
  }
}
