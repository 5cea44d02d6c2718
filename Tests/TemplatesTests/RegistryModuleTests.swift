import DocumentTrees
import Templates
import Testing
import Workloads

/// What the arguments of well-known modules say of the resources that these make.
@Suite struct RegistryModuleTests {
  private static func deployment(_ text: String) -> Deployment {
    TerraformReader(files: MemoryFiles(["main.tf": text]), limits: DocumentLimits()).deployment("")
  }

  private static func properties(_ type: String, _ deployment: Deployment) -> Datum? {
    deployment.resources.first { $0.type == type }?.properties
  }

  private static let web = """
      name        = "web"
      cluster_arn = "arn:aws:ecs:eu-west-1:1:cluster/shop"
      cpu         = 512
      subnet_ids  = ["subnet-1"]
      container_definitions = {
        web = {
          image         = "example.com/web:1"
          port_mappings = [{ containerPort = 8080 }]
          readonly_root_filesystem = false
          cloudwatch_log_group_retention_in_days = 30
        }
      }
    """

  @Test func serviceOfECS() throws {
    let result = Self.deployment(
      """
      module "web" {
        source  = "terraform-aws-modules/ecs/aws//modules/service"
        version = "~> 5.0"
        \(Self.web)
      }
      """
    )
    #expect(
      result.resources.map(\.address) == [
        "#module.web.aws_ecs_task_definition.this", "#module.web.aws_ecs_service.this",
        "#module.web.aws_appautoscaling_target.this",
        "#module.web.aws_appautoscaling_policy.this[\"cpu\"]",
        "#module.web.aws_appautoscaling_policy.this[\"memory\"]",
      ]
    )
    let task = try #require(Self.properties("aws_ecs_task_definition", result))
    #expect(task["cpu"].integer.known == 512)
    #expect(task["memory"].integer.known == 2048)
    #expect(task["network_mode"].string.known == "awsvpc")
    #expect(task["execution_role_arn"].gap?.reason == "the module makes it")
    let container = try #require(task["container_definitions"].elements.first)
    #expect(container["name"].string.known == "web")
    #expect(container["portMappings"].elements.first?["containerPort"].integer.known == 8080)
    #expect(container["readonlyRootFilesystem"].flag.known == false)
    #expect(container["logConfiguration"]["logDriver"].string.known == "awslogs")
    #expect(container["cloudwatchLogGroupRetentionInDays"].isAbsent)
    let service = try #require(Self.properties("aws_ecs_service", result))
    #expect(service["network_configuration"]["subnets"].strings.map(\.known) == ["subnet-1"])
    #expect(service["network_configuration"]["security_groups"].gap != nil)
    let target = try #require(Self.properties("aws_appautoscaling_target", result))
    #expect(target["resource_id"].string.known == "service/cluster/web")
    #expect(target["max_capacity"].integer.known == 10)
    #expect(
      result.notices.map(\.message) == [
        "Of the module web only the arguments are assessed; what it adds by itself is not seen."
      ]
    )
  }

  @Test func clusterWithServicesInIt() {
    let result = Self.deployment(
      """
      module "ecs" {
        source       = "terraform-aws-modules/ecs/aws"
        cluster_name = "shop"
        services = {
          web = {
            cpu                = 256
            enable_autoscaling = false
            container_definitions = { web = { image = "example.com/web:1" } }
          }
          worker = {
            enable_autoscaling    = false
            container_definitions = { worker = { image = "example.com/worker:1" } }
          }
        }
      }
      """
    )
    #expect(
      result.resources.map { "\($0.type) \($0.name)" } == [
        "aws_ecs_cluster ecs", "aws_ecs_task_definition web", "aws_ecs_service web",
        "aws_ecs_task_definition worker", "aws_ecs_service worker",
      ]
    )
    #expect(Set(result.resources.map(\.address)).count == 5)
    let insights = result.resources[0].properties["setting"].elements.first
    #expect(insights?["value"].string.known == "enabled")
    #expect(result.resources[1].properties["family"].string.known == "web")
    #expect(result.resources[3].properties["cpu"].integer.known == 1024)
  }

  @Test func containerDefinitionIsAValueForOthers() {
    let result = Self.deployment(
      """
      module "web" {
        source = "terraform-aws-modules/ecs/aws//modules/container-definition"
        name   = "web"
        image  = "example.com/web:1"
        memory_reservation = 100
      }
      resource "aws_ecs_task_definition" "web" {
        family                = "web"
        container_definitions = jsonencode([module.web.container_definition])
      }
      """
    )
    #expect(result.resources.count == 1)
    let containers = result.resources.first?.properties["container_definitions"]
    let container = containers?.elements.first
    #expect(container?["image"].string.known == "example.com/web:1")
    #expect(container?["memoryReservation"].integer.known == 100)
    #expect(container?["image"].location?.range.start == Place(line: 4, column: 12))
  }

  @Test func databasesAndRepositories() throws {
    let result = Self.deployment(
      """
      module "db" {
        source         = "terraform-aws-modules/rds/aws"
        identifier     = "shop"
        engine         = "postgres"
        instance_class = "db.t4g.small"
      }
      module "aurora" {
        source            = "terraform-aws-modules/rds-aurora/aws"
        name              = "orders"
        engine            = "aurora-postgresql"
        storage_encrypted = false
      }
      module "images" {
        source          = "terraform-aws-modules/ecr/aws"
        repository_name = "web"
      }
      module "rights" {
        source = "terraform-aws-modules/iam/aws//modules/iam-policy"
        name   = "all"
        policy = jsonencode({ Statement = [] })
      }
      module "group" {
        source = "terraform-aws-modules/security-group/aws"
        count  = 2
        name   = "web-${count.index}"
      }
      """
    )
    let database = try #require(Self.properties("aws_db_instance", result))
    #expect(database["engine"].string.known == "postgres")
    #expect(database["storage_encrypted"].flag.known == true)
    #expect(database["manage_master_user_password"].flag.known == true)
    // The module has more arguments and makes more of them than is seen.
    #expect(database["performance_insights_enabled"].gap != nil)
    let cluster = try #require(Self.properties("aws_rds_cluster", result))
    #expect(cluster["cluster_identifier"].string.known == "orders")
    #expect(cluster["storage_encrypted"].flag.known == false)
    let repository = try #require(Self.properties("aws_ecr_repository", result))
    #expect(repository["name"].string.known == "web")
    #expect(repository["image_tag_mutability"].string.known == "IMMUTABLE")
    #expect(repository["image_scanning_configuration"]["scan_on_push"].flag.known == true)
    #expect(Self.properties("aws_iam_policy", result)?["policy"]["Statement"].isList == true)
    let groups = result.resources.filter { $0.type == "aws_security_group" }
    #expect(groups.map { $0.properties["name"].string.known } == ["web-0", "web-1"])
    #expect(
      groups.map(\.address) == [
        "#module.group[0].aws_security_group.this", "#module.group[1].aws_security_group.this",
      ]
    )
  }

  @Test func moduleThatIsNotKnownIsNamed() {
    let result = Self.deployment(
      """
      module "vpc" {
        source = "terraform-aws-modules/vpc/aws"
        cidr   = "10.0.0.0/16"
      }
      """
    )
    #expect(result.resources.isEmpty)
    #expect(
      result.notices.map(\.message) == [
        "The module vpc is not among the files, so what it makes is not assessed; "
          + "`terraform show -json` of a plan has it all."
      ]
    )
  }
}
