import DocumentTrees
import Reports
import RuleEngine
import TestSupport
import Testing
import Unmoor

/// What surprised in real projects of several formats, each made small.
struct MixedProjectTests {
  private static func deployment(_ name: String, _ pod: String = "") -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: \(name)}
    spec:
      selector: {matchLabels: {app: \(name)}}
      template:
        metadata: {labels: {app: \(name)}}
        spec:
          \(pod)
          containers: [{name: main, image: "example.com/\(name):1"}]
    ---

    """
  }

  private static func administrator(of account: String) -> String {
    """
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata: {name: everything}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
    subjects: [{kind: ServiceAccount, name: \(account), namespace: default}]
    ---

    """
  }

  private func workloads(_ assessment: Assessment, _ rule: String) -> [String] {
    assessment.findings.filter { $0.rule == rule }
      .compactMap { finding in
        assessment.workloads.first { $0.id == finding.workload }?.name
      }
      .sorted()
  }

  /// Every namespace has an account `default`; a binding in one example is none of another's.
  @Test func keepsRightsOfTheDefaultAccountInItsFolder() async throws {
    let assessment = try await Shop.assess([
      "demo/bound/rights.yaml": Self.administrator(of: "default"),
      "demo/bound/app.yaml": Self.deployment("inside"),
      "demo/other/app.yaml": Self.deployment("outside"),
      "demo/app.yaml": Self.deployment("above"),
    ])
    #expect(workloads(assessment, "iam/k8s-wildcard-role") == ["inside"])
  }

  @Test func saysOnceWhatSeveralWorkloadsShare() async throws {
    let assessment = try await Shop.assess([
      "app.yaml": Self.administrator(of: "shop")
        + Self.deployment("web", "serviceAccountName: shop")
        + Self.deployment("worker", "serviceAccountName: shop")
    ])
    let shared = assessment.findings.filter { $0.rule == "iam/k8s-wildcard-role" }
    #expect(shared.count == 2)
    let message = try #require(shared.first?.message)
    let console = ReportFormat.console.render(assessment)
    let html = ReportFormat.html.render(assessment)
    let unwrapped = console.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(unwrapped.components(of: message) == 1)
    #expect(unwrapped.contains("web, worker: " + message))
    #expect(html.components(of: "<p class=\"msg\">" + message) == 1)
    for finding in shared { #expect(html.contains("id=\"\(finding.fingerprint)\"")) }
  }

  /// `shop-web` is what a pipeline makes of `shop/web`, however the words are set apart.
  @Test(arguments: ["shop-web", "shopweb", "shop_web", "web"])
  func findsDockerfilesOfImagesNamedAfterFolders(_ image: String) async throws {
    let assessment = try await Shop.assess([
      "shop/web/Dockerfile": "FROM node:24-alpine\nUSER 1000\nCMD [\"node\", \"app.js\"]\n",
      "shop/worker/Dockerfile": "FROM node:24-alpine\nUSER 1000\nCMD [\"node\", \"work.js\"]\n",
      "shop/deploy/web.yaml": """
      apiVersion: v1
      kind: Pod
      metadata: {name: shopfront}
      spec: {containers: [{name: main, image: "ghcr.io/acme/\(image):1"}]}
      """,
    ])
    #expect(assessment.workloads.map(\.name).sorted() == ["shopfront", "worker"])
  }

  /// A definition that no service runs says nothing of copies, and what a line mends is no blocker.
  @Test func judgesLoneTaskDefinitions() async throws {
    let assessment = try await Shop.assess([
      "web.json": """
      {
        "family": "web", "cpu": "512", "memory": "1024", "networkMode": "bridge",
        "containerDefinitions": [{
          "name": "web", "image": "example.com/web:1", "portMappings": [{"containerPort": 80}],
          "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "web"}}
        }]
      }
      """
    ])
    let rules = Set(assessment.findings.map(\.rule))
    #expect(!rules.contains("cost/no-autoscaling") && !rules.contains("cost/single-replica"))
    for rule in [
      "host/network-mode-not-awsvpc", "iam/execution-role", "logs/awslogs-options",
    ] { #expect(rules.contains(rule), "\(rule)") }
    let verdict = assessment.workloads[0].verdicts.first { $0.target == "ecs-fargate" }
    #expect(verdict?.verdict == .needsChanges)
  }

  /// An address range of length 0 is everybody, whatever address it begins with.
  @Test func knowsEveryAddress() async throws {
    let assessment = try await Shop.assess([
      "stack.yaml": """
      AWSTemplateFormatVersion: "2010-09-09"
      Resources:
        Hosts:
          Type: AWS::EC2::SecurityGroup
          Properties:
            GroupDescription: hosts
            SecurityGroupIngress:
              - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 192.168.1.0/0}
              - {IpProtocol: tcp, FromPort: 8080, ToPort: 8080, CidrIp: 10.0.0.0/16}
      """
    ])
    let open = assessment.findings.filter { $0.rule == "net/sg-ingress-open" }
    #expect(open.map(\.message) == ["Hosts lets every address connect to port 22."])
  }

  /// A container that waits and ends needs neither a stop signal nor a size of its own.
  @Test func asksLittleOfInitContainers() async throws {
    let assessment = try await Shop.assess([
      "app.yaml": """
      apiVersion: v1
      kind: Pod
      metadata: {name: load}
      spec:
        initContainers:
        - {name: wait, image: "busybox:1.37", command: [/bin/sh, -exc, "sleep 5; wget http://web"]}
        containers:
        - name: main
          image: example.com/load:1
          resources: {requests: {cpu: 250m, memory: 512Mi}, limits: {cpu: 250m, memory: 512Mi}}
      """
    ])
    let rules = Set(assessment.findings.map(\.rule))
    #expect(!rules.contains("process/shell-form-entrypoint"))
    #expect(!rules.contains("cost/no-requests"))
  }

  /// A value that repeats its name says what belongs there.
  @Test func knowsNamesThatStandForValues() async throws {
    let assessment = try await Shop.assess([
      "app.yaml": """
      apiVersion: v1
      kind: Pod
      metadata: {name: assistant}
      spec:
        containers:
        - name: main
          image: example.com/assistant:1
          env:
          - {name: GOOGLE_API_KEY, value: GOOGLE_API_KEY_VAL}
          - {name: SMTP_PASSWORD, value: Zw8-kT4q-91Lx-vR2}
      """
    ])
    let found = assessment.findings.filter { $0.rule == "secrets/plaintext-env" }
    #expect(found.count == 1 && found[0].message.contains("SMTP_PASSWORD"))
  }

  @Test func tellsTwinsApart() async throws {
    let definition = """
      {"family": "web", "containerDefinitions": [{"name": "web", "image": "example.com/web:1"}]}
      """
    let assessment = try await Shop.assess([
      "web/web_ec2.json": definition, "web/web_fargate.json": definition,
    ])
    let console = ReportFormat.console.render(assessment)
    #expect(
      console.contains("  web (web_ec2.json)") && console.contains("  web (web_fargate.json)")
    )
  }

  /// The project is only said where the name alone could be another workload's.
  @Test func namesWorkloadsBriefly() async throws {
    let assessment = try await Shop.assess([
      "payments/app.yaml": Self.deployment("web") + Self.deployment("settlement"),
      "orders/app.yaml": Self.deployment("web"),
    ])
    let console = ReportFormat.console.render(assessment)
    let starts = console.split(separator: "\n").map { $0.drop { $0 == " " }.prefix { $0 != " " } }
    for name in ["payments/web", "orders/web", "settlement"] {
      #expect(starts.contains(Substring(name)), "\(name)")
    }
    #expect(!console.contains(":default"))
  }
}

extension String {
  /// How often another text occurs in this one.
  fileprivate func components(of text: String) -> Int {
    var count = 0
    var rest = self[...]
    while let found = rest.firstRange(of: text) {
      count += 1
      rest = rest[found.upperBound...]
    }
    return count
  }
}
