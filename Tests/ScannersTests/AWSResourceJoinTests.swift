import DocumentTrees
import Templates
import Testing
import Workloads

@testable import Scanners

/// What stands around a task definition, in the spellings of CloudFormation and Terraform.
@Suite struct AWSResourceJoinTests {
  static let cloudFormation = """
    {
    "Task": {"type": "AWS::ECS::TaskDefinition", "Family": "shop", "Cpu": "256", "Memory": "1 GB",
      "NetworkMode": "awsvpc", "RequiresCompatibilities": ["FARGATE"],
      "ExecutionRoleArn": "@ExecutionRole.Arn", "TaskRoleArn": "@TaskRole.Arn",
      "Volumes": [{"Name": "files", "EFSVolumeConfiguration": {"FilesystemId": "@Files",
        "TransitEncryption": "ENABLED", "AuthorizationConfig": {"AccessPointId": "@Point"}}}],
      "ContainerDefinitions": [{"Name": "web", "Image": "${@Repository.RepositoryUri}:1",
        "PortMappings": [{"ContainerPort": 8080}],
        "Environment": [{"Name": "DB_HOST", "Value": "@Database.Endpoint.Address"}],
        "Secrets": [{"Name": "PASSWORD", "ValueFrom": "${@Secret}:password::"},
                    {"Name": "TOKEN", "ValueFrom": "@Token"}],
        "MountPoints": [{"SourceVolume": "files", "ContainerPath": "/srv"}],
        "LogConfiguration": {"LogDriver": "awslogs", "Options": {"awslogs-group": "@Logs"}}}],
      "Tags": [{"Key": "team", "Value": "shop"}]},
    "Service": {"type": "AWS::ECS::Service", "TaskDefinition": "@Task", "Cluster": "@Cluster",
      "DesiredCount": 2, "LaunchType": "FARGATE", "PlatformVersion": "1.4.0",
      "DeploymentConfiguration": {"DeploymentCircuitBreaker": {"Enable": true, "Rollback": true}},
      "NetworkConfiguration": {"AwsvpcConfiguration": {"AssignPublicIp": "ENABLED",
        "SecurityGroups": ["@WebGroup.GroupId"], "Subnets": ["@PublicSubnet"]}},
      "LoadBalancers": [{"ContainerName": "web", "ContainerPort": 8080, "TargetGroupArn": "@Targets"}],
      "PropagateTags": "SERVICE", "EnableECSManagedTags": true},
    "Cluster": {"type": "AWS::ECS::Cluster", "ClusterName": "main",
      "ClusterSettings": [{"Name": "containerInsights", "Value": "enabled"}]},
    "Logs": {"type": "AWS::Logs::LogGroup", "LogGroupName": "/ecs/shop", "RetentionInDays": 30},
    "WebGroup": {"type": "AWS::EC2::SecurityGroup", "VpcId": "@Network",
      "SecurityGroupIngress": [{"IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080,
        "SourceSecurityGroupId": "@FrontGroup.GroupId"}]},
    "FrontGroup": {"type": "AWS::EC2::SecurityGroup", "VpcId": "@Network",
      "SecurityGroupEgress": [{"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}]},
    "FrontRule": {"type": "AWS::EC2::SecurityGroupIngress", "GroupId": "@FrontGroup.GroupId",
      "IpProtocol": "6", "FromPort": 443, "ToPort": 443, "CidrIp": "0.0.0.0/0", "CidrIpv6": "::/0"},
    "DataGroup": {"type": "AWS::EC2::SecurityGroup", "VpcId": "@Network"},
    "FilesGroup": {"type": "AWS::EC2::SecurityGroup", "VpcId": "@Network"},
    "SpareGroup": {"type": "AWS::EC2::SecurityGroup", "GroupName": "default"},
    "Balancer": {"type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Scheme": "internet-facing",
      "SecurityGroups": ["@FrontGroup"], "Subnets": ["@PublicSubnet"],
      "LoadBalancerAttributes": [{"Key": "access_logs.s3.enabled", "Value": "true"}]},
    "Targets": {"type": "AWS::ElasticLoadBalancingV2::TargetGroup", "TargetType": "ip", "Protocol": "HTTP",
      "HealthCheckPath": "/ok", "TargetGroupAttributes": [
        {"Key": "stickiness.enabled", "Value": "true"},
        {"Key": "deregistration_delay.timeout_seconds", "Value": "30"}]},
    "Plain": {"type": "AWS::ElasticLoadBalancingV2::Listener", "LoadBalancerArn": "@Balancer", "Port": 80,
      "Protocol": "HTTP", "DefaultActions": [{"Type": "redirect",
        "RedirectConfig": {"Protocol": "HTTPS", "StatusCode": "HTTP_301"}}]},
    "Secure": {"type": "AWS::ElasticLoadBalancingV2::Listener", "LoadBalancerArn": "@Balancer", "Port": 443,
      "Protocol": "HTTPS", "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
      "DefaultActions": [{"Type": "fixed-response"}]},
    "Route": {"type": "AWS::ElasticLoadBalancingV2::ListenerRule", "ListenerArn": "@Secure",
      "Actions": [{"Type": "forward", "TargetGroupArn": "@Targets"}]},
    "Scaler": {"type": "AWS::ApplicationAutoScaling::ScalableTarget", "ServiceNamespace": "ecs",
      "ResourceId": "service/${@Cluster}/${@Service.Name}", "MinCapacity": 2, "MaxCapacity": 8},
    "Policy": {"type": "AWS::ApplicationAutoScaling::ScalingPolicy", "ScalingTargetId": "@Scaler",
      "TargetTrackingScalingPolicyConfiguration": {"TargetValue": 60,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}}},
    "Repository": {"type": "AWS::ECR::Repository", "ImageTagMutability": "IMMUTABLE",
      "ImageScanningConfiguration": {"ScanOnPush": true}, "LifecyclePolicy": {"LifecyclePolicyText": "{}"}},
    "Secret": {"type": "AWS::SecretsManager::Secret", "GenerateSecretString": {"PasswordLength": 32}},
    "Rotation": {"type": "AWS::SecretsManager::RotationSchedule", "SecretId": "@Secret"},
    "Token": {"type": "AWS::SSM::Parameter", "Type": "String", "Value": "x"},
    "Files": {"type": "AWS::EFS::FileSystem", "Encrypted": true},
    "Point": {"type": "AWS::EFS::AccessPoint", "FileSystemId": "@Files"},
    "Mount": {"type": "AWS::EFS::MountTarget", "FileSystemId": "@Files", "SecurityGroups": ["@FilesGroup"]},
    "Database": {"type": "AWS::RDS::DBInstance", "Engine": "postgres", "StorageEncrypted": true,
      "ManageMasterUserPassword": true, "VPCSecurityGroups": ["@DataGroup"]},
    "Network": {"type": "AWS::EC2::VPC", "CidrBlock": "10.0.0.0/16"},
    "PublicSubnet": {"type": "AWS::EC2::Subnet", "VpcId": "@Network", "CidrBlock": "10.0.1.0/24"},
    "PrivateSubnet": {"type": "AWS::EC2::Subnet", "VpcId": "@Network", "CidrBlock": "10.0.2.0/24"},
    "Way": {"type": "AWS::EC2::InternetGateway"},
    "PublicTable": {"type": "AWS::EC2::RouteTable", "VpcId": "@Network"},
    "PrivateTable": {"type": "AWS::EC2::RouteTable", "VpcId": "@Network"},
    "PublicRoute": {"type": "AWS::EC2::Route", "RouteTableId": "@PublicTable", "GatewayId": "@Way",
      "DestinationCidrBlock": "0.0.0.0/0"},
    "A": {"type": "AWS::EC2::SubnetRouteTableAssociation", "SubnetId": "@PublicSubnet", "RouteTableId": "@PublicTable"},
    "B": {"type": "AWS::EC2::SubnetRouteTableAssociation", "SubnetId": "@PrivateSubnet", "RouteTableId": "@PrivateTable"},
    "Nat": {"type": "AWS::EC2::NatGateway", "SubnetId": "@PublicSubnet"},
    "Endpoint": {"type": "AWS::EC2::VPCEndpoint", "VpcId": "@Network",
      "ServiceName": "com.amazonaws.${?region}.ecr.api"},
    "Function": {"type": "AWS::Lambda::Function"},
    "Set": {"type": "AWS::ECS::TaskSet", "TaskDefinition": "@Task"}
    }
    """

