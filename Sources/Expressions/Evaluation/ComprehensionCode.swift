/// A macro over a list or a map.
final class ComprehensionCode: Code {
  struct Plan {
    let operation: Syntax.Comprehension.Operation
    let range: any Code
    let slot: Int
    /// The slot of the second variable of the two-variable forms.
    let secondSlot: Int?
    let filter: (any Code)?
    let body: any Code
    /// What one round costs: more for larger bodies.
    let roundCost: Int
    let offset: Int
  }

  private let plan: Plan
  init(_ plan: Plan) { self.plan = plan }

  func evaluate(_ frame: inout Frame) throws(EvaluationError) -> ExpressionValue {
    let range = try plan.range.evaluate(&frame)
    switch plan.operation {
    case .all, .exists: return try quantify(range, &frame)
    case .existsOne: return try existsOne(range, &frame)
    case .filter: return try filter(range, &frame)
    case .map, .transformList: return try transformList(range, &frame)
    case .transformMap, .transformMapEntry: return try transformMap(range, &frame)
    }
  }

  /// Runs a round per element; the round returns true to stop.
  ///
  /// Returns what makes the range unknown, if anything does.
  private func forEach(
    of range: ExpressionValue,
    _ frame: inout Frame,
    _ round: (inout Frame, _ first: ExpressionValue) throws(EvaluationError) -> Bool
  ) throws(EvaluationError) -> Unknown? {
    switch range {
    case .unknown(let unknown): return unknown
    case .list(let list):
      for index in 0..<list.count {
        try frame.meter.charge(plan.roundCost)
        let element = list[index]
        if let second = plan.secondSlot {
          frame.locals[plan.slot] = .int(Int64(index))
          frame.locals[second] = element
        } else {
          frame.locals[plan.slot] = element
        }
        if try round(&frame, frame.locals[plan.slot]) { return nil }
      }
    case .map(let map):
      for entry in map.entries {
        try frame.meter.charge(plan.roundCost)
        frame.locals[plan.slot] = entry.key
        if let second = plan.secondSlot { frame.locals[second] = entry.value }
        if try round(&frame, entry.key) { return nil }
      }
    default:
      throw EvaluationError(
        .noSuchOverload,
        "a value of type '\(range.type)' has no elements to go through",
        offset: plan.offset
      )
    }
    return nil
  }

  private func quantify(
    _ range: ExpressionValue,
    _ frame: inout Frame
  ) throws(EvaluationError) -> ExpressionValue {
    let deciding = plan.operation == .exists
    var verdict = LogicVerdict(deciding: deciding)
    var isDecided = false
    let unknown = try forEach(of: range, &frame) { frame, _ throws(EvaluationError) in
      isDecided = try verdict.isDecided(by: plan.body, &frame)
      return isDecided
    }
    if let unknown { return .unknown(unknown) }
    return isDecided ? .bool(deciding) : try verdict.result()
  }

  /// The truth of a filter or predicate, which absorbs nothing.
  private func holds(_ code: any Code, _ frame: inout Frame) throws(EvaluationError) -> Truth {
    switch try code.evaluate(&frame) {
    case .bool(let value): return Truth(value)
    case .unknown(let unknown): return .unknown(unknown)
    case let other:
      throw EvaluationError(
        .noSuchOverload,
        "the condition is of type '\(other.type)', not bool",
        offset: plan.offset
      )
    }
  }

  private func existsOne(
    _ range: ExpressionValue,
    _ frame: inout Frame
  ) throws(EvaluationError) -> ExpressionValue {
    var count = 0
    var open: Unknown?
    let unknown = try forEach(of: range, &frame) { frame, _ throws(EvaluationError) in
      switch try holds(plan.body, &frame) {
      case .yes: count += 1
      case .no: break
      case .unknown(let reason): Unknown.merge(reason, into: &open)
      }
      return false
    }
    if let unknown { return .unknown(unknown) }
    if count > 1 { return .bool(false) }
    return open.map(ExpressionValue.unknown) ?? .bool(count == 1)
  }

  private func filter(
    _ range: ExpressionValue,
    _ frame: inout Frame
  ) throws(EvaluationError) -> ExpressionValue {
    var result: [ExpressionValue] = []
    var open: Unknown?
    let unknown = try forEach(of: range, &frame) { frame, element throws(EvaluationError) in
      switch try holds(plan.body, &frame) {
      case .yes: result.append(element)
      case .no: break
      case .unknown(let reason): Unknown.merge(reason, into: &open)
      }
      return false
    }
    return (unknown ?? open).map(ExpressionValue.unknown) ?? .list(result)
  }

  private func transformList(
    _ range: ExpressionValue,
    _ frame: inout Frame
  ) throws(EvaluationError) -> ExpressionValue {
    var result: [ExpressionValue] = []
    var open: Unknown?
    let unknown = try forEach(of: range, &frame) { frame, _ throws(EvaluationError) in
      if try passes(&frame, &open) { result.append(try plan.body.evaluate(&frame)) }
      return false
    }
    return (unknown ?? open).map(ExpressionValue.unknown) ?? .list(result)
  }

  private func transformMap(
    _ range: ExpressionValue,
    _ frame: inout Frame
  ) throws(EvaluationError) -> ExpressionValue {
    var builder = MapBuilder()
    var open: Unknown?
    let unknown = try forEach(of: range, &frame) { frame, key throws(EvaluationError) in
      guard try passes(&frame, &open) else { return false }
      let value = try plan.body.evaluate(&frame)
      if plan.operation == .transformMap {
        try builder.insert(key, value)
        return false
      }
      switch value {
      case .map(let entries):
        for entry in entries.entries {
          try frame.meter.charge(1)
          try builder.insert(entry.key, entry.value)
        }
      case .unknown(let reason): builder.insert(unknown: reason)
      default: throw .noSuchOverload("transformMapEntry", [value])
      }
      return false
    }
    return (unknown ?? open).map(ExpressionValue.unknown) ?? builder.result
  }

  private func passes(
    _ frame: inout Frame,
    _ open: inout Unknown?
  ) throws(EvaluationError) -> Bool {
    guard let filter = plan.filter else { return true }
    switch try holds(filter, &frame) {
    case .yes: return true
    case .no: return false
    case .unknown(let reason):
      Unknown.merge(reason, into: &open)
      return false
    }
  }
}
