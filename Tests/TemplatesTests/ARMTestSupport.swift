import DocumentTrees
import Templates
import Testing
import Workloads

/// Evaluates small templates.
enum ARMTest {
  static let schema =
    "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"

  /// What a template declares; `others` are further files by path.
  static func deployment(
    _ template: String,
    others: [String: String] = [:],
    path: String = "main.json"
  ) throws -> Deployment {
    let root = try #require(try JSONReader.document(in: template).root)
    var files = others
    files[path] = template
    return ARMReader(files: MemoryFiles(files)).deployment(at: path, root)
  }

  /// The value of one expression, brackets left out, as JSON with gaps as `<reason>`.
  static func value(_ expression: String, parts: String = "") throws -> String {
    let text = expression.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    let template = """
      {"$schema": "\(schema)", \(parts)
       "resources": [{"type": "A.B/c", "apiVersion": "2020-01-01", "name": "it",
                      "properties": {"value": "[\(text)]"}}]}
      """
    let deployment = try deployment(template)
    let resource = try #require(deployment.resources.first { $0.type == "A.B/c" })
    return show(resource.properties["properties"]["value"])
  }

  /// A value as JSON, with gaps in angle brackets and references as `<address.attribute>`.
  static func show(_ value: Datum) -> String {
    func gap(_ gap: Gap) -> String {
      gap.reference.map { "<\($0.address) \($0.attribute)>" } ?? "<\(gap.reason)>"
    }
    switch value.shape {
    case .null: return "null"
    case .absent: return "absent"
    case .flag(let flag): return "\(flag)"
    case .integer(let number): return "\(number)"
    case .number(let number): return "\(number)"
    case .text(let text): return "\"\(text)\""
    case .partial(let parts):
      let texts = parts.map { part in
        switch part {
        case .text(let text): text
        case .gap(let own): gap(own)
        }
      }
      return "\"\(texts.joined())\""
    case .unknown(let own): return gap(own)
    case .list(let elements, let more):
      let texts = elements.map(show) + (more.map { ["…" + gap($0)] } ?? [])
      return "[\(texts.joined(separator: ","))]"
    case .object(let entries, let more):
      let texts =
        entries.map { "\"\($0.key)\":\(show($0.value))" } + (more.map { ["…" + gap($0)] } ?? [])
      return "{\(texts.joined(separator: ","))}"
    }
  }
}
