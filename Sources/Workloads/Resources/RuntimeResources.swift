/// What keeps copies of a task definition running: an ECS service.
package enum RunService {
  package static let launchType = Attribute<String>("launchType", "`FARGATE`, `EC2`, `EXTERNAL`.")
  package static let capacityProviders = Attribute<[String]>(
    "capacityProviders",
    "`FARGATE_SPOT` …"
  )
  package static let platformVersion = Attribute<String>("platformVersion", "The Fargate platform.")
  package static let schedulingStrategy = Attribute<String>(
    "schedulingStrategy",
    "`REPLICA` or `DAEMON`."
  )
  package static let desiredCount = Attribute<Int>("desiredCount", "Copies asked for.")
  package static let assignPublicIP = Attribute<String>(
    "assignPublicIp",
    "`ENABLED` or `DISABLED`."
  )
  package static let subnets = Attribute<[String]>("subnets", "Its subnets as written.")
  package static let securityGroups = Attribute<[String]>(
    "securityGroups",
    "Its groups as written."
  )
  package static let hasNetworkConfiguration = Attribute<Bool>(
    "hasNetworkConfiguration",
    "Whether an awsvpc configuration is stated."
  )
  package static let propagateTags = Attribute<String>(
    "propagateTags",
    "`SERVICE`, `TASK_DEFINITION` or `NONE`."
  )
  package static let managedTags = Attribute<Bool>(
    "enableECSManagedTags",
    "Whether ECS tags tasks."
  )
  package static let executeCommand = Attribute<Bool>(
    "enableExecuteCommand",
    "Whether ECS Exec is on."
  )
  package static let circuitBreaker = Attribute<Bool>(
    "circuitBreaker",
    "Whether failing deployments stop."
  )
  package static let placement = Attribute<[String]>(
    "placement",
    "Placement constraints and strategies."
  )
  package static let hasLoadBalancer = Attribute<Bool>(
    "hasLoadBalancer",
    "Whether it has target groups."
  )
  package static let gracePeriod = Attribute<Int>("healthCheckGracePeriod", "Seconds.")
  package static let minimumHealthyPercent = Attribute<Int>(
    "minimumHealthyPercent",
    "The share of copies that a deployment keeps running."
  )
  package static let maximumPercent = Attribute<Int>(
    "maximumPercent",
    "The share of copies that a deployment may run at most."
  )
  package static let deploymentController = Attribute<String>(
    "deploymentController",
    "Who deploys: `ECS`, `CODE_DEPLOY`, `EXTERNAL`."
  )
  package static let serviceConnect = Attribute<Bool>(
    "serviceConnect",
    "Whether Service Connect is on."
  )
  package static let serviceRegistries = Attribute<[String]>(
    "serviceRegistries",
    "Registries of Cloud Map that list its tasks."
  )
  package static let managedVolumes = Attribute<[String]>(
    "managedVolumes",
    "Volumes for which it makes an EBS volume for each task."
  )
  package static let egress = Attribute<String>(
    "egress",
    "The way out of its subnets, where the network is in the inputs: `internet`, `gateway` (NAT and the like), `no-address` (a public subnet, but tasks without a public address), `none`."
  )
  package static let endpoints = Attribute<[String]>(
    "endpoints",
    "Endpoints in the network of its subnets by their last words: `ecr.api`, `s3`, `logs`."
  )
  package static let kind = ResourceKind(
    "runService",
    "An ECS service, which keeps copies of a task definition running.",
    [
      launchType.declared, capacityProviders.declared, platformVersion.declared,
      schedulingStrategy.declared, desiredCount.declared, assignPublicIP.declared, subnets.declared,
      securityGroups.declared, hasNetworkConfiguration.declared, propagateTags.declared,
      managedTags.declared, executeCommand.declared, circuitBreaker.declared, placement.declared,
      hasLoadBalancer.declared, gracePeriod.declared, minimumHealthyPercent.declared,
      maximumPercent.declared, deploymentController.declared, serviceConnect.declared,
      serviceRegistries.declared, managedVolumes.declared, egress.declared, endpoints.declared,
    ]
  )
}

