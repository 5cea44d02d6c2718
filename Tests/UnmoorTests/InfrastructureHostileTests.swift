import RuleEngine
import Testing
import Unmoor

/// Templates made to cost much, or to lead in circles, from the file to the report.
@Suite struct InfrastructureHostileTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    /// Kinds of notices that say what was cut off.
    var kinds: Set<String>
    var files: [String: String]
    var testDescription: String { name }

    init(_ name: String, _ kinds: Set<String>, _ files: [String: String]) {
      self.name = name
      self.kinds = kinds
      self.files = files
    }
  }

  private static let task = """
    family                = "f"
    container_definitions = jsonencode([{ name = "web", image = "acme/web:1" }])
    """

  private static let app = """
    {
      name: 'a'
      properties: { template: { containers: [{ name: 'web', image: 'acme/web:1' }] } }
    }
    """

  private static func nested(_ opening: String, _ count: Int = 50_000) -> String {
    String(repeating: opening, count: count)
  }

  /// Each level calls the next one four times.
  private static var terraformTree: [String: String] {
    var files = ["t/main.tf": "module \"m\" {\n  source = \"./1\"\n  count  = 4\n}\n"]
    for level in 1...12 {
      let folder = "t/" + (1...level).map(String.init).joined(separator: "/")
      files["\(folder)/main.tf"] =
        "module \"m\" {\n  source = \"./\(level + 1)\"\n  count  = 4\n}\n"
        + "resource \"aws_ecs_task_definition\" \"t\" {\n\(task)\n}\n"
    }
    return files
  }

  private static var bicepTree: [String: String] {
    var files: [String: String] = [:]
    for level in 0..<12 {
      files[level == 0 ? "b/main.bicep" : "b/m\(level).bicep"] =
        "resource a 'Microsoft.App/containerApps@2024-03-01' = \(app)\n"
        + "module m 'm\(level + 1).bicep' = [for i in range(0, 4): { name: 'm' }]\n"
    }
    return files
  }

  static let cases = [
    Case(
      "count of a billion",
      ["limit"],
      ["t/main.tf": "resource \"aws_ecs_task_definition\" \"t\" {\n  count = 1e9\n\(task)\n}\n"]
    ),
    Case(
      "modules by the billion",
      ["limit"],
      [
        "t/main.tf": "module \"m\" {\n  source = \"./m\"\n  count = 1000000000\n}\n",
        "t/m/main.tf": "resource \"aws_ecs_task_definition\" \"t\" {\n\(task)\n}\n",
      ]
    ),
    Case("modules that multiply", ["limit"], terraformTree),
    Case(
      "modules in a circle",
      ["limit"],
      [
        "t/main.tf": "module \"a\" { source = \"./a\" }",
        "t/a/main.tf": "module \"b\" { source = \"../b\" }",
        "t/b/main.tf": "module \"a\" { source = \"../a\" }",
      ]
    ),
    Case(
      "templates that double",
      ["limit"],
      [
        "t/main.tf": """
        locals {
        \((0..<60).map { "  l\($0) = \"${local.l\($0 + 1)}${local.l\($0 + 1)}\"" }
          .joined(separator: "\n"))
          l60 = "xxxxxxxx"
        }
        resource "aws_cloudwatch_log_group" "g" { name = local.l0 }
        """
      ]
    ),
    Case("deep lists", ["unreadable"], ["t/main.tf": "locals {\n  a = \(nested("["))\n}\n"]),
    Case("deep blocks", ["unreadable"], ["t/main.tf": nested("a {\n")]),
    Case(
      "a Bicep loop of a billion",
      ["limit"],
      [
        "b/main.bicep": """
        resource a 'Microsoft.App/containerApps@2024-03-01' = [for i in range(0, 1000000000): \(app)]
        """
      ]
    ),
    Case(
      "Bicep loops in loops",
      ["limit"],
      [
        "b/main.bicep": """
        var v = [for i in range(0, 9000): [for j in range(0, 9000): { k: i, l: j }]]
        resource a 'Microsoft.App/containerApps@2024-03-01' = [for i in v: \(app)]
        """
      ]
    ),
    Case("Bicep modules that multiply", ["limit"], bicepTree),
    Case(
      "a Bicep module of itself",
      ["invalid-value"],
      ["b/main.bicep": "module m 'main.bicep' = { name: 'm' }"]
    ),
    Case("deep Bicep", ["limit"], ["b/main.bicep": "var v = " + nested("[")]),
    Case("deep Bicep texts", ["limit"], ["b/main.bicep": "var v = " + nested("'${")]),
  ]

  @Test(.timeLimit(.minutes(5)), arguments: cases)
  func endsInANotice(_ hostile: Case) async throws {
    var files = hostile.files
    files["bystander/compose.yaml"] = "services:\n  bystander:\n    image: acme/app:1\n"
    let assessment = try await Shop.assess(files)
    #expect(assessment.workloads.contains { $0.name == "bystander" })
    let kinds = Set(assessment.notices.filter { !$0.file.hasPrefix("bystander") }.map(\.kind))
    #expect(kinds.isSuperset(of: hostile.kinds), "\(assessment.notices.prefix(5))")
    #expect(assessment.notices.count < 50)
  }

  /// A file of many resources costs time in proportion, and no notices.
  @Test(.timeLimit(.minutes(5))) func manyResourcesAreRead() async throws {
    let groups = (0..<4000).map {
      "resource \"aws_cloudwatch_log_group\" \"g\($0)\" {\n  name = \"/g/\($0)\"\n}\n"
    }
    let assessment = try await Shop.assess(["main.tf": groups.joined()])
    #expect(assessment.notices.map(\.message) == [])
    let findings = assessment.findings.filter { $0.rule == "logs/retention-missing" }
    #expect(findings.count == 4000)
  }
}
