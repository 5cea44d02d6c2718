import DocumentTrees
import Templates
import Testing
import Workloads

/// What reading real projects as an architect does brought to light.
@Suite struct TerraformRealProjectTests {
  private func deployment(_ files: [String: String]) -> Deployment {
    TerraformReader(files: MemoryFiles(files), limits: DocumentLimits()).deployment("")
  }

  /// As in the service module of terraform-aws-ecs: definitions come from instances of a module.
  @Test func oneInstanceDoesNotStandForAllOfAModule() {
    let result = deployment([
      "main.tf": """
      variable "containers" {}
      module "container" {
        source   = "./container"
        for_each = var.containers
        name     = each.key
      }
      resource "x" "y" {
        all = [for k, v in module.container : v.definition]
      }
      """,
      "container/main.tf": """
      variable "name" {}
      output "definition" { value = { name = var.name } }
      output "text" { value = "plain" }
      """,
    ])
    #expect(result.notices.map(\.message) == [])
    let all = result.resources.first { $0.type == "x" }?.properties["all"]
    // What the one is like is known, and that there may be others.
    #expect(all?.elements.count == 1)
    #expect(all?.elements.first?["name"].string.unknownReason != nil)
    #expect(all?.more?.reason == "the variable containers has no default")
  }

  @Test func resourcesOfModulesAreNamedAfterTheCall() {
    let result = deployment([
      "main.tf": """
      resource "x" "this" {}
      module "worker" {
        source   = "./m"
        for_each = toset(["a"])
      }
      """,
      "m/main.tf": "resource \"x\" \"this\" { count = 2 }\nresource \"x\" \"queue\" {}\n",
    ])
    let names = Dictionary(uniqueKeysWithValues: result.resources.map { ($0.address, $0.name) })
    #expect(
      names == [
        "#x.this": "this",
        "#module.worker[\"a\"].x.this[0]": "worker[\"a\"]",
        "#module.worker[\"a\"].x.this[1]": "worker[\"a\"]",
        "#module.worker[\"a\"].x.queue": "queue",
      ]
    )
  }

  @Test func urlOfARepositoryEndsInItsName() throws {
    let result = deployment([
      "main.tf": """
      resource "aws_ecr_repository" "web" { name = "shop/web" }
      resource "x" "y" { image = "${aws_ecr_repository.web.repository_url}:1.2" }
      """
    ])
    let image = try #require(result.resources.first { $0.type == "x" }?.properties["image"])
    #expect(image.sketch == "…/shop/web:1.2")
    #expect(image.references.map(\.address) == ["#aws_ecr_repository.web"])
    #expect(image.references.map(\.attribute) == ["repository_url"])
  }

  @Test func whatIsNotDeclaredIsToldOnceForEachFile() {
    let result = deployment([
      "a.tf": """
      resource "x" "one" { subnets = var.subnets }
      resource "x" "two" {
        subnets = var.subnets
        cluster = aws_ecs_cluster.main.id
      }
      """,
      "b.tf": "resource \"x\" \"three\" { other = var.subnets }\n",
    ])
    #expect(result.notices.map(\.kind) == [.invalidValue, .invalidValue, .invalidValue])
    #expect(
      Set(result.notices.map { "\($0.location.file): \($0.message)" }) == [
        "a.tf: subnets has no value: the variable subnets is not declared.",
        "a.tf: cluster has no value: aws_ecs_cluster.main is not declared.",
        "b.tf: other has no value: the variable subnets is not declared.",
      ]
    )
  }

  @Test(arguments: [
    ("encrypted = False", "encrypted has no value: there is nothing called False here."),
    ("name = local", "name has no value: local must be followed by a name."),
  ])
  func bareWordsAreNamed(line: String, message: String) {
    let result = deployment(["main.tf": "resource \"x\" \"y\" { \(line) }"])
    #expect(result.notices.map(\.message) == [message])
  }

  /// As in the landing zone for Container Apps, which puts an empty list among its routes.
  @Test func aVariableOfTheWrongTypeIsNamed() {
    let result = deployment([
      "main.tf":
        "module \"m\" {\n  source = \"./m\"\n  routes = concat([{ name = \"a\" }, []])\n}\n",
      "m/main.tf": """
      variable "routes" { type = list(object({ name = string })) }
      resource "x" "y" { for_each = { for route in var.routes : route.name => route } }
      """,
    ])
    #expect(
      result.notices.map(\.message) == [
        "The number of x.y has no value: the variable routes: the value is not of the type object."
      ]
    )
  }
}
