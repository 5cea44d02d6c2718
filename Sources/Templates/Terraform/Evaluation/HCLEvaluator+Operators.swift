import Workloads

extension HCLEvaluator {
  func unary(
    _ sign: HCLOperator,
    _ operand: Datum,
    _ origin: Origin
  ) throws(HCLFailure) -> Datum {
    if let gap = operand.firstGap { return Datum(.unknown(Gap(gap.reason)), origin) }
    if sign == .not {
      guard let flag = try HCLConvert.flag(operand).known else {
        throw HCLFailure(.value, "“!” needs true or false")
      }
      return Datum(.flag(!flag), origin).marked(operand.isSensitive)
    }
    guard let number = try HCLConvert.number(operand) else {
      throw HCLFailure(.value, "“-” needs a number")
    }
    return Datum.hcl(-number, origin).marked(operand.isSensitive)
  }

  func binary(
    _ sign: HCLOperator,
    _ left: HCLExpression,
    _ right: HCLExpression,
    _ origin: Origin
  ) throws(HCLFailure) -> Datum {
    let first = try value(left)
    let second = try value(right)
    let isSecret = first.holdsSecret || second.holdsSecret
    switch sign {
    case .and, .or: return try logic(sign, first, second, origin).marked(isSecret)
    case .equal, .unequal:
      guard let isEqual = HCLEquality.same(first, second) else {
        let reason = (first.firstGap ?? second.firstGap)?.reason
        return .unknown(reason ?? "it is not known", origin)
      }
      return Datum(.flag(isEqual == (sign == .equal)), origin).marked(isSecret)
    default: break
    }
    if let gap = first.firstGap ?? second.firstGap {
      return Datum(.unknown(Gap(gap.reason)), origin)
    }
    guard let one = try HCLConvert.number(first), let other = try HCLConvert.number(second) else {
      throw HCLFailure(.value, "the operator needs two numbers")
    }
    return try arithmetic(sign, one, other, origin).marked(isSecret)
  }

  private func arithmetic(
    _ sign: HCLOperator,
    _ one: BigNumber,
    _ other: BigNumber,
    _ origin: Origin
  ) throws(HCLFailure) -> Datum {
    switch sign {
    case .less: return Datum(.flag(one < other), origin)
    case .greater: return Datum(.flag(other < one), origin)
    case .lessOrEqual: return Datum(.flag(!(other < one)), origin)
    case .greaterOrEqual: return Datum(.flag(!(one < other)), origin)
    default: break
    }
    if sign == .divide || sign == .remainder, other.isZero {
      throw HCLFailure(.value, "a division by zero")
    }
    let result =
      switch sign {
      case .add: one.adding(other)
      case .subtract: one.adding(-other)
      case .multiply: one.multiplied(by: other)
      case .divide: one.divided(by: other)
      default:
        one.divided(by: other).flatMap { $0.truncated.multiplied(by: other) }
          .flatMap { one.adding(-$0) }
      }
    guard let result else { throw HCLFailure(.limit, "a number becomes too large") }
    return .hcl(result, origin)
  }

  /// `&&` and `||`: known as soon as one side decides.
  private func logic(
    _ sign: HCLOperator,
    _ first: Datum,
    _ second: Datum,
    _ origin: Origin
  ) throws(HCLFailure) -> Datum {
    let values = [try HCLConvert.flag(first), try HCLConvert.flag(second)]
    if values.contains(where: \.isAbsent) {
      throw HCLFailure(.value, "“&&” and “||” need true or false, not null")
    }
    return Datum(flag: .combining(values, deciding: sign == .or), origin)
  }

  func conditional(
    _ condition: HCLExpression,
    _ first: HCLExpression,
    _ second: HCLExpression,
    _ origin: Origin
  ) throws(HCLFailure) -> Datum {
    let decision = try value(condition)
    let answer = try HCLConvert.flag(decision)
    switch answer.state {
    case .absent: throw HCLFailure(.value, "a condition must not be null", condition.range)
    case .known(let isTrue):
      let chosen = try value(isTrue ? first : second)
      let other = try tolerant(isTrue ? second : first)
      return HCLConvert.unified(chosen, with: other).marked(decision.isSensitive)
    case .unknown(let reason):
      // Only one of them need be without a fault.
      guard let one = try tolerant(first) else { return try value(second) }
      guard let other = try tolerant(second) else { return one }
      var result = Datum.choose(
        .unknown(reason),
        HCLConvert.unified(one, with: other),
        HCLConvert.unified(other, with: one)
      )
      result.origin = Origin(origin.location, via: result.origin.via)
      return result.marked(one.isSensitive || other.isSensitive)
    }
  }

  /// The value, or nil if Terraform would refuse the expression.
  func tolerant(_ expression: HCLExpression) throws(HCLFailure) -> Datum? {
    do throws(HCLFailure) {
      return try value(expression)
    } catch {
      if error.kind == .limit { throw error }
      return nil
    }
  }
}

/// Whether two values are the same for `==`: types count.
enum HCLEquality {
  /// Nil if that is not known.
  static func same(_ left: Datum, _ right: Datum) -> Bool? {
    switch (left.hcl, right.hcl) {
    case (.unknown(let one), .unknown(let other)):
      return one.reference != nil && one.reference == other.reference ? true : nil
    case (.unknown, _), (_, .unknown): return nil
    case (.null, .null): return true
    case (.flag(let one), .flag(let other)): return one == other
    case (.number(let one), .number(let other)): return one == other
    case (.text(let one), .text(let other)): return one == other
    case (.partial, .partial), (.partial, .text), (.text, .partial):
      return (left.parts ?? []).certainlyDiffer(from: right.parts ?? []) ? false : nil
    case (.list(let one), .list(let other)): return sameLists(one, other)
    case (.object(let one), .object(let other)): return sameObjects(one, other)
    default: return false
    }
  }

  private static func sameLists(_ one: DatumList, _ other: DatumList) -> Bool? {
    if one.sort != other.sort { return false }
    if one.more != nil || other.more != nil { return nil }
    guard one.elements.count == other.elements.count else { return false }
    return all(zip(one.elements, other.elements).map { same($0, $1) })
  }

  private static func sameObjects(_ one: DatumObject, _ other: DatumObject) -> Bool? {
    if one.isMap != other.isMap { return false }
    if one.more != nil || other.more != nil { return nil }
    guard one.entries.count == other.entries.count else { return false }
    return all(
      one.entries.map { entry in other[entry.key].map { same(entry.value, $0) } ?? false }
    )
  }

  private static func all(_ answers: [Bool?]) -> Bool? {
    if answers.contains(false) { return false }
    return answers.contains(nil) ? nil : true
  }
}
