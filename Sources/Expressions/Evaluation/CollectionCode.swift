/// A list literal.
final class ListCode: Code {
  private let elements: [(code: any Code, optional: Bool)]
  init(_ elements: [(code: any Code, optional: Bool)]) { self.elements = elements }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    try frame.meter.charge(elements.count)
    var values: [ExpressionValue] = []
    values.reserveCapacity(elements.count)
    var unknown: Unknown?
    for (code, optional) in elements {
      let value = try code.evaluate(&frame)
      guard optional else {
        values.append(value)
        continue
      }
      switch value {
      case .optional(let inner): if let inner { values.append(inner) }
      // Whether there is an element changes the list's length: all of it is unknown.
      case .unknown(let reason): Unknown.merge(reason, into: &unknown)
      default: throw .noSuchOverload("[?]", [value])
      }
    }
    return unknown.map(ExpressionValue.unknown) ?? .list(values)
  }
}

/// A map literal.
final class MapCode: Code {
  struct Entry {
    let key: any Code
    let value: any Code
    let optional: Bool
  }

  private let entries: [Entry]
  init(_ entries: [Entry]) { self.entries = entries }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    var builder = MapBuilder()
    for entry in entries {
      try frame.meter.charge(2)
      let key = try entry.key.evaluate(&frame)
      let value = try entry.value.evaluate(&frame)
      switch value {
      case .optional(let inner) where entry.optional:
        if let inner { try builder.insert(key, inner) }
      case .unknown(let reason) where entry.optional: builder.insert(unknown: reason)
      case _ where entry.optional: throw .noSuchOverload("{?}", [value])
      default: try builder.insert(key, value)
      }
    }
    return builder.result
  }
}

/// Gathers entries whose keys must be distinct.
struct MapBuilder {
  private var entries: [(key: ExpressionValue, value: ExpressionValue)] = []
  private var keys: Set<MapKey> = []
  private var unknown: Unknown?

  mutating func insert(unknown reason: Unknown) { Unknown.merge(reason, into: &unknown) }

  mutating func insert(
    _ key: ExpressionValue,
    _ value: ExpressionValue
  ) throws(EvaluationError) {
    if case .unknown(let reason) = key { return insert(unknown: reason) }
    guard let mapKey = MapKey(key) else {
      throw EvaluationError(.invalidKey, "a map's key cannot be of type '\(key.type)'")
    }
    guard keys.insert(mapKey).inserted else {
      throw EvaluationError(.invalidKey, "a map's key is repeated")
    }
    entries.append((key, value))
  }

  var result: ExpressionValue {
    if let unknown { return .unknown(unknown) }
    return .map(ExpressionMap(entries) ?? .empty)
  }
}
