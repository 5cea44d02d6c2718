import DocumentTrees
import Expressions
import Workloads

/// A type of the model as rule authors see it: declared once, used to check, evaluate and document.
///
/// A class, since every object of the model carries it.
final class ObjectType<Root: Sendable>: Sendable {
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

  /// As `value`, for an object that several tasks may read at once.
  func sharedValue(_ root: Root) -> ExpressionValue {
    .object(ModelObject(type: self, root: root, origin: .none, isShared: true))
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

/// An object that remembers what was read of it: many rules ask the same things.
///
/// It belongs to the task that judges its workload, which alone reads it: so what it remembers needs
/// no lock. It is not generic, because this is where most of the time of a run goes.
class RememberingObject: ExpressionObject, @unchecked Sendable {
  /// A field's value, and whether it is stated.
  typealias Reading = (value: ExpressionValue, isPresent: Bool)

  private var known: [Reading?] = []
  private let fieldCount: Int

  /// With no fields it remembers nothing: several tasks may read it at once.
  init(fieldCount: Int) { self.fieldCount = fieldCount }

  var typeName: String { "" }

  /// Reads a field afresh.
  func read(_ fieldIndex: Int) -> Reading { (.null, false) }

  final func value(at fieldIndex: Int) -> ExpressionValue {
    if fieldIndex < known.count, let reading = known[fieldIndex] { return reading.value }
    return remember(fieldIndex).value
  }

  final func has(fieldAt fieldIndex: Int) -> Bool {
    if fieldIndex < known.count, let reading = known[fieldIndex] { return reading.isPresent }
    return remember(fieldIndex).isPresent
  }

  private func remember(_ fieldIndex: Int) -> Reading {
    let reading = read(fieldIndex)
    if fieldIndex < fieldCount {
      if known.isEmpty { known = Array(repeating: nil, count: fieldCount) }
      known[fieldIndex] = reading
    }
    return reading
  }
}

/// A model value in the hands of an expression.
final class ModelObject<Root: Sendable>: RememberingObject, LocatedObject, @unchecked Sendable {
  let type: ObjectType<Root>
  let root: Root
  let origin: Origin

  init(type: ObjectType<Root>, root: Root, origin: Origin, isShared: Bool = false) {
    self.type = type
    self.root = root
    self.origin = origin
    super.init(fieldCount: isShared ? 0 : type.fields.count)
  }

  override var typeName: String { type.name }

  override func read(_ fieldIndex: Int) -> Reading {
    let content = type.fields[fieldIndex].read(root)
    return (content.value, content.isPresent)
  }

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
