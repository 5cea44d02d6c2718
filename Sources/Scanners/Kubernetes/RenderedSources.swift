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
