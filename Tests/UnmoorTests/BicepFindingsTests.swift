import DocumentTrees
import Foundation
import RuleEngine
import TestSupport
import Testing
import Unmoor

/// A Bicep file and the ARM template that the compiler made of it are judged the same.
@Suite struct BicepFindingsTests {
  private struct Pair: Sendable {
    var folder: String
    /// Below the folder, without the ending.
    var path: String
  }

  private struct Tally: Sendable {
    var agreed = 0
    /// A resource whose name is known only once deployed is called by its symbol in Bicep, and by
    /// what stands in its place in a template, which has no symbols.
    var named = 0
    var differences: [String] = []
  }

  @Test func compiledTemplatesAreJudgedTheSame() async throws {
    var pairs: [Pair] = []
    for folder in ["bicep", "aca"] {
      guard let root = Corpus.folder(folder) else { return }
      for file in Corpus.files(below: root, where: { $0.pathExtension == "bicep" }) {
        let path = String(file.deletingPathExtension().path.dropFirst(root.path.count + 1))
        let compiled = root.appendingPathComponent(path + ".json")
        guard let text = try? String(contentsOf: compiled, encoding: .utf8),
          text.contains("\"resources\"")
        else { continue }
        pairs.append(Pair(folder: root.path, path: path))
      }
    }
    let unmoor = try Shop.unmoor()
    let tallies = try await withThrowingTaskGroup(of: (String, Tally).self) { group in
      for pair in pairs { group.addTask { (pair.path, try await Self.compare(pair, unmoor)) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    var sum = Tally()
    for (path, tally) in tallies {
      sum.agreed += tally.agreed
      sum.named += tally.named
      sum.differences += tally.differences.map { "\(path): \($0)" }
    }
    print(
      """
      Bicep: \(pairs.count) pairs with their compiled templates; \(sum.agreed) workloads, findings \
      and answers agree, \(sum.named) of them but for the name of a resource that has none yet, \
      \(sum.differences.count) differ
      """
    )
    for difference in sum.differences.sorted() { print("  \(difference)") }
    #expect(sum.differences.isEmpty)
    #expect(pairs.count >= 149)
  }

  private static func compare(_ pair: Pair, _ unmoor: Unmoor) async throws -> Tally {
    var options = Unmoor.Options()
    options.paths = [pair.path + ".bicep"]
    let own = try await unmoor.assess(root: pair.folder, options: options)
    let compiled = URL(fileURLWithPath: "\(pair.folder)/\(pair.path).json")
    let text = try String(contentsOf: compiled, encoding: .utf8)
    let other = try await unmoor.assess(files: MemoryFiles(["main.json": text]))
    var tally = Tally()
    var (left, right) = (facts(of: own), facts(of: other))
    for fact in left where right.contains(fact) {
      right.remove(at: right.firstIndex(of: fact) ?? 0)
      left.remove(at: left.firstIndex(of: fact) ?? 0)
      tally.agreed += 1
    }
    for fact in left {
      guard let twin = right.firstIndex(where: { differByName(fact, $0) }) else { continue }
      right.remove(at: twin)
      left.remove(at: left.firstIndex(of: fact) ?? 0)
      tally.agreed += 1
      tally.named += 1
    }
    tally.differences = left.map { "only Bicep: \($0)" } + right.map { "only ARM: \($0)" }
    return tally
  }

  /// Everything that is said, without places.
  private static func facts(of assessment: Assessment) -> [String] {
    // What stands for a whole file is called by the file's name.
    let names = Dictionary(
      assessment.workloads.map { ($0.id, $0.disposition == .infrastructure ? "-" : $0.name) },
      uniquingKeysWith: { first, _ in first }
    )
    func name(_ id: String) -> String { names[id] ?? id }
    var facts: [String] = []
    for workload in assessment.workloads where workload.disposition != .infrastructure {
      let verdicts = workload.verdicts.map { "\($0.target) \($0.verdict)" }.joined(separator: " ")
      facts.append("\(workload.kind) \(workload.name) \(workload.disposition) \(verdicts)")
    }
    for finding in assessment.findings {
      facts.append(
        "\(finding.rule) \(finding.severity) in \(name(finding.workload)): \(finding.message)"
      )
    }
    let answers = Set(
      assessment.checks.filter { $0.state != .notApplicable }
        .map { "\($0.rule) is \($0.state) \($0.target ?? "") in \(name($0.workload))" }
    )
    return facts + answers.sorted()
  }

  /// Whether two texts have the same words but for one run of them.
  private static func differByName(_ left: String, _ right: String) -> Bool {
    let (left, right) = (left.split(separator: " "), right.split(separator: " "))
    guard left.count == right.count else { return false }
    return zip(left, right).count { $0 != $1 } == 1
  }
}
