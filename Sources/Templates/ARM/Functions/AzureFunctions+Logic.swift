package import Workloads

// Comparing and logic.
extension AzureFunctions {
  static let logicFunctions: [String: Function] = [
    "coalesce": { values, call in
      for (index, value) in values.enumerated() {
        switch value.shape {
        case .null, .absent: continue
        case .unknown(let gap):
          let rest = Array(values[(index + 1)...])
          // Whether it is null is not known; without another choice it is itself.
          if rest.isEmpty || gap.reference != nil { return value }
          guard let other = functionsCoalesce(rest, call) else { return value }
          return either(value, other, because: gap.reason)
        default: return value
        }
      }
      return call.value(.null)
    },
    "equals": { values, call in
      guard values.count == 2 else { return call.wrongArguments }
      if let same = same(values[0], values[1]) { return call.flag(same) }
      return call.unknown(values.compactMap(\.innerReason).first ?? "its sides are not known")
    },
    "less": { compare($0, $1) { $0 < 0 } },
    "lessorequals": { compare($0, $1) { $0 <= 0 } },
    "greater": { compare($0, $1) { $0 > 0 } },
    "greaterorequals": { compare($0, $1) { $0 >= 0 } },
    "and": { combine($0, $1, decisive: false) },
    "or": { combine($0, $1, decisive: true) },
    "not": { values, call in
      guard values.count == 1 else { return call.wrongArguments }
      return truth(values[0]).map { call.flag(!$0) } ?? call.unknown(of: values)
    },
    "xor": { values, call in
      guard values.count == 2, let first = truth(values[0]), let second = truth(values[1]) else {
        return call.unknown(of: values)
      }
      return call.flag(first != second)
    },
    "bool": { values, call in
      guard values.count == 1 else { return call.wrongArguments }
      return truth(values[0]).map(call.flag) ?? call.unknown(of: values)
    },
    "true": { _, call in call.flag(true) },
    "false": { _, call in call.flag(false) },
    // Both sides are evaluated here; evaluators do better and look at one only.
    "if": { values, call in
      guard values.count == 3 else { return call.wrongArguments }
      return choose(condition(values[0]), { values[1] }, { values[2] })
    },
  ]

  private static func functionsCoalesce(_ values: [Datum], _ call: AzureCall) -> Datum? {
    let rest = values.first { value in
      switch value.shape {
      case .null, .absent: false
      default: true
      }
    }
    return rest
  }

  /// One of two values, or what both have in common; only those that matter are asked for.
  package static func choose(
    _ condition: Value<Bool>,
    _ first: () -> Datum,
    _ second: () -> Datum
  ) -> Datum {
    switch condition.state {
    case .known(true): first()
    case .known(false), .absent: second()
    case .unknown(let reason): either(first(), second(), because: reason)
    }
  }

  /// What is known of one of two values; not looked for in very large ones.
  private static func either(_ first: Datum, _ second: Datum, because reason: String) -> Datum {
    guard first.size(upTo: maximumCompared) < maximumCompared,
      second.size(upTo: maximumCompared) < maximumCompared
    else { return .unknown(reason, first.origin) }
    return first.orElse(second, because: reason)
  }

  private static let maximumCompared = 20_000

  /// A condition as the value that `Datum.choose` takes.
  package static func condition(_ value: Datum) -> Value<Bool> {
    if let truth = truth(value) { return .known(truth, value.origin) }
    return .unknown(value.shape.reason ?? "the condition is neither true nor false", value.origin)
  }

  /// A truth value, also as text or number as `bool` takes them.
  static func truth(_ value: Datum) -> Bool? {
    switch value.shape {
    case .flag(let flag): flag
    case .integer(let number): number != 0
    case .text(let text):
      switch text.lowercased() {
      case "true": true
      case "false": false
      default: nil
      }
    default: nil
    }
  }

  private static func combine(_ values: [Datum], _ call: AzureCall, decisive: Bool) -> Datum {
    let answers = values.map { value -> Value<Bool> in
      truth(value).map { .known($0) } ?? .unknown(call.unknown(of: [value]).gap?.reason ?? "")
    }
    return Datum(flag: .combining(answers, deciding: decisive), call.origin)
  }

  private static func compare(
    _ values: [Datum],
    _ call: AzureCall,
    _ holds: (Int) -> Bool
  ) -> Datum {
    guard values.count == 2, let order = order(values[0], values[1]) else {
      return call.unknown(of: values)
    }
    return call.flag(holds(order))
  }

  /// Below, equal or above zero; nil for what cannot be compared or is not known.
  static func order(_ first: Datum, _ second: Datum) -> Int? {
    if let first = first.plainNumber, let second = second.plainNumber {
      return first < second ? -1 : first > second ? 1 : 0
    }
    if let first = first.plainText, let second = second.plainText {
      // Ordinal, by code units.
      let (left, right) = (Array(first.utf16), Array(second.utf16))
      return left == right ? 0 : left.lexicographicallyPrecedes(right) ? -1 : 1
    }
    return nil
  }

  /// Whether two values are equal, types included; nil if that is not known.
  package static func same(_ first: Datum, _ second: Datum) -> Bool? {
    var budget = 50_000
    return same(first, second, &budget)
  }

  private static func same(_ first: Datum, _ second: Datum, _ budget: inout Int) -> Bool? {
    budget -= 1
    guard budget > 0 else { return nil }
    switch (first.shape, second.shape) {
    case (.unknown(let left), .unknown(let right)):
      return left.reference != nil && left.reference == right.reference ? true : nil
    case (.unknown, _), (_, .unknown): return nil
    case (.partial(let parts), .text(let text)), (.text(let text), .partial(let parts)):
      return parts.certainlyDiffer(from: [.text(text)]) ? false : nil
    case (.partial, .partial): return first.isSame(as: second) ? true : nil
    case (.partial, _), (_, .partial): return false
    case (.null, .null), (.null, .absent), (.absent, .null), (.absent, .absent): return true
    case (.flag(let left), .flag(let right)): return left == right
    case (.text(let left), .text(let right)): return left.utf8.elementsEqual(right.utf8)
    case (.integer(let left), .integer(let right)): return left == right
    case (.integer, .number), (.number, .integer), (.number, .number):
      return first.plainNumber == second.plainNumber
    case (.list(let left, let leftMore), .list(let right, let rightMore)):
      if leftMore != nil || rightMore != nil { return nil }
      guard left.count == right.count else { return false }
      return all(Array(zip(left, right)), &budget)
    case (.object(let left, let leftMore), .object(let right, let rightMore)):
      if leftMore != nil || rightMore != nil { return nil }
      guard left.count == right.count else { return false }
      var pairs: [(Datum, Datum)] = []
      for entry in left {
        guard let other = lookup(second, entry.key, .none) else { return false }
        pairs.append((entry.value, other))
      }
      return all(pairs, &budget)
    default: return false
    }
  }

  private static func all(_ pairs: [(Datum, Datum)], _ budget: inout Int) -> Bool? {
    var isUnknown = false
    for (first, second) in pairs {
      switch same(first, second, &budget) {
      case false: return false
      case nil: isUnknown = true
      default: break
      }
    }
    return isUnknown ? nil : true
  }
}
