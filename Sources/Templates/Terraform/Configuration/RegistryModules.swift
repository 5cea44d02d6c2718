import DocumentTrees
import Workloads

/// Modules of the public registry whose arguments say plainly what they make.
enum RegistryModules {
  /// Adds what a module makes as far as its arguments say; whether the module is known at all.
  static func read(
    _ name: String,
    _ source: String,
    _ block: TerraformBlock,
    _ instance: TerraformInstance,
    _ project: TerraformProject
  ) -> Bool {
    let path = normalized(source)
    guard let make = table[path] else { return false }
    let expansion =
      (try? instance.expansion("module.\(name)", block))
      ?? TerraformExpansion(unknown: "the number of modules is not known")
    for part in expansion.instances {
      guard let arguments = try? TerraformBody(instance, part).value(of: block) else { continue }
      let prefix = "module.\(name)\(part.suffix)"
      for (type, properties) in make(arguments) {
        var resource = DeclaredResource(
          type: type,
          name: name + part.suffix,
          address: instance.address("\(prefix).\(type).this"),
          properties: Datum(.object(properties), block.origin),
          origin: block.origin
        )
        resource.isDeclared =
          instance.isDeclared.known == true ? expansion.isDeclared : instance.isDeclared
        resource.inheritedTags = instance.defaultTags("aws")
        project.deployment.resources.append(resource)
      }
    }
    project.note(
      .information,
      SourceLocation(file: block.file, range: block.range),
      "Of the module \(name) only the arguments are assessed; what it adds by itself is not seen."
    )
    return true
  }

  /// `terraform-aws-modules/ecs/aws//modules/service` without host and version.
  private static func normalized(_ source: String) -> String {
    var text = source
    for prefix in ["registry.terraform.io/", "app.terraform.io/"] where text.hasPrefix(prefix) {
      text.removeFirst(prefix.count)
    }
    return String(text.prefix { $0 != "?" })
  }

  private typealias Make = @Sendable (Datum) -> [(String, DatumObject)]

  private static let table: [String: Make] = [
    "terraform-aws-modules/ecs/aws//modules/service": { ECSServiceModule.read($0) },
    "terraform-aws-modules/ecs/aws//modules/cluster": { arguments in
      var cluster = DatumObject()
      cluster.set("name", arguments.first("name", "cluster_name"))
      let settings = arguments.first("setting", "settings", "cluster_settings")
      if !settings.isAbsent { cluster.set("setting", settings) }
      if !arguments["tags"].isAbsent { cluster.set("tags", arguments["tags"]) }
      return [("aws_ecs_cluster", cluster)]
    },
    "terraform-aws-modules/security-group/aws": { arguments in
      var group = DatumObject(more: Gap("the module adds rules of its own"))
      for key in ["name", "description", "vpc_id", "tags"] where !arguments[key].isAbsent {
        group.set(key, arguments[key])
      }
      return [("aws_security_group", group)]
    },
  ]
}

/// `terraform-aws-modules/ecs//modules/service`: a task definition and the service that runs it.
private enum ECSServiceModule {
  static func read(_ arguments: Datum) -> [(String, DatumObject)] {
    var task = DatumObject()
    func copy(_ key: String, as name: String? = nil, to object: inout DatumObject) {
      let value = arguments[key]
      if !value.isNothing { object.set(name ?? key, value) }
    }
    let family = arguments.first("family", "name")
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
    copy("task_exec_iam_role_arn", as: "execution_role_arn", to: &task)
    copy("tasks_iam_role_arn", as: "task_role_arn", to: &task)
    task.set("container_definitions", containers(arguments["container_definitions"]))

    var service = DatumObject()
    for key in [
      "name", "desired_count", "launch_type", "capacity_provider_strategy", "load_balancer",
      "enable_execute_command", "deployment_circuit_breaker", "health_check_grace_period_seconds",
      "platform_version", "tags",
    ] { copy(key, to: &service) }
    copy("cluster_arn", as: "cluster", to: &service)
    service.set("task_definition", family)
    var network = DatumObject()
    copy("subnet_ids", as: "subnets", to: &network)
    copy("security_group_ids", as: "security_groups", to: &network)
    copy("assign_public_ip", to: &network)
    service.set("network_configuration", Datum(.object(network), arguments.origin))
    return [("aws_ecs_task_definition", task), ("aws_ecs_service", service)]
  }

  /// The mapping of names to containers as the list that ECS has.
  private static func containers(_ value: Datum) -> Datum {
    guard value.isObject else { return value }
    let elements = value.entries.map { entry in
      guard entry.value.isObject else { return entry.value }
      var container = DatumObject(more: entry.value.more)
      container.set("name", Datum(.text(entry.key), entry.keyOrigin))
      for item in entry.value.entries where !item.value.isNothing {
        container.set(.init(camelCase(item.key), item.value, keyOrigin: item.keyOrigin))
      }
      return Datum(.object(container), entry.value.origin)
    }
    return Datum(.list(DatumList(elements, more: value.more)), value.origin)
  }

  /// `port_mappings` as `portMappings`; newer versions of the module have it so themselves.
  private static func camelCase(_ name: String) -> String {
    let words = name.split(separator: "_")
    return words.enumerated().map { index, word in
      index == 0 ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
    }.joined()
  }
}
