import DocumentTrees
import Foundation
import Scanners
import TestSupport
import Testing
import Workloads

/// Every manifest of the corpus.
struct KubernetesCorpusTests {
  /// Kinds that are only read for what they say of others.
  private static let supporting: Set = ["Namespace", "PersistentVolume", "StorageClass"]

  private static let groups: Set = [
    "v1", "apps", "batch", "extensions", "autoscaling", "policy", "networking.k8s.io",
    "rbac.authorization.k8s.io", "storage.k8s.io",
  ]

  @Test func saysSomethingOfEveryObjectOfTheCorpus() async throws {
    guard let folder = Corpus.folder("kubernetes") else { return }
    let show = ProcessInfo.processInfo.environment["SHOW_KUBERNETES"] ?? ""
    var workloads = 0
    var documents = 0
    for repository in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let root = folder.appendingPathComponent(repository)
      var files: [String: [UInt8]] = [:]
      for file in Corpus.files(below: root) {
        files[String(file.path.dropFirst(root.path.count + 1))] = Array(try Data(contentsOf: file))
      }
      let result = await kubernetes(bytes: files)
      workloads += result.workloads.count
      let ids = result.workloads.map(\.id)
      #expect(Set(ids).count == ids.count, "ids are unique in \(repository)")
      documents += check(files, result, repository)
      guard !show.isEmpty else { continue }
      for workload in result.workloads where workload.location.file.contains(show) {
        var lines: [String] = []
        dump(workload, into: &lines)
        print("-- \(workload.id)\n" + lines.joined(separator: "\n"))
      }
    }
    print(
      "Kubernetes corpus: \(workloads) workloads; each of \(documents) objects is accounted for"
    )
    #expect(workloads > 900)
    #expect(documents > 2000)
  }

  /// Looks for every object that Kubernetes itself knows among what was read, and counts them.
  private func check(
    _ files: [String: [UInt8]],
    _ result: ScanResult,
    _ repository: String
  ) -> Int {
    var places: [String: [Int32]] = [:]
    for location in result.workloads.map(\.location)
      + (result.workloads.flatMap(\.resources) + result.resources).compactMap(\.origin.location)
    {
      places[location.file, default: []].append(location.range.start.line)
    }
    let notices = Dictionary(grouping: result.notices, by: \.location.file)
    let patches = files.filter { $0.key.contains("kustomization") }
      .map { String(decoding: $0.value, as: UTF8.self) }.joined()
    var count = 0
    for (path, bytes) in files where result.inputs[path]?.format == .kubernetes {
      guard let stream = try? YAMLReader.documents(in: bytes) else { continue }
      for root in stream.documents.compactMap(\.root) {
        guard let kind = root["kind"]?.text, let version = root["apiVersion"]?.text,
          Self.groups.contains(String(version.prefix { $0 != "/" })),
          !Self.supporting.contains(kind)
        else { continue }
        count += 1
        let range = root.range
        let isRead = (places[path] ?? []).contains { line in
          line >= range.start.line && line <= range.end.line
        }
        let isNoted = (notices[path] ?? []).contains { $0.message.contains(kind) }
        let isPatch = patches.contains(RelativePath.name(of: path))
        // A ConfigMap without a key holds nothing; an owned object is its owner's.
        let isEmpty = kind == "ConfigMap" && (root["data"]?.count ?? 0) == 0
        let isOwned = root["metadata"]?["ownerReferences"] != nil
        let isList = kind.hasSuffix("List") && (root["items"]?.count ?? 0) == 0
        #expect(
          isRead || isNoted || isPatch || isEmpty || isOwned || isList,
          "\(repository)/\(path):\(range.start.line) \(version) \(kind)"
        )
      }
    }
    return count
  }
}
