import Expressions
import Synchronization
package import Workloads

/// Everything that a rule can ask about.
package enum Vocabulary {
  /// What a rule can be asked of, once each.
  package enum SubjectKind: Hashable, Sendable, CaseIterable {
    case workload, container, build, stage, instruction, command
    case variable, environmentFile, mount, port, device, capability, securityOption, sysctl, ulimit
    case setting
    case volume, network, dependency, secret, config, label, link, extraHost
    /// A resource that stands beside workloads.
    case resource(ResourceKind)

    private static let ofWorkloads: [SubjectKind] = [
      .workload, .container, .build, .stage, .instruction, .command, .variable, .environmentFile,
      .mount, .port, .device, .capability, .securityOption, .sysctl, .ulimit, .setting, .volume,
      .network, .dependency, .secret, .config, .label, .link, .extraHost,
    ]

    package static let allCases = ofWorkloads + ResourceKind.all.map { .resource($0) }

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })
    private static let numbers = Dictionary(
      uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) }
    )
    private static let names = allCases.map { kind in
      if case .resource(let resource) = kind { resource.name } else { "\(kind)" }
    }

    /// Its position among all kinds.
    var number: Int { Self.numbers[self] ?? 0 }

    package init?(name: String) {
      guard let kind = Self.byName[name] else { return nil }
      self = kind
    }

    /// As rules write it, and the name of the variable.
    package var name: String { Self.names[number] }

    package var isResource: Bool {
      if case .resource = self { true } else { false }
    }

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
        .sysctl, .ulimit, .setting:
        [self, .container, .workload]
      case .volume, .network, .dependency, .secret, .config, .label, .link, .extraHost:
        [self, .workload]
      case .resource(let kind):
        [self] + (SubjectKind(name: kind.whole).map { [$0] } ?? []) + [.workload]
      }
    }

    /// The schema of the variable with this name.
    var typeName: String {
      switch self {
      case .workload: Vocabulary.workload.name
      case .container: Vocabulary.container.name
      case .build: Vocabulary.build.name
      case .stage: Vocabulary.stage.name
      case .instruction: Vocabulary.instruction.name
      case .command: Vocabulary.command.name
      case .variable: Vocabulary.variable.name
      case .mount: Vocabulary.mount.name
      case .port: Vocabulary.port.name
      case .ulimit: Vocabulary.ulimit.name
      case .volume: Vocabulary.volume.name
      case .network: Vocabulary.network.name
      case .dependency: Vocabulary.dependency.name
      case .secret: Vocabulary.secret.name
      case .config: Vocabulary.config.name
      case .label, .sysctl, .setting: Vocabulary.namedValue.name
      case .device, .capability, .securityOption, .environmentFile, .link, .extraHost:
        Vocabulary.item.name
      case .resource(let kind): kind.name
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

  /// Every type with its meaning, in the order in which it is shown.
  private static let types: [(schema: ObjectSchema, meaning: String)] =
    [
      (workload.schema, workload.meaning), (container.schema, container.meaning),
      (image.schema, image.meaning), (baseImage.schema, baseImage.meaning),
      (build.schema, build.meaning), (stage.schema, stage.meaning),
      (instruction.schema, instruction.meaning), (command.schema, command.meaning),
      (variable.schema, variable.meaning), (mount.schema, mount.meaning),
      (port.schema, port.meaning),
      (ulimit.schema, ulimit.meaning), (resources.schema, resources.meaning),
      (healthCheck.schema, healthCheck.meaning), (logging.schema, logging.meaning),
      (volume.schema, volume.meaning), (network.schema, network.meaning),
      (dependency.schema, dependency.meaning), (secret.schema, secret.meaning),
      (config.schema, config.meaning), (namedValue.schema, namedValue.meaning),
      (item.schema, item.meaning), (target.schema, target.meaning),
    ] + ResourceKind.all.map { (resourceType($0).schema, $0.meaning) }

  static let schemas = types.map(\.schema)
  static let meanings = types.map(\.meaning)
}

/// The environments in which rules are compiled, made when they are first needed.
final class EnvironmentBook: Sendable {
  private struct Known {
    var base: Environment?
    var byKind: [Vocabulary.SubjectKind: Environment] = [:]
  }

  private let functions: [FunctionDeclaration]
  private let known = Mutex(Known())

  init(functions: [FunctionDeclaration]) { self.functions = functions }

  /// The environment of rules about a kind of subject.
  subscript(kind: Vocabulary.SubjectKind) -> Environment {
    known.withLock { known in
      if let environment = known.byKind[kind] { return environment }
      // All kinds share the types and functions, which are many.
      let base =
        known.base ?? Environment(objects: Vocabulary.schemas, functions: functions)
      known.base = base
      let environment = base.with(
        variables: kind.lineage.map { ($0.name, .object($0.typeName)) }
          + Vocabulary.ambient.map { ($0.name, $0.type) }
      )
      known.byKind[kind] = environment
      return environment
    }
  }
}
