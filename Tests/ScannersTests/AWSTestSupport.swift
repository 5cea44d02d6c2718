import DocumentTrees
import Foundation
import Templates
import Testing
import Workloads

@testable import Scanners

/// Makes deployments out of JSON, in which texts stand for what languages know besides.
///
/// `@Name` or `@Name.Arn` is a reference to a resource, `?reason` is unknown, and a text with
/// `${…}` around either of them is partly known.
enum SampleLanguage {
  static func datum(_ text: String, in file: String = "stack.json") throws -> Datum {
    let tree = try JSONReader.document(in: text)
    let root = try #require(tree.root)
    return datum(root, file)
  }

  static func datum(_ node: Node, _ file: String) -> Datum {
    let origin = Origin(SourceLocation(file: file, range: node.range))
    switch node.kind {
    case .mapping:
      var object = DatumObject()
      for entry in node.entries { object.set(entry.key.text, datum(entry.value, file)) }
      return Datum(.object(object), origin)
    case .sequence:
      if let first = node.elements.last, first.text == "?more" {
        let known = node.elements.dropLast().map { datum($0, file) }
        return Datum(.list(DatumList(known, more: Gap("more"))), origin)
      }
      return Datum(.list(DatumList(node.elements.map { datum($0, file) })), origin)
    case .scalar:
      guard node.resolvedType == .string else { return Datum(node, in: file) }
      return Datum(parts: parts(node.text), origin)
    }
  }

  private static func parts(_ text: String) -> [TextPart] {
    if let gap = gap(text) { return [.gap(gap)] }
    var parts: [TextPart] = []
    var rest = Substring(text)
    while let open = rest.range(of: "${"), let close = rest[open.upperBound...].firstIndex(of: "}"),
      let gap = gap(String(rest[open.upperBound..<close]))
    {
      if open.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<open.lowerBound]))) }
      parts.append(.gap(gap))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty || parts.isEmpty { parts.append(.text(String(rest))) }
    return parts
  }

  private static func gap(_ text: String) -> Gap? {
    if text.hasPrefix("?") { return Gap(String(text.dropFirst())) }
    guard text.hasPrefix("@") else { return nil }
    let words = text.dropFirst().split(separator: ".", maxSplits: 1).map(String.init)
    let reference = DatumReference(words[0], attribute: words.count > 1 ? words[1] : "")
    return Gap("it is known only once deployed", reference: reference)
  }

  /// A deployment of resources by name: `{"Web": {"type": "aws_ecs_service", …properties}}`.
  static func deployment(_ text: String) throws -> Deployment {
    let root = try #require(try JSONReader.document(in: text).root)
    let isTerraform = root.entries.contains { $0.value["type"]?.text.hasPrefix("aws_") == true }
    var deployment = Deployment(
      project: "infra",
      format: isTerraform ? .terraform : .cloudFormation
    )
    for entry in root.entries {
      var object = DatumObject()
      for property in entry.value.entries where property.key.text != "type" {
        object.set(property.key.text, datum(property.value, "stack.json"))
      }
      let origin = Origin(SourceLocation(file: "stack.json", range: entry.key.range))
      deployment.resources.append(
        DeclaredResource(
          type: entry.value["type"]?.text ?? "",
          name: entry.key.text,
          address: entry.key.text,
          properties: Datum(.object(object), origin),
          origin: origin
        )
      )
    }
    return deployment
  }

  static func read(_ text: String) throws -> ScanResult {
    AWSResources.read(try deployment(text))
  }
}

extension ScanResult {
  func resource(_ address: String) throws -> Resource {
    try #require(resources.first { $0.address == address }, "no resource \(address)")
  }
}

extension Workload {
  /// `relation address` of every link by address, sorted.
  var attachments: [String] {
    resourceLinks.flatMap { link in link.addresses.map { "\(link.relation) \($0)" } }.sorted()
  }

  func setting(_ name: String) -> String? {
    settings.first { $0.name == name }?.value.shown
  }
}

/// Scans ECS files held in memory.
func scanECS(_ files: [String: String]) throws -> ScanResult {
  var found: [DiscoveredFile] = []
  for (path, text) in files.sorted(by: { $0.key < $1.key }) {
    let isJSON = path.hasSuffix(".json")
    let documents =
      isJSON ? [try JSONReader.document(in: text)] : try YAMLReader.documents(in: text).documents
    found.append(
      DiscoveredFile(
        path: path,
        format: .ecsTaskDefinition,
        bytes: Array(text.utf8),
        documents: documents
      )
    )
  }
  let context = ScanContext(
    files: MemoryFiles(files),
    limits: DocumentLimits(),
    builds: StubBuilds()
  )
  return ECSScanner().scan(found, in: context)
}
