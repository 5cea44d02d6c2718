import DocumentTrees
import Foundation
import Scanners
import Templates
import TestSupport
import Testing
import Workloads

/// Every template and container app of the corpus is evaluated.
@Suite("Azure corpus", .serialized)
struct AzureCorpusTests {
  private func texts(_ folder: String, _ suffixes: [String]) -> [(String, [UInt8])] {
    guard let root = Corpus.folder(folder) else { return [] }
    return Corpus.files(below: root) { file in suffixes.contains { file.path.hasSuffix($0) } }
      .compactMap { file in
        guard let data = try? Data(contentsOf: file) else { return nil }
        return (String(file.path.dropFirst(root.path.count + 1)), Array(data))
      }
  }

  @Test(arguments: ["arm", "aca", "bicep"])
  func everyTemplateIsEvaluatedAndEveryExpressionParses(_ folder: String) async throws {
    let files = texts(folder, [".json"])
    let tree = MemoryFiles(bytes: Dictionary(files, uniquingKeysWith: { first, _ in first }))
    var (templates, resources) = (0, 0)
    for (path, bytes) in files {
      guard let root = ARMText.document(in: bytes, limits: DocumentLimits())?.root,
        root["$schema"]?.text.lowercased().contains("deploymenttemplate.json") == true
      else { continue }
      templates += 1
      let deployment = ARMReader(files: tree).deployment(at: path, root)
      resources += deployment.resources.count
      let broken = deployment.notices.filter { $0.message.contains("cannot be read:") }
      // Two of Checkov's samples name variables without `variables()`, which Azure refuses as well.
      let folder = "SynapseSQLPoolHasVulnerabilityAssessment/"
      if path.hasSuffix(folder + "fail2.json") || path.hasSuffix(folder + "pass.json") {
        #expect(broken.count == 3)
        continue
      }
      #expect(broken.isEmpty, "\(path): \(broken.map(\.message))")
      let unknown = deployment.notices.filter { $0.message.hasPrefix("The function") }
      #expect(unknown.isEmpty, "\(path): \(unknown.map(\.message))")
      let limits = deployment.notices.filter { $0.kind == .limit }
      #expect(limits.isEmpty, "\(path): \(limits.map(\.message))")
      _ = AzureResources.read(deployment)
    }
    print("Azure corpus, \(folder): \(templates) templates, \(resources) resources")
    #expect(files.isEmpty || templates > 0)
  }

  @Test func everyContainerAppIsRead() async throws {
    let files = texts("aca", [".yaml", ".yml", ".json"])
    let tree = MemoryFiles(bytes: Dictionary(files, uniquingKeysWith: { first, _ in first }))
    let found = await Discovery(files: tree, limits: DocumentLimits()).discover(
      paths: files.map(\.0)
    )
    let apps = found.files.filter { $0.format == .containerApp }
    let context = ScanContext(files: tree, limits: DocumentLimits(), builds: StubBuilds())
    let result = ContainerAppScanner().scan(apps, in: context)
    #expect(files.isEmpty || !result.workloads.isEmpty)
    #expect(result.workloads.allSatisfy { !$0.containers.isEmpty })
  }
}
