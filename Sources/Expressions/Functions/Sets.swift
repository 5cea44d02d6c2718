extension Builtin {
  /// The sets extension: lists seen as sets.
  static let sets: [Builtin] = [
    relation("sets.contains") { left, right, meter throws(EvaluationError) in
      try contains(left, all: right, &meter)
    },
    relation("sets.equivalent") { left, right, meter throws(EvaluationError) in
      let forward = try contains(left, all: right, &meter)
      if case .no = forward { return .no }
      let backward = try contains(right, all: left, &meter)
      return if case .yes = forward { backward } else if case .no = backward { .no } else {
        forward
      }
    },
    relation("sets.intersects") { left, right, meter throws(EvaluationError) in
      var unknown: Unknown?
      for index in 0..<right.count {
        switch try left.contains(right[index], meter: &meter) {
        case .yes: return .yes
        case .no: continue
        case .unknown(let reason): Unknown.merge(reason, into: &unknown)
        }
      }
      return unknown.map(Truth.unknown) ?? .no
    },
  ]

  private static func relation(
    _ name: String,
    _ question:
      @escaping @Sendable (ExpressionList, ExpressionList, inout CostMeter)
      throws(EvaluationError) -> Truth
  ) -> Builtin {
    Builtin(name, [.global([.list(typeA), .list(typeA)], .bool)]) {
      arguments,
      meter throws(EvaluationError) in
      guard case .list(let left) = arguments[0], case .list(let right) = arguments[1] else {
        throw .noSuchOverload(name, arguments)
      }
      return ExpressionValue(try question(left, right, &meter))
    }
  }

  private static func contains(
    _ list: ExpressionList,
    all others: ExpressionList,
    _ meter: inout CostMeter
  ) throws(EvaluationError) -> Truth {
    var unknown: Unknown?
    for index in 0..<others.count {
      switch try list.contains(others[index], meter: &meter) {
      case .yes: continue
      case .no: return .no
      case .unknown(let reason): Unknown.merge(reason, into: &unknown)
      }
    }
    return unknown.map(Truth.unknown) ?? .yes
  }
}

extension ExpressionList {
  /// Whether an element equals the value; unknown if only an unknown element could.
  func contains(
    _ value: ExpressionValue,
    meter: inout CostMeter
  ) throws(EvaluationError) -> Truth {
    var unknown: Unknown?
    for index in 0..<count {
      try meter.charge(1)
      switch try self[index].isEqual(to: value, meter: &meter) {
      case .yes: return .yes
      case .no: continue
      case .unknown(let reason): Unknown.merge(reason, into: &unknown)
      }
    }
    return unknown.map(Truth.unknown) ?? .no
  }
}

extension ExpressionValue {
  /// The truth as a value.
  init(_ truth: Truth) {
    switch truth {
    case .yes: self = .bool(true)
    case .no: self = .bool(false)
    case .unknown(let unknown): self = .unknown(unknown)
    }
  }
}
