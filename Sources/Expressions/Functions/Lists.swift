extension Builtin {
  /// The lists extension.
  static let lists: [Builtin] = [
    Builtin("slice", [.member([.list(typeA), .int, .int], .list(typeA))]) {
      arguments,
      meter throws(EvaluationError) in
      guard case .list(let list) = arguments[0], case .int(let start) = arguments[1],
        case .int(let end) = arguments[2]
      else { throw .noSuchOverload("slice", arguments) }
      guard start >= 0, start <= end, end <= Int64(list.count) else {
        throw .invalid("cannot slice from \(start) to \(end) a list of \(list.count) elements")
      }
      try meter.charge(Int(end - start))
      return .list((Int(start)..<Int(end)).map { list[$0] })
    },
    Builtin(
      "flatten",
      [.member([.list(.list(typeA))], .list(typeA)), .member([.list(.dyn), .int], .list(.dyn))]
    ) { arguments, meter throws(EvaluationError) in
      guard case .list(let list) = arguments[0] else { throw .noSuchOverload("flatten", arguments) }
      var depth: Int64 = 1
      if arguments.count == 2 {
        guard case .int(let given) = arguments[1] else {
          throw .noSuchOverload("flatten", arguments)
        }
        guard given >= 0 else { throw .invalid("flatten() needs a depth of zero or more") }
        depth = given
      }
      var result: [ExpressionValue] = []
      try flatten(list, depth, into: &result, &meter)
      return .list(result)
    },
    Builtin("lists.range", [.global([.int], .list(.int))]) {
      arguments,
      meter throws(EvaluationError) in
      guard case .int(let count) = arguments[0] else {
        throw .noSuchOverload("lists.range", arguments)
      }
      try meter.charge(Int(max(0, count)))
      return .list((0..<max(0, count)).map(ExpressionValue.int))
    },
    Builtin("distinct", [.member([.list(typeA)], .list(typeA))], readsElements: true) {
      arguments,
      meter throws(EvaluationError) in
      guard case .list(let list) = arguments[0] else {
        throw .noSuchOverload("distinct", arguments)
      }
      return .list(try distinct(list, &meter))
    },
    Builtin("sort", [.member([.list(typeA)], .list(typeA))], readsElements: true) {
      arguments,
      meter throws(EvaluationError) in
      guard case .list(let list) = arguments[0] else { throw .noSuchOverload("sort", arguments) }
      return .list(try sort(list.elements, by: list.elements, &meter))
    },
    // What `list.sortBy(x, key)` turns into: the elements and their keys.
    Builtin(
      "@sortByKeys",
      [.global([.list(typeA), .list(typeB)], .list(typeA))],
      readsElements: true
    ) { arguments, meter throws(EvaluationError) in
      guard case .list(let list) = arguments[0], case .list(let keys) = arguments[1] else {
        throw .noSuchOverload("sortBy", arguments)
      }
      return .list(try sort(list.elements, by: keys.elements, &meter))
    },
    Builtin("first", [.member([.list(typeA)], .optional(typeA))]) {
      arguments,
      _ throws(EvaluationError) in
      guard case .list(let list) = arguments[0] else { throw .noSuchOverload("first", arguments) }
      return .optional(list.isEmpty ? nil : list[0])
    },
    Builtin("last", [.member([.list(typeA)], .optional(typeA))]) {
      arguments,
      _ throws(EvaluationError) in
      guard case .list(let list) = arguments[0] else { throw .noSuchOverload("last", arguments) }
      return .optional(list.isEmpty ? nil : list[list.count - 1])
    },
  ]

  private static func flatten(
    _ list: ExpressionList,
    _ depth: Int64,
    into result: inout [ExpressionValue],
    _ meter: inout CostMeter
  ) throws(EvaluationError) {
    for index in 0..<list.count {
      try meter.charge(1)
      let element = list[index]
      if depth > 0, case .list(let inner) = element {
        try flatten(inner, depth - 1, into: &result, &meter)
      } else {
        result.append(element)
      }
    }
  }

  private static func distinct(
    _ list: ExpressionList,
    _ meter: inout CostMeter
  ) throws(EvaluationError) -> [ExpressionValue] {
    var keys: Set<MapKey> = []
    var others: [ExpressionValue] = []
    var result: [ExpressionValue] = []
    elements: for index in 0..<list.count {
      try meter.charge(1)
      let element = list[index]
      if let key = MapKey(element, allowingDouble: true) {
        guard keys.insert(key).inserted else { continue }
      } else {
        for other in others {
          try meter.charge(1)
          switch try element.isEqual(to: other, meter: &meter) {
          case .yes: continue elements
          case .no: continue
          case .unknown(let unknown): return [.unknown(unknown)]
          }
        }
        others.append(element)
      }
      result.append(element)
    }
    return result
  }

  private static func sort(
    _ elements: [ExpressionValue],
    by keys: [ExpressionValue],
    _ meter: inout CostMeter
  ) throws(EvaluationError) -> [ExpressionValue] {
    guard keys.count == elements.count else { throw .invalid("sort() needs a key per element") }
    guard let first = keys.first else { return [] }
    var size = keys.count
    for key in keys {
      // Equal to itself means: of an ordered type, and not NaN.
      guard let relation = order(first, key), relation != .unordered, key.type == first.type else {
        throw .invalid("sort() needs elements of one type that has an order")
      }
      if case .string(let text) = key { size += text.utf8.count / 16 }
    }
    try meter.charge(size)
    let order = keys.indices.sorted {
      Expressions.order(keys[$0], keys[$1]) == .less
    }
    return order.map { elements[$0] }
  }
}
