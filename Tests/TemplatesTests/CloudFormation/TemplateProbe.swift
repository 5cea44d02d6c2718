import DocumentTrees
import Templates
import Testing
import Workloads

/// Evaluates templates for tests and writes values so that a table can hold them.
struct TemplateProbe {
  var deployments: [Deployment]

  /// The first file is a template, and so are all others whose root has `Resources`.
  init(
    _ files: KeyValuePairs<String, String>,
    bounds: CloudFormationReader.Bounds = .init()
  ) throws {
    var templates: [CloudFormationTemplate] = []
    var bytes: [String: [UInt8]] = [:]
    for (path, text) in files {
      bytes[path] = Array(text.utf8)
      let root =
        path.hasSuffix(".json")
        ? try JSONReader.document(in: text).root
        : try YAMLReader.documents(in: text).documents.first?.root
      guard let root, root["Resources"] != nil else { continue }
      templates.append(CloudFormationTemplate(path: path, root: root))
    }
    let reader = CloudFormationReader(files: MemoryFiles(bytes: bytes), bounds: bounds)
    deployments = reader.deployments(of: templates)
  }

  subscript(_ project: String) -> Deployment {
    deployments.first { $0.project == project }
      ?? Deployment(project: "absent", format: .cloudFormation)
  }

  func resource(_ name: String, in project: String = "t.yaml") throws -> DeclaredResource {
    try #require(self[project].resources.first { $0.address.hasSuffix("#" + name) })
  }

  /// The property `V` of the resource `R`.
  func value(in project: String = "t.yaml") throws -> Datum {
    try resource("R", in: project).properties["V"]
  }

  var notices: [String] {
    deployments.flatMap(\.notices).map {
      "\($0.kind.rawValue) \($0.location.file):\($0.location.range.start.line) \($0.message)"
    }
  }

  /// `text`, `a…b` with gaps, `?reason`, `@Resource.Attribute`, `[a, b]`, `{k: v}`, `-` for nothing.
  static func show(_ value: Datum) -> String {
    if value.isAbsent { return "-" }
    if case .encoded = value.content { return value.sketch ?? "!" }
    if value.isList {
      let elements = value.elements.map(show) + (value.more == nil ? [] : ["*"])
      return "[" + elements.joined(separator: ", ") + "]"
    }
    if value.isObject {
      let entries = value.entries.map { "\($0.key): \(show($0.value))" }
      return "{" + (entries + (value.more == nil ? [] : ["*"])).joined(separator: ", ") + "}"
    }
    if let gap = value.gap {
      guard let reference = gap.reference else { return "?" + gap.reason }
      let name = reference.address.drop { $0 != "#" }.dropFirst()
      return "@" + name + (reference.attribute.isEmpty ? "" : ".\(reference.attribute)")
    }
    if value.isNothing { return "null" }
    return value.sketch ?? "!"
  }

  /// `12:5` of where the value is used, and ` < 3:7` of each place that it passed through.
  static func places(_ origin: Origin) -> String {
    ([origin.location].compactMap { $0 } + origin.via).map { place in
      let start = place.range.start
      let file = place.file == "t.yaml" ? "" : place.file + ":"
      return "\(file)\(start.line):\(start.column)"
    }
    .joined(separator: " < ")
  }
}
