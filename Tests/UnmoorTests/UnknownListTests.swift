import RuleEngine
import Testing
import Unmoor

/// A list that is not known is neither empty nor filled.
@Suite struct UnknownListTests {
  private func states(_ list: String) async throws -> [String: CheckState] {
    let assessment = try await Shop.assess([
      "main.tf": """
      variable "links" {}
      variable "servers" {}
      variable "constraints" {}
      resource "aws_ecs_task_definition" "web" {
        family = "web"
        container_definitions = jsonencode([{
          name       = "web"
          image      = "example.com/web:1"
          links      = \(list == "unknown" ? "var.links" : list)
          dnsServers = \(list == "unknown" ? "var.servers" : list)
        }])
        dynamic "placement_constraints" {
          for_each = \(list == "unknown" ? "var.constraints" : list)
          content {
            type       = "memberOf"
            expression = placement_constraints.value
          }
        }
      }
      """
    ])
    let id = assessment.workloads.first { $0.name == "web" }?.id
    var states: [String: CheckState] = [:]
    for check in assessment.checks where check.workload == id { states[check.rule] = check.state }
    return states
  }

  @Test(arguments: ["config/links", "config/hostname-or-dns-override", "host/node-placement"])
  func isNotAssessed(rule: String) async throws {
    #expect(try await states("unknown")[rule] == .notAssessed)
    #expect(try await states("[\"10.0.0.2\"]")[rule] == .fail)
    let empty = try await states("[]")[rule]
    #expect(empty == .pass || empty == .notApplicable)
  }
}
