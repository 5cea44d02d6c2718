import Foundation
import RuleEngine
import TestSupport
import Testing
import Unmoor

/// Policies of AWS, judged by the rules that ship and by hand.
@Suite struct IAMCorpusTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var policy: String
    /// Rules that must fail, absorbed or not.
    var fails: Set<String>
    /// Rules that must not.
    var passes: Set<String> = []
    var testDescription: String { policy }
  }

  /// Read by hand: what each policy says is in the comment.
  static let cases = [
    // dynamodb:* and more on *, PassRole to DynamoDB services only.
    Case(
      policy: "AmazonDynamoDBFullAccess",
      fails: ["service-wildcard", "resource-wildcard", "data-exfiltration"],
      passes: ["action-wildcard", "not-action-or-not-resource"]
    ),
    // secretsmanager:* on *, changes of stacks.
    Case(
      policy: "SecretsManagerReadWrite",
      fails: [
        "service-wildcard", "data-exfiltration", "privilege-escalation", "permissions-management",
      ],
      passes: ["pass-role-wildcard"]
    ),
    // ecr:* on *.
    Case(
      policy: "AmazonEC2ContainerRegistryFullAccess",
      fails: ["service-wildcard", "permissions-management", "resource-wildcard"],
      passes: ["privilege-escalation", "pass-role-wildcard", "data-exfiltration"]
    ),
    // Reads of repositories on *.
    Case(
      policy: "AmazonEC2ContainerRegistryReadOnly",
      fails: ["resource-wildcard"],
      passes: [
        "service-wildcard", "data-exfiltration", "permissions-management", "privilege-escalation",
      ]
    ),
    // RunTask on *, PassRole on * to ecs-tasks; no RegisterTaskDefinition.
    Case(
      policy: "AmazonEC2ContainerServiceEventsRole",
      fails: ["pass-role-wildcard", "resource-wildcard"],
      passes: ["privilege-escalation", "data-exfiltration", "service-wildcard"]
    ),
    // RunInstances on *, PassRole on * to ec2.
    Case(
      policy: "AmazonEKSComputePolicy",
      fails: ["pass-role-wildcard", "privilege-escalation"],
      passes: ["action-wildcard", "service-wildcard"]
    ),
    // ssm:* on *: parameters are read.
    Case(
      policy: "AmazonSSMFullAccess",
      fails: ["service-wildcard", "data-exfiltration", "resource-wildcard"],
      passes: ["pass-role-wildcard", "privilege-escalation"]
    ),
    // Metrics, traces, logs on *; one parameter by its name.
    Case(
      policy: "CloudWatchAgentServerPolicy",
      fails: ["resource-wildcard"],
      passes: ["data-exfiltration", "permissions-management", "privilege-escalation"]
    ),
    // Describes and one action of eks-auth, which has a resource type.
    Case(
      policy: "AmazonEKSWorkerNodePolicy",
      fails: ["resource-wildcard"],
      passes: ["service-wildcard", "privilege-escalation", "permissions-management"]
    ),
    // One action of a service that the table lacks.
    Case(
      policy: "AmazonPrometheusRemoteWriteAccess",
      fails: [],
      passes: [
        "service-wildcard", "data-exfiltration", "permissions-management", "privilege-escalation",
        "pass-role-wildcard", "action-wildcard",
      ]
    ),
    // Attributes and lists of queues on *, no messages.
    Case(
      policy: "AmazonSQSReadOnlyAccess",
      fails: ["resource-wildcard"],
      passes: ["data-exfiltration", "service-wildcard", "permissions-management"]
    ),
    // Kinesis Get* on * reads records.
    Case(
      policy: "AmazonKinesisReadOnlyAccess",
      fails: ["data-exfiltration", "resource-wildcard"],
      passes: ["service-wildcard", "privilege-escalation"]
    ),
  ]

  static let assessment = Task { () async throws -> [String: [String: String]]? in
    guard let folder = Corpus.folder("iam") else { return nil }
    let assessment = try await Shop.unmoor().assess(root: folder.path)
    var states: [String: [String: String]] = [:]
    for check in assessment.checks where check.rule.hasPrefix("iam/") {
      let file = check.workload.split(separator: "/").last.map(String.init) ?? ""
      states[file, default: [:]][String(check.rule.dropFirst(4))] = check.state.rawValue
    }
    return states
  }

  @Test(arguments: cases)
  func rulesAgreeWithTheReader(_ example: Case) async throws {
    guard let states = try await Self.assessment.value else { return }
    let checks = try #require(states[example.policy + ".json"])
    for rule in example.fails { #expect(checks[rule] == "fail", "\(rule): \(checks[rule] ?? "-")") }
    for rule in example.passes {
      #expect(checks[rule] == "pass", "\(rule): \(checks[rule] ?? "-")")
    }
  }

  @Test func noRuleBreaksOnAPolicy() async throws {
    guard let states = try await Self.assessment.value else { return }
    #expect(states.count >= 234)
    for (file, checks) in states {
      for (rule, state) in checks where state == "error" { Issue.record("\(rule) on \(file)") }
    }
  }
}
