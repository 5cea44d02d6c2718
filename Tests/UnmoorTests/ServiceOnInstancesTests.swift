import RuleEngine
import Testing
import Unmoor

/// An ECS service that runs on instances today, as a migration architect reads it.
@Suite struct ServiceOnInstancesTests {
  /// In bridge mode behind a load balancer, with nothing said of launch type and target type.
  static let stack = """
    AWSTemplateFormatVersion: "2010-09-09"
    Parameters:
      Network: { Type: AWS::EC2::VPC::Id }
    Resources:
      Targets:
        Type: AWS::ElasticLoadBalancingV2::TargetGroup
        Properties: { Port: 80, Protocol: HTTP, HealthCheckPath: /ok, VpcId: !Ref Network }
      Task:
        Type: AWS::ECS::TaskDefinition
        Properties:
          Family: shop
          ContainerDefinitions:
            - Name: web
              Image: example.com/shop:1.4
              Memory: 300
              PortMappings: [{ ContainerPort: 80 }]
              LogConfiguration:
                LogDriver: awslogs
                Options: { awslogs-group: /shop, awslogs-region: !Ref AWS::Region }
      Service:
        Type: AWS::ECS::Service
        Properties:
          TaskDefinition: !Ref Task
          LoadBalancers: [{ ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Targets }]
    """

  private func findings() async throws -> [String: Finding] {
    let assessment = try await Shop.assess(["stack.yaml": Self.stack])
    return Dictionary(assessment.findings.map { ($0.rule, $0) }) { first, _ in first }
  }

  @Test func targetsAreInstancesUnlessTheGroupSaysOtherwise() async throws {
    let finding = try #require(try await findings()["net/target-type"])
    #expect(finding.targets.first { $0.target == "ecs-fargate" }?.effect == .blocks)
  }

  @Test func serviceRunsOnInstancesUnlessItSaysOtherwise() async throws {
    #expect(try await findings()["host/launch-type-ec2"] != nil)
  }

  /// They have the groups of their instance, until the network mode changes.
  @Test func tasksInBridgeModeLackNoSecurityGroup() async throws {
    let findings = try await findings()
    #expect(findings["net/sg-missing"] == nil)
    #expect(findings["host/network-mode-not-awsvpc"] != nil)
  }

  @Test func whatTheLoadBalancerChecksIsNotWithoutAHealthCheck() async throws {
    let finding = try #require(try await findings()["image/no-healthcheck"])
    #expect(finding.severity == .low)
    #expect(finding.targets.first { $0.target == "ecs-fargate" }?.effect == .advisory)
  }

  @Test func optionsOfAwslogsAreNoSecretsThoughTheRegionIsUnknown() async throws {
    let assessment = try await Shop.assess(["stack.yaml": Self.stack])
    let check = assessment.checks.first {
      $0.rule == "secrets/log-driver-token" && $0.state != .notApplicable
    }
    #expect(check == nil)
  }

  /// Sizes differ between the targets, the change that mends it does not.
  @Test func sizeThatFillsNoTargetIsOneFinding() async throws {
    let assessment = try await Shop.assess([
      "compose.yaml": """
      services:
        api:
          image: example.com/api:1
          deploy:
            resources:
              limits: { cpus: "0.5", memory: 2200M }
      """
    ])
    let found = assessment.findings.filter { $0.rule == "cost/rounding-waste" }
    #expect(found.count == 1)
    #expect(found.first?.targets.count == 3)
  }

  @Test func missingLogRouterIsSaidAtOnePlaceForAllPods() async throws {
    func pod(_ name: String) -> String {
      """
      apiVersion: v1
      kind: Pod
      metadata: { name: \(name) }
      spec: { containers: [{ name: \(name), image: "example.com/\(name):1" }] }
      """
    }
    let assessment = try await Shop.assess(["pods.yaml": pod("web") + "\n---\n" + pod("api")])
    let found = assessment.findings.filter { $0.rule == "logs/eks-fargate-logging" }
    #expect(found.count == 2)
    #expect(Set(found.map { "\($0.location.line) \($0.message)" }).count == 1)
  }
}
