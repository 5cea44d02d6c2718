import DocumentTrees
import Expressions
import Synchronization
import Workloads

/// A type of the model as rule authors see it: declared once, used to check, evaluate and document.
struct ObjectType<Root: Sendable>: Sendable {
  let name: String
  let meaning: String
  let fields: [Field<Root>]

  init(_ name: String, _ meaning: String, _ fields: [Field<Root>]) {
    self.name = name
    self.meaning = meaning
    self.fields = fields
  }

  var schema: ObjectSchema {
    ObjectSchema(
      name: name,
      fields: fields.map { ObjectSchema.Field($0.name, $0.type, documentation: $0.meaning) }
    )
  }

  func value(_ root: Root, _ origin: Origin) -> ExpressionValue {
    .object(ModelObject(type: self, root: root, origin: origin))
  }
}

/// One field: its name and meaning, and how it is read.
struct Field<Root: Sendable>: Sendable {
  let name: String
  let type: ExpressionType
  let meaning: String
  let read: @Sendable (Root) -> FieldContent

  init(
    _ name: String,
    _ type: ExpressionType,
    _ meaning: String,
    _ read: @escaping @Sendable (Root) -> FieldContent
  ) {
    self.name = name
    self.type = type
    self.meaning = meaning
    self.read = read
  }
}

/// What a field holds: a value for expressions, whether it is stated, and where.
///
/// A field that is not stated reads as its type's empty value and `has()` is false.
struct FieldContent: Sendable {
  var value: ExpressionValue
  var isPresent: Bool
  var origin: Origin

  init(_ value: ExpressionValue, isPresent: Bool = true, origin: Origin = .none) {
    self.value = value
    self.isPresent = isPresent
    self.origin = origin
  }

  init<Wrapped>(
    _ value: Value<Wrapped>,
    empty: ExpressionValue,
    _ convert: (Wrapped) -> ExpressionValue
  ) {
    origin = value.origin
    switch value.state {
    case .known(let known):
      self.value = convert(known)
      isPresent = true
    case .unknown(let reason):
      self.value = .unknown(because: reason)
      isPresent = true
    case .absent:
      self.value = empty
      isPresent = false
    }
  }
}

/// A model value in the hands of an expression.
final class ModelObject<Root: Sendable>: ExpressionObject, LocatedObject {
  let type: ObjectType<Root>
  let root: Root
  let origin: Origin
  /// Values that were read before: many rules ask the same things of the same object.
  private let known = Mutex<[ExpressionValue?]>([])

  init(type: ObjectType<Root>, root: Root, origin: Origin) {
    self.type = type
    self.root = root
    self.origin = origin
  }

  var typeName: String { type.name }

  func value(at fieldIndex: Int) -> ExpressionValue {
    if let value = known.withLock({ $0.isEmpty ? nil : $0[fieldIndex] }) { return value }
    let value = type.fields[fieldIndex].read(root).value
    known.withLock { known in
      if known.isEmpty { known = Array(repeating: nil, count: type.fields.count) }
      known[fieldIndex] = value
    }
    return value
  }

  func has(fieldAt fieldIndex: Int) -> Bool { type.fields[fieldIndex].read(root).isPresent }

  func content(at fieldIndex: Int) -> FieldContent { type.fields[fieldIndex].read(root) }
}

/// An object that knows where it and its fields stand.
protocol LocatedObject: Sendable {
  var origin: Origin { get }
  func content(at fieldIndex: Int) -> FieldContent
}

// Constructors by kind of field, so that a declaration reads as one line.
extension Field {
  static func text(
    _ name: String,
    _ meaning: String,
    _ read: @escaping @Sendable (Root) -> Value<String>
  ) -> Field {
    Field(name, .string, meaning) {
      FieldContent(read($0), empty: .string("")) { .string($0) }
    }
  }

  static func plain(
    _ name: String,
    _ meaning: String,
    _ read: @escaping @Sendable (Root) -> String
  ) -> Field {
    Field(name, .string, meaning) {
      let text = read($0)
      return FieldContent(.string(text), isPresent: !text.isEmpty)
    }
  }

  static func flag(
    _ name: String,
    _ meaning: String,
    _ read: @escaping @Sendable (Root) -> Value<Bool>
  ) -> Field {
    Field(name, .bool, meaning) { FieldContent(read($0), empty: .bool(false)) { .bool($0) } }
  }

  static func integer(
    _ name: String,
    _ meaning: String,
    _ read: @escaping @Sendable (Root) -> Value<Int>
  ) -> Field {
    Field(name, .int, meaning) { FieldContent(read($0), empty: .int(0)) { .int(Int64($0)) } }
  }

  static func number(
    _ name: String,
    _ meaning: String,
    _ read: @escaping @Sendable (Root) -> Value<Double>
  ) -> Field {
    Field(name, .double, meaning) { FieldContent(read($0), empty: .double(0)) { .double($0) } }
  }

  /// A list of texts, each with its own place; the field stands where its first element does.
  static func texts(
    _ name: String,
    _ meaning: String,
    _ read: @escaping @Sendable (Root) -> [Value<String>]
  ) -> Field {
    Field(name, .list(.string), meaning) { root in
      let values = read(root)
      let elements = values.map {
        FieldContent($0, empty: .string("")) { .string($0) }.value
      }
      return FieldContent(
        .list(elements),
        isPresent: !values.isEmpty,
        origin: values.first?.origin ?? .none
      )
    }
  }

  /// The words of a command.
  static func words(
    _ name: String,
    _ meaning: String,
    _ read: @escaping @Sendable (Root) -> Value<[String]>
  ) -> Field {
    Field(name, .list(.string), meaning) {
      FieldContent(read($0), empty: .list([])) { .list($0.map { .string($0) }) }
    }
  }

  static func objects<Element>(
    _ name: String,
    _ type: @autoclosure @escaping @Sendable () -> ObjectType<Element>,
    _ meaning: String,
    origin: @escaping @Sendable (Element) -> Origin,
    _ read: @escaping @Sendable (Root) -> [Element]
  ) -> Field {
    Field(name, .list(.object(type().name)), meaning) { root in
      let elements = read(root)
      let type = type()
      return FieldContent(
        .list(elements.map { type.value($0, origin($0)) }),
        isPresent: !elements.isEmpty,
        origin: elements.first.map(origin) ?? .none
      )
    }
  }

  /// An object that may be missing: then it reads as `absent`, whose fields are all empty.
  static func object<Element>(
    _ name: String,
    _ type: @autoclosure @escaping @Sendable () -> ObjectType<Element>,
    _ meaning: String,
    absent: @autoclosure @escaping @Sendable () -> Element,
    origin: @escaping @Sendable (Element) -> Origin,
    _ read: @escaping @Sendable (Root) -> Value<Element>
  ) -> Field {
    Field(name, .object(type().name), meaning) { root in
      let value = read(root)
      let type = type()
      return FieldContent(value, empty: type.value(absent(), .none)) {
        type.value($0, origin($0))
      }
    }
  }
}
