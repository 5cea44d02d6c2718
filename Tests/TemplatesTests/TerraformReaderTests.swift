import DocumentTrees
import Templates
import Testing
import Workloads

/// What modules, instances and blocks of Terraform become.
@Suite struct TerraformReaderTests {
  private func deployment(_ files: [String: String], root: String = "") -> Deployment {
    let reader = TerraformReader(files: MemoryFiles(files), limits: DocumentLimits())
    return reader.deployment(root)
  }

  private func resource(_ address: String, _ deployment: Deployment) -> DeclaredResource? {
    deployment.resources.first { $0.address == address }
  }

  @Test func variablesTakeTheLastOfTerraformsFiles() {
    let result = deployment([
      "main.tf": """
      variable "image" { default = "nginx" }
      variable "tag" {}
      variable "size" { type = number }
      resource "x" "y" {
        image = "${var.image}:${var.tag}"
        size  = var.size
      }
      """,
      "terraform.tfvars": "tag = \"1\"\nsize = \"5\"",
      "b.auto.tfvars": "tag = \"3\"",
      "a.auto.tfvars": "tag = \"2\"",
      "other.tfvars": "tag = \"4\"",
    ])
    let properties = resource("#x.y", result)?.properties
    #expect(properties?["image"].string.known == "nginx:3")
    #expect(properties?["size"].integer.known == 5)
    #expect(result.files == ["main.tf", "terraform.tfvars", "a.auto.tfvars", "b.auto.tfvars"])
  }

  @Test func valuesKeepTheirPlaceAndTheWayTheyCame() {
    let result = deployment([
      "main.tf": "resource \"x\" \"y\" {\n  a = local.z\n}\nlocals { z = var.v }",
      "variables.tf": "variable \"v\" {\n  default = \"q\"\n}",
    ])
    let value = resource("#x.y", result)?.properties["a"]
    #expect(value?.string.known == "q")
    #expect(value?.origin.location?.file == "main.tf")
    #expect(value?.origin.location?.range.start == Place(line: 2, column: 7))
    #expect(value?.origin.via.map(\.file) == ["variables.tf", "main.tf"])
    #expect(value?.origin.via.first?.range.start == Place(line: 2, column: 13))
  }

  /// `name` beside `name_prefix` is the usual case; an attachment then names its role all the same.
  @Test func nullSaysThatThePlatformChooses() {
    let result = deployment([
      "main.tf": """
      resource "aws_iam_role" "task" {
        name        = null
        name_prefix = "task-"
      }
      resource "aws_iam_role_policy_attachment" "task" {
        role = aws_iam_role.task.name
      }
      """
    ])
    let role = resource("#aws_iam_role_policy_attachment.task", result)?.properties["role"]
    #expect(role?.references == [DatumReference("#aws_iam_role.task", attribute: "name")])
  }

  @Test func blocksOfOtherResourcesAreFollowedAsFarAsTheyAreKnown() {
    let result = deployment([
      "main.tf": """
      variable "v" {}
      resource "x" "a" {
        block {
          known   = "k"
          unknown = var.v
          self    = x.a.block[0].known
        }
        dynamic "made" {
          for_each = ["m"]
          content { name = made.value }
        }
      }
      resource "x" "b" {
        known   = x.a.block[0].known
        old     = x.a.block.0.known
        made    = x.a.made[0].name
        unknown = x.a.block[0].unknown
        missing = x.a.block[1].known
        other   = x.a.block[0].computed
      }
      """
    ])
    let properties = resource("#x.b", result)?.properties
    #expect(properties?["known"].string.known == "k")
    #expect(properties?["old"].string.known == "k")
    #expect(properties?["made"].string.known == "m")
    for name in ["unknown", "missing", "other"] {
      #expect(properties?[name].references.map(\.address) == ["#x.a"], "\(name)")
    }
  }

  @Test func variableWithoutDefaultIsUnknownAndATextWithItIsPartlyKnown() {
    let result = deployment([
      "main.tf": "variable \"e\" {}\nresource \"x\" \"y\" { a = \"app-${var.e}-1\" }"
    ])
    let value = resource("#x.y", result)?.properties["a"]
    #expect(value?.sketch == "app-…-1")
    #expect(value?.string.unknownReason == "the variable e has no default")
  }

