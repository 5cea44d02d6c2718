internal import Templates
internal import Workloads

/// ECS clusters.
enum ClusterReader: AWSResourceReader {
  static let types = ["AWS::ECS::Cluster", "aws_ecs_cluster"]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    let name = fields["clusterName", "name"]
    var cluster = reading.make(Cluster.kind, declared, fields, names: name)
    let settings = fields["clusterSettings", "settings", "setting"]
    for setting in settings.elements {
      let setting = AWSFields(setting)
      if setting.text("name").known?.lowercased() == "containerinsights" {
        cluster[Cluster.containerInsights] = setting.text("value")
      }
    }
    if let more = settings.more, cluster[Cluster.containerInsights].isAbsent {
      cluster[Cluster.containerInsights] = .unknown(more.reason, settings.origin)
    }
    cluster[Cluster.capacityProviders] = AWSNames.list(fields["capacityProviders"])
    let command = fields.object("configuration").object("executeCommandConfiguration")
    cluster[Cluster.execLogging] = command.text("logging")
    cluster.link(
      "log-group",
      command.object("logConfiguration")["cloudWatchLogGroupName"],
      kind: LogGroup.kind
    )
    reading.resources.append(cluster)
  }
}

/// Which capacity providers a cluster has, declared on its own; and providers themselves.
enum ClusterCapacityReader: AWSResourceReader {
  static let types = [
    "AWS::ECS::ClusterCapacityProviderAssociations", "aws_ecs_cluster_capacity_providers",
    "AWS::ECS::CapacityProvider", "aws_ecs_capacity_provider",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    // A provider of one's own stands for instances; services name it, and that is all rules ask.
    guard fields.has("cluster") || fields.has("clusterName") else { return }
    let providers = AWSNames.list(fields["capacityProviders"])
    reading.add(to: fields["cluster", "clusterName"], Cluster.kind) { cluster in
      cluster[Cluster.capacityProviders] += providers
    }
  }
}

/// EKS Fargate profiles.
enum FargateProfileReader: AWSResourceReader {
  static let types = ["AWS::EKS::FargateProfile", "aws_eks_fargate_profile"]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    let name = fields["fargateProfileName"]
    var profile = reading.make(Cluster.kind, declared, fields, names: name)
    profile[Cluster.fargateSelectors] = fields.elements("selectors", "selector").compactMap {
      let namespace = AWSFields($0)["namespace"].displayText
      return namespace.isAbsent ? nil : namespace
    }
    profile.link("subnet", fields["subnets", "subnetIds"], kind: Subnet.kind)
    profile.link("pod-execution", fields["podExecutionRoleArn"], kind: Role.kind)
    reading.resources.append(profile)
  }
}
