import DocumentTrees
import RuleEngine
import TestSupport
import Testing
import Unmoor

/// Files that Terraform loads are judged where they are used, once, and with their own lines.
struct LoadedFileTests {
  private static let policy = """
    {
      "Version": "2012-10-17",
      "Statement": [
        {"Effect": "Allow", "Action": "*", "Resource": "*"}
      ]
    }
    """

  private static func role(_ policy: String) -> String {
    """
    resource "aws_iam_role" "web" {
      name               = "web"
      assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
        Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
    }
    resource "aws_iam_role_policy" "web" {
      role   = aws_iam_role.web.id
      policy = \(policy)
    }
    """
  }

  @Test func policyThatARoleLoadsIsJudgedWithTheRole() async throws {
    let assessment = try await Shop.assess([
      "main.tf": Self.role("file(\"${path.module}/policy.json\")"), "policy.json": Self.policy,
    ])
    let findings = assessment.findings.filter { $0.rule == "iam/action-wildcard" }
    #expect(findings.map(\.location.file) == ["policy.json"])
    #expect(findings.map(\.location.line) == [4])
    #expect(!assessment.workloads.contains { $0.id.hasPrefix("iam") })
  }

  @Test func policyThatIsATemplateIsJudgedWithTheRole() async throws {
    let template = Self.policy.replacing("\"Resource\": \"*\"", with: "\"Resource\": \"${bucket}\"")
    let assessment = try await Shop.assess([
      "main.tf": Self.role("templatefile(\"policy.json\", { bucket = \"arn:aws:s3:::a/*\" })"),
      "policy.json": template,
    ])
    let findings = assessment.findings.filter { $0.rule == "iam/action-wildcard" }
    #expect(findings.map(\.location.file) == ["main.tf"])
    #expect(!assessment.workloads.contains { $0.id.hasPrefix("iam") })
  }

  @Test func policyThatNobodyLoadsStaysItself() async throws {
    let assessment = try await Shop.assess([
      "main.tf": Self.role("file(\"other.json\")"), "policy.json": Self.policy,
    ])
    let findings = assessment.findings.filter { $0.rule == "iam/action-wildcard" }
    #expect(findings.map(\.location.file) == ["policy.json"])
  }

  /// The definitions that a task loads have their own lines too.
  @Test func containersOfALoadedFileHaveItsLines() async throws {
    let assessment = try await Shop.assess([
      "main.tf": """
      resource "aws_ecs_task_definition" "web" {
        family                   = "web"
        requires_compatibilities = ["FARGATE"]
        network_mode             = "awsvpc"
        cpu                      = 256
        memory                   = 512
        container_definitions    = file("containers/web.json")
      }
      """,
      "containers/web.json": """
      [
        {
          "name": "web",
          "image": "example.com/web:latest",
          "privileged": true
        }
      ]
      """,
    ])
    let finding = try #require(assessment.findings.first { $0.rule == "host/privileged" })
    #expect(finding.location.file == "containers/web.json")
    #expect(finding.location.line == 5)
  }
}
