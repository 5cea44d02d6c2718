import DocumentTrees
import Foundation
import TestSupport
import Testing
import Workloads

@testable import Scanners

/// Every property that Compose has makes a difference, or is left out for a stated reason.
///
/// The oracle is the specification's schema; `Fixtures/compose/properties.txt` keeps its paths, and
/// `everything.yaml` has each of them.
@Suite struct ComposeSpecificationTests {
  /// Properties that nothing is read from, with what lies below them.
  static let unread: [String: String] = [
    "version": "Compose ignores it",
    "services.*.develop": "how `compose watch` follows the sources while somebody develops",
    "services.*.attach": "whose output `compose up` shows",
    "services.*.depends_on.*.restart": "when `compose` itself restarts a service",
    "services.*.ports[].name": "a note for the reader",
    "services.*.extends": "what it stands for is read; everything it adds is tested elsewhere",
    "services.*.gpus[].count": "that there is one is what counts",
    "services.*.gpus[].device_ids": "that there is one is what counts",
    "services.*.gpus[].driver": "that there is one is what counts",
    "services.*.gpus[].options": "that there is one is what counts",
    "services.*.deploy.resources.reservations.devices[].count": "as of gpus",
    "services.*.deploy.resources.reservations.devices[].device_ids": "as of gpus",
    "services.*.deploy.resources.reservations.devices[].driver": "as of gpus",
    "services.*.deploy.resources.reservations.devices[].options": "as of gpus",
    "services.*.volumes[].bind.create_host_path": "where the host's folder comes from",
    "services.*.volumes[].bind.recursive": "what of the host's mounts is seen below",
    "services.*.volumes[].volume.labels": "labels of what stays behind",
    "services.*.volumes[].tmpfs.mode": "rights in an empty folder",
    "networks.*.name": "the network stays behind, whatever the engine calls it",
    "networks.*.driver_opts": "the network stays behind; its driver is read",
    "networks.*.ipam": "the network stays behind; fixed addresses are read where services ask",
    "networks.*.enable_ipv4": "the network stays behind",
    "networks.*.enable_ipv6": "the network stays behind",
    "networks.*.attachable": "the network stays behind",
    "networks.*.labels": "the network stays behind",
    "volumes.*.labels": "labels of what stays behind",
    "secrets.*.name": "asked of external secrets only",
    "secrets.*.labels": "labels of what stays behind",
    "secrets.*.driver": "that the secret has a source is what counts",
    "secrets.*.driver_opts": "that the secret has a source is what counts",
    "secrets.*.template_driver": "that the secret has a source is what counts",
    "configs.*.name": "asked of external configs only",
    "configs.*.labels": "labels of what stays behind",
    "configs.*.template_driver": "that the config has a source is what counts",
  ]

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/compose")

  static let properties: [String] = {
    let text = try? String(
      contentsOf: folder.appendingPathComponent("properties.txt"),
      encoding: .utf8
    )
    return text?.split(separator: "\n").map(String.init) ?? []
  }()

  static func everything() throws -> String {
    try String(contentsOf: folder.appendingPathComponent("everything.yaml"), encoding: .utf8)
  }

  /// What the project reads besides its own file.
  static let others = [
    "part/compose.yaml":
      "services:\n  part:\n    image: example.com/${TAG:-none}\n    volumes: [./data:/data]\n",
    "part/own.env": "TAG=part",
    "base.yaml": "services:\n  base:\n    image: example.com/base:1\n    user: '7'\n",
    "raw.env": "RAW='quoted'",
    "labels.env": "from.file=yes",
    "ctx/web.Dockerfile": "FROM example.com/web AS final\nFROM example.com/other\n",
    "ctx/Dockerfile": "FROM example.com/default\n",
  ]

  static func scanned(_ text: String) -> ScanResult {
    let all = others.merging(["compose.yaml": text]) { $1 }
    let files = MemoryFiles(all)
    let scanner = ComposeScanner(
      files: files,
      builds: DockerfileScanner(files: files, limits: DocumentLimits()),
      options: ComposeOptions(),
      limits: DocumentLimits()
    )
    let candidates = ["compose.yaml", "part/compose.yaml", "base.yaml"].compactMap { path in
      (try? YAMLReader.documents(in: all[path] ?? "")).map {
        ComposeScanner.Candidate(path: path, stream: $0)
      }
    }
    return scanner.scan(candidates)
  }

  // MARK: Leaving a property out

