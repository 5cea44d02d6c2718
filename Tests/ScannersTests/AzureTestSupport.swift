import DocumentTrees
@testable import Scanners
import Templates
import Workloads

/// Scans Azure files held in memory the way discovery hands them on.
func scanAzure(_ files: [String: String], joined: Bool = true) async throws -> ScanResult {
  let tree = MemoryFiles(files)
  let found = await Discovery(files: tree, limits: DocumentLimits()).discover(
    paths: files.keys.sorted()
  )
  let context = ScanContext(files: tree, limits: DocumentLimits(), builds: StubBuilds())
  var result = ScanResult()
  for scanner in [ARMScanner() as any FormatScanner, ContainerAppScanner()] {
    let own = found.files.filter { scanner.formats.contains($0.format) }
    if !own.isEmpty { result.merge(scanner.scan(own, in: context)) }
  }
  result.notices += found.notices
  if joined { EstateJoins.joinAzure(&result) }
  return result
}

extension EstateJoins {
  /// Links alone, which is what these tests are about.
  fileprivate static func joinAzure(_ result: inout ScanResult) {
    ResourceLinks.attach(&result)
  }
}

/// Resources of Terraform as its evaluator hands them on.
enum TerraformSample {
  /// A deployment of resources written as JSON: `{"azurerm_x.name": {...}}`.
  ///
  /// A text `@azurerm_x.name.id` stands for a reference to that resource.
  static func deployment(_ json: String) throws -> Deployment {
    var deployment = Deployment(project: "infra", format: .terraform)
    guard let root = try JSONReader.document(in: json).root else { return deployment }
    for entry in root.entries {
      let address = entry.key.text
      let parts = address.split(separator: ".")
      deployment.resources.append(
        DeclaredResource(
          type: String(parts[0]),
          name: String(parts[1]),
          address: "infra#\(address)",
          properties: value(entry.value),
          origin: Origin(SourceLocation(file: "infra/main.tf", range: entry.key.range))
        )
      )
    }
    return deployment
  }

  private static func value(_ node: Node) -> Datum {
    let origin = Origin(SourceLocation(file: "infra/main.tf", range: node.range))
    switch node.kind {
    case .mapping:
      let entries = node.entries.map { DatumObject.Entry($0.key.text, value($0.value)) }
      return Datum(.object(DatumObject(entries)), origin)
    case .sequence: return Datum(.list(DatumList(node.elements.map(value))), origin)
    case .scalar:
      let text = node.text
      guard text.hasPrefix("@") else { return Datum(node, in: "infra/main.tf") }
      let parts = text.dropFirst().split(separator: ".")
      let reference = DatumReference(
        "infra#\(parts[0]).\(parts[1])",
        attribute: parts.dropFirst(2).joined(separator: ".")
      )
      return .reference(reference, because: "it is known only once deployed", origin)
    }
  }
}