  static let terraform = """
    {
    "Task": {"type": "aws_ecs_task_definition", "family": "shop", "cpu": 256, "memory": "1024",
      "network_mode": "awsvpc", "requires_compatibilities": ["FARGATE"],
      "execution_role_arn": "@ExecutionRole.arn", "task_role_arn": "@TaskRole.arn",
      "volume": [{"name": "files", "host_path": null, "efs_volume_configuration": [{"file_system_id": "@Files.id",
        "transit_encryption": "ENABLED", "authorization_config": [{"access_point_id": "@Point.id"}]}]}],
      "container_definitions": "[{\\"name\\": \\"web\\", \\"image\\": \\"${@Repository.repository_url}:1\\", \\"portMappings\\": [{\\"containerPort\\": 8080}], \\"environment\\": [{\\"name\\": \\"DB_HOST\\", \\"value\\": \\"${@Database.address}\\"}], \\"secrets\\": [{\\"name\\": \\"PASSWORD\\", \\"valueFrom\\": \\"${@Secret.arn}:password::\\"}, {\\"name\\": \\"TOKEN\\", \\"valueFrom\\": \\"${@Token.arn}\\"}], \\"mountPoints\\": [{\\"sourceVolume\\": \\"files\\", \\"containerPath\\": \\"/srv\\"}], \\"logConfiguration\\": {\\"logDriver\\": \\"awslogs\\", \\"options\\": {\\"awslogs-group\\": \\"${@Logs.name}\\"}}}]",
      "tags": {"team": "shop"}},
    "Service": {"type": "aws_ecs_service", "task_definition": "@Task.arn", "cluster": "@Cluster.id",
      "desired_count": 2, "launch_type": "FARGATE", "platform_version": "1.4.0",
      "deployment_circuit_breaker": [{"enable": true, "rollback": true}],
      "network_configuration": [{"assign_public_ip": true,
        "security_groups": ["@WebGroup.id"], "subnets": ["@PublicSubnet.id"]}],
      "load_balancer": [{"container_name": "web", "container_port": 8080, "target_group_arn": "@Targets.arn"}],
      "propagate_tags": "SERVICE", "enable_ecs_managed_tags": true, "depends_on": ["x"]},
    "Cluster": {"type": "aws_ecs_cluster", "name": "main",
      "setting": [{"name": "containerInsights", "value": "enabled"}]},
    "Logs": {"type": "aws_cloudwatch_log_group", "name": "/ecs/shop", "retention_in_days": 30},
    "WebGroup": {"type": "aws_security_group", "vpc_id": "@Network.id",
      "ingress": [{"protocol": "tcp", "from_port": 8080, "to_port": 8080, "security_groups": ["@FrontGroup.id"]}]},
    "FrontGroup": {"type": "aws_security_group", "vpc_id": "@Network.id",
      "egress": [{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}]},
    "FrontRule": {"type": "aws_security_group_rule", "security_group_id": "@FrontGroup.id", "type_": "ingress",
      "protocol": "6", "from_port": 443, "to_port": 443, "cidr_blocks": ["0.0.0.0/0"], "ipv6_cidr_blocks": ["::/0"]},
    "DataGroup": {"type": "aws_security_group", "vpc_id": "@Network.id"},
    "FilesGroup": {"type": "aws_security_group", "vpc_id": "@Network.id"},
    "SpareGroup": {"type": "aws_security_group", "name": "default"},
    "Balancer": {"type": "aws_lb", "internal": false, "load_balancer_type": "application",
      "security_groups": ["@FrontGroup.id"], "subnets": ["@PublicSubnet.id"],
      "access_logs": [{"bucket": "logs", "enabled": true}]},
    "Targets": {"type": "aws_lb_target_group", "target_type": "ip", "protocol": "HTTP",
      "health_check": [{"path": "/ok"}], "stickiness": [{"type": "lb_cookie", "enabled": true}],
      "deregistration_delay": 30},
    "Plain": {"type": "aws_lb_listener", "load_balancer_arn": "@Balancer.arn", "port": 80,
      "protocol": "HTTP", "default_action": [{"type": "redirect",
        "redirect": [{"protocol": "HTTPS", "status_code": "HTTP_301"}]}]},
    "Secure": {"type": "aws_lb_listener", "load_balancer_arn": "@Balancer.arn", "port": 443,
      "protocol": "HTTPS", "ssl_policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
      "default_action": [{"type": "fixed-response"}]},
    "Route": {"type": "aws_lb_listener_rule", "listener_arn": "@Secure.arn",
      "action": [{"type": "forward", "target_group_arn": "@Targets.arn"}]},
    "Scaler": {"type": "aws_appautoscaling_target", "service_namespace": "ecs",
      "resource_id": "service/${@Cluster.name}/${@Service.name}", "min_capacity": 2, "max_capacity": 8},
    "Policy": {"type": "aws_appautoscaling_policy", "service_namespace": "@Scaler.service_namespace",
      "resource_id": "@Scaler.resource_id", "target_tracking_scaling_policy_configuration": [{"target_value": 60,
        "predefined_metric_specification": [{"predefined_metric_type": "ECSServiceAverageCPUUtilization"}]}]},
    "Repository": {"type": "aws_ecr_repository", "name": "shop", "image_tag_mutability": "IMMUTABLE",
      "image_scanning_configuration": [{"scan_on_push": true}]},
    "Lifecycle": {"type": "aws_ecr_lifecycle_policy", "repository": "@Repository.name", "policy": "{}"},
    "Secret": {"type": "aws_secretsmanager_secret", "name": "db"},
    "Version": {"type": "aws_secretsmanager_secret_version", "secret_id": "@Secret.id", "secret_string": "@Random.result"},
    "Rotation": {"type": "aws_secretsmanager_secret_rotation", "secret_id": "@Secret.id"},
    "Token": {"type": "aws_ssm_parameter", "name": "/shop/token", "type_": "String", "value": "x"},
    "Files": {"type": "aws_efs_file_system", "encrypted": true},
    "Point": {"type": "aws_efs_access_point", "file_system_id": "@Files.id"},
    "Mount": {"type": "aws_efs_mount_target", "file_system_id": "@Files.id", "security_groups": ["@FilesGroup.id"]},
    "Database": {"type": "aws_db_instance", "engine": "postgres", "storage_encrypted": true,
      "manage_master_user_password": true, "vpc_security_group_ids": ["@DataGroup.id"]},
    "Network": {"type": "aws_vpc", "cidr_block": "10.0.0.0/16"},
    "PublicSubnet": {"type": "aws_subnet", "vpc_id": "@Network.id", "cidr_block": "10.0.1.0/24"},
    "PrivateSubnet": {"type": "aws_subnet", "vpc_id": "@Network.id", "cidr_block": "10.0.2.0/24"},
    "Way": {"type": "aws_internet_gateway"},
    "PublicTable": {"type": "aws_route_table", "vpc_id": "@Network.id",
      "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "@Way.id"}]},
    "PrivateTable": {"type": "aws_route_table", "vpc_id": "@Network.id"},
    "A": {"type": "aws_route_table_association", "subnet_id": "@PublicSubnet.id", "route_table_id": "@PublicTable.id"},
    "B": {"type": "aws_route_table_association", "subnet_id": "@PrivateSubnet.id", "route_table_id": "@PrivateTable.id"},
    "Nat": {"type": "aws_nat_gateway", "subnet_id": "@PublicSubnet.id"},
    "Endpoint": {"type": "aws_vpc_endpoint", "vpc_id": "@Network.id",
      "service_name": "com.amazonaws.${?region}.ecr.api"},
    "Function": {"type": "aws_lambda_function"},
    "Set": {"type": "aws_ecs_task_set", "task_definition": "@Task.arn"}
    }
    """

