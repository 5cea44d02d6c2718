import DocumentTrees
import Workloads

extension BicepScope {
  static let onceDeployed = "it is known only once deployed"

  /// The value of an expression; whatever cannot be known has its reason.
  func evaluate(_ expression: BicepExpression, _ context: BicepContext) -> Datum {
    let location = location(expression.range)
    guard session.spend(1, at: location) else {
      return .unknown("the template takes too much work to evaluate", Origin(location))
    }
    return session.deeper(location) { evaluateKind(expression, context, Origin(location)) }
      ?? .unknown("it is nested or chained too deeply", Origin(location))
  }

  private func evaluateKind(
    _ expression: BicepExpression,
    _ context: BicepContext,
    _ origin: Origin
  ) -> Datum {
    switch expression.kind {
    case .string(let parts): return interpolate(parts, context, origin)
    case .integer(let number):
      guard let value = Int(exactly: number) else {
        return .unknown("the number needs more than 64 bits", origin)
      }
      return Datum(.integer(value), origin)
    case .flag(let flag): return Datum(.flag(flag), origin)
    case .null: return Datum(.null, origin)
    case .array(let items): return array(items, context, origin)
    case .object(let items): return object(items, context, origin)
    case .loop(let loop): return list(of: loop, context, origin)
    case .name(let name): return value(named: name, expression, context, origin)
    case .call(let name, let arguments): return call(name, arguments, context, origin)
    case .method(let base, let name, let arguments):
      return method(base, name, arguments, context, origin)
    case .member, .index, .nested: return access(expression, context, origin)
    case .nonNull(let inner): return evaluate(inner, context)
    case .unary(let sign, let operand): return unary(sign, operand, context, origin)
    case .binary(let sign, let left, let right):
      return binary(sign, left, right, context, origin)
    case .conditional(let condition, let first, let second):
      return Datum.choose(
        AzureFunctions.condition(evaluate(condition, context)),
        evaluate(first, context),
        evaluate(second, context)
      )
    case .guarded(let condition, let body):
      return Datum.choose(
        AzureFunctions.condition(evaluate(condition, context)),
        evaluate(body, context),
        Datum(.null, origin)
      )
    case .lambda: return .unknown("it is a function", origin)
    case .broken: return .unknown("it cannot be read", origin)
    }
  }

  // MARK: Texts

  private func interpolate(
    _ parts: [BicepStringPart],
    _ context: BicepContext,
    _ origin: Origin
  ) -> Datum {
    if parts.isEmpty { return Datum(.text(""), origin) }
    if parts.count == 1, case .text(let text) = parts[0] { return Datum(.text(text), origin) }
    var pieces: [Datum] = []
    var length = 0
    for part in parts {
      switch part {
      case .text(let text):
        length += text.utf8.count
        pieces.append(Datum(.text(text), origin))
      case .hole(let expression):
        let text = AzureFunctions.text(of: evaluate(expression, context))
        for case .text(let known) in text.parts ?? [] { length += known.utf8.count }
        pieces.append(text.isNothing ? Datum(.text(""), origin) : text)
      }
    }
    guard session.spend(length / 32, at: origin.location ?? location(.fileStart)) else {
      return .unknown("the template takes too much work to evaluate", origin)
    }
    return Datum.concatenate(pieces, origin)
  }

  // MARK: Collections

  /// What a value costs where it becomes part of another one: shared parts count each time.
  private func pay(for value: Datum, _ expression: BicepExpression) -> Bool {
    switch expression.kind {
    case .array, .object, .loop, .string, .integer, .flag, .null: return true
    default: return session.spend(value.size(upTo: 1 << 21), at: location(expression.range))
    }
  }

  private func array(
    _ items: [BicepArrayItem],
    _ context: BicepContext,
    _ origin: Origin
  ) -> Datum {
    var list = DatumList([])
    list.elements.reserveCapacity(items.count)
    for item in items {
      let value = evaluate(item.value, context)
      guard pay(for: value, item.value) else {
        list.more = Gap("the template takes too much work to evaluate")
        break
      }
      if !item.isSpread {
        list.elements.append(value)
      } else if value.isList {
        list.elements += value.elements
        list.more = list.more ?? value.more
      } else if !value.isNothing {
        list.more = value.gap ?? Gap("what is spread into it is no list")
      }
    }
    return Datum(.list(list), origin)
  }

  func object(
    _ items: [BicepObjectItem],
    _ context: BicepContext,
    _ origin: Origin
  ) -> Datum {
    var object = DatumObject()
    for item in items {
      switch item {
      case .property(let key, let expression):
        let name = evaluate(key, context)
        let value = evaluate(expression, context)
        guard pay(for: value, expression) else {
          object.more = Gap("the template takes too much work to evaluate")
          return Datum(.object(object), origin)
        }
        guard let known = name.string.known else {
          object.setUnclear(name, value)
          continue
        }
        object.set(DatumObject.Entry(known, value, keyOrigin: self.origin(key.range)))
      case .spread(let expression):
        let value = evaluate(expression, context)
        guard pay(for: value, expression) else { return Datum(.object(object), origin) }
        for entry in value.entries { object.set(entry) }
        if let more = value.more {
          object.more = more
        } else if !value.isObject, !value.isNothing {
          object.more = Gap("what is spread into it is no object")
        }
      case .resource: break
      }
    }
    return Datum(.object(object), origin)
  }

