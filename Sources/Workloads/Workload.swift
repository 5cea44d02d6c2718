package import DocumentTrees

/// What would be moved: a Compose service, a Kubernetes controller, an ECS task definition, a
/// container app, or a Dockerfile that nothing else runs.
package struct Workload: Sendable {
  /// Unique in an estate and stable: `format:project/name`.
  package var id: String
  package var name: String
  /// The format's own word for it: `service`, `Deployment`, `task definition`, `Dockerfile`.
  package var kind: String
  package var format: FileFormat
  /// The Compose project, namespace or stack it belongs to.
  package var project: String
  package var location: SourceLocation

  package var containers: [Container] = []
  /// The volumes that its containers mount, by declaration.
  package var volumes: [Volume] = []
  package var networks: [NetworkAttachment] = []
  package var labels: [NamedValue] = []
  /// Why there may be further labels, such as those that a deployment is given.
  package var labelsUnknown: String?
  package var annotations: [NamedValue] = []
  package var dependencies: [Dependency] = []
  /// Compose profiles: without one, the service is always started.
  package var profiles: [Value<String>] = []
  package var links: [Value<String>] = []
  /// Links to containers outside the project.
  package var externalLinks: [Value<String>] = []
  package var volumesFrom: [Value<String>] = []
  package var extraHosts: [Value<String>] = []
  package var dnsSettings: [Value<String>] = []
  package var placement: [Value<String>] = []
  /// Secrets handed over by the platform as files or variables, by declaration.
  package var secrets: [SecretReference] = []
  /// Configuration files handed over by the platform.
  package var configs: [ConfigReference] = []

  /// A fixed name for its container, which rules out a second copy.
  package var containerName: Value<String> = .absent
  package var hostname: Value<String> = .absent
  package var domainName: Value<String> = .absent
  package var macAddress: Value<String> = .absent
  /// How it is attached: `host`, `none`, `bridge`, `awsvpc`, `service:NAME` or `container:NAME`.
  package var networkMode: Value<String> = .absent
  /// Whose processes it sees: `host`, `service:NAME` or `task`.
  package var pidMode: Value<String> = .absent
  package var ipcMode: Value<String> = .absent
  package var restartPolicy: Value<String> = .absent
  /// Seconds between the request to stop and the kill.
  package var stopGracePeriod: Value<Double> = .absent
  package var stopSignal: Value<String> = .absent
  package var replicas: Value<Int> = .absent
  package var scaling: Scaling?
  /// `replicated`, `global`, `replicated-job`, `global-job` in Compose.
  package var deployMode: Value<String> = .absent

  // MARK: Settings of a task or pod as a whole

  /// Cores of a whole task or app, where the format states them apart from its containers.
  package var taskCPU: Value<Double> = .absent
  /// Bytes of the same.
  package var taskMemory: Value<Int> = .absent
  /// Bytes of scratch disk asked for the whole.
  package var ephemeralStorage: Value<Int> = .absent
  /// `FARGATE`, `EC2`, `EXTERNAL`, `MANAGED_INSTANCES`: what a task definition says it is for.
  package var compatibilities: [Value<String>] = []
  /// `amd64` or `arm64`, where the whole states it.
  package var architecture: Value<String> = .absent
  /// `linux` or `windows`, with the version behind a slash if stated.
  package var operatingSystem: Value<String> = .absent
  package var runtimeClass: Value<String> = .absent
  package var serviceAccount: Value<String> = .absent
  /// Whether the service account's token is mounted, as the pod states it.
  package var automountsToken: Value<Bool> = .absent
  package var imagePullSecrets: [Value<String>] = []
  /// A cron expression for what runs by the clock.
  package var schedule: Value<String> = .absent
  /// Seconds that a finished job is kept.
  package var timeToLive: Value<Int> = .absent
  /// The workload profile of a container app.
  package var workloadProfile: Value<String> = .absent
  /// A proxy in front of all containers: `APPMESH`, `istio`, `linkerd`.
  package var serviceMesh: Value<String> = .absent
  /// What the definition states of the whole and no other field holds, by the format's own path.
  package var settings: [NamedValue] = []

  // MARK: What stands around it

  /// Roles, networks, autoscalers, log groups and more that concern this workload, once joined.
  package var resources: [Resource] = []
  /// What it names, before the join.
  package var resourceLinks: [ResourceLink] = []
  /// Where references inside its deployment find it: `template.yaml#TaskDefinition`.
  package var address: String = ""
  /// What others call it by besides its name: a task definition's family, an ARN.
  package var identifiers: [Value<String>] = []
  /// Other definitions of the same workload: a Compose service for a Deployment.
  package var otherDefinitions: [OtherDefinition] = []
  /// The definition that is judged in place of this one: what deploys the same workload, if this
  /// one is for development; or another manifest of it.
  package var deployedDefinition: OtherDefinition?
  /// Whether another definition of the same kind is judged in its place.
  package var isRepeated: Bool { deployedDefinition != nil && format != .compose }
  /// Holds resources that belong to no single workload and runs nothing itself.
  package var isInfrastructure = false

  /// Fields of the definition that the scanner does not know, for a notice.
  package var unsupported: [NamedValue] = []

  /// Stands for whatever a file defines that could not be read: nothing about it can be assessed.
  package var isUnreadable = false

  package init(
    name: String,
    kind: String,
    format: FileFormat,
    project: String,
    location: SourceLocation
  ) {
    self.id = "\(format.rawValue):\(project)/\(name)"
    self.name = name
    self.kind = kind
    self.format = format
    self.project = project
    self.location = location
  }
}

