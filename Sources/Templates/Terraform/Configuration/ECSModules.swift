import Workloads

/// The modules of `terraform-aws-modules/ecs`.
enum ECSModules {
  static func cluster(_ arguments: Datum) -> RegistryResource {
    var cluster = DatumObject()
    cluster.set("name", arguments.first("name", "cluster_name"))
    let settings = arguments.first("setting", "settings", "cluster_setting", "cluster_settings")
    if settings.isAbsent {
      let origin = arguments.origin
      let insights = DatumObject([
        .init("name", Datum(.text("containerInsights"), origin)),
        .init("value", Datum(.text("enabled"), origin)),
      ])
      cluster.set("setting", Datum(.list(DatumList([Datum(.object(insights), origin)])), origin))
    } else {
      cluster.set("setting", settings)
    }
    if !arguments["tags"].isAbsent { cluster.set("tags", arguments["tags"]) }
    return RegistryResource("aws_ecs_cluster", cluster)
  }

  /// The module at the root: a cluster, and the services of the mapping `services`.
  static func clusterWithServices(_ arguments: Datum) -> [RegistryResource] {
    [cluster(arguments)]
      + arguments["services"].entries.flatMap { entry -> [RegistryResource] in
        guard entry.value.isObject else { return [] }
        return service(entry.value, key: entry.key)
      }
  }

  /// A task definition and the service that runs it.
  static func service(_ arguments: Datum, key: String) -> [RegistryResource] {
    var task = DatumObject()
    func copy(_ key: String, as name: String? = nil, to object: inout DatumObject) {
      let value = arguments[key]
      if !value.isNothing { object.set(name ?? key, value) }
    }
    var family = arguments.first("family", "name")
    if family.isNothing, !key.isEmpty { family = Datum(.text(key), arguments.origin) }
    if !family.isNothing { task.set("family", family) }
    // The module's own defaults, as its documentation has them.
    let number = { (value: Int) in Datum(.integer(value), arguments.origin) }
    task.set("cpu", arguments["cpu"].isNothing ? number(1024) : arguments["cpu"])
    task.set("memory", arguments["memory"].isNothing ? number(2048) : arguments["memory"])
    let compatibilities = arguments["requires_compatibilities"]
    let fargate = Datum(
      .list(DatumList([Datum(.text("FARGATE"), arguments.origin)])),
      arguments.origin
    )
    task.set("requires_compatibilities", compatibilities.isNothing ? fargate : compatibilities)
    task.set(
      "network_mode",
      arguments["network_mode"].isNothing
        ? Datum(.text("awsvpc"), arguments.origin) : arguments["network_mode"]
    )
    for key in ["volume", "runtime_platform", "ephemeral_storage", "tags", "pid_mode", "ipc_mode"] {
      copy(key, to: &task)
    }
    // Roles that are not given the module makes.
    let made = Datum.unknown("the module makes it", arguments.origin)
    for (argument, attribute, creation) in [
      ("task_exec_iam_role_arn", "execution_role_arn", "create_task_exec_iam_role"),
      ("tasks_iam_role_arn", "task_role_arn", "create_tasks_iam_role"),
    ] {
      copy(argument, as: attribute, to: &task)
      if task[attribute] == nil, arguments[creation].flag.known != false {
        task.set(attribute, made)
      }
    }
    task.set("container_definitions", containers(arguments["container_definitions"]))

    var service = DatumObject()
    for key in [
      "name", "desired_count", "launch_type", "capacity_provider_strategy", "load_balancer",
      "enable_execute_command", "deployment_circuit_breaker", "health_check_grace_period_seconds",
      "platform_version", "tags",
    ] { copy(key, to: &service) }
    if service["name"] == nil, !key.isEmpty { service.set("name", family) }
    copy("cluster_arn", as: "cluster", to: &service)
    service.set("task_definition", family)
    var network = DatumObject(more: Gap("the module adds a security group of its own"))
    copy("subnet_ids", as: "subnets", to: &network)
    copy("security_group_ids", as: "security_groups", to: &network)
    copy("assign_public_ip", to: &network)
    if network["assign_public_ip"] == nil {
      network.set("assign_public_ip", Datum(.flag(false), arguments.origin))
    }
    service.set("network_configuration", Datum(.object(network), arguments.origin))
    return [
      RegistryResource("aws_ecs_task_definition", key: key, task),
      RegistryResource("aws_ecs_service", key: key, service),
    ] + scaling(arguments, of: service["name"] ?? family, key: key)
  }

