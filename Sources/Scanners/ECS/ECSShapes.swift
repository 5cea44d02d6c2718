/// What the objects of the ECS API have, beside the spellings of Terraform.
enum ECSShapes {
  static let taskDefinition = AWSShape(
    "A task definition",
    [
      "family", "taskRoleArn", "executionRoleArn", "networkMode", "containerDefinitions", "volumes",
      "placementConstraints", "requiresCompatibilities", "cpu", "memory", "tags", "pidMode",
      "ipcMode", "proxyConfiguration", "inferenceAccelerators", "ephemeralStorage",
      "runtimePlatform", "enableFaultInjection", "trustedExecutionConfiguration",
      // Of an answer, and of Terraform.
      "taskDefinitionArn", "revision", "volume", "inferenceAccelerator", "arn",
    ],
    ignored: [
      "status": "the state of a registered revision",
      "compatibilities": "what the service derived; requiresCompatibilities is what is asked for",
      "requiresAttributes": "what the service derived",
      "registeredAt": "when it was registered",
      "registeredBy": "who registered it",
      "deregisteredAt": "when it was deregistered",
      "deleteRequestedAt": "when its deletion was asked for",
      "deregisterArn": "a field of other answers",
      "tagsAll": "what the provider derived from tags and default_tags",
      "arnWithoutRevision": "what the provider derived",
      "id": "what the provider derived",
      "region": "where the provider acts",
      "skipDestroy": "how the provider handles old revisions",
      "trackLatest": "how the provider handles new revisions",
      "lifecycle": "how Terraform handles changes",
      "dependsOn": "the order of creation",
      "provider": "which provider acts",
      "count": "already expanded",
      "forEach": "already expanded",
      "timeouts": "how long the provider waits",
      "provisioner": "what runs beside the creation",
      "responseMetadata": "about the answer",
    ]
  )

  static let container = AWSShape(
    "A container definition",
    [
      "name", "image", "repositoryCredentials", "cpu", "memory", "memoryReservation", "links",
      "portMappings", "essential", "restartPolicy", "entryPoint", "command", "environment",
      "environmentFiles", "mountPoints", "volumesFrom", "linuxParameters", "secrets", "dependsOn",
      "startTimeout", "stopTimeout", "versionConsistency", "hostname", "user", "workingDirectory",
      "disableNetworking", "privileged", "readonlyRootFilesystem", "dnsServers",
      "dnsSearchDomains", "extraHosts", "dockerSecurityOptions", "interactive", "pseudoTerminal",
      "dockerLabels", "ulimits", "logConfiguration", "healthCheck", "systemControls",
      "resourceRequirements", "firelensConfiguration", "credentialSpecs",
    ]
  )

  static let portMapping = AWSShape(
    "A port mapping",
    ["containerPort", "hostPort", "protocol", "name", "appProtocol", "containerPortRange"],
    ignored: ["hostPortRange": "what the agent bound; only answers about tasks have it"]
  )

  static let linuxParameters = AWSShape(
    "linuxParameters",
    [
      "capabilities", "devices", "initProcessEnabled", "sharedMemorySize", "tmpfs", "maxSwap",
      "swappiness",
    ]
  )

  static let volume = AWSShape(
    "A volume",
    [
      "name", "host", "dockerVolumeConfiguration", "efsVolumeConfiguration",
      "s3filesVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration",
      "configuredAtLaunch",
      // Terraform and CloudFormation.
      "hostPath", "configureAtLaunch",
    ]
  )

  static let logConfiguration = AWSShape(
    "logConfiguration",
    ["logDriver", "options", "secretOptions"]
  )

  static let healthCheck = AWSShape(
    "healthCheck",
    ["command", "interval", "timeout", "retries", "startPeriod"]
  )

  static let service = AWSShape(
    "An ECS service",
    [
      "cluster", "serviceName", "taskDefinition", "loadBalancers", "serviceRegistries",
      "desiredCount", "launchType", "capacityProviderStrategy", "platformVersion", "role",
      "deploymentConfiguration", "placementConstraints", "placementStrategy",
      "networkConfiguration", "healthCheckGracePeriodSeconds", "schedulingStrategy",
      "deploymentController", "tags", "enableECSManagedTags", "propagateTags",
      "enableExecuteCommand", "serviceConnectConfiguration", "volumeConfigurations",
      "vpcLatticeConfigurations",
      // Of an answer, CloudFormation and Terraform.
      "serviceArn", "clusterArn", "roleArn", "name", "loadBalancer", "orderedPlacementStrategy",
      "placementStrategies", "iamRole", "deploymentCircuitBreaker", "volumeConfiguration",
      "deploymentMaximumPercent", "deploymentMinimumHealthyPercent", "arn",
    ],
    ignored: [
      "clientToken": "makes a repeated call harmless",
      "availabilityZoneRebalancing": "how copies are spread over zones",
      "gatewayConnectors": "a route of a managed gateway; no rule asks for it",
      "monitoring": "the resolution of metrics that ECS keeps by itself",
      "status": "the state of a running service", "runningCount": "the state of a running service",
      "pendingCount": "the state of a running service", "events": "what happened",
      "taskSets": "the state of a running service",
      "deployments": "the state of a running service", "createdAt": "when it was made",
      "createdBy": "who made it",
      "platformFamily": "what the service derived",
      "currentServiceDeployment": "what the service derived",
      "currentServiceRevisions": "what the service derived",
      "resourceManagementType": "what the service derived",
      "serviceConnectDefaults": "a field of clusters",
      "alarms": "which alarms undo a deployment", "waitForSteadyState": "how the provider waits",
      "forceNewDeployment": "how the provider deploys", "forceDelete": "how the provider deletes",
      "sigintRollback": "how the provider waits", "triggers": "when the provider deploys",
      "tagsAll": "what the provider derived", "id": "what the provider derived",
      "region": "where the provider acts", "lifecycle": "how Terraform handles changes",
      "dependsOn": "the order of creation", "provider": "which provider acts",
      "count": "already expanded", "forEach": "already expanded",
      "timeouts": "how long the provider waits", "provisioner": "what runs beside the creation",
      "responseMetadata": "about the answer",
    ]
  )
}
