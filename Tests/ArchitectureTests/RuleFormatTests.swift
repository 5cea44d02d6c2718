import DocumentTrees
import RuleEngine
import Scanners
import Testing
import Unmoor
import Workloads

/// A rule that speaks about several formats is shown at work in two of them at least.
@Suite struct RuleFormatTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var rule: Rule
    var testDescription: String { rule.id }
  }

  private static let unmoor = Result { try Unmoor() }

  static let rules: [Case] = ((try? unmoor.get())?.book.rules ?? []).map(Case.init)

  /// Subjects that Dockerfiles alone have; rules about others say in `formats` what limits them.
  static let subjectsOfDockerfiles: Set = ["stage", "instruction", "command"]

  @Test func rulesAreFound() { #expect(Self.rules.count >= 40) }

  @Test(arguments: rules)
  func findingsAreShownInTwoFormats(_ example: Case) async throws {
    let rule = example.rule
    let isLimited =
      rule.formats.count == 1 || Self.subjectsOfDockerfiles.contains(rule.appliesTo.name)
    let shown = try await formatsOfBadExamples(rule)
    #expect(shown.count >= (isLimited ? 1 : 2), "findings are shown in \(shown.sorted()) alone")
  }

  @Test(arguments: rules)
  func formatsAreNamesOfFormats(_ example: Case) {
    let known = Set(FileFormat.allCases.map(\.rawValue))
    #expect(example.rule.formats.isSubset(of: known))
  }

  /// The formats of what fails, and of the files that hold the marks.
  private func formatsOfBadExamples(_ rule: Rule) async throws -> Set<String> {
    let unmoor = try Self.unmoor.get()
    var formats: Set<String> = []
    for bad in try rule.parsedExamples() where bad.isBad {
      let assessment = try await unmoor.assess(files: MemoryFiles(bad.files))
      let marked = Set(bad.marks.map(\.file))
      let failing = Set(assessment.findings.filter { $0.rule == rule.id }.map(\.workload))
      formats.formUnion(assessment.inputs.filter { marked.contains($0.path) }.map(\.format))
      formats.formUnion(assessment.workloads.filter { failing.contains($0.id) }.map(\.format))
    }
    return formats
  }
}