  private func list(of loop: BicepLoop, _ context: BicepContext, _ origin: Origin) -> Datum {
    let list = evaluate(loop.list, context)
    guard list.isList else {
      // A list it is, though nobody knows of what.
      let gap = Gap(list.shape.reason ?? "what it is a loop over is no list")
      return Datum(.list(DatumList([], more: gap)), origin)
    }
    var result = DatumList([], more: list.more)
    for (index, item) in list.elements.enumerated() {
      let value = evaluate(loop.body, round(of: loop, item, index, context))
      guard pay(for: value, loop.body) else {
        result.more = Gap("the template takes too much work to evaluate")
        break
      }
      result.elements.append(value)
    }
    return Datum(.list(result), origin)
  }

  /// What the body of a loop sees in one round.
  func round(
    of loop: BicepLoop,
    _ item: Datum,
    _ index: Int,
    _ context: BicepContext
  ) -> BicepContext {
    var values = [(loop.item.text, item)]
    if let name = loop.index {
      values.append((name.text, Datum(.integer(index), origin(name.range))))
    }
    return context.adding(values)
  }

  // MARK: Names

  private func value(
    named name: String,
    _ expression: BicepExpression,
    _ context: BicepContext,
    _ origin: Origin
  ) -> Datum {
    if let local = context.locals[name] { return reached(local, origin) }
    if let target = target(expression, context) { return reference(to: target, origin) }
    if name == "base", symbols[name] == nil, let extended { return extended.all(origin) }
    guard let symbol = symbols[name] else {
      session.note(
        .invalidValue,
        origin.location ?? location(.fileStart),
        "\(name) is not declared; what uses it is unknown."
      )
      return .unknown("\(name) is not declared", origin)
    }
    if let value = value(of: symbol, name) { return reached(value, origin) }
    if case .wildcard = symbol { return .unknown("it stands for all that a file exports", origin) }
    if case .extensionUse = symbol {
      return .unknown("the extension \(name) is configured at deployment", origin)
    }
    return .unknown("\(name) is no value", origin)
  }

  /// A value as used at a place: a text remembers where it was stated, a collection stays there.
  func reached(_ value: Datum, _ origin: Origin) -> Datum {
    guard let location = value.origin.location, location != origin.location else { return value }
    var copy = value
    if value.isList || value.isObject {
      if let place = origin.location, !value.origin.via.contains(place), value.origin.via.count < 16
      {
        copy.origin.via.append(place)
      }
      return copy
    }
    var via = value.origin.via
    if !via.contains(location), via.count < 16 { via.append(location) }
    copy.origin = Origin(origin.location, via: via)
    return copy
  }

  // MARK: Operators

  private func unary(
    _ sign: BicepToken.Kind,
    _ operand: BicepExpression,
    _ context: BicepContext,
    _ origin: Origin
  ) -> Datum {
    if sign == .minus, case .integer(let number) = operand.kind {
      guard number <= UInt64(Int.max) + 1 else {
        return .unknown("the number needs more than 64 bits", origin)
      }
      return Datum(.integer(Int(truncatingIfNeeded: 0 &- number)), origin)
    }
    let value = evaluate(operand, context)
    if sign == .minus {
      return function("sub", [Datum(.integer(0), origin), value], origin)
    }
    return function("not", [value], origin)
  }

  private func binary(
    _ sign: BicepToken.Kind,
    _ left: BicepExpression,
    _ right: BicepExpression,
    _ context: BicepContext,
    _ origin: Origin
  ) -> Datum {
    let first = evaluate(left, context)
    switch sign {
    case .and, .or:
      // What decides alone is enough, on whichever side it stands.
      let decisive = sign == .or
      if AzureFunctions.truth(first) == decisive { return Datum(.flag(decisive), origin) }
      return function(decisive ? "or" : "and", [first, evaluate(right, context)], origin)
    case .doubleQuestion:
      if first.isNothing { return evaluate(right, context) }
      return first
    default: break
    }
    let second = evaluate(right, context)
    switch sign {
    case .equals: return same(first, second, origin)
    case .notEquals: return function("not", [same(first, second, origin)], origin)
    case .equalsInsensitive, .notEqualsInsensitive:
      let lowered = [first, second].map { function("toLower", [$0], origin) }
      let answer = same(lowered[0], lowered[1], origin)
      return sign == .equalsInsensitive ? answer : function("not", [answer], origin)
    default:
      guard let name = Self.operatorFunctions[sign] else {
        return .unknown("it cannot be read", origin)
      }
      return function(name, [first, second], origin)
    }
  }

  /// The functions that the compiler makes of operators.
  private static let operatorFunctions: [BicepToken.Kind: String] = [
    .plus: "add", .minus: "sub", .asterisk: "mul", .slash: "div", .percent: "mod",
    .less: "less", .lessOrEqual: "lessOrEquals", .greater: "greater",
    .greaterOrEqual: "greaterOrEquals",
  ]

  private func same(_ first: Datum, _ second: Datum, _ origin: Origin) -> Datum {
    if let answer = AzureFunctions.same(first, second) { return Datum(.flag(answer), origin) }
    let reason = first.shape.reason ?? second.shape.reason
    return .unknown(reason ?? "a part of what is compared is not known", origin)
  }

  func function(_ name: String, _ arguments: [Datum], _ origin: Origin) -> Datum {
    AzureFunctions.call(name, arguments, origin, self)
      ?? .unknown("there is no function \(name)", origin)
  }
}

extension BicepScope: AzureScope {
  func address(type: String, names: [Datum]) -> String? {
    session.declared(type: type, names: names)?.address
  }

  func address(named name: Datum) -> String? {
    guard let text = name.string.known, symbols[text] != nil else { return nil }
    let expression = BicepExpression(kind: .name(text), range: .fileStart)
    guard case .instance(let instance)? = target(expression, .top) else { return nil }
    return instance.address
  }

  func spend(_ steps: Int) -> Bool { session.spend(steps, at: location(.fileStart)) }
}