  /// Unless it is told not to, the module scales its service by processor and memory.
  private static func scaling(
    _ arguments: Datum,
    of name: Datum,
    key: String
  ) -> [RegistryResource] {
    guard arguments["enable_autoscaling"].flag.known != false else { return [] }
    let origin = arguments.origin
    func text(_ text: String) -> Datum { Datum(.text(text), origin) }
    let id = Datum.concatenate([text("service/cluster/"), name], origin)
    var target = DatumObject([
      .init("service_namespace", text("ecs")),
      .init("scalable_dimension", text("ecs:service:DesiredCount")), .init("resource_id", id),
    ])
    for (attribute, fallback) in [("min_capacity", 1), ("max_capacity", 10)] {
      let stated = arguments["autoscaling_\(attribute)"]
      target.set(attribute, stated.isNothing ? Datum(.integer(fallback), origin) : stated)
    }
    var made = [RegistryResource("aws_appautoscaling_target", key: key, target)]
    guard arguments["autoscaling_policies"].isNothing else { return made }
    for (word, metric) in [
      ("cpu", "ECSServiceAverageCPUUtilization"), ("memory", "ECSServiceAverageMemoryUtilization"),
    ] {
      let metric = DatumObject([.init("predefined_metric_type", text(metric))])
      let tracking = DatumObject([
        .init("predefined_metric_specification", Datum(.object(metric), origin)),
        .init("target_value", Datum(.integer(75), origin)),
      ])
      let policy = DatumObject([
        .init("service_namespace", text("ecs")), .init("resource_id", id),
        .init("policy_type", text("TargetTrackingScaling")),
        .init("target_tracking_scaling_policy_configuration", Datum(.object(tracking), origin)),
      ])
      let own = key.isEmpty ? word : "\(key)/\(word)"
      made.append(RegistryResource("aws_appautoscaling_policy", key: own, policy))
    }
    return made
  }

  /// The mapping of names to containers as the list that ECS has.
  private static func containers(_ value: Datum) -> Datum {
    guard value.isObject else { return value }
    let elements = value.entries.map { entry in
      entry.value.isObject
        ? container(entry.value, name: Datum(.text(entry.key), entry.keyOrigin)) : entry.value
    }
    return Datum(.list(DatumList(elements, more: value.more)), value.origin)
  }

  /// A container as ECS has it; of the words of the module only those that ECS has too.
  static func container(_ arguments: Datum, name: Datum?) -> Datum {
    var container = DatumObject(more: arguments.more)
    if let name { container.set("name", name) }
    for entry in arguments.entries where !entry.value.isNothing && !ownWords.contains(entry.key) {
      container.set(.init(camelCase(entry.key), entry.value, keyOrigin: entry.keyOrigin))
    }
    // The module's own defaults, as its documentation has them.
    let origin = arguments.origin
    if container["readonlyRootFilesystem"] == nil {
      container.set("readonlyRootFilesystem", Datum(.flag(true), origin))
    }
    if container["logConfiguration"] == nil,
      arguments["enable_cloudwatch_logging"].flag.known != false
    {
      let driver = DatumObject([.init("logDriver", Datum(.text("awslogs"), origin))])
      container.set("logConfiguration", Datum(.object(driver), origin))
    }
    return Datum(.object(container), origin)
  }

  /// What the module does beside the container.
  private static let ownWords: Set<String> = [
    "create", "region", "service", "tags", "create_cloudwatch_log_group",
    "cloudwatch_log_group_name", "cloudwatch_log_group_use_name_prefix",
    "cloudwatch_log_group_class", "cloudwatch_log_group_retention_in_days",
    "cloudwatch_log_group_kms_key_id", "enable_cloudwatch_logging", "enable_execute_command",
    "operating_system_family",
  ]

  /// `port_mappings` as `portMappings`; newer versions of the module have it so themselves.
  private static func camelCase(_ name: String) -> String {
    let words = name.split(separator: "_")
    return words.enumerated().map { index, word in
      index == 0 ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
    }.joined()
  }
}