package enum Cluster {
  package static let containerInsights = Attribute<String>(
    "containerInsights",
    "`enabled`, `enhanced`, `disabled`."
  )
  package static let capacityProviders = Attribute<[String]>(
    "capacityProviders",
    "Capacity providers."
  )
  package static let execLogging = Attribute<String>(
    "execLogging",
    "`DEFAULT`, `NONE`, `OVERRIDE`."
  )
  package static let fargateSelectors = Attribute<[String]>(
    "fargateSelectors",
    "For an EKS Fargate profile: namespaces that it selects."
  )
  package static let kind = ResourceKind(
    "cluster",
    "An ECS cluster or an EKS Fargate profile.",
    [
      containerInsights.declared, capacityProviders.declared, execLogging.declared,
      fargateSelectors.declared,
    ]
  )
}

/// The surroundings of container apps: a managed environment.
package enum AppEnvironment {
  package static let logDestination = Attribute<String>(
    "logDestination",
    "`log-analytics`, `azure-monitor` or `none`."
  )
  package static let hasDiagnostics = Attribute<Bool>(
    "hasDiagnostics",
    "Whether diagnostic settings for it are in the inputs."
  )
  package static let subnet = Attribute<String>("subnet", "Its subnet.")
  package static let subnetRange = Attribute<String>("subnetRange", "That subnet's address range.")
  package static let isInternal = Attribute<Bool>("internal", "Whether it has no public address.")
  package static let zoneRedundant = Attribute<Bool>("zoneRedundant", "Whether it spans zones.")
  package static let workloadProfiles = Attribute<[String]>(
    "workloadProfiles",
    "Types of profiles."
  )
  package static let mutualTLS = Attribute<Bool>(
    "mutualTLS",
    "Whether peers authenticate each other."
  )
  package static let hasAppInsights = Attribute<Bool>(
    "hasAppInsights",
    "Whether it names an Application Insights connection or OpenTelemetry destinations."
  )
  package static let telemetry = Attribute<[String]>(
    "telemetry",
    "Where its OpenTelemetry agent sends what, as `traces:appInsights`."
  )
  package static let kind = ResourceKind(
    "environment",
    "A managed environment of Azure Container Apps.",
    [
      logDestination.declared, hasDiagnostics.declared, subnet.declared, subnetRange.declared,
      isInternal.declared, zoneRedundant.declared, workloadProfiles.declared, mutualTLS.declared,
      hasAppInsights.declared, telemetry.declared,
    ]
  )
}

/// Machines of an environment: a size, and between how many of them.
package enum WorkloadProfile {
  package static let type = Attribute<String>(
    "profileType",
    "`Consumption`, `D4`, `E8`, `Consumption-GPU-NC8as-T4` …"
  )
  package static let minimumCount = Attribute<Int>("minimumCount", "Nodes that always run.")
  package static let maximumCount = Attribute<Int>("maximumCount", "Nodes that run at most.")
  package static let carriesIngress = Attribute<Bool>(
    "carriesIngress",
    "Whether the environment's premium ingress runs on it, which takes two nodes."
  )
  package static let kind = ResourceKind(
    "profile",
    partOf: AppEnvironment.kind,
    "A workload profile of an environment.",
    [type.declared, minimumCount.declared, maximumCount.declared, carriesIngress.declared]
  )
}

/// What changes the number of copies: an HPA, a KEDA ScaledObject, a scalable target, scale rules.
package enum Autoscaler {
  package static let minimum = Attribute<Int>("minimum", "The least number of copies.")
  package static let maximum = Attribute<Int>("maximum", "The greatest number of copies.")
  package static let effectiveMinimum = Attribute<Int>(
    "effectiveMinimum",
    "The least number with the platform's default where none is stated."
  )
  package static let effectiveMaximum = Attribute<Int>(
    "effectiveMaximum",
    "The greatest number with the platform's default where none is stated."
  )
  package static let pollingInterval = Attribute<Int>("pollingInterval", "Seconds.")
  package static let cooldownPeriod = Attribute<Int>("cooldownPeriod", "Seconds.")
  package static let hasBehavior = Attribute<Bool>(
    "hasBehavior",
    "Whether it tunes how fast it scales."
  )
  package static let unmappedFields = Attribute<[String]>(
    "unmappedFields",
    "Stated fields that have no counterpart on Azure Container Apps."
  )
  package static let isMalformed = Attribute<String>(
    "malformed",
    "What is wrong, if it is written in a form that its API does not have: `containerAppName`."
  )
  package static let kind = ResourceKind(
    "autoscaler",
    "An HPA, a KEDA ScaledObject or ScaledJob, a scalable target of AWS, scale rules of an app.",
    [
      minimum.declared, maximum.declared, effectiveMinimum.declared, effectiveMaximum.declared,
      pollingInterval.declared, cooldownPeriod.declared, hasBehavior.declared,
      unmappedFields.declared, isMalformed.declared,
    ]
  )
}

