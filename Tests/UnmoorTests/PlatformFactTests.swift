import DocumentTrees
import RuleEngine
import TestSupport
import Testing
import Unmoor

/// Verdicts rest on dated, sourced facts of the targets.
@Suite struct PlatformFactTests {
  @Test func everyCitedFactExists() throws {
    let book = try Unmoor().book
    for rule in book.rules where !rule.constraints.isEmpty {
      for id in rule.constraints {
        let targets = book.catalogue.targets.filter { $0.constraintIds().contains(id) }
        #expect(!targets.isEmpty, "\(rule.id) cites \(id), which no target has")
      }
    }
  }

  /// A rule that blocks must not rest on facts which all say that the setting is supported.
  @Test func noBlockingRuleRestsOnSupportedFactsAlone() throws {
    let book = try Unmoor().book
    for rule in book.rules where !rule.constraints.isEmpty {
      for target in book.catalogue.targets where rule.effects[target.id] == .blocks {
        let facts = try target.constraints(Set(rule.constraints)).map(\.constraint)
        let contradicts = !facts.isEmpty && facts.allSatisfy { $0.effect == .supported }
        #expect(!contradicts, "\(rule.id) on \(target.id)")
      }
    }
  }

  /// What is read item by item is what reading the whole file gives.
  @Test func readingOneFactEqualsReadingAll() throws {
    for target in try Unmoor().book.catalogue.targets {
      let all = try target.constraints()
      let sources = try target.sources()
      let single = try target.constraints(target.constraintIds())
      #expect(single.map(\.constraint) == all)
      for entry in single {
        #expect(
          entry.sources
            == entry.constraint.sources.compactMap { id in sources.first { $0.id == id } }
        )
      }
    }
  }

  @Test func verdictCitesWhatDecidedItWithSourceAndConfidence() async throws {
    let compose = """
      services:
        job:
          image: example.com/job:1
          privileged: true
      """
    let assessment = try await Unmoor().assess(files: MemoryFiles(["compose.yaml": compose]))
    let workload = try #require(assessment.workloads.first)
    let verdict = try #require(workload.verdicts.first { $0.target == "ecs-fargate" })
    #expect(verdict.facts.contains("privileged"))
    let fact = try #require(
      assessment.platformFacts.first { $0.target == "ecs-fargate" && $0.id == "privileged" }
    )
    #expect(fact.isVerified)
    #expect(fact.sources.contains { $0.place.contains("fargate-tasks-services") })
    let other = try #require(
      assessment.platformFacts.first { $0.target == "aca" && $0.id == "privileged" }
    )
    #expect(other.effect == "blocks")
  }
}
