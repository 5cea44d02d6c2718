import Expressions
import Workloads

// Resources declare their own attributes; rules see them as types made from those declarations.
extension Vocabulary {
  private static let resourceTypes = Dictionary(
    uniqueKeysWithValues: ResourceKind.all.map { ($0.name, makeResourceType($0)) }
  )

  /// The type of a kind of resource.
  static func resourceType(_ kind: ResourceKind) -> ObjectType<ResourceFacts> {
    resourceTypes[kind.name] ?? makeResourceType(kind)
  }

  /// The field of a workload that lists its resources of a kind.
  static func resourcesField(_ kind: ResourceKind) -> Field<WorkloadFacts> {
    list(kind, "Those that concern it: " + kind.meaning) { $0.resources }
  }

  private static func list<Root>(
    _ kind: ResourceKind,
    _ meaning: String,
    _ read: @escaping @Sendable (Root) -> [ResourceFacts]
  ) -> Field<Root> {
    Field(kind.plural, .list(.object(kind.name)), meaning) { root in
      let found = read(root).filter { $0.resource.kind == kind }
      let type = resourceType(kind)
      return FieldContent(
        .list(found.map { type.value($0, $0.resource.origin) }),
        isPresent: !found.isEmpty,
        origin: found.first?.resource.origin ?? .none
      )
    }
  }

  private static func makeResourceType(_ kind: ResourceKind) -> ObjectType<ResourceFacts> {
    var fields: [Field<ResourceFacts>] = [
      .plain("name", "Its name in the definition.") { $0.resource.name },
      .plain("type", "The format's own word for its type.") { $0.resource.type },
      .plain("format", "The format that defines it.") { $0.resource.format.rawValue },
      .plain("project", "The stack, namespace or folder that it belongs to.") {
        $0.resource.project
      },
      .plain("relation", "What it is to the workload: `task`, `execution`.") {
        $0.resource.relation
      },
    ]
    if kind.whole.isEmpty {
      fields.append(
        .objects("tags", namedValue, "Its tags or labels.", origin: \.origin) {
          $0.resource.tags
        }
      )
      fields.append(
        Field("tagsKnown", .bool, "Whether all its tags are known.") { facts in
          facts.resource.tagsUnknown.map { FieldContent(.unknown(because: $0)) }
            ?? FieldContent(.bool(true))
        }
      )
    }
    fields += kind.attributes.map(attribute) + computedFields(of: kind)
    for part in ResourceKind.all where part.whole == kind.name {
      fields.append(list(part, part.meaning) { $0.parts })
    }
    return ObjectType(kind.name, kind.meaning, fields)
  }

  private static func attribute(
    _ declared: ResourceKind.AttributeDeclaration
  ) -> Field<ResourceFacts> {
    let (name, meaning) = (declared.name, declared.meaning)
    return switch declared.type {
    case .text:
      .text(name, meaning) {
        if case .text(let value)? = $0.resource.value(of: name) { value } else { .absent }
      }
    case .integer:
      .integer(name, meaning) {
        if case .integer(let value)? = $0.resource.value(of: name) { value } else { .absent }
      }
    case .number:
      .number(name, meaning) {
        if case .number(let value)? = $0.resource.value(of: name) { value } else { .absent }
      }
    case .flag:
      .flag(name, meaning) {
        if case .flag(let value)? = $0.resource.value(of: name) { value } else { .absent }
      }
    case .texts:
      .texts(name, meaning) {
        if case .texts(let value)? = $0.resource.value(of: name) { value } else { [] }
      }
    }
  }
}
