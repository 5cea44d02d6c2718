import DocumentTrees
import Scanners
import Testing
import Workloads

/// A saved plan knows all that the configuration beside it says, and more.
@Suite struct TerraformPlanChoiceTests {
  private static let configuration = """
    variable "engine" {}
    resource "aws_db_instance" "shop" { engine = var.engine }
    """

  private static let plan = """
    {"format_version": "1.2", "terraform_version": "1.9.5", "planned_values": {"root_module": {
      "resources": [{"address": "aws_db_instance.shop", "mode": "managed",
        "type": "aws_db_instance", "name": "shop", "values": {"engine": "postgres"}}]}}}
    """

  private static func scan(_ files: [String: String]) async -> ScanResult {
    let tree = MemoryFiles(files)
    let limits = DocumentLimits()
    let found = await Discovery(files: tree, limits: limits).discover(paths: files.keys.sorted())
    let scanner = TerraformScanner()
    let own = found.files.filter { scanner.formats.contains($0.format) }
    return scanner.scan(own, in: ScanContext(files: tree, limits: limits, builds: StubBuilds()))
  }

  private static func engines(_ result: ScanResult) -> [String?] {
    result.resources.filter { $0.kind == Database.kind }.map { $0[Database.engine].known }
  }

  @Test func planBesideTheSourcesWins() async {
    let result = await Self.scan(["shop/main.tf": Self.configuration, "shop/plan.json": Self.plan])
    #expect(Self.engines(result) == ["postgres"])
    #expect(result.notices.map(\.location.file) == ["shop/plan.json"])
    #expect(
      result.notices.map(\.message)
        == ["The plan is assessed in the place of the configuration beside it."]
    )
    #expect(result.inputs.keys.sorted() == ["shop/main.tf", "shop/plan.json"])
  }

  @Test func planElsewhereStandsBesideTheSources() async {
    let result = await Self.scan(["shop/main.tf": Self.configuration, "old/plan.json": Self.plan])
    #expect(Set(Self.engines(result)) == ["postgres", nil])
  }

  @Test func ofSeveralPlansTheFirstStandsForTheFolder() async {
    let result = await Self.scan(["shop/a.json": Self.plan, "shop/b.json": Self.plan])
    #expect(Self.engines(result) == ["postgres"])
    #expect(
      result.notices.map(\.message)
        == ["shop/a.json stands for this folder, so this file is not assessed."]
    )
  }
}
