package import DocumentTrees
package import Templates
internal import Workloads

/// Reads what a deployment declares on AWS, whatever language declares it.
package enum AWSResources {
  /// Every reader; a new family of types is a file and a line here.
  private static let readers: [any AWSResourceReader.Type] = [
    TaskDefinitionResource.self, RunServiceReader.self, ClusterReader.self,
    ClusterCapacityReader.self, FargateProfileReader.self,
    LogGroupReader.self,
    SecurityGroupReader.self, SecurityGroupRuleReader.self,
    VirtualNetworkReader.self, SubnetReader.self, RouteReader.self, GatewayReader.self,
    EndpointReader.self, FlowLogReader.self,
    LoadBalancerReader.self, ListenerReader.self, ListenerRuleReader.self, TargetGroupReader.self,
    RegistryReader.self, RegistryPolicyReader.self, RegistryScanningReader.self,
    ManagedSecretReader.self, SecretValueReader.self, ParameterReader.self,
    ScalableTargetReader.self, ScalingPolicyReader.self,
    ScheduledRunReader.self, EventTargetReader.self,
    FileSystemReader.self, MountTargetReader.self,
    DatabaseReader.self, AccessKeyReader.self,
  ]

  private static let byType = Dictionary(
    readers.flatMap { reader in reader.types.map { ($0, reader) } },
    uniquingKeysWith: { first, _ in first }
  )

  /// Whether a type is read here.
  package static func handles(_ type: String) -> Bool {
    byType[type] != nil || IAMResources.types.contains(type)
  }

  /// Workloads and resources of a deployment, joined as far as the deployment itself tells.
  ///
  /// Notices of the language are not repeated, and inputs are left to whoever read the files.
  package static func read(
    _ deployment: Deployment,
    limits: DocumentLimits = DocumentLimits()
  ) -> ScanResult {
    var reading = AWSReading(deployment)
    reading.limits = limits
    for declared in deployment.resources where declared.isDeclared.known != false {
      if let reader = byType[declared.type] {
        reader.read(declared, into: &reading)
      } else if UnreadTypes.contains(declared.type) {
        reading.notices.unreadType(declared.type, declared.origin)
      }
    }
    // Policies and roles refer to each other, so that they are read together.
    var policyNotices: [Notice] = []
    reading.resources += IAMResources.read(
      deployment.resources,
      of: deployment,
      notices: &policyNotices
    )
    var joins = AWSJoins(reading)
    joins.join()
    var result = ScanResult()
    result.workloads = joins.workloads
    result.resources = joins.resources
    result.notices = reading.notices.finish() + policyNotices
    if let location = joins.overflow {
      result.notices.append(
        Notice(
          .limit,
          location,
          "The task definitions name too many resources; some of these are not assessed with them."
        )
      )
    }
    return result
  }
}

/// Types of the families that are read, which are not read themselves.
enum UnreadTypes {
  static func contains(_ type: String) -> Bool {
    guard families.contains(where: type.hasPrefix) else { return false }
    return !irrelevant.contains { type.hasPrefix($0) }
  }

  private static let families = [
    "AWS::ECS::", "aws_ecs_", "AWS::ECR::", "aws_ecr_", "AWS::ElasticLoadBalancing",
    "aws_lb", "aws_alb", "aws_elb", "AWS::ApplicationAutoScaling::", "aws_appautoscaling_",
    "AWS::EFS::", "aws_efs_", "AWS::AppRunner::", "aws_apprunner_", "AWS::Batch::", "aws_batch_",
  ]

  /// They say nothing that a rule asks for.
  private static let irrelevant = [
    "AWS::ECS::PrimaryTaskSet", "aws_ecs_account_setting_default", "aws_ecs_tag",
    "AWS::ElasticLoadBalancingV2::ListenerCertificate", "aws_lb_listener_certificate",
    "aws_alb_listener_certificate", "aws_lb_target_group_attachment",
    "aws_alb_target_group_attachment", "aws_lb_trust_store", "aws_elb_attachment",
    "AWS::ElasticLoadBalancingV2::TrustStore", "aws_lb_cookie_stickiness_policy",
    "aws_app_cookie_stickiness_policy", "aws_elb_load_balancer",
    "AWS::ECR::ReplicationConfiguration",
    "aws_ecr_replication_configuration", "AWS::ECR::PullThroughCacheRule",
    "aws_ecr_pull_through_cache_rule", "AWS::ECR::RegistryPolicy", "aws_ecr_registry_policy",
    "AWS::ECR::RepositoryCreationTemplate", "aws_ecr_repository_creation_template",
    "aws_ecr_account_setting", "aws_efs_backup_policy", "aws_efs_replication_configuration",
    "aws_lb_ssl_negotiation_policy", "aws_lb_hosted_zone_id",
  ]
}
