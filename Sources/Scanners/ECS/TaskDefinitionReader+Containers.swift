internal import DocumentTrees
internal import Templates
internal import Workloads

extension TaskDefinitionReader {
  mutating func readContainers() {
    let stated = fields["containerDefinitions", "containerDefinition"]
    let list: Datum
    switch JSONTextDatum.read(stated, limits: surroundings.limits) {
    case .success(let datum): list = datum
    case .failure(let error):
      notices.add(
        .invalidValue,
        stated.origin,
        "The container definitions are no JSON: \(error.problem)."
      )
      list = .unknown("the container definitions cannot be read", stated.origin)
    }
    var roles = ContainerRoles()
    for datum in list.elements {
      if let reason = datum.gap?.reason {
        workload.containers.append(Self.unknownContainer(workload.name, reason, datum.origin))
        roles.append(AWSFields(datum), workload.containers[workload.containers.count - 1])
        continue
      }
      guard datum.isObject else {
        if !datum.isNothing {
          notices.add(.invalidValue, datum.origin, "A container definition is an object.")
        }
        continue
      }
      let container = AWSFields(datum)
      notices.check(container, against: ECSShapes.container)
      var reader = TaskContainerReader(container, task: self)
      guard let read = reader.read() else { continue }
      self = reader.task
      workload.containers.append(read)
      roles.append(container, read)
    }
    if let more = list.more {
      // What is not seen must not pass for what is not there.
      workload.containers.append(Self.unknownContainer(workload.name, more.reason, stated.origin))
      roles.append(AWSFields(list), workload.containers[workload.containers.count - 1])
    }
    roles.assign(to: &workload.containers)
    if workload.containers.isEmpty {
      notices.add(
        .invalidValue,
        stated.isNothing ? surroundings.origin : stated.origin,
        "The task definition has no containers."
      )
    }
  }

  /// A container of which nothing is known but that it is there.
  static func unknownContainer(_ name: String, _ reason: String, _ origin: Origin) -> Container {
    var container = Container(name: name, origin: origin)
    container.image = .unknown(reason, origin)
    container.command = .unknown(reason, origin)
    container.entrypoint = .unknown(reason, origin)
    container.workingDirectory = .unknown(reason, origin)
    container.user = .unknown(reason, origin)
    container.privileged = .unknown(reason, origin)
    container.readOnlyRootFilesystem = .unknown(reason, origin)
    container.usesInit = .unknown(reason, origin)
    container.tty = .unknown(reason, origin)
    container.gpu = .unknown(reason, origin)
    container.sharedMemory = .unknown(reason, origin)
    container.resources.cpuLimit = .unknown(reason, origin)
    container.resources.cpuRequest = .unknown(reason, origin)
    container.resources.memoryLimit = .unknown(reason, origin)
    container.resources.memoryRequest = .unknown(reason, origin)
    container.resources.origin = origin
    container.healthCheck = HealthCheck(type: .unknown(reason, origin), origin: origin)
    var logging = Logging(origin: origin)
    logging.driver = .unknown(reason, origin)
    container.logging = logging
    container.variables = [
      Variable(name: "…", value: .unknown(reason, origin), source: .environment, origin: origin)
    ]
    return container
  }
}

/// Decides what part each container plays in its task.
struct ContainerRoles {
  private struct Entry {
    var isEssential: Bool
    var isAgent: Bool
    /// Names of containers that this one waits for until they have finished.
    var waitsFor: [String]
  }

  private var entries: [Entry] = []

  mutating func append(_ fields: AWSFields, _ container: Container) {
    let waitsFor = fields.elements("dependsOn").compactMap { element -> String? in
      let dependency = AWSFields(element)
      let condition = dependency.text("condition").known?.uppercased()
      guard condition == "COMPLETE" || condition == "SUCCESS" else { return nil }
      return dependency.text("containerName").known
    }
    entries.append(
      Entry(
        isEssential: fields.flag("essential").known ?? true,
        isAgent: fields.object("firelensConfiguration").has("type")
          || KnownAgents.contains(container.image.known),
        waitsFor: waitsFor
      )
    )
  }

  /// Sidecars are agents and what the task can do without; what others wait for to finish runs first.
  func assign(to containers: inout [Container]) {
    guard containers.count > 1, containers.count == entries.count else { return }
    let finishing = Set(entries.flatMap(\.waitsFor))
    for index in containers.indices {
      let entry = entries[index]
      if finishing.contains(containers[index].name), !entry.isEssential {
        containers[index].role = .initial
      } else if entry.isAgent || !entry.isEssential {
        containers[index].role = .sidecar
      }
    }
    if containers.contains(where: { $0.role == .main }) { return }
    // Somebody must do the task's work.
    let worker =
      entries.indices.first { !entries[$0].isAgent && containers[$0].role == .sidecar }
      ?? entries.indices.first { entries[$0].isEssential } ?? 0
    containers[worker].role = .main
  }
}

/// Images of agents that stand beside a program to serve it.
enum KnownAgents {
  static func contains(_ image: ImageReference?) -> Bool {
    guard let image else { return false }
    let repository = image.repository.lowercased()
    return names.contains(image.name.lowercased())
      || endings.contains { repository == $0 || repository.hasSuffix("/" + $0) }
  }

  private static let names: Set = [
    "aws-xray-daemon", "xray-daemon", "cloudwatch-agent", "aws-otel-collector",
    "opentelemetry-collector", "opentelemetry-collector-contrib", "aws-for-fluent-bit",
    "fluent-bit", "fluentd", "aws-appmesh-envoy", "aws-appmesh-proxy-route-manager",
    "aws-appconfig-agent", "aws-guardduty-agent-fargate", "envoy", "filebeat", "logspout",
    "ecs-exporter", "amazon-ecs-exec-checker", "consul-dataplane", "nri-ecs",
    "newrelic-infra", "infrastructure-bundle", "falco", "splunk-otel-collector",
    "aws-secrets-manager-agent", "ecs-service-connect-agent", "dynatrace-oneagent",
  ]

  private static let endings: Set = [
    "datadog/agent", "datadog-agent", "dynatrace/oneagent", "sysdig/agent",
    "twistlock/defender", "elastic/filebeat", "grafana/agent", "grafana/alloy",
    "otel/opentelemetry-collector", "newrelic/newrelic-fluentbit-output",
  ]
}