package enum ScalingTrigger {
  package static let type = Attribute<String>(
    "triggerType",
    "`cpu`, `memory`, `http`, `tcp`, `pods`, `object`, `external`, `requests`, or a KEDA scaler."
  )
  package static let metric = Attribute<String>("metric", "The metric's name.")
  package static let targetType = Attribute<String>(
    "targetType",
    "`Utilization`, `AverageValue`, `Value`."
  )
  package static let target = Attribute<Double>("target", "The number to keep to.")
  package static let identity = Attribute<String>(
    "identity",
    "How it signs in: `secret`, `environment`, `pod-identity:aws`, `managed-identity`, or empty."
  )
  package static let metadata = Attribute<[String]>("metadata", "Settings as `name=value`.")
  package static let kind = ResourceKind(
    "scalingTrigger",
    partOf: Autoscaler.kind,
    "What an autoscaler looks at.",
    [
      type.declared, metric.declared, targetType.declared, target.declared, identity.declared,
      metadata.declared,
    ]
  )
}

package enum DisruptionBudget {
  package static let minimumAvailable = Attribute<String>(
    "minAvailable",
    "A number or a percentage."
  )
  package static let maximumUnavailable = Attribute<String>(
    "maxUnavailable",
    "A number or a percentage."
  )
  package static let kind = ResourceKind(
    "disruptionBudget",
    "A PodDisruptionBudget.",
    [minimumAvailable.declared, maximumUnavailable.declared]
  )
}

package enum ScheduledRun {
  package static let schedule = Attribute<String>(
    "schedule",
    "When: a cron or rate expression; absent if an event starts it."
  )
  package static let isEnabled = Attribute<Bool>("enabled", "Whether it is switched on.")
  package static let taskCount = Attribute<Int>("taskCount", "How many tasks it starts.")
  package static let launchType = Attribute<String>("launchType", "`FARGATE`, `EC2`, `EXTERNAL`.")
  package static let assignPublicIP = Attribute<String>(
    "assignPublicIp",
    "`ENABLED` or `DISABLED`."
  )
  package static let kind = ResourceKind(
    "scheduledRun",
    "A schedule or an event that starts tasks.",
    [
      schedule.declared, isEnabled.declared, taskCount.declared, launchType.declared,
      assignPublicIP.declared,
    ]
  )
}

package enum DaprComponent {
  package static let componentType = Attribute<String>(
    "componentType",
    "`state.redis`, `pubsub.kafka` …"
  )
  package static let objectKind = Attribute<String>(
    "objectKind",
    "`Component`, `Configuration`, `Subscription`, `Resiliency`."
  )
  package static let secretStore = Attribute<String>("secretStore", "Where its secrets come from.")
  package static let scopes = Attribute<[String]>("scopes", "App ids that may use it.")
  package static let kind = ResourceKind(
    "daprComponent",
    "A Dapr component, configuration, subscription or resiliency policy.",
    [
      componentType.declared, objectKind.declared, secretStore.declared, scopes.declared,
    ]
  )
}

/// An element of a Dapr component's metadata that states its value.
package enum DaprSetting {
  package static let value = Attribute<String>("value", "Its text.")
  package static let kind = ResourceKind(
    "daprSetting",
    partOf: DaprComponent.kind,
    "A setting of a Dapr component that is written where the component is.",
    [value.declared]
  )
}

package enum CustomResource {
  package static let apiVersion = Attribute<String>("apiVersion", "Its API group and version.")
  package static let group = Attribute<String>("group", "Its API group: `cert-manager.io`.")
  package static let objectKind = Attribute<String>("objectKind", "Its kind: `Certificate`.")
  package static let kind = ResourceKind(
    "customResource",
    "A Kubernetes object of a kind that Kubernetes itself does not have.",
    [apiVersion.declared, group.declared, objectKind.declared]
  )
}

package enum ResourceQuota {
  package static let objectKind = Attribute<String>(
    "objectKind",
    "`ResourceQuota` or `LimitRange`."
  )
  package static let hard = Attribute<[String]>("hard", "Limits as `name=quantity`.")
  package static let kind = ResourceKind(
    "resourceQuota",
    "A ResourceQuota or LimitRange of a namespace.",
    [objectKind.declared, hard.declared]
  )
}
