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
    guard let make = table[normalized(source)] else { return false }
    let expansion =
      (try? instance.expansion("module.\(name)", block))
      ?? TerraformExpansion(unknown: "the number of modules is not known")
    for part in expansion.instances {
      guard let arguments = try? TerraformBody(instance, part).value(of: block) else { continue }
      let prefix = "module.\(name)\(part.suffix)"
      for made in make(arguments) {
        let key = made.key.isEmpty ? "" : "[\(HCLJSON.quoted(made.key))]"
        let properties = made.properties
        var resource = DeclaredResource(
          type: made.type,
          name: made.key.isEmpty ? name + part.suffix : made.key,
          address: instance.address("\(prefix).\(made.type).this\(key)"),
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

  /// What an output of a module is, where its arguments say that; nil if they do not.
  static func output(
    _ output: String,
    of block: TerraformBlock,
    _ instance: TerraformInstance
  ) -> Datum? {
    guard let (_, attribute) = block.attribute("source"),
      case .text(let source) = attribute.value.kind,
      normalized(source) == "terraform-aws-modules/ecs/aws//modules/container-definition",
      output == "container_definition" || output == "container_definition_json",
      let arguments = try? TerraformBody(instance, nil).value(of: block)
    else { return nil }
    let container = ECSModules.container(arguments, name: nil)
    guard output == "container_definition_json" else { return container }
    guard let parts = try? HCLJSON.encode(container, instance.project.session) else { return nil }
    return Datum(.encoded(EncodedText(container, as: .json, parts: parts)), block.origin)
  }

  /// `terraform-aws-modules/ecs/aws//modules/service` without host and version.
  private static func normalized(_ source: String) -> String {
    var text = source
    for prefix in ["registry.terraform.io/", "app.terraform.io/"] where text.hasPrefix(prefix) {
      text.removeFirst(prefix.count)
    }
    return String(text.prefix { $0 != "?" })
  }

  private typealias Make = @Sendable (Datum) -> [RegistryResource]

  private static let table: [String: Make] = [
    "terraform-aws-modules/ecs/aws": { ECSModules.clusterWithServices($0) },
    "terraform-aws-modules/ecs/aws//modules/service": { ECSModules.service($0, key: "") },
    "terraform-aws-modules/ecs/aws//modules/cluster": { [ECSModules.cluster($0)] },
    // It makes a value only; see `output`.
    "terraform-aws-modules/ecs/aws//modules/container-definition": { _ in [] },
    "terraform-aws-modules/security-group/aws": { arguments in
      [
        RegistryResource(
          "aws_security_group",
          arguments,
          ["name": "name", "description": "description", "vpc_id": "vpc_id"],
          adding: "rules"
        )
      ]
    },
    "terraform-aws-modules/ecr/aws": { arguments in
      var made = RegistryResource(
        "aws_ecr_repository",
        arguments,
        ["repository_name": "name", "repository_image_tag_mutability": "image_tag_mutability"],
        adding: "settings"
      )
      made.fall("image_tag_mutability", back: .text("IMMUTABLE"))
      var scanning = DatumObject()
      scanning.set("scan_on_push", arguments["repository_image_scan_on_push"])
      if arguments["repository_image_scan_on_push"].isNothing {
        scanning.set("scan_on_push", Datum(.flag(true), arguments.origin))
      }
      let origin = arguments.origin
      made.properties.set("image_scanning_configuration", Datum(.object(scanning), origin))
      return [made]
    },
    "terraform-aws-modules/rds/aws": { arguments in
      var made = RegistryResource(
        "aws_db_instance",
        arguments,
        Dictionary(uniqueKeysWithValues: databaseArguments.map { ($0, $0) }),
        adding: "settings"
      )
      made.fall("storage_encrypted", back: .flag(true))
      made.fall("publicly_accessible", back: .flag(false))
      if made.properties["password"] == nil {
        made.fall("manage_master_user_password", back: .flag(true))
      }
      return [made]
    },
    "terraform-aws-modules/rds-aurora/aws": { arguments in
      var names = Dictionary(uniqueKeysWithValues: databaseArguments.map { ($0, $0) })
      names["name"] = "cluster_identifier"
      var made = RegistryResource("aws_rds_cluster", arguments, names, adding: "settings")
      made.fall("storage_encrypted", back: .flag(true))
      return [made]
    },
    "terraform-aws-modules/iam/aws//modules/iam-policy": { arguments in
      let names = ["name": "name", "description": "description", "policy": "policy"]
      return [RegistryResource("aws_iam_policy", arguments, names)]
    },
  ]

  /// What the modules of databases hand on as it is.
  private static let databaseArguments = [
    "identifier", "engine", "engine_version", "instance_class", "allocated_storage", "multi_az",
    "storage_encrypted", "publicly_accessible", "username", "password", "master_username",
    "master_password", "manage_master_user_password", "vpc_security_group_ids",
    "db_subnet_group_name", "backup_retention_period", "deletion_protection",
    "snapshot_identifier", "replicate_source_db",
  ]
}

/// A resource that a module makes.
struct RegistryResource {
  var type: String
  /// What tells it from others of its type in the module; empty if there is one only.
  var key = ""
  var properties: DatumObject

  init(_ type: String, key: String = "", _ properties: DatumObject) {
    self.type = type
    self.key = key
    self.properties = properties
  }

  /// Takes over arguments under the names of the resource; the module is `adding` things of its own.
  init(
    _ type: String,
    _ arguments: Datum,
    _ names: [String: String],
    adding what: String? = nil
  ) {
    self.type = type
    properties = DatumObject(more: what.map { Gap("the module adds \($0) of its own") })
    for entry in arguments.entries where !entry.value.isNothing {
      guard let name = entry.key == "tags" ? "tags" : names[entry.key] else { continue }
      properties.set(.init(name, entry.value, keyOrigin: entry.keyOrigin))
    }
    origin = arguments.origin
  }

  private var origin = Origin.none

  /// Sets the module's own default, as its documentation has it.
  mutating func fall(_ name: String, back value: Datum.Content) {
    if properties[name] == nil { properties.set(name, Datum(value, origin)) }
  }
}
