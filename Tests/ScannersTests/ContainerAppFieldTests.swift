import DocumentTrees
import Foundation
import Templates
import Testing
import Workloads

@testable import Scanners

/// Every field that the schema of container apps has makes a difference, or is left out for a reason.
@Suite struct ContainerAppFieldTests {
  /// Fields that no rule can need, with the reason.
  static let ignored: [String: String] = [
    "extendedLocation.name": "a cluster of one's own beneath, which the environment names too",
    "extendedLocation.type": "a cluster of one's own beneath, which the environment names too",
    "location": "the region; prices and quotas are not compared by region",
    "managedBy": "who made the resource changes nothing about running it",
  ]

  /// Fields of which an object has one or the other; each gets an object of its own.
  static let alternatives: [String: [String]] = [
    "properties.template.containers[].probes[]": ["httpGet", "tcpSocket"],
    "properties.template.scale.rules[]": ["http", "tcp", "custom", "azureQueue"],
    "properties.configuration.secrets[]": ["value", "keyVaultUrl"],
    "properties.configuration.registries[]": ["identity", "username"],
    "properties.template.containers[].env[]": ["value", "secretRef"],
    "properties.template.initContainers[].env[]": ["value", "secretRef"],
  ]

  /// What is not the same as leaving the field out.
  static let values: [String: String] = [
    "properties.configuration.activeRevisionsMode": "Multiple",
    "properties.configuration.ingress.transport": "http2",
    "properties.configuration.ingress.stickySessions.affinity": "sticky",
    "properties.configuration.ingress.ipSecurityRestrictions[].action": "Deny",
    "properties.template.containers[].resources.memory": "1Gi",
    "properties.template.initContainers[].resources.memory": "1Gi",
    "properties.template.volumes[].name": "v",
    "properties.template.containers[].volumeMounts[].volumeName": "v",
    "properties.template.initContainers[].volumeMounts[].volumeName": "v",
  ]

  struct Field: Sendable {
    var path: String
    var type: String
  }

  static func fields() throws -> [Field] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/azure/container-app-fields.txt")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
      guard line.first != "#", let colon = line.firstRange(of: ": ") else { return nil }
      return Field(
        path: String(line[..<colon.lowerBound]),
        type: String(line[colon.upperBound...])
      )
    }
  }

  private static func value(of field: Field) -> Any {
    if let value = values[field.path] { return value }
    switch field.type {
    case "integer": return 7
    case "boolean": return true
    case "map": return ["k": "7"]
    case let type where type.hasPrefix("one of "):
      return type.dropFirst(7).split(separator: " | ").first.map(String.init) ?? ""
    default: return "7"
    }
  }

  /// An object with all the fields but one.
  private static func sample(_ fields: [Field], at path: String, without left: String) -> Any {
    var members: [String: [Field]] = [:]
    for field in fields where field.path.hasPrefix(path) {
      let rest = field.path.dropFirst(path.count)
      let name = rest.prefix { $0 != "." && $0 != "[" }
      members[String(name), default: []].append(field)
    }
    var object: [String: Any] = [:]
    for (name, own) in members {
      let here = path + name
      if own.count == 1, own[0].path == here {
        if here != left { object[name] = value(of: own[0]) }
      } else if own[0].path.hasPrefix(here + "[]") {
        object[name] = list(own, at: here + "[]", without: left)
      } else {
        object[name] = sample(own, at: here + ".", without: left)
      }
    }
    return object
  }

  private static func list(_ fields: [Field], at path: String, without left: String) -> [Any] {
    if fields.count == 1, fields[0].path == path {
      return path == left ? [] : [value(of: fields[0])]
    }
    guard let choices = alternatives[path] else {
      return [sample(fields, at: path + ".", without: left)]
    }
    return choices.map { choice in
      let others = choices.filter { $0 != choice }.map { "\(path).\($0)" }
      let own = fields.filter { field in !others.contains { field.path.hasPrefix($0) } }
      return sample(own, at: path + ".", without: left)
    }
  }

  private static func dumped(_ object: Any) throws -> [String] {
    let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
    // As a text it has one place, so that only values make a difference.
    let origin = Origin(SourceLocation(file: "app.json", line: 1))
    let text = Datum(.text(String(decoding: data, as: UTF8.self)), origin)
    guard case .success(let datum) = JSONTextDatum.read(text, limits: DocumentLimits()) else {
      return []
    }
    var deployment = Deployment(project: "", format: .containerApp)
    deployment.resources = [
      DeclaredResource(
        type: "Microsoft.App/containerApps",
        name: "x",
        address: "x",
        properties: datum,
        origin: origin
      )
    ]
    let read = AzureResources.read(deployment)
    #expect(read.notices.filter { $0.kind == .unsupportedField }.isEmpty)
    var lines: [String] = []
    dump(read.workloads, into: &lines)
    return lines
  }

  @Test func everyFieldCounts() throws {
    let fields = try Self.fields()
    let whole = try Self.dumped(Self.sample(fields, at: "", without: ""))
    #expect(!whole.isEmpty)
    var checked = 0
    for field in fields where Self.ignored[field.path] == nil {
      // One environment under two names: the older one counts where the newer is absent.
      var own = fields
      if field.path == "properties.managedEnvironmentId" {
        own.removeAll { $0.path == "properties.environmentId" }
      }
      let before =
        own.count == fields.count ? whole : try Self.dumped(Self.sample(own, at: "", without: ""))
      let after = try Self.dumped(Self.sample(own, at: "", without: field.path))
      let isRead = before != after
      #expect(isRead, "\(field.path) makes no difference")
      checked += 1
    }
    print("container apps: \(checked) of \(fields.count) fields make a difference")
    for path in Self.ignored.keys { #expect(fields.contains { $0.path == path }, "\(path)") }
  }
}