  @Test func instancesComeFromCountAndForEach() {
    let result = deployment([
      "main.tf": """
      variable "n" {}
      resource "x" "none" { count = 0 }
      resource "x" "two" {
        count = 2
        name  = "n${count.index}"
      }
      resource "x" "each" {
        for_each = { b = 1, a = 2 }
        name     = "${each.key}${each.value}"
      }
      resource "x" "maybe" {
        count = var.n
        name  = "n${count.index}"
      }
      resource "x" "refers" {
        one = x.two[1].name
        id  = x.each["a"].id
        all = x.two[*].id
      }
      """
    ])
    let names = result.resources.map(\.name)
    #expect(names == ["each[\"a\"]", "each[\"b\"]", "maybe", "refers", "two[0]", "two[1]"])
    #expect(resource("#x.two[1]", result)?.properties["name"].string.known == "n1")
    #expect(resource("#x.each[\"a\"]", result)?.properties["name"].string.known == "a2")
    let maybe = resource("#x.maybe", result)
    #expect(maybe?.isDeclared.unknownReason == "the variable n has no default")
    #expect(maybe?.properties["name"].sketch == "n…")
    let refers = resource("#x.refers", result)?.properties
    #expect(refers?["one"].string.known == "n1")
    #expect(
      refers?["id"].references == [DatumReference("#x.each[\"a\"]", attribute: "id")]
    )
    #expect(
      refers?["all"].elements.flatMap(\.references) == [
        DatumReference("#x.two[0]", attribute: "id"),
        DatumReference("#x.two[1]", attribute: "id"),
      ]
    )
  }

  @Test func modulesGetArgumentsAndGiveOutputs() {
    let result = deployment(
      [
        "live/main.tf": """
        module "web" {
          source   = "../modules/service"
          for_each = toset(["a", "b"])
          name     = "web-${each.key}"
        }
        resource "x" "uses" {
          name = module.web["b"].name
          arn  = module.web["a"].arn
        }
        """,
        "modules/service/main.tf": """
        variable "name" { type = string }
        variable "size" { default = 256 }
        resource "x" "task" {
          name = var.name
          size = var.size
          at   = path.module
        }
        output "name" { value = x.task.name }
        output "arn" { value = x.task.arn }
        """,
      ],
      root: "live"
    )
    let task = resource("live#module.web[\"b\"].x.task", result)
    #expect(task?.properties["name"].string.known == "web-b")
    #expect(task?.properties["size"].integer.known == 256)
    #expect(task?.properties["at"].string.known == "../modules/service")
    let uses = resource("live#x.uses", result)?.properties
    #expect(uses?["name"].string.known == "web-b")
    #expect(
      uses?["arn"].references
        == [DatumReference("live#module.web[\"a\"].x.task", attribute: "arn")]
    )
  }

  @Test func foldersThatAreCalledAreNoRoots() {
    let files = MemoryFiles([
      "a/main.tf": "module \"m\" { source = \"./m\" }",
      "a/m/main.tf": "module \"n\" { source = \"../n\" }",
      "a/n/main.tf": "", "b/main.tf": "",
      "c/main.tf": "module \"d\" { source = \"../d\" }",
      "d/main.tf": "module \"c\" { source = \"../c\" }",
    ])
    let reader = TerraformReader(files: files, limits: DocumentLimits())
    let paths = ["a/main.tf", "a/m/main.tf", "a/n/main.tf", "b/main.tf", "c/main.tf", "d/main.tf"]
    #expect(reader.roots(of: paths) == ["a", "b", "c"])
  }

  @Test func dynamicBlocksBecomeBlocks() {
    let result = deployment([
      "main.tf": """
      variable "more" {}
      resource "x" "y" {
        dynamic "setting" {
          for_each = { a = 1, b = 2 }
          iterator = it
          content {
            name  = it.key
            value = it.value
          }
        }
        setting { name = "c" }
        dynamic "rule" {
          for_each = var.more
          content {
            port = rule.value
            kind = "k"
          }
        }
      }
      """
    ])
    let properties = resource("#x.y", result)?.properties
    #expect(properties?["setting"].elements.map { $0["name"].string.known } == ["a", "b", "c"])
    #expect(properties?["rule"].elements.count == 1)
    #expect(properties?["rule"].more?.reason == "the variable more has no default")
    #expect(properties?["rule"].elements.first?["kind"].string.known == "k")
    #expect(properties?["rule"].elements.first?["port"].string.unknownReason != nil)
  }

  @Test func overrideFilesTakeThePlaceOfAttributesAndBlocks() {
    let result = deployment([
      "main.tf": "resource \"x\" \"y\" {\n a = 1\n b = 2\n s { n = 1 }\n s { n = 2 }\n}",
      "x_override.tf": "resource \"x\" \"y\" {\n a = 3\n s { n = 9 }\n}",
    ])
    let properties = resource("#x.y", result)?.properties
    #expect(properties?["a"].integer.known == 3)
    #expect(properties?["b"].integer.known == 2)
    #expect(properties?["s"].elements.map { $0["n"].integer.known } == [9])
    #expect(properties?["a"].origin.location?.file == "x_override.tf")
  }

  @Test func jsonSyntaxMeansTheSame() {
    let result = deployment([
      "main.tf.json": """
      {"//": "x", "variable": {"n": {"default": "q", "type": "string"}},
       "locals": {"up": "${upper(var.n)}"},
       "resource": {"x": {"y": {"a": "${local.up}-1", "b": [true, 2], "s": {"t": 1}}}}}
      """
    ])
    let properties = resource("#x.y", result)?.properties
    #expect(properties?["a"].string.known == "Q-1")
    #expect(properties?["b"].strings.map(\.known) == ["true", "2"])
    #expect(properties?["s"].elements.first?["t"].integer.known == 1)
    #expect(properties?["a"].origin.location?.range.start.line == 3)
  }

  @Test func policyDocumentsKeepTheirPlaces() {
    let result = deployment([
      "main.tf": """
      data "aws_iam_policy_document" "base" {
        statement {
          sid       = "A"
          actions   = ["s3:*"]
          resources = ["*"]
        }
      }
      data "aws_iam_policy_document" "all" {
        source_policy_documents = [data.aws_iam_policy_document.base.json]
        statement {
          effect  = "Deny"
          actions = ["s3:DeleteBucket"]
          resources = ["${aws_s3_bucket.b.arn}/&{aws:username}"]
          principals {
            type        = "AWS"
            identifiers = ["*"]
          }
          condition {
            test     = "StringEquals"
            variable = "aws:x"
            values   = ["1"]
          }
        }
      }
      resource "aws_s3_bucket" "b" {}
      resource "aws_iam_policy" "p" { policy = data.aws_iam_policy_document.all.json }
      resource "aws_iam_policy" "q" { policy = data.aws_iam_policy_document.base.json }
      """
    ])
    let policy = resource("#aws_iam_policy.p", result)?.properties["policy"]
    let statements = policy?["Statement"].elements ?? []
    #expect(statements.map { $0["Effect"].string.known } == ["Allow", "Deny"])
    #expect(statements.first?["Action"].strings.map(\.known) == ["s3:*"])
    #expect(statements.first?["Action"].origin.location?.range.start.line == 4)
    #expect(statements.last?["Resource"].elements.first?.sketch == "…/${aws:username}")
    #expect(statements.last?["Principal"]["AWS"].strings.map(\.known) == ["*"])
    #expect(statements.last?["Condition"]["StringEquals"]["aws:x"].strings.map(\.known) == ["1"])
    #expect(policy?.string.known == nil)
    let plain = resource("#aws_iam_policy.q", result)?.properties["policy"]
    #expect(
      plain?.string.known
        == "{\"Statement\":[{\"Action\":[\"s3:*\"],\"Effect\":\"Allow\",\"Resource\":[\"*\"],"
        + "\"Sid\":\"A\"}],\"Version\":\"2012-10-17\"}"
    )
  }

  @Test func filesAreReadInsideTheRootOnly() {
    let result = deployment(
      [
        "live/main.tf": """
        resource "x" "y" {
          a = templatefile("${path.module}/t.tpl", { name = "n", port = 80 })
          b = file("../../secret")
          c = jsondecode(file("d.json")).k
          d = fileset(path.module, "*.json")
        }
        """,
        "live/t.tpl": "%{ if port == 80 }http%{ endif }://${name}",
        "live/d.json": "{\"k\": [1]}",
      ],
      root: "live"
    )
    let properties = resource("live#x.y", result)?.properties
    #expect(properties?["a"].string.known == "http://n")
    #expect(
      properties?["b"].string.unknownReason == "the file is outside of the scanned folder"
    )
    #expect(properties?["c"].strings.map(\.known) == ["1"])
    #expect(properties?["d"].strings.map(\.known) == ["d.json"])
    #expect(result.files == ["live/main.tf", "live/t.tpl", "live/d.json"])
  }

  @Test func defaultTagsReachResourcesOfModules() {
    let result = deployment([
      "main.tf": """
      provider "aws" {
        default_tags { tags = { Team = "a" } }
      }
      module "m" { source = "./m" }
      """,
      "m/main.tf": "resource \"aws_x\" \"y\" {}\nresource \"azurerm_x\" \"z\" {}",
    ])
    let tagged = resource("#module.m.aws_x.y", result)?.inheritedTags
    #expect(tagged?.map { "\($0.key)=\($0.value.string.known ?? "")" } == ["Team=a"])
    #expect(resource("#module.m.azurerm_x.z", result)?.inheritedTags.isEmpty == true)
  }

  @Test func secretsAreMarked() {
    let result = deployment([
      "main.tf": """
      variable "p" {
        default   = "hunter2"
        sensitive = true
      }
      resource "x" "y" { u = "postgres://a:${var.p}@h" }
      """
    ])
    #expect(result.parameters.map(\.isSecret) == [true])
    #expect(resource("#x.y", result)?.properties["u"].isSensitive == true)
  }
}
