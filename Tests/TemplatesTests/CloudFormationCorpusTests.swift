import DocumentTrees
import Foundation
import Templates
import TestSupport
import Testing
import Workloads

/// Every CloudFormation template of the corpus is evaluated.
@Suite struct CloudFormationCorpusTests {
  /// Mistakes of the files themselves, each looked up by hand.
  private static let faults: [String: Set<String>] = [:]

  @Test func everyTemplateIsEvaluated() throws {
    guard let folder = Corpus.folder("cloudformation") else { return }
    var files: [String: [UInt8]] = [:]
    var templates: [CloudFormationTemplate] = []
    var expected: [String: Set<String>] = [:]
    for file in Corpus.files(below: folder) {
      let path = String(file.path.dropFirst(folder.path.count + 1))
      let bytes = Array(try Data(contentsOf: file))
      files[path] = bytes
      guard let root = Self.root(path, bytes), let resources = root["Resources"],
        root["AWSTemplateFormatVersion"] != nil || root["Transform"] != nil
          || resources.entries.contains(where: { $0.value["Type"]?.text.contains("::") == true })
      else { continue }
      templates.append(CloudFormationTemplate(path: path, root: root))
      // Counted here without the reader: whatever is no function must be listed.
      expected[path] = Set(resources.entries.map(\.key.text).filter { !$0.hasPrefix("Fn::") })
    }
    #expect(templates.count > 600)
    let reader = CloudFormationReader(files: MemoryFiles(bytes: files))
    let deployments = reader.deployments(of: templates)
    #expect(Set(deployments.map(\.project)) == Set(templates.map(\.path)))
    for deployment in deployments {
      let listed = Set(
        deployment.resources.map { String($0.address.split(separator: "#").last ?? "") }
      )
      let missing = (expected[deployment.project] ?? []).subtracting(listed)
      #expect(missing.isEmpty, "\(deployment.project) lacks \(missing.sorted())")
      let found = Set(
        deployment.notices.filter { $0.kind == .invalidValue }
          .map { "\($0.location.range.start.line): \($0.message)" }
      )
      #expect(found == Self.faults[deployment.project] ?? [], "\(deployment.project)")
    }
    let kinds = deployments.flatMap(\.notices).map(\.kind.rawValue)
    let counts = Dictionary(grouping: kinds, by: { $0 }).mapValues(\.count)
    print("CloudFormation: \(deployments.count) templates,", counts)
    #expect(counts["limit"] == nil)
  }

  private static func root(_ path: String, _ bytes: [UInt8]) -> Node? {
    if path.hasSuffix(".json") {
      return (try? JSONReader.document(in: bytes))?.root
    }
    return (try? YAMLReader.documents(in: bytes))?.documents.first?.root
  }
}
