/// Something that stands beside workloads: a role, a security group, a log group, an autoscaler.
///
/// What a resource can say is declared once, in its `ResourceKind`; every language that can
/// describe one fills in the same attributes, so that rules need not know the language.
package struct Resource: Sendable {
  package var kind: ResourceKind
  /// Its name for readers: `metadata.name`, the logical id, the last part of an address.
  package var name: String
  /// The format's own word for its type: `AWS::Logs::LogGroup`, `HorizontalPodAutoscaler`.
  package var type: String
  package var format: FileFormat
  /// The stack, namespace or folder that it belongs to; as `Workload.project`.
  package var project: String
  /// Where references inside its deployment find it: `template.yaml#LogGroup`; unique if not empty.
  package var address: String = ""
  /// What others may call it by besides: its name on the platform, an ARN, a resource id.
  package var identifiers: [Value<String>] = []
  package var origin: Origin
  package var tags: [NamedValue] = []
  /// Why there may be further tags, such as those of a provider's `default_tags`.
  package var tagsUnknown: String?
  /// What it is to the workload that it is attached to: `task`, `execution` for roles.
  package var relation: String = ""
  /// Parts that rules look at one by one: statements of a policy, rules of a security group.
  package var parts: [Resource] = []
  /// What it names: its role, its log group, its target.
  package var links: [ResourceLink] = []
  private var values: [String: AttributeValue] = [:]

  package init(
    _ kind: ResourceKind,
    name: String,
    type: String,
    format: FileFormat,
    project: String,
    origin: Origin
  ) {
    self.kind = kind
    self.name = name
    self.type = type
    self.format = format
    self.project = project
    self.origin = origin
  }

  /// A part of this resource, which shares its format and project.
  package func part(
    _ kind: ResourceKind,
    name: String,
    type: String = "",
    origin: Origin
  ) -> Resource {
    Resource(kind, name: name, type: type, format: format, project: project, origin: origin)
  }

  package subscript(_ attribute: Attribute<String>) -> Value<String> {
    get { if case .text(let value)? = values[attribute.name] { value } else { .absent } }
    set { values[attribute.name] = .text(newValue) }
  }

  package subscript(_ attribute: Attribute<Int>) -> Value<Int> {
    get { if case .integer(let value)? = values[attribute.name] { value } else { .absent } }
    set { values[attribute.name] = .integer(newValue) }
  }

  package subscript(_ attribute: Attribute<Double>) -> Value<Double> {
    get { if case .number(let value)? = values[attribute.name] { value } else { .absent } }
    set { values[attribute.name] = .number(newValue) }
  }

  package subscript(_ attribute: Attribute<Bool>) -> Value<Bool> {
    get { if case .flag(let value)? = values[attribute.name] { value } else { .absent } }
    set { values[attribute.name] = .flag(newValue) }
  }

  /// A list of texts, each with its own place.
  package subscript(_ attribute: Attribute<[String]>) -> [Value<String>] {
    get { if case .texts(let value)? = values[attribute.name] { value } else { [] } }
    set { values[attribute.name] = .texts(newValue) }
  }

  /// The value of an attribute by its name, for the vocabulary.
  package func value(of name: String) -> AttributeValue? { values[name] }

  /// The parts of a kind, in the order of the text.
  package func parts(_ kind: ResourceKind) -> [Resource] { parts.filter { $0.kind == kind } }
}

/// What an attribute holds.
package enum AttributeValue: Sendable {
  case text(Value<String>)
  case integer(Value<Int>)
  case number(Value<Double>)
  case flag(Value<Bool>)
  case texts([Value<String>])
}

/// A resource, workload or file named by another.
package struct ResourceLink: Sendable {
  /// What it is to the one that names it: `task-role`, `execution-role`, `log-group`, `target`.
  package var relation: String
  /// Names as written: an ARN, an id, a name; unknown if only the address is known.
  package var text: Value<String>
  /// Addresses of resources in the same deployment.
  package var addresses: [String] = []
  /// The kind that it must be, if its name alone is ambiguous: `HorizontalPodAutoscaler`.
  package var kind: String = ""

  package init(
    _ relation: String,
    _ text: Value<String>,
    addresses: [String] = [],
    kind: String = ""
  ) {
    self.relation = relation
    self.text = text
    self.addresses = addresses
    self.kind = kind
  }
}

/// A declared attribute of a kind of resource.
package struct Attribute<Wrapped: Sendable>: Sendable {
  package let name: String
  /// A sentence for rule authors.
  package let meaning: String

  package init(_ name: String, _ meaning: String) {
    self.name = name
    self.meaning = meaning
  }
}

/// A kind of resource, as rules see it: its name is the rules' subject and variable.
package struct ResourceKind: Sendable, Hashable {
  package enum AttributeType: String, Hashable, Sendable { case text, integer, number, flag, texts }

  package struct AttributeDeclaration: Hashable, Sendable {
    package var name: String
    package var type: AttributeType
    package var meaning: String
  }

  /// In camel case: `logGroup`.
  package let name: String
  /// Of several: `logGroups`.
  package let plural: String
  package let meaning: String
  package let attributes: [AttributeDeclaration]
  /// The kind that it is a part of; empty for one that stands alone.
  package let whole: String

  package init(
    _ name: String,
    plural: String? = nil,
    partOf whole: ResourceKind? = nil,
    _ meaning: String,
    _ attributes: [AttributeDeclaration]
  ) {
    self.name = name
    self.plural = plural ?? name + "s"
    self.whole = whole?.name ?? ""
    self.meaning = meaning
    self.attributes = attributes
  }

  package static func == (left: ResourceKind, right: ResourceKind) -> Bool {
    left.name == right.name
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Attribute where Wrapped == String {
  package var declared: ResourceKind.AttributeDeclaration {
    .init(name: name, type: .text, meaning: meaning)
  }
}

extension Attribute where Wrapped == Int {
  package var declared: ResourceKind.AttributeDeclaration {
    .init(name: name, type: .integer, meaning: meaning)
  }
}

extension Attribute where Wrapped == Double {
  package var declared: ResourceKind.AttributeDeclaration {
    .init(name: name, type: .number, meaning: meaning)
  }
}

extension Attribute where Wrapped == Bool {
  package var declared: ResourceKind.AttributeDeclaration {
    .init(name: name, type: .flag, meaning: meaning)
  }
}

extension Attribute where Wrapped == [String] {
  package var declared: ResourceKind.AttributeDeclaration {
    .init(name: name, type: .texts, meaning: meaning)
  }
}