/// The same workload as another file defines it.
package struct OtherDefinition: Hashable, Sendable {
  /// The id of that workload.
  package var workload: String
  /// How it is known to be the same, in words.
  package var reason: String
  package var location: SourceLocation

  package init(workload: String, reason: String, location: SourceLocation) {
    self.workload = workload
    self.reason = reason
    self.location = location
  }
}

/// What a file is, by name and content.
package enum FileFormat: String, Hashable, Sendable, CaseIterable {
  case compose
  case dockerfile
  case dotenv
  case kubernetes
  case ecsTaskDefinition = "ecs-task-definition"
  case cloudFormation = "cloudformation"
  case containerApp = "container-app"
  case arm
  case bicep
  case terraform
  case iamPolicy = "iam-policy"
  case helmTemplate = "helm-template"
  case kustomization
}

/// A named text: a label, an option, a sysctl.
package struct NamedValue: Sendable {
  package var name: String
  package var value: Value<String>
  package var origin: Origin

  package init(_ name: String, _ value: Value<String>, _ origin: Origin) {
    self.name = name
    self.value = value
    self.origin = origin
  }
}

/// Another workload that must be there first.
package struct Dependency: Sendable {
  package var name: String
  /// `service_started`, `service_healthy` or `service_completed_successfully`.
  package var condition: String
  package var required = true
  package var origin: Origin

  package init(name: String, condition: String, origin: Origin) {
    self.name = name
    self.condition = condition
    self.origin = origin
  }
}

/// A workload's place in a network.
package struct NetworkAttachment: Sendable {
  package var name: String
  package var driver: Value<String> = .absent
  package var external: Value<Bool> = .absent
  package var internalOnly: Value<Bool> = .absent
  package var addresses: [Value<String>] = []
  package var aliases: [Value<String>] = []
  package var origin: Origin

  package init(name: String, origin: Origin) {
    self.name = name
    self.origin = origin
  }
}

/// How many copies run, and what changes their number.
package struct Scaling: Sendable {
  package var minimum: Value<Int> = .absent
  package var maximum: Value<Int> = .absent
  /// The kinds of its triggers: `cpu`, `memory`, `http`, a KEDA scaler's name.
  package var triggers: [Value<String>] = []
  package var origin: Origin

  package init(origin: Origin) { self.origin = origin }
}

/// A secret that the platform hands over.
package struct SecretReference: Sendable {
  package var name: String
  /// `file`, `environment`, `external`, or a managed store's name.
  package var source: String
  /// The file or variable that it is read from.
  package var detail: Value<String> = .absent
  /// Where the container finds it.
  package var target: Value<String> = .absent
  package var origin: Origin

  package init(name: String, source: String, origin: Origin) {
    self.name = name
    self.source = source
    self.origin = origin
  }
}

/// A configuration file that the platform hands over.
package struct ConfigReference: Sendable {
  package var name: String
  /// `file`, `environment`, `content` or `external`.
  package var source: String
  /// The file or variable that it is read from.
  package var detail: Value<String> = .absent
  package var target: Value<String> = .absent
  package var origin: Origin

  package init(name: String, source: String, origin: Origin) {
    self.name = name
    self.source = source
    self.origin = origin
  }
}