  static let both = [cloudFormation, terraform]

  @Test(arguments: both)
  func everythingIsFound(text: String) throws {
    let result = try SampleLanguage.read(text)
    let workload = try #require(result.workloads.first)
    #expect(
      workload.attachments == [
        "autoscaler Scaler", "cluster Cluster", "database Database", "execution ExecutionRole",
        "file-system Files", "listener Plain", "listener Secure", "load-balancer Balancer",
        "log-group Logs",
        "registry Repository", "secret Secret", "secret Token", "security-group DataGroup",
        "security-group FilesGroup", "security-group FrontGroup", "security-group WebGroup",
        "service Service", "subnet PublicSubnet", "target-group Targets", "task TaskRole",
        "virtual-network Network",
      ]
    )
    #expect(result.notices.map(\.kind) == [.information])
    #expect(
      result.notices[0].message.contains("TaskSet")
        || result.notices[0].message.contains("task_set")
    )
  }

  @Test(arguments: both)
  func theWorkloadKnowsItsService(text: String) throws {
    let result = try SampleLanguage.read(text)
    let workload = try #require(result.workloads.first)
    #expect(workload.name == "shop")
    #expect(workload.taskCPU.known == 0.25)
    #expect(workload.taskMemory.known == 1_073_741_824)
    #expect(workload.replicas.known == 2)
    #expect(workload.scaling?.minimum.known == 2)
    #expect(workload.scaling?.maximum.known == 8)
    #expect(workload.scaling?.triggers.map(\.shown) == ["cpu"])
    #expect(workload.labels.map { "\($0.name)=\($0.value.shown)" } == ["team=shop"])
    #expect(workload.setting("executionRoleArn") == "ExecutionRole")
    #expect(workload.setting("taskRoleArn") == "TaskRole")
    let web = try #require(workload.containers.first)
    #expect(web.name == "web")
    #expect(web.image.known?.text == "….dkr.ecr.….amazonaws.com/…:1")
    #expect(web.mounts.map(\.type.shown) == ["volume"])
    #expect(web.ports.map(\.container.shown) == ["8080"])
    #expect(web.variables.map(\.value.shown) == ["?it is known only once deployed", "-", "-"])
    #expect(
      workload.volumes.first?.driverOptions.map(\.name) == [
        "fileSystemId", "transitEncryption", "accessPointId",
      ]
    )
  }

  @Test(arguments: both)
  func theServiceKeepsItsSettings(text: String) throws {
    let service = try SampleLanguage.read(text).resource("Service")
    #expect(service[RunService.launchType].known == "FARGATE")
    #expect(service[RunService.platformVersion].known == "1.4.0")
    #expect(service[RunService.assignPublicIP].known == "ENABLED")
    #expect(service[RunService.desiredCount].known == 2)
    #expect(service[RunService.circuitBreaker].known == true)
    #expect(service[RunService.hasLoadBalancer].known == true)
    #expect(service[RunService.hasNetworkConfiguration].known == true)
    #expect(service[RunService.propagateTags].known == "SERVICE")
    #expect(service[RunService.managedTags].known == true)
    #expect(service[RunService.securityGroups].map(\.shown) == ["WebGroup"])
  }

  @Test(arguments: both)
  func groupsKnowWhoUsesThem(text: String) throws {
    let result = try SampleLanguage.read(text)
    let uses = [
      "WebGroup": "service", "FrontGroup": "load-balancer", "DataGroup": "database",
      "FilesGroup": "file-system", "SpareGroup": "",
    ]
    for (name, use) in uses {
      #expect(try result.resource(name)[SecurityGroup.use].known == use, "\(name)")
    }
    #expect(try result.resource("SpareGroup")[SecurityGroup.isDefault].known == true)
    let front = try result.resource("FrontGroup").parts(NetworkRule.kind)
    let shown = front.map { rule in
      [
        rule[NetworkRule.direction].shown, rule[NetworkRule.transport].shown,
        rule[NetworkRule.fromPort].shown, rule[NetworkRule.toPort].shown,
        rule[NetworkRule.peers].map(\.shown).joined(separator: ","),
        rule[NetworkRule.groupUse].shown,
      ].joined(separator: " ")
    }
    #expect(
      shown == [
        "egress all 0 65535 0.0.0.0/0 load-balancer",
        "ingress tcp 443 443 0.0.0.0/0,::/0 load-balancer",
      ]
    )
    let web = try result.resource("WebGroup").parts(NetworkRule.kind)
    #expect(web.map { $0[NetworkRule.peers].map(\.shown) } == [["group:FrontGroup"]])
  }

  @Test func whatLeavesDependsOnTheLanguage() throws {
    let stack = try SampleLanguage.read(Self.cloudFormation)
    #expect(try stack.resource("WebGroup")[SecurityGroup.statesEgress].known == false)
    #expect(try stack.resource("FrontGroup")[SecurityGroup.statesEgress].known == true)
    let module = try SampleLanguage.read(Self.terraform)
    #expect(try module.resource("WebGroup")[SecurityGroup.statesEgress].known == true)
  }

  @Test(arguments: both)
  func balancersAndListeners(text: String) throws {
    let result = try SampleLanguage.read(text)
    let balancer = try result.resource("Balancer")
    #expect(balancer[LoadBalancer.type].known == "application")
    #expect(balancer[LoadBalancer.isInternal].known == false)
    #expect(balancer[LoadBalancer.accessLogs].known == true)
    let plain = try result.resource("Plain")
    #expect(plain[Listener.transport].known == "HTTP")
    #expect(plain[Listener.port].known == 80)
    #expect(plain[Listener.redirectsToHTTPS].known == true)
    #expect(plain[Listener.isInternal].known == false)
    let secure = try result.resource("Secure")
    #expect(secure[Listener.redirectsToHTTPS].known == false)
    #expect(secure[Listener.tlsPolicy].known == "ELBSecurityPolicy-TLS13-1-2-2021-06")
    let targets = try result.resource("Targets")
    #expect(targets[TargetGroup.targetType].known == "ip")
    #expect(targets[TargetGroup.stickiness].known == true)
    #expect(targets[TargetGroup.healthCheckPath].known == "/ok")
    #expect(targets[TargetGroup.drainSeconds].known == 30)
  }

  @Test(arguments: both)
  func dataAndSecrets(text: String) throws {
    let result = try SampleLanguage.read(text)
    let registry = try result.resource("Repository")
    #expect(registry[Registry.scanOnPush].known == true)
    #expect(registry[Registry.immutableTags].known == true)
    #expect(registry[Registry.hasLifecycle].known == true)
    #expect(registry[Registry.isPublic].known == false)
    let secret = try result.resource("Secret")
    #expect(secret[ManagedSecret.rotates].known == true)
    #expect(secret[ManagedSecret.hasLiteralValue].known == false)
    #expect(try result.resource("Token")[Parameter.isUsedAsSecret].known == true)
    #expect(try result.resource("Files")[FileSystem.isEncrypted].known == true)
    let database = try result.resource("Database")
    #expect(database[Database.engine].known == "postgres")
    #expect(database[Database.isEncrypted].known == true)
    #expect(database[Database.managesPassword].known == true)
    #expect(try result.resource("Logs")[LogGroup.retentionDays].known == 30)
    #expect(try result.resource("Cluster")[Cluster.containerInsights].known == "enabled")
  }

  @Test(arguments: both)
  func networksKnowTheirWaysOut(text: String) throws {
    let result = try SampleLanguage.read(text)
    let network = try result.resource("Network")
    #expect(network[VirtualNetwork.hasNATGateway].known == true)
    #expect(network[VirtualNetwork.endpoints].map(\.shown) == ["ecr.api"])
    #expect(network[VirtualNetwork.addressRanges].map(\.shown) == ["10.0.0.0/16"])
    #expect(try result.resource("PublicSubnet")[Subnet.isPublic].known == true)
    #expect(try result.resource("PrivateSubnet")[Subnet.isPublic].known == false)
  }
}
