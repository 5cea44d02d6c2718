/// How values are taken apart when their type is only known at run time.
struct Access: Sendable {
  let schemas: [String: ObjectSchema]

  /// A field or an entry, or nil when it is absent.
  func lookup(
    _ value: ExpressionValue,
    _ field: String
  ) throws(EvaluationError) -> ExpressionValue? {
    switch value {
    case .map(let map): return map.value(for: field)
    case .object(let object):
      guard let index = schemas[object.typeName]?.index(of: field) else {
        throw EvaluationError(
          .noSuchField,
          "'\(object.typeName)' has no field '\(field)'"
        )
      }
      let result = object.value(at: index)
      return result.isUnknown || object.has(fieldAt: index) ? result : nil
    default:
      throw EvaluationError(
        .noSuchOverload,
        "a value of type '\(value.type)' has no field '\(field)'"
      )
    }
  }

  func select(
    _ value: ExpressionValue,
    _ field: String
  ) throws(EvaluationError) -> ExpressionValue {
    switch value {
    case .unknown: return value
    case .optional(let inner):
      guard let inner else { return value }
      return try optionalSelect(inner, field)
    case .object(let object):
      // An absent field still has the default the host gives it.
      guard let index = schemas[object.typeName]?.index(of: field) else {
        _ = try lookup(value, field)
        return .null
      }
      return object.value(at: index)
    default:
      guard let result = try lookup(value, field) else {
        throw EvaluationError(.noSuchKey, "no such key: '\(field)'")
      }
      return result
    }
  }

  func optionalSelect(
    _ value: ExpressionValue,
    _ field: String
  ) throws(EvaluationError) -> ExpressionValue {
    switch value {
    case .unknown: return value
    case .optional(let inner):
      guard let inner else { return value }
      return try optionalSelect(inner, field)
    default: return .optional(try lookup(value, field)).flattened
    }
  }

  func has(_ value: ExpressionValue, _ field: String) throws(EvaluationError) -> ExpressionValue {
    switch value {
    case .unknown: return value
    case .optional(let inner):
      guard let inner else { return .bool(false) }
      return try has(inner, field)
    case .object:
      guard let result = try lookup(value, field) else { return .bool(false) }
      return result.isUnknown ? result : .bool(true)
    default: return .bool(try lookup(value, field) != nil)
    }
  }

  func index(
    _ value: ExpressionValue,
    _ key: ExpressionValue
  ) throws(EvaluationError) -> ExpressionValue {
    switch value {
    case .optional(let inner):
      guard let inner else { return value }
      return try optionalIndex(inner, key)
    default:
      if let result = try element(value, key) { return result }
      if case .list(let list) = value {
        throw .invalid("index out of bounds: \(text(key)) in a list of \(list.count) elements")
      }
      throw EvaluationError(.noSuchKey, "no such key: \(text(key))")
    }
  }

  func optionalIndex(
    _ value: ExpressionValue,
    _ key: ExpressionValue
  ) throws(EvaluationError) -> ExpressionValue {
    switch value {
    case .optional(let inner):
      guard let inner else { return value }
      return try optionalIndex(inner, key)
    default: return .optional(try element(value, key)).flattened
    }
  }

  private func element(
    _ value: ExpressionValue,
    _ key: ExpressionValue
  ) throws(EvaluationError) -> ExpressionValue? {
    switch value {
    case .map(let map): return map.value(for: key)
    case .list(let list):
      // Numbers of any type index a list if they are whole.
      guard case .integer(let position)? = MapKey(key, allowingDouble: true) else {
        if case .large? = MapKey(key, allowingDouble: true) { return nil }
        throw .invalid("a list's index must be a whole number, not \(text(key))")
      }
      return position >= 0 && position < Int64(list.count) ? list[Int(position)] : nil
    default: throw .noSuchOverload("[]", [value, key])
    }
  }

  private func text(_ key: ExpressionValue) -> String {
    switch key {
    case .string(let text): "'\(text)'"
    case .int(let number): String(number)
    case .uint(let number): String(number)
    case .double(let number): plainText(number)
    case .bool(let flag): String(flag)
    default: "a value of type '\(key.type)'"
    }
  }
}

extension ExpressionValue {
  /// An optional of an unknown is unknown itself.
  fileprivate var flattened: ExpressionValue {
    if case .optional(let inner?) = self, inner.isUnknown { inner } else { self }
  }
}

/// A field of a host object whose place is known.
final class FieldCode: Code {
  private let operand: any Code
  /// The variable that the operand is, if it is one; else -1.
  private let slot: Int
  private let index: Int
  private let name: String
  private let offset: Int
  private let access: Access

  init(_ operand: any Code, index: Int, name: String, offset: Int, access: Access) {
    self.operand = operand
    slot = (operand as? VariableCode)?.index ?? -1
    self.index = index
    self.name = name
    self.offset = offset
    self.access = access
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    if slot >= 0, slot < frame.variables.count, case .object(let object) = frame.variables[slot] {
      return object.value(at: index)
    }
    let value = try operand.evaluate(&frame)
    if case .object(let object) = value { return object.value(at: index) }
    do throws(EvaluationError) {
      return try access.select(value, name)
    } catch {
      throw error.placed(at: offset)
    }
  }
}

/// A selection by name: `a.b`, `a.?b` or `has(a.b)`.
final class SelectCode: Code {
  enum Mode {
    case plain
    case optional
    case test
  }

  private let operand: any Code
  private let field: String
  /// The field's place where the operand's schema is known.
  private let index: Int?
  private let mode: Mode
  private let offset: Int
  private let access: Access

  init(
    _ operand: any Code,
    field: String,
    index: Int?,
    mode: Mode,
    offset: Int,
    access: Access
  ) {
    self.operand = operand
    self.field = field
    self.index = index
    self.mode = mode
    self.offset = offset
    self.access = access
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    let value = try operand.evaluate(&frame)
    if mode == .test, let index, case .object(let object) = value {
      let result = object.value(at: index)
      return result.isUnknown ? result : .bool(object.has(fieldAt: index))
    }
    do throws(EvaluationError) {
      switch mode {
      case .plain: return try access.select(value, field)
      case .optional: return try access.optionalSelect(value, field)
      case .test: return try access.has(value, field)
      }
    } catch {
      throw error.placed(at: offset)
    }
  }
}

/// `a[b]` or `a[?b]`.
final class IndexCode: Code {
  private let operand: any Code
  private let key: any Code
  private let optional: Bool
  private let offset: Int
  private let access: Access

  init(_ operand: any Code, _ key: any Code, optional: Bool, offset: Int, access: Access) {
    self.operand = operand
    self.key = key
    self.optional = optional
    self.offset = offset
    self.access = access
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    let value = try operand.evaluate(&frame)
    let key = try key.evaluate(&frame)
    if let unknown = unknown(among: value, key) { return unknown }
    do throws(EvaluationError) {
      return optional ? try access.optionalIndex(value, key) : try access.index(value, key)
    } catch {
      throw error.placed(at: offset)
    }
  }
}

extension EvaluationError {
  /// The error with its place, if it has none yet.
  func placed(at offset: Int) -> EvaluationError {
    EvaluationError(kind, message, offset: self.offset ?? offset)
  }
}
