import Foundation
import Reports
import RuleEngine
import TestSupport
import Testing
import Unmoor

/// What the README shows is what the program prints.
@Suite struct ReadmeTests {
  private static func readme() throws -> String {
    try String(
      contentsOf: Corpus.packageRoot.appendingPathComponent("README.md"),
      encoding: .utf8
    )
  }

  @Test func countsTheRules() throws {
    let count = try Shop.unmoor().book.rules.count
    #expect(try Self.readme().contains("prints the rule book with \(count) rules."))
  }

  @Test func showsWhatTheSampleGives() async throws {
    let readme = try Self.readme()
    let block = try #require(readme.components(separatedBy: "```text\n").dropFirst().first)
    let shown = try #require(block.components(separatedBy: "```").first).split(separator: "\n")
    #expect(shown.count > 40)
    let report = ConsoleReport.render(try await Shop.storefront.value)
    let lines = Set(report.split(separator: "\n"))
    // "…" stands for what is left out.
    for line in shown where line.trimmingCharacters(in: .whitespaces) != "…" {
      #expect(lines.contains(line), "\(line)")
    }
  }
}
