import DocumentTrees
import Foundation
import Workloads

@testable import RuleEngine

/// Builds rules and rule books from text, with the checklist and the catalogue that ship.
enum TestBook {
  static func checklist() throws -> Checklist { try loaded.get() }

  private static let loaded = Result {
    let root = try YAMLReader.document(
      in: Array((RuleData.text("checklist.yaml") ?? "").utf8)
    )?.root
    guard let root else { throw Missing() }
    return try Checklist(file: "checklist.yaml", root: root)
  }

  struct Missing: Error {}

  static func loader() throws -> RuleLoader {
    RuleLoader(checklist: try checklist(), functions: HostFunctions(detector: Secrets.detector))
  }

  /// Reads one rule as the loader reads a file.
  static func rule(_ text: String, path: String = "host/test.yaml") throws -> Rule {
    let root = try YAMLReader.document(in: Array(text.utf8))?.root
    guard let root else { throw Missing() }
    return try loader().rule(path: path, root: root, examples: RuleExamples(text: "", line: 1))
  }

  /// A rule from the fields that matter to a test.
  static func rule(
    _ id: String,
    on kind: String = "container",
    assert: String,
    when: String? = nil,
    severity: String = "high",
    step: String = "application",
    topic: String = "host",
    targets: String = "{ ecs-fargate: blocks, eks-fargate: blocks, aca: blocks }",
    effort: Int = 1,
    more: String = ""
  ) throws -> Rule {
    try rule(
      """
      id: \(id)
      title: Something is amiss
      step: \(step)
      topic: \(topic)
      severity: \(severity)
      appliesTo: \(kind)
      targets: \(targets)
      \(when.map { "when: '\($0)'" } ?? "confidence: high")
      assert: '\(assert)'
      message: Something is amiss.
      remediation:
        text: Mend it.
        effort: \(effort)
      \(more)
      """,
      path: id + ".yaml"
    )
  }

  static func book(_ rules: [Rule]) throws -> RuleBook {
    try RuleBook(
      rules: rules,
      checklist: try checklist(),
      catalogue: try RuleData.catalogue(),
      detector: Secrets.detector,
      digest: "sha256:0"
    )
  }

  static func assess(_ workloads: [Workload], with rules: [Rule]) async throws -> Assessment {
    try await assess(workloads, with: book(rules))
  }

  static func assess(_ workloads: [Workload], with book: RuleBook) async throws -> Assessment {
    var estate = Estate()
    estate.workloads = workloads
    let tool = Tool(name: "unmoor", version: "0", ruleSetDigest: book.digest)
    guard let assessor = Assessor(book: book, tool: tool, options: Assessor.Options()) else {
      throw Missing()
    }
    return await assessor.assess(estate)
  }
}
