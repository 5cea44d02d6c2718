import DocumentTrees
import Foundation
import TestSupport
import Testing
import Workloads

@testable import Templates

/// Bicep files and the ARM templates that the compiler made of them deploy the same.
@Suite struct BicepCompiledTests {
  /// Differences that are right, by the file and the path of the property.
  private struct Explanation {
    var file: String
    var path: String
    var reason: String
  }

  private static let explanations = [
    Explanation(
      file: "Modules_CRLF/main.bicep",
      path: "",
      reason: "the modules' own files are not in the corpus, only what they compile to"
    ),
    Explanation(
      file: "aadds-dual-region-replica-sets/main.bicep",
      path: ".properties.replicaSets[",
      reason: "the location of a virtual network is known where it is stated"
    ),
    Explanation(
      file: "databricks-all-in-one-template-for-vnet-injection/main.bicep",
      path: ".properties.managedResourceGroupId",
      reason: "the id of a resource group is written as the platform does"
    ),
    Explanation(
      file: "sqlmi-new-vnet/main.bicep",
      path: ".properties.subnetId",
      reason: "the sample names a child without its parent, so its id has a segment too few"
    ),
    Explanation(
      file: "web-app-asev2-create/main.bicep",
      path: ".properties.virtualNetwork.id",
      reason: "the sample names a child without its parent, so its id has a segment too few"
    ),
    Explanation(
      file: "api-management-create-all-resources/main.bicep",
      path: ".properties.",
      reason: "names of parents are known, where the compiler takes an unknown text apart"
    ),
  ]

  /// What the compiler adds to a resource that no reader looks at.
  private static let added: Set = ["metadata", "extension", "asserts"]

  private struct Tally {
    var resources = 0
    var agreed = 0
    var bothUnknown = 0
    var differences: [String] = []
  }

  @Test func compiledTemplatesDeployTheSame() throws {
    var tally = Tally()
    var pairs = 0
    var explained = 0
    var used: Set<Int> = []
    for folder in ["bicep", "aca"] {
      guard let root = Corpus.folder(folder) else { return }
      let files = try #require(DiskFiles(root: root.path, limits: DocumentLimits()))
      let sources = BicepSources(files: files)
      for file in Corpus.files(below: root, where: { $0.pathExtension == "bicep" }) {
        let path = String(file.path.dropFirst(root.path.count + 1))
        let compiled = String(path.dropLast("bicep".count)) + "json"
        guard case .bytes(let bytes) = files.read(compiled),
          let template = ARMText.document(in: bytes, limits: DocumentLimits())?.root,
          template["resources"] != nil
        else { continue }
        pairs += 1
        let own = BicepReader.deployment(
          path,
          parameters: ARMReader.parameterFile(for: compiled, in: files),
          sources: sources
        )
        let other = ARMReader(files: files).deployment(at: compiled, template)
        var found = Tally()
        compare(own, other, &found)
        tally.resources += found.resources
        tally.agreed += found.agreed
        tally.bothUnknown += found.bothUnknown
        for difference in found.differences {
          let reason = Self.explanations.firstIndex {
            path.hasSuffix("/" + $0.file) && ($0.path.isEmpty || difference.contains($0.path))
          }
          if let reason {
            used.insert(reason)
            explained += 1
          } else {
            tally.differences.append("\(path): \(difference)")
          }
        }
      }
    }
    print(
      """
      Bicep: \(pairs) pairs with their compiled templates; \(tally.resources) resources in both, \
      \(tally.agreed) values agree, \(tally.bothUnknown) are known to neither, \(explained) \
      differences are explained, \(tally.differences.count) are not
      """
    )
    #expect(tally.differences.isEmpty)
    #expect(pairs >= 149)
    #expect(used.count == Self.explanations.count, "an explanation explains nothing any more")
  }

  private func key(_ resource: DeclaredResource) -> String {
    "\(resource.type) \(resource.properties["name"].sketch ?? "")".lowercased()
  }

  private func compare(_ own: Deployment, _ other: Deployment, _ tally: inout Tally) {
    var rest = other.resources
    for resource in own.resources {
      let candidates = rest.indices.filter { key(rest[$0]) == key(resource) }
      // Of several with the same unknown name the one that fits best is meant.
      var best: (index: Int, tally: Tally)?
      for index in candidates {
        var found = Tally()
        compare(resource, rest[index], &found)
        if best.map({ $0.tally.differences.count > found.differences.count }) ?? true {
          best = (index, found)
        }
      }
      guard let best else {
        tally.differences.append("only Bicep has \(key(resource))")
        continue
      }
      rest.remove(at: best.index)
      tally.resources += 1
      tally.agreed += best.tally.agreed
      tally.bothUnknown += best.tally.bothUnknown
      tally.differences += best.tally.differences
    }
    tally.differences += rest.map { "only ARM has \(key($0))" }
  }

  private func compare(
    _ own: DeclaredResource,
    _ other: DeclaredResource,
    _ tally: inout Tally
  ) {
    if own.apiVersion != other.apiVersion { tally.differences.append("\(own.name): version") }
    if own.scopeLevel != other.scopeLevel { tally.differences.append("\(own.name): scope") }
    if own.isDeclared.known != other.isDeclared.known {
      tally.differences.append("\(own.name): condition")
    }
    for entry in own.properties.entries {
      compare(entry.value, other.properties[entry.key], "\(own.name).\(entry.key)", &tally)
    }
    for entry in other.properties.entries
    where own.properties[entry.key].isAbsent && !Self.added.contains(entry.key) {
      tally.differences.append("\(own.name).\(entry.key): only ARM has it")
    }
  }

  private func compare(_ own: Datum, _ other: Datum, _ path: String, _ tally: inout Tally) {
    switch (own.shape, other.shape) {
    case (.partial, .partial):
      if own.sketch?.lowercased() == other.sketch?.lowercased() {
        tally.agreed += 1
      } else {
        tally.differences.append("\(path): \(own.sketch ?? "") and \(other.sketch ?? "")")
      }
    case (.unknown, .unknown), (.unknown, .partial), (.partial, .unknown):
      tally.bothUnknown += 1
    case (.object(let left, let leftMore), .object(let right, let rightMore)):
      if (leftMore == nil) != (rightMore == nil) { tally.differences.append("\(path): more keys") }
      for entry in left where rightMore == nil || !other[entry.key].isAbsent {
        compare(entry.value, other[entry.key], "\(path).\(entry.key)", &tally)
      }
      for entry in right where own[entry.key].isAbsent {
        tally.differences.append("\(path).\(entry.key): only ARM has it")
      }
    case (.list(let left, let leftMore), .list(let right, let rightMore)):
      if left.count != right.count || (leftMore == nil) != (rightMore == nil) {
        tally.differences.append("\(path): \(left.count) and \(right.count) elements")
      }
      for (index, pair) in zip(left, right).enumerated() {
        compare(pair.0, pair.1, "\(path)[\(index)]", &tally)
      }
    default:
      if AzureFunctions.same(own, other) == true {
        tally.agreed += 1
      } else {
        tally.differences.append("\(path): one is known, or they differ")
      }
    }
  }
}
