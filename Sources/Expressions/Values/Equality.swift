/// What a comparison found out.
enum Truth {
  case yes
  case no
  case unknown(Unknown)

  init(_ value: Bool) { self = value ? .yes : .no }
}

extension ExpressionValue {
  /// CEL's equality: numbers by value across types, containers by element, different types unequal.
  ///
  /// Each visited element costs, as nested lists may share parts and unfold to astronomic sizes.
  func isEqual(
    to other: ExpressionValue,
    meter: inout CostMeter
  ) throws(EvaluationError) -> Truth {
    switch (self, other) {
    case (.unknown(let left), .unknown(let right)): return .unknown(left.merged(with: right))
    case (.unknown(let unknown), _), (_, .unknown(let unknown)): return .unknown(unknown)
    case (.string(let left), .string(let right)): return Truth(left.hasSameScalars(as: right))
    case (.bool(let left), .bool(let right)): return Truth(left == right)
    case (.null, .null): return .yes
    case (.bytes(let left), .bytes(let right)): return Truth(left == right)
    case (.list(let left), .list(let right)):
      guard left.count == right.count else { return .no }
      return try allEqual(left.count, meter: &meter) { (left[$0], right[$0]) }
    case (.map(let left), .map(let right)):
      guard left.count == right.count else { return .no }
      let entries = left.entries
      for entry in entries where right.value(for: entry.key) == nil { return .no }
      return try allEqual(entries.count, meter: &meter) {
        (entries[$0].value, right.value(for: entries[$0].key) ?? .null)
      }
    case (.optional(let left), .optional(let right)):
      guard let left, let right else { return Truth(left == nil && right == nil) }
      try meter.charge(1)
      return try left.isEqual(to: right, meter: &meter)
    case (.timestamp(let left), .timestamp(let right)): return Truth(left == right)
    case (.duration(let left), .duration(let right)): return Truth(left == right)
    case (.type(let left), .type(let right)): return Truth(left.runtimeName == right.runtimeName)
    case (.ip(let left), .ip(let right)): return Truth(left == right)
    case (.cidr(let left), .cidr(let right)): return Truth(left == right)
    case (.object(let left), .object(let right)): return Truth(left === right)
    default: return Truth(numericOrder(self, other) == .equal)
    }
  }

  private func allEqual(
    _ count: Int,
    meter: inout CostMeter,
    pair: (Int) -> (ExpressionValue, ExpressionValue)
  ) throws(EvaluationError) -> Truth {
    var unknown: Unknown?
    for index in 0..<count {
      try meter.charge(1)
      let (left, right) = pair(index)
      switch try left.isEqual(to: right, meter: &meter) {
      case .yes: continue
      case .no: return .no
      case .unknown(let reason): Unknown.merge(reason, into: &unknown)
      }
    }
    return unknown.map(Truth.unknown) ?? .yes
  }
}
