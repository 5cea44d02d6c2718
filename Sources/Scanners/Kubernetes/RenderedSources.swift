import DocumentTrees
import Templates
import Workloads

/// Charts whose templates lie in the tree: they are named, with what renders them.
enum HelmCharts {
  static func report(
    _ templates: [DiscoveredFile],
    _ context: ScanContext,
    _ notes: ManifestNotes,
    _ result: inout ScanResult
  ) {
    var charts: [String: Int] = [:]
    for file in templates {
      result.inputs[file.path] = InputUse(.helmTemplate, .unsupported)
      guard let chart = chart(above: file.path, context.files) else { continue }
      charts[chart, default: 0] += 1
    }
    for (chart, count) in charts.sorted(by: { $0.key < $1.key }) {
      let name = chart.isEmpty ? "chart" : RelativePath.name(of: chart)
      let path = chart.isEmpty ? "." : chart
      notes.add(
        .unsupportedFormat,
        SourceLocation(file: RelativePath.join(chart, "Chart.yaml"), line: 1),
        """
        A Helm chart; its \(count == 1 ? "template is" : "\(count) templates are") not assessed as \
        written. Assess what it renders to: helm template \(name) \(path) | unmoor assess -
        """
      )
    }
  }

  /// The outermost chart that a template belongs to; charts may hold others in `charts`.
  static func chart(above path: String, _ files: any FileTree) -> String? {
    var found: String?
    var directory = RelativePath.directory(of: path)
    while true {
      let isInside = found.map { RelativePath.directory(of: $0).hasSuffix("charts") } ?? true
      if isInside, files.kind(of: RelativePath.join(directory, "Chart.yaml")) == .file {
        found = directory
      }
      if directory.isEmpty { return found }
      directory = RelativePath.directory(of: directory)
    }
  }
}

/// Kustomizations: what they patch is no workload of its own.
struct Kustomizations {
  /// Files that are only parts of others, applied by a kustomization.
  private(set) var patches: Set<String> = []
  /// Folders with a kustomization.
  private(set) var folders: Set<String> = []
  private var found: [(path: String, place: SourceLocation, patches: Int, isComponent: Bool)] = []

  init(_ files: [DiscoveredFile], _ context: ScanContext) {
    for file in files where file.format == .kustomization {
      guard let root = file.documents.lazy.compactMap(\.root).first, root.isMapping else {
        continue
      }
      let body = Datum(root, in: file.path)
      let folder = RelativePath.directory(of: file.path)
      folders.insert(folder)
      let before = patches.count
      var names: [String] = []
      for element in body["patches"].elements + body["patchesJson6902"].elements {
        if let name = element["path"].string.known { names.append(name) }
      }
      for field in [
        "patchesStrategicMerge", "configurations", "transformers", "generators", "validators",
      ] {
        names += body[field].elements.compactMap { $0.string.known }
      }
      names += body["replacements"].elements.compactMap { $0["path"].string.known }
      for name in names where !name.contains("\n") {
        guard let path = RelativePath.resolve(name, in: folder) else { continue }
        patches.insert(path)
      }
      found.append(
        (
          file.path, SourceLocation(file: file.path, range: root.range), patches.count - before,
          body["kind"].string.known == "Component"
        )
      )
    }
  }

  func report(_ notes: ManifestNotes, _ result: inout ScanResult) {
    for one in found {
      result.inputs[one.path] = InputUse(.kustomization)
      let folder = RelativePath.directory(of: one.path)
      let place = SourceLocation(file: one.path, line: Int(one.place.range.start.line))
      let patched =
        one.patches == 0
        ? "" : " \(one.patches == 1 ? "Its patch is" : "Its \(one.patches) patches are") left out."
      if one.isComponent {
        notes.add(
          .overlay,
          place,
          """
          A component, which only a kustomization that names it applies; its resources are assessed \
          as they stand.\(patched)
          """
        )
      } else {
        notes.add(
          .overlay,
          place,
          """
          A kustomization; the resources beside it are assessed as they stand.\(patched) Assess what \
          it makes of them: kubectl kustomize \(folder.isEmpty ? "." : folder) | unmoor assess -
          """
        )
      }
    }
  }
}
