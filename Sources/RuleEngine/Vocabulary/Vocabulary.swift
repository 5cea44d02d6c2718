import Expressions
import Workloads

/// Everything that a rule can ask about.
package enum Vocabulary {
  /// What a rule can be asked of, once each.
  package enum SubjectKind: String, Hashable, Sendable, CaseIterable {
    case workload, container, build, stage, instruction, command
    case variable, environmentFile, mount, port, device, capability, securityOption, sysctl, ulimit
    case volume, network, dependency, secret, config, label, link, extraHost

    /// The variables in scope, innermost first.
    var lineage: [SubjectKind] {
      switch self {
      case .workload: [.workload]
      case .container: [.container, .workload]
      case .build: [.build, .container, .workload]
      case .stage: [.stage, .build, .container, .workload]
      case .instruction: [.instruction, .stage, .build, .container, .workload]
      case .command: [.command, .instruction, .stage, .build, .container, .workload]
      case .variable, .environmentFile, .mount, .port, .device, .capability, .securityOption,
        .sysctl, .ulimit:
        [self, .container, .workload]
      case .volume, .network, .dependency, .secret, .config, .label, .link, .extraHost:
        [self, .workload]
      }
    }

    /// The schema of the variable with this name.
    var typeName: String {
      switch self {
      case .workload: workload.name
      case .container: container.name
      case .build: build.name
      case .stage: stage.name
      case .instruction: instruction.name
      case .command: command.name
      case .variable: variable.name
      case .mount: mount.name
      case .port: port.name
      case .ulimit: ulimit.name
      case .volume: volume.name
      case .network: network.name
      case .dependency: dependency.name
      case .secret: Vocabulary.secret.name
      case .config: config.name
      case .label, .sysctl: namedValue.name
      case .device, .capability, .securityOption, .environmentFile, .link, .extraHost: item.name
      }
    }
  }

  /// The variables behind the lineage, in scope of every subject.
  static let ambient: [(name: String, type: ExpressionType, meaning: String)] = [
    (
      "target", .object(target.name),
      "The target in question; a rule that mentions it is asked once for each of its targets."
    ),
    ("asOf", .timestamp, "The date that end-of-life dates are compared with."),
  ]

  static let item = ObjectType<Value<String>>(
    "item",
    "A single text with its place: a device, a capability, a link.",
    [.text("value", "The text, as written.") { $0 }]
  )

  static let schemas: [ObjectSchema] = [
    workload.schema, container.schema, image.schema, baseImage.schema, build.schema, stage.schema,
    instruction.schema, command.schema, variable.schema, mount.schema, port.schema, ulimit.schema,
    resources.schema, healthCheck.schema, logging.schema, volume.schema, network.schema,
    dependency.schema, secret.schema, config.schema, namedValue.schema, item.schema, target.schema,
  ]

  /// The environment in which a rule about `kind` is compiled.
  static func environment(
    for kind: SubjectKind,
    functions: [FunctionDeclaration]
  ) -> Environment {
    Environment(
      objects: schemas,
      variables: kind.lineage.map { ($0.rawValue, .object($0.typeName)) }
        + ambient.map { ($0.name, $0.type) },
      functions: functions
    )
  }
}
