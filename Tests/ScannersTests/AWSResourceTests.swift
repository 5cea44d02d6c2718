import DocumentTrees
import Templates
import Testing
import Workloads

@testable import Scanners

/// Single types of resources, in what they say by themselves.
@Suite struct AWSResourceTests {
  func resource(_ fields: String, name: String = "X") throws -> Resource {
    try SampleLanguage.read(#"{"\#(name)": {\#(fields)}}"#).resource(name)
  }

  // MARK: Networks

  @Test(arguments: [
    (#""protocol": "-1", "from_port": 0, "to_port": 0"#, "all 0 65535"),
    (#""protocol": "tcp", "from_port": 22, "to_port": 22"#, "tcp 22 22"),
    (#""protocol": 17, "from_port": "53", "to_port": "53"# + "\"", "udp 53 53"),
    (#""protocol": "icmp", "from_port": -1, "to_port": -1"#, "icmp - -"),
    (#""protocol": "tcp""#, "tcp 0 65535"),
    (#""protocol": "tcp", "from_port": "?port", "to_port": 90"#, "tcp ?port 90"),
    (#""protocol": "50", "from_port": 0, "to_port": 0"#, "50 0 0"),
  ])
  func portsOfRules(fields: String, shown: String) throws {
    let group = try resource(
      #""type": "aws_security_group", "ingress": [{\#(fields), "cidr_blocks": ["10.0.0.0/8"]}]"#
    )
    let rule = try #require(group.parts.first)
    #expect(
      [
        rule[NetworkRule.transport].shown, rule[NetworkRule.fromPort].shown,
        rule[NetworkRule.toPort].shown,
      ]
      .joined(separator: " ") == shown
    )
  }

  @Test(arguments: [
    (#""cidr_blocks": ["0.0.0.0/0", "?range"]"#, ["0.0.0.0/0", "?range"]),
    (#""ipv6_cidr_blocks": ["::/0"], "prefix_list_ids": ["pl-1"]"#, ["::/0", "prefix:pl-1"]),
    (#""security_groups": ["@Other.id", "sg-1"]"#, ["group:Other", "group:sg-1"]),
    (#""self": true"#, ["group:X"]),
    (#""cidr_blocks": "?list""#, ["?list"]),
  ])
  func peersOfRules(fields: String, shown: [String]) throws {
    let group = try resource(
      #""type": "aws_security_group", "egress": [{"protocol": "tcp", "from_port": 1, "to_port": 1, \#(fields)}]"#
    )
    #expect(group.parts.first?[NetworkRule.peers].map(\.shown) == shown)
  }

  @Test func rulesThatAreNotSeenAreUnknown() throws {
    let group = try resource(
      #""type": "AWS::EC2::SecurityGroup", "SecurityGroupIngress": "?no default""#
    )
    let rule = try #require(group.parts.first)
    #expect(rule[NetworkRule.direction].known == "ingress")
    #expect(rule[NetworkRule.peers].map(\.shown) == ["?no default"])
  }

  @Test func rulesOfGroupsElsewhereAreKept() throws {
    let result = try SampleLanguage.read(
      """
      {"One": {"type": "aws_vpc_security_group_ingress_rule", "security_group_id": "sg-1",
               "ip_protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_ipv4": "0.0.0.0/0"},
       "Two": {"type": "aws_vpc_security_group_egress_rule", "security_group_id": "sg-1",
               "ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"}}
      """
    )
    #expect(result.resources.map(\.address) == ["One"])
    let rules = result.resources[0].parts
    #expect(rules.map { $0[NetworkRule.direction].shown } == ["ingress", "egress"])
    #expect(rules.map { $0[NetworkRule.peers].map(\.shown) } == [["0.0.0.0/0"], ["0.0.0.0/0"]])
  }

  @Test func otherThingsUseGroupsToo() throws {
    let result = try SampleLanguage.read(
      """
      {"Group": {"type": "AWS::EC2::SecurityGroup"},
       "Host": {"type": "AWS::EC2::Instance", "SecurityGroupIds": ["@Group.GroupId"]}}
      """
    )
    #expect(try result.resource("Group")[SecurityGroup.use].known == "other")
  }

  @Test(arguments: [
    (#""ServiceName": "com.amazonaws.eu-west-1.s3""#, "s3"),
    (#""ServiceName": "com.amazonaws.${?region}.ecr.dkr""#, "ecr.dkr"),
    (#""ServiceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-1""#, "eu-west-1.vpce-svc-1"),
    (#""ServiceName": "?service""#, "?service"),
  ])
  func endpointsAreNamedByTheirService(fields: String, shown: String) throws {
    let endpoint = try resource(#""type": "AWS::EC2::VPCEndpoint", \#(fields)"#)
    #expect(endpoint[PrivateEndpoint.service].shown == shown)
  }

  @Test func classicBalancersBringTheirListeners() throws {
    let result = try SampleLanguage.read(
      """
      {"Front": {"type": "AWS::ElasticLoadBalancing::LoadBalancer", "Scheme": "internal",
        "LoadBalancerName": "front", "Listeners": [
          {"Protocol": "http", "LoadBalancerPort": "80", "InstancePort": "8080"},
          {"Protocol": "HTTPS", "LoadBalancerPort": "443", "InstancePort": "8080"}]},
       "Service": {"type": "AWS::ECS::Service", "TaskDefinition": "web:3",
        "LoadBalancers": [{"LoadBalancerName": "front", "ContainerName": "c", "ContainerPort": 1}]},
       "Task": {"type": "AWS::ECS::TaskDefinition", "Family": "web",
        "ContainerDefinitions": [{"Name": "c", "Image": "c"}]}}
      """
    )
    #expect(
      result.workloads[0].attachments == [
        "listener Front/listener/0", "listener Front/listener/1", "load-balancer Front",
        "service Service",
      ]
    )
    let listener = try result.resource("Front/listener/0")
    #expect(listener[Listener.transport].known == "HTTP")
    #expect(listener[Listener.port].known == 80)
    #expect(listener[Listener.isInternal].known == true)
    #expect(try result.resource("Front")[LoadBalancer.type].known == "classic")
  }

  // MARK: Data

  @Test(arguments: [
    (#""type": "AWS::SecretsManager::Secret", "SecretString": "hunter2""#, "true", "false"),
    (#""type": "AWS::SecretsManager::Secret", "GenerateSecretString": {}"#, "false", "true"),
    (
      #""type": "AWS::SecretsManager::Secret", "SecretString": "?the parameter has no default""#,
      "false", "false"
    ),
    (
      #""type": "AWS::SecretsManager::Secret", "SecretString": "{{resolve:ssm-secure:a:1}}""#,
      "false", "false"
    ),
    (#""type": "aws_secretsmanager_secret", "name": "a""#, "false", "false"),
  ])
  func secretsInTheOpen(fields: String, literal: String, generated: String) throws {
    let secret = try resource(fields)
    #expect(secret[ManagedSecret.hasLiteralValue].shown == literal)
    #expect(secret[ManagedSecret.isGenerated].shown == generated)
    #expect(secret[ManagedSecret.rotates].known == false)
  }

  @Test(arguments: [
    (#""hunter2""#, "true"), (#""@Random.result""#, "false"),
    (#"{"user": "app", "password": "hunter2"}"#, "true"),
    (#"{"user": "app", "password": "@Random.result"}"#, "false"),
  ])
  func valuesOfSecretsStandApart(value: String, literal: String) throws {
    let result = try SampleLanguage.read(
      """
      {"S": {"type": "aws_secretsmanager_secret", "name": "db"},
       "V": {"type": "aws_secretsmanager_secret_version", "secret_id": "@S.id", "secret_string": \(value)}}
      """
    )
    #expect(try result.resource("S")[ManagedSecret.hasLiteralValue].shown == literal)
  }

  @Test(arguments: [
    (#"{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "ecr:*"}]}"#, "true"),
    (
      #"{"Statement": {"Effect": "Allow", "Principal": {"AWS": ["*"]}, "Action": "ecr:*"}}"#, "true"
    ),
    (
      #"{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1:root"}}]}"#, "false"
    ),
    (#"{"Statement": [{"Effect": "Deny", "Principal": "*"}]}"#, "false"),
    (
      """
      {"Statement": [{"Effect": "Allow", "Principal": "*",
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}]}
      """, "false"
    ),
    // A user of any account may have that name.
    (
      """
      {"Statement": [{"Effect": "Allow", "Principal": "*",
        "Condition": {"StringEquals": {"aws:username": "puller"}}}]}
      """, "true"
    ),
    (#""{\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\"}]}""#, "true"),
    (#""not json""#, "?the policy cannot be read"), (#""?policy""#, "?policy"),
  ])
  func publicRepositories(policy: String, shown: String) throws {
    let stack = try resource(#""type": "AWS::ECR::Repository", "RepositoryPolicyText": \#(policy)"#)
    #expect(stack[Registry.isPublic].shown == shown)
    let module = try SampleLanguage.read(
      """
      {"R": {"type": "aws_ecr_repository", "name": "r"},
       "P": {"type": "aws_ecr_repository_policy", "repository": "@R.name", "policy": \(policy)}}
      """
    )
    #expect(try module.resource("R")[Registry.isPublic].shown == shown)
  }

  @Test(arguments: [
    ("*", "SCAN_ON_PUSH", "true"), ("prod-*", "CONTINUOUS_SCAN", "true"),
    ("dev", "SCAN_ON_PUSH", "false"),
    ("*", "MANUAL", "-"), ("shop", "SCAN_ON_PUSH", "true"),
  ])
  func scanningOfTheRegistry(filter: String, frequency: String, shown: String) throws {
    let result = try SampleLanguage.read(
      """
      {"R": {"type": "aws_ecr_repository", "name": "prod-shop"},
       "S": {"type": "aws_ecr_registry_scanning_configuration", "scan_type": "ENHANCED",
             "rule": [{"scan_frequency": "\(frequency)",
                       "repository_filter": [{"filter": "\(filter)", "filter_type": "WILDCARD"}]}]}}
      """
    )
    #expect(try result.resource("R")[Registry.registryScanning].shown == shown)
  }

  @Test(arguments: [
    (#""type": "aws_db_instance", "engine": "MySQL""#, "mysql", "false"),
    (
      #""type": "aws_rds_cluster", "engine": "aurora-postgresql", "storage_encrypted": true"#,
      "aurora-postgresql", "true"
    ),
    (
      #""type": "aws_db_instance", "replicate_source_db": "@Main.id""#, "-",
      "?the source decides about encryption"
    ),
    (
      #""type": "AWS::ElastiCache::ReplicationGroup", "AtRestEncryptionEnabled": true"#, "redis",
      "true"
    ),
    (
      #""type": "AWS::OpenSearchService::Domain", "EncryptionAtRestOptions": {"Enabled": true}"#,
      "opensearch", "true"
    ),
    (
      #""type": "aws_opensearch_domain", "encrypt_at_rest": [{"enabled": false}]"#, "opensearch",
      "false"
    ),
    (#""type": "AWS::AmazonMQ::Broker", "EngineType": "RABBITMQ""#, "rabbitmq", "true"),
    (#""type": "aws_dynamodb_table", "name": "orders""#, "dynamodb", "true"),
    (#""type": "aws_docdb_cluster""#, "docdb", "false"),
  ])
  func databases(fields: String, engine: String, encrypted: String) throws {
    let database = try resource(fields)
    #expect(database[Database.engine].shown == engine)
    #expect(database[Database.isEncrypted].shown == encrypted)
  }

  @Test(arguments: [
    (#""type": "aws_cloudwatch_log_group", "retention_in_days": 0"#, "-", "false"),
    (
      #""type": "aws_cloudwatch_log_group", "retention_in_days": 14, "kms_key_id": "@Key.arn""#,
      "14", "true"
    ),
    (#""type": "AWS::Logs::LogGroup", "RetentionInDays": "?days""#, "?days", "false"),
  ])
  func logGroups(fields: String, days: String, encrypted: String) throws {
    let group = try resource(fields)
    #expect(group[LogGroup.retentionDays].shown == days)
    #expect(group[LogGroup.isEncrypted].shown == encrypted)
  }

  // MARK: Runs

  static let schedules = [
    """
    {"T": {"type": "AWS::ECS::TaskDefinition", "Family": "report",
           "ContainerDefinitions": [{"Name": "c", "Image": "c"}]},
     "R": {"type": "AWS::Events::Rule", "ScheduleExpression": "rate(1 day)", "State": "ENABLED",
           "Targets": [{"Arn": "@C.Arn", "Id": "1", "EcsParameters": {"TaskDefinitionArn": "@T",
             "TaskCount": 1, "LaunchType": "FARGATE", "NetworkConfiguration": {"AwsVpcConfiguration":
               {"Subnets": ["subnet-1"], "SecurityGroups": ["@G"], "AssignPublicIp": "ENABLED"}}}}]},
     "C": {"type": "AWS::ECS::Cluster"}, "G": {"type": "AWS::EC2::SecurityGroup"},
     "Other": {"type": "AWS::Events::Rule", "ScheduleExpression": "rate(1 day)",
           "Targets": [{"Arn": "@Function.Arn", "Id": "1"}]}}
    """,
    """
    {"T": {"type": "aws_ecs_task_definition", "family": "report",
           "container_definitions": "[{\\"name\\": \\"c\\", \\"image\\": \\"c\\"}]"},
     "R": {"type": "aws_cloudwatch_event_rule", "name": "nightly", "schedule_expression": "rate(1 day)",
           "state": "ENABLED"},
     "E": {"type": "aws_cloudwatch_event_target", "rule": "@R.name", "arn": "@C.arn", "ecs_target": [
            {"task_definition_arn": "@T.arn", "task_count": 1, "launch_type": "FARGATE",
             "network_configuration": [{"subnets": ["subnet-1"], "security_groups": ["@G.id"],
               "assign_public_ip": true}]}]},
     "C": {"type": "aws_ecs_cluster", "name": "main"}, "G": {"type": "aws_security_group"}}
    """,
    """
    {"T": {"type": "aws_ecs_task_definition", "family": "report",
           "container_definitions": [{"name": "c", "image": "c"}]},
     "R": {"type": "aws_scheduler_schedule", "name": "nightly", "schedule_expression": "rate(1 day)",
           "state": "ENABLED", "target": [{"arn": "@C.arn", "ecs_parameters": [
            {"task_definition_arn": "@T.arn_without_revision", "task_count": 1, "launch_type": "FARGATE",
             "network_configuration": [{"subnets": ["subnet-1"], "security_groups": ["@G.id"],
               "assign_public_ip": true}]}]}]},
     "C": {"type": "aws_ecs_cluster", "name": "main"}, "G": {"type": "aws_security_group"}}
    """,
  ]

  @Test(arguments: schedules)
  func schedulesStartTasks(text: String) throws {
    let result = try SampleLanguage.read(text)
    let workload = try #require(result.workloads.first)
    #expect(workload.schedule.known == "rate(1 day)")
    #expect(workload.attachments == ["cluster C", "scheduled-run R", "security-group G"])
    let run = try result.resource("R")
    #expect(run[ScheduledRun.isEnabled].known == true)
    #expect(run[ScheduledRun.taskCount].known == 1)
    #expect(run[ScheduledRun.launchType].known == "FARGATE")
    #expect(run[ScheduledRun.assignPublicIP].known == "ENABLED")
    #expect(try result.resource("G")[SecurityGroup.use].known == "service")
    #expect(!result.resources.contains { $0.address == "Other" })
  }

  @Test func scalersOfOtherServicesAreLeftAlone() throws {
    let result = try SampleLanguage.read(
      """
      {"T": {"type": "aws_appautoscaling_target", "service_namespace": "dynamodb",
             "resource_id": "table/orders", "min_capacity": 1, "max_capacity": 2},
       "P": {"type": "aws_appautoscaling_policy", "service_namespace": "dynamodb",
             "resource_id": "@T.resource_id"}}
      """
    )
    #expect(result.resources.isEmpty)
    #expect(result.notices.isEmpty)
  }

  /// How a scaler names its service.
  @Test(arguments: [
    "service/main/web", "service/${@Cluster.name}/web", "service/main/${@Service.name}",
    "service/${?cluster}/web",
  ])
  func scalersFindTheirService(id: String) throws {
    let result = try SampleLanguage.read(
      """
      {"Cluster": {"type": "aws_ecs_cluster", "name": "main"},
       "Service": {"type": "aws_ecs_service", "name": "web", "task_definition": "@Task.arn"},
       "Task": {"type": "aws_ecs_task_definition", "family": "web",
                "container_definitions": [{"name": "c", "image": "c"}]},
       "Scaler": {"type": "aws_appautoscaling_target", "service_namespace": "ecs",
                  "resource_id": "\(id)", "min_capacity": 1, "max_capacity": 4}}
      """
    )
    #expect(result.workloads[0].scaling?.maximum.known == 4)
  }

  @Test func tagsComeFromTheSurroundingsToo() throws {
    var deployment = try SampleLanguage.deployment(
      """
      {"Task": {"type": "aws_ecs_task_definition", "family": "web", "tags": {"team": "shop"},
                "container_definitions": [{"name": "c", "image": "c"}]},
       "Service": {"type": "aws_ecs_service", "name": "web", "tags": "?tags"}}
      """
    )
    let entries = [
      DatumObject.Entry("team", Datum(.text("all"), .none)),
      DatumObject.Entry("cost-center", Datum(.text("42"), .none)),
    ]
    for index in deployment.resources.indices {
      deployment.resources[index].inheritedTags = entries
    }
    let result = AWSResources.read(deployment)
    let labels = result.workloads[0].labels.map { "\($0.name)=\($0.value.shown)" }
    #expect(labels == ["team=shop", "cost-center=42"])
    let service = try result.resource("Service")
    #expect(service.tags.map(\.name) == ["team", "cost-center"])
    #expect(service.tagsUnknown == "tags")
  }

  /// Each of many services behind each of many listeners is more than can be assessed.
  @Test func crowdsAreBounded() throws {
    var lines: [String] = []
    for number in 0..<1500 {
      lines.append(
        #""T\#(number)": {"type": "aws_ecs_task_definition", "family": "t\#(number)", "container_definitions": [{"name": "c", "image": "c"}]}"#
      )
      lines.append(
        #""S\#(number)": {"type": "aws_ecs_service", "task_definition": "@T\#(number)", "load_balancer": [{"target_group_arn": "@G"}]}"#
      )
      lines.append(
        #""L\#(number)": {"type": "aws_lb_listener", "default_action": [{"type": "forward", "target_group_arn": "@G"}]}"#
      )
    }
    lines.append(#""G": {"type": "aws_lb_target_group"}"#)
    let result = try SampleLanguage.read("{" + lines.joined(separator: ",\n") + "}")
    #expect(result.workloads.count == 1500)
    #expect(result.notices.map(\.kind) == [.limit])
    #expect(result.workloads.reduce(0) { $0 + $1.resourceLinks.count } <= 500_000)
  }

  @Test func namesakesInOneFileAreToldApart() throws {
    let definition = #"{"family": "a", "containerDefinitions": [{"name": "a", "image": "a"}]}"#
    let result = try scanECS(["t.json": "[\(definition), \(definition)]"])
    #expect(
      result.workloads.map(\.id) == [
        "ecs-task-definition:/a@t.json", "ecs-task-definition:/a@t.json~2",
      ]
    )
    #expect(
      result.workloads[0].replicas.unknownReason == "nothing in the inputs says how many copies run"
    )
  }

  @Test func servicesInOtherFilesFindTheirTask() throws {
    let result = try scanECS([
      "tasks/web.json":
        #"{"family": "web", "containerDefinitions": [{"name": "a", "image": "a"}]}"#,
      "services/web.json":
        #"{"serviceName": "web", "taskDefinition": "web:3", "desiredCount": 4, "cluster": "main"}"#,
      "answers/all.json": """
      {"services": [{"serviceName": "api", "serviceArn": "arn:aws:ecs:eu-west-1:1:service/main/api",
        "clusterArn": "arn:aws:ecs:eu-west-1:1:cluster/main", "desiredCount": 2, "status": "ACTIVE",
        "taskDefinition": "arn:aws:ecs:eu-west-1:1:task-definition/web:4", "events": [],
        "deployments": [{"id": "x"}], "runningCount": 2, "createdAt": 1}]}
      """,
    ])
    #expect(result.workloads.count == 1)
    #expect(
      result.workloads[0].attachments == [
        "service answers/all.json#0.0", "service services/web.json#0.0",
      ]
    )
    #expect(result.workloads[0].replicas.known == 2)
    #expect(result.notices.isEmpty)
  }

  @Test func whatIsNotMadeIsLeftOut() throws {
    var deployment = try SampleLanguage.deployment(
      #"{"A": {"type": "aws_ecs_cluster"}, "B": {"type": "aws_ecs_cluster"}}"#
    )
    deployment.resources[0].isDeclared = .known(false)
    deployment.resources[1].isDeclared = .unknown("the condition is not known")
    #expect(AWSResources.read(deployment).resources.map(\.address) == ["B"])
  }

  @Test func containersThatAreNotSeenAreUnknown() throws {
    let result = try SampleLanguage.read(
      """
      {"A": {"type": "aws_ecs_task_definition", "family": "a", "container_definitions": "?module output"},
       "B": {"type": "aws_ecs_task_definition", "family": "b",
             "container_definitions": [{"name": "c", "image": "c"}, "?more"]},
       "C": {"type": "aws_ecs_task_definition", "family": "c",
             "container_definitions": "[{\\"name\\": \\"c\\", \\"image\\": \\"shop:${?tag}\\", \\"memory\\": ${?memory}, \\"essential\\": true}]"},
       "D": {"type": "aws_ecs_task_definition", "family": "d", "container_definitions": "[{"}}
      """
    )
    let containers = result.workloads.map(\.containers)
    #expect(containers[0].map(\.image.shown) == ["?module output"])
    #expect(containers[0][0].privileged.unknownReason == "module output")
    #expect(containers[1].map(\.name) == ["c", "b"])
    #expect(containers[1][1].user.unknownReason == "more")
    #expect(containers[2][0].image.known?.repository == "shop")
    #expect(containers[2][0].image.known?.unknownTag == "tag")
    #expect(containers[2][0].resources.memoryLimit.unknownReason == "memory")
    #expect(containers[3][0].image.unknownReason == "the container definitions cannot be read")
    #expect(result.notices.map(\.kind) == [.invalidValue])
  }
}