  /// The text with the lines of a property and of all below it made empty, so that no place moves.
  static func text(_ text: String, without path: String) throws -> String {
    let root = try #require(try YAMLReader.documents(in: text).documents.first?.root)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let keys = keys(path.split(separator: ".").map(String.init)[...], in: root)
    for key in keys {
      let (first, indent) = (Int(key.range.start.line) - 1, Int(key.range.start.column) - 1)
      lines[first] = String(lines[first].prefix(indent))
      for line in lines.indices.dropFirst(first + 1) {
        let own = lines[line].prefix { $0 == " " }.count
        if own <= indent, own < lines[line].count { break }
        lines[line] = ""
      }
    }
    return keys.isEmpty ? "" : lines.joined(separator: "\n")
  }

  static func keys(_ path: ArraySlice<String>, in node: Node) -> [Node] {
    guard let step = path.first else { return [] }
    let isList = step.hasSuffix("[]")
    let name = isList ? String(step.dropLast(2)) : step
    return node.entries.filter { name == "*" || $0.key.text == name }.flatMap { entry in
      if path.count == 1 { return [entry.key] }
      let inner = isList ? Array(entry.value.elements) : [entry.value]
      return inner.flatMap { keys(path.dropFirst(), in: $0) }
    }
  }

  // MARK: Tests

  @Test func everythingIsUnderstood() throws {
    let result = Self.scanned(try Self.everything())
    #expect(result.notices.map { "\($0.location.range.start.line): \($0.message)" } == [])
    #expect(result.workloads.count == 10)
    #expect(Self.properties.count > 300)
  }

  @Test(arguments: properties)
  func propertyCounts(_ path: String) throws {
    func dumped(_ text: String) -> [String] {
      var lines: [String] = []
      dump(Self.scanned(text).workloads, into: &lines)
      return lines
    }
    let whole = try Self.everything()
    let part = try Self.text(whole, without: path)
    try #require(!part.isEmpty, "everything.yaml has no \(path)")
    let isRead = dumped(part) != dumped(whole)
    let isListed = Self.unread.keys.contains { path == $0 || path.hasPrefix($0 + ".") }
    if isListed {
      let isException = Self.unread[path] == nil || path == "services.*.extends"
      #expect(!isRead || isException, "\(path) is read")
    } else {
      #expect(isRead, "\(path) makes no difference")
    }
  }

  /// The kept paths are those of the schema, where the schema itself is at hand.
  @Test func fixtureAgreesWithTheSchema() throws {
    let schemas = Corpus.root?.deletingLastPathComponent().appendingPathComponent("schemas")
    guard let file = schemas?.appendingPathComponent("compose-spec.json"),
      let data = try? Data(contentsOf: file)
    else {
      FileHandle.standardError.write(
        Data("*** SKIPPED: compose-spec.json is not beside the corpus. ***\n".utf8)
      )
      return
    }
    let schema = try #require(
      try JSONSerialization.jsonObject(with: data) as? [String: Any]
    )
    var paths: Set<String> = []
    Self.collect(schema, of: schema, at: "", seen: [], into: &paths)
    #expect(paths.sorted() == Self.properties)
  }

  private static func collect(
    _ node: [String: Any],
    of schema: [String: Any],
    at path: String,
    seen: Set<String>,
    into paths: inout Set<String>
  ) {
    func visit(_ value: Any?, _ path: String, seen: Set<String> = seen) {
      guard let object = value as? [String: Any] else { return }
      collect(object, of: schema, at: path, seen: seen, into: &paths)
    }
    if let reference = (node["$ref"] as? String)?.split(separator: "/").last.map(String.init) {
      guard !seen.contains(reference) else { return }
      let definitions = schema["definitions"] as? [String: Any]
      return visit(definitions?[reference], path, seen: seen.union([reference]))
    }
    for (name, value) in node["properties"] as? [String: Any] ?? [:] {
      let here = path.isEmpty ? name : "\(path).\(name)"
      paths.insert(here)
      visit(value, here)
    }
    for (pattern, value) in node["patternProperties"] as? [String: Any] ?? [:]
    where pattern != "^x-" { visit(value, path + ".*") }
    for key in ["oneOf", "anyOf", "allOf"] {
      for value in node[key] as? [Any] ?? [] { visit(value, path) }
    }
    visit(node["items"], path + "[]")
    visit(node["additionalProperties"], path + ".*")
  }
}
