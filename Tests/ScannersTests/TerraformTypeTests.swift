import DocumentTrees
@testable import Scanners
import Templates
import Testing
import Workloads

/// Every type of Terraform that the assessment promises to read, each by the least that declares it.
@Suite struct TerraformTypeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var type: String
    /// The body of its block, and whatever must stand beside it.
    var body: String
    var kind: ResourceKind
    var beside = ""
    var testDescription: String { type }

    init(_ type: String, _ kind: ResourceKind, _ body: String = "", beside: String = "") {
      self.type = type
      self.kind = kind
      self.body = body
      self.beside = beside
    }
  }

  private static func scan(_ text: String) -> ScanResult {
    let reader = TerraformReader(files: MemoryFiles(["main.tf": text]), limits: DocumentLimits())
    return DeploymentScan.read(reader.deployment(""), limits: DocumentLimits())
  }

  private static let group = #"resource "aws_security_group" "web" { name = "web" }"#

  static let resources: [Case] =
    [
      Case("aws_ecs_service", RunService.kind, #"name = "web""#),
      Case("aws_ecs_cluster", Cluster.kind, #"name = "shop""#),
      Case("aws_eks_fargate_profile", Cluster.kind, #"fargate_profile_name = "web""#),
      Case("aws_cloudwatch_log_group", LogGroup.kind, #"name = "web""#),
      Case("aws_iam_role", Role.kind, #"assume_role_policy = jsonencode({ Statement = [] })"#),
      Case("aws_iam_policy", Role.kind, #"policy = jsonencode({ Statement = [] })"#),
      Case("aws_security_group", SecurityGroup.kind, #"name = "web""#),
      Case("aws_lb", LoadBalancer.kind, #"name = "web""#),
      Case("aws_alb", LoadBalancer.kind, #"name = "web""#),
      Case("aws_lb_listener", Listener.kind, "port = 80"),
      Case("aws_lb_target_group", TargetGroup.kind, "port = 80"),
      Case("aws_appautoscaling_target", Autoscaler.kind, #"service_namespace = "ecs""#),
      Case("aws_ecr_repository", Registry.kind, #"name = "web""#),
      Case("aws_secretsmanager_secret", ManagedSecret.kind, #"name = "db""#),
      Case("aws_ssm_parameter", Parameter.kind, "name = \"db\"\n  type = \"SecureString\""),
      Case("aws_efs_file_system", FileSystem.kind, "encrypted = true"),
      Case("aws_vpc", VirtualNetwork.kind, #"cidr_block = "10.0.0.0/16""#),
      Case("aws_subnet", Subnet.kind, #"cidr_block = "10.0.1.0/24""#),
      Case("azurerm_container_app_environment", AppEnvironment.kind, #"name = "shop""#),
      Case("azurerm_user_assigned_identity", ManagedIdentity.kind, #"name = "web""#),
      Case("azurerm_key_vault", SecretVault.kind, #"name = "kv""#),
      Case("azurerm_container_registry", Registry.kind, #"name = "acr""#),
      Case("azurerm_log_analytics_workspace", LogGroup.kind, #"name = "logs""#),
      Case("azurerm_network_security_group", SecurityGroup.kind, #"name = "nsg""#),
      Case("azurerm_virtual_network", VirtualNetwork.kind, #"name = "net""#),
      Case("azurerm_subnet", Subnet.kind, #"name = "net""#),
    ] + databases.map { Case($0, Database.kind) }

  static let databases = [
    "aws_db_instance", "aws_rds_cluster", "aws_elasticache_cluster",
    "aws_elasticache_replication_group", "aws_elasticache_serverless_cache", "aws_memorydb_cluster",
    "aws_mq_broker", "aws_msk_cluster", "aws_msk_serverless_cluster", "aws_docdb_cluster",
    "aws_neptune_cluster", "aws_opensearch_domain", "aws_elasticsearch_domain",
    "aws_dynamodb_table", "azurerm_postgresql_flexible_server", "azurerm_mysql_flexible_server",
    "azurerm_mssql_server", "azurerm_redis_cache", "azurerm_cosmosdb_account",
    "azurerm_servicebus_namespace", "azurerm_eventhub_namespace",
  ]

  @Test(arguments: resources)
  func isReadAsItsKind(_ example: Case) {
    let result = Self.scan(
      "resource \"\(example.type)\" \"x\" {\n  \(example.body)\n}\n\(example.beside)"
    )
    let found = result.resources + result.workloads.flatMap(\.resources)
    #expect(found.contains { $0.kind == example.kind }, "\(found.map(\.kind.name))")
    #expect(
      found.first { $0.kind == example.kind }?.origin.location?.range.start
        == Place(line: 1, column: 1)
    )
    #expect(!result.notices.contains { $0.message.contains("not assessed") }, "\(result.notices)")
  }

  @Test(arguments: [
    (
      "aws_ecs_task_definition",
      #"container_definitions = jsonencode([{ name = "web", image = "a:1" }])"#
    ),
    (
      "azurerm_container_app",
      "name = \"web\"\n  template {\n    container {\n      name  = \"web\"\n      image = \"a:1\"\n    }\n  }"
    ),
    (
      "azurerm_container_app_job",
      "name = \"job\"\n  template {\n    container {\n      name  = \"web\"\n      image = \"a:1\"\n    }\n  }"
    ),
    (
      "azapi_resource",
      """
      type = "Microsoft.App/containerApps@2024-03-01"
        name = "web"
        body = { properties = { template = { containers = [{ name = "web", image = "a:1" }] } } }
      """
    ),
  ])
  func isReadAsAWorkload(type: String, body: String) {
    let result = Self.scan("resource \"\(type)\" \"x\" {\n  \(body)\n}")
    #expect(result.workloads.map { $0.containers.map(\.image.known?.text) } == [["a:1"]])
  }

  /// What only says something of another resource is found in that.
  @Test(arguments: [
    ("aws_security_group_rule", "type = \"ingress\"\n  from_port = 22\n  to_port = 22"),
    ("aws_vpc_security_group_ingress_rule", "from_port = 22\n  to_port = 22"),
    ("aws_vpc_security_group_egress_rule", "from_port = 22\n  to_port = 22"),
  ])
  func ruleBelongsToItsGroup(type: String, body: String) throws {
    let result = Self.scan(
      """
      \(Self.group)
      resource "\(type)" "x" {
        security_group_id = aws_security_group.web.id
        \(body)
      }
      """
    )
    let group = try #require(result.resources.first { $0.kind == SecurityGroup.kind })
    #expect(group.parts.count == 1)
    #expect(group.parts.first?.origin.location?.range.start.line == 2)
  }

  @Test(arguments: [
    ("aws_iam_role_policy", #"role = aws_iam_role.r.id"#),
    ("aws_iam_role_policy_attachment", "role = aws_iam_role.r.name"),
    ("aws_iam_policy_attachment", #"roles = [aws_iam_role.r.name]"#),
  ])
  func policyReachesItsRole(type: String, body: String) throws {
    let policy =
      #"jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })"#
    let own =
      type == "aws_iam_role_policy" ? "policy = \(policy)" : "policy_arn = aws_iam_policy.p.arn"
    let result = Self.scan(
      """
      resource "aws_iam_role" "r" { assume_role_policy = jsonencode({ Statement = [] }) }
      resource "aws_iam_policy" "p" { policy = \(policy) }
      resource "\(type)" "x" {
        \(body)
        \(own)
      }
      """
    )
    let role = try #require(result.resources.first { $0.type == "aws_iam_role" })
    #expect(role.parts.contains { $0[Statement.actions].map(\.known) == ["*"] })
  }

  @Test func tagsOfTheProviderAreEveryonesOnEitherCloud() throws {
    let result = Self.scan(
      """
      provider "aws" {
        default_tags { tags = { team = "shop" } }
      }
      resource "aws_ecr_repository" "web" {
        name = "web"
        tags = { cost = "a" }
      }
      """
    )
    let registry = try #require(result.resources.first { $0.kind == Registry.kind })
    #expect(Set(registry.tags.map(\.name)) == ["team", "cost"])
  }
}
