import DocumentTrees
import Workloads

/// Gives expressions their values.
///
/// What Terraform would refuse is thrown; what cannot be known is a value that says so.
package struct HCLEvaluator {
  package var file: String
  package let session: HCLSession
  package let names: any HCLNames
  /// The variables of loops around, and of `templatefile`.
  package var variables: [String: Datum] = [:]
  /// The folder of the module, for `path.module`.
  package var folder = ""

  package init(file: String, session: HCLSession, names: any HCLNames = HCLFixedNames()) {
    self.file = file
    self.session = session
    self.names = names
  }

  func origin(_ range: PlaceRange) -> Origin { Origin(SourceLocation(file: file, range: range)) }

  /// A value that was made elsewhere and is used here.
  func passed(_ value: Datum, _ range: PlaceRange) -> Datum {
    var copy = value
    var via = value.origin.via
    if let location = value.origin.location, !via.contains(location) { via.append(location) }
    copy.origin = Origin(SourceLocation(file: file, range: range), via: Array(via.suffix(8)))
    return copy
  }

  package func value(_ expression: HCLExpression) throws(HCLFailure) -> Datum {
    try session.step()
    do throws(HCLFailure) {
      return try session.deeper { () throws(HCLFailure) in try plainValue(expression) }
    } catch {
      var located = error
      if located.range == nil { located.range = expression.range }
      throw located
    }
  }

  private func plainValue(_ expression: HCLExpression) throws(HCLFailure) -> Datum {
    let range = expression.range
    let origin = self.origin(range)
    switch expression.kind {
    case .null: return Datum(.null, origin)
    case .flag(let flag): return Datum(.flag(flag), origin)
    case .number(let number): return .hcl(number, origin)
    case .text(let text): return Datum(.text(text), origin)
    case .template(let parts): return try template(parts, origin)
    case .name(let name): return try named(name, [], range)
    case .access(let base, let steps):
      if case .name(let name) = base.kind { return try named(name, steps, range) }
      return try follow(steps[...], from: try value(base))
    case .call(let name, let arguments, let isExpanded):
      return try call(name, arguments, isExpanded: isExpanded, range)
    case .unary(let sign, let operand): return try unary(sign, try value(operand), origin)
    case .binary(let sign, let left, let right): return try binary(sign, left, right, origin)
    case .conditional(let condition, let first, let second):
      return try conditional(condition, first, second, origin)
    case .parentheses(let inner): return try value(inner)
    case .tuple(let elements):
      try session.pay(elements: elements.count)
      var values: [Datum] = []
      for element in elements { values.append(try value(element)) }
      return Datum(.list(DatumList(values)), origin)
    case .object(let items): return try object(items, origin)
    case .loop(let loop): return try self.loop(loop, origin)
    case .broken: return .unknown("it cannot be read", origin)
    }
  }

  // MARK: Names and steps

  private func named(
    _ name: String,
    _ steps: [HCLStep],
    _ range: PlaceRange
  ) throws(HCLFailure) -> Datum {
    if let value = variables[name] {
      return passed(try follow(steps[...], from: value), range)
    }
    guard let (value, used) = try names.value(of: name, steps, in: self, at: range) else {
      throw HCLFailure(.value, "there is nothing called \(name) here", range)
    }
    return passed(try follow(steps.dropFirst(used), from: value), range)
  }

  func follow(_ steps: ArraySlice<HCLStep>, from start: Datum) throws(HCLFailure) -> Datum {
    var value = start
    for step in steps {
      try session.step()
      switch step.kind {
      case .attribute(let name): value = try attribute(name, of: value, step.range)
      case .index(let expression):
        value = try element(try self.value(expression), of: value, step.range)
      case .splat(let rest): value = try splat(rest, of: value, step.range)
      }
    }
    return value
  }

  private func attribute(
    _ name: String,
    of value: Datum,
    _ range: PlaceRange
  ) throws(HCLFailure) -> Datum {
    switch value.hcl {
    case .object(let object):
      if let found = object[name] { return found.marked(value.isSensitive) }
      if let more = object.more { return Datum(.unknown(more), value.origin) }
      throw HCLFailure(.value, "the object has no attribute \(name)", range)
    case .unknown(var gap):
      // A part of what another resource will be.
      if let reference = gap.reference {
        let path = reference.attribute.isEmpty ? name : "\(reference.attribute).\(name)"
        gap.reference = DatumReference(reference.address, attribute: path)
      }
      return Datum(.unknown(gap), value.origin).marked(value.isSensitive)
    case .null: throw HCLFailure(.value, "null has no attribute \(name)", range)
    case .list:
      throw HCLFailure(.value, "a list has no attributes; name one of its elements", range)
    default: throw HCLFailure(.value, "the value has no attributes", range)
    }
  }

  func element(
    _ index: Datum,
    of value: Datum,
    _ range: PlaceRange
  ) throws(HCLFailure) -> Datum {
    switch (value.hcl, index.hcl) {
    case (.unknown(let gap), _): return Datum(.unknown(gap), value.origin)
    case (.null, _): throw HCLFailure(.value, "null has no elements", range)
    case (_, .null): throw HCLFailure(.value, "an index must not be null", range)
    case (.object, .unknown(let gap)): return Datum(.unknown(Gap(gap.reason)), value.origin)
    case (.list(let list), _):
      guard list.sort != .set else {
        throw HCLFailure(.value, "the elements of a set have no numbers", range)
      }
      guard let element = value.element(at: try position(index, range)) else {
        throw HCLFailure(.value, "the list has \(list.elements.count) elements only", range)
      }
      return element.marked(value.isSensitive)
    case (.object(let object), _):
      guard let key = try HCLConvert.text(index).string.known else {
        return .unknown("the key is not known", value.origin)
      }
      if let found = object[key] { return found.marked(value.isSensitive) }
      if let more = object.more { return Datum(.unknown(more), value.origin) }
      throw HCLFailure(.value, "the mapping has no such key", range)
    default: throw HCLFailure(.value, "the value has no elements", range)
    }
  }

  private func position(_ index: Datum, _ range: PlaceRange) throws(HCLFailure) -> Value<Int> {
    if case .unknown(let gap) = index.hcl { return .unknown(gap.reason) }
    guard let number = try HCLConvert.number(index)?.integer else {
      throw HCLFailure(.value, "an index of a list must be a whole number", range)
    }
    return .known(number)
  }

  private func splat(
    _ steps: [HCLStep],
    of value: Datum,
    _ range: PlaceRange
  ) throws(HCLFailure) -> Datum {
    let origin = self.origin(range)
    switch value.hcl {
    case .null: return Datum(.list(DatumList([])), origin)
    case .unknown(let gap): return Datum(.unknown(gap), origin)
    case .list(let list):
      var result: [Datum] = []
      for element in list.elements {
        result.append(try follow(steps[...], from: element))
      }
      return Datum(.list(DatumList(result, more: list.more)), origin).marked(value.isSensitive)
    default:
      return Datum(.list(DatumList([try follow(steps[...], from: value)])), origin)
    }
  }

  // MARK: Collections

  private func object(_ items: [HCLItem], _ origin: Origin) throws(HCLFailure) -> Datum {
    try session.pay(elements: items.count)
    var object = DatumObject()
    for item in items {
      let key = try value(item.key)
      let value = try value(item.value)
      let text = try HCLConvert.text(key)
      if text.isNothing { throw HCLFailure(.value, "a key must not be null", item.key.range) }
      if let name = text.string.known {
        object.set(.init(name, value, keyOrigin: self.origin(item.key.range)))
      } else {
        object.more = Gap(text.firstGap?.reason ?? "a key is not known")
      }
    }
    return Datum(.object(object), origin)
  }

  private func loop(_ loop: HCLLoop, _ origin: Origin) throws(HCLFailure) -> Datum {
    let collection = try value(loop.collection)
    guard let pairs = try Self.pairs(collection) else {
      return .unknown(collection.more?.reason ?? "the collection is not known", origin)
    }
    var inner = self
    var elements: [Datum] = []
    var object = DatumObject()
    var groups: [String: [Datum]] = [:]
    var more = collection.more
    for (key, element) in pairs {
      try session.pay(elements: 1)
      if let name = loop.keyName { inner.variables[name] = key }
      inner.variables[loop.valueName] = element
      if let condition = loop.condition {
        let answer = try HCLConvert.flag(try inner.value(condition))
        guard let isWanted = answer.known else {
          more = Gap(answer.unknownReason ?? "a condition is null")
          continue
        }
        if !isWanted { continue }
      }
      let value = try inner.value(loop.value)
      guard let keyExpression = loop.key else {
        elements.append(value)
        continue
      }
      let name = try HCLConvert.text(try inner.value(keyExpression))
      if name.isNothing { throw HCLFailure(.value, "a key must not be null", keyExpression.range) }
      guard let text = name.string.known else {
        more = Gap(name.firstGap?.reason ?? "a key is not known")
        continue
      }
      if loop.isGrouped {
        groups[text, default: []].append(value)
        object.set(.init(text, value, keyOrigin: name.origin))
      } else if object[text] != nil {
        throw HCLFailure(.value, "two elements have the same key", keyExpression.range)
      } else {
        object.set(.init(text, value, keyOrigin: name.origin))
      }
    }
    if loop.key == nil { return Datum(.list(DatumList(elements, more: more)), origin) }
    if loop.isGrouped {
      for (key, values) in groups { object.set(key, Datum(.list(DatumList(values)), origin)) }
    }
    object.more = more
    return Datum(.object(object), origin)
  }

  /// Keys and values of a collection in the order Terraform goes through them; nil if unknown.
  static func pairs(_ collection: Datum) throws(HCLFailure) -> [(key: Datum, value: Datum)]? {
    let isSecret = collection.isSensitive
    switch collection.hcl {
    case .unknown: return nil
    case .list(let list):
      return list.elements.enumerated().map { index, element in
        let key = list.sort == .set ? element : Datum(.integer(index), element.origin)
        return (key, element.marked(isSecret))
      }
    case .object(let object):
      return object.sortedEntries.map { entry in
        (Datum(.text(entry.key), entry.keyOrigin), entry.value.marked(isSecret))
      }
    case .null: throw HCLFailure(.value, "null has no elements")
    default: throw HCLFailure(.value, "the value has no elements to go through")
    }
  }

  // MARK: Templates

  private func template(
    _ parts: [HCLTemplatePart],
    _ origin: Origin
  ) throws(HCLFailure) -> Datum {
    if parts.count == 1, case .interpolation(let expression) = parts[0] {
      return try value(expression)
    }
    var texts: [Datum] = []
    try collect(parts, &texts, origin)
    return Datum.concatenate(texts, origin)
  }

  private func collect(
    _ parts: [HCLTemplatePart],
    _ texts: inout [Datum],
    _ origin: Origin
  ) throws(HCLFailure) {
    for part in parts {
      switch part {
      case .text(let text):
        try session.pay(text.utf8.count)
        texts.append(Datum(.text(text), origin))
      case .interpolation(let expression):
        let text = try HCLConvert.text(try value(expression))
        if text.isNothing {
          throw HCLFailure(.value, "null cannot stand in a text", expression.range)
        }
        try session.pay(text.sketch?.utf8.count ?? 1)
        texts.append(text)
      case .condition(let condition, let first, let second):
        let answer = try HCLConvert.flag(try value(condition))
        switch answer.state {
        case .known(let isTrue): try collect(isTrue ? first : second, &texts, origin)
        case .unknown(let reason): texts.append(.unknown(reason, origin))
        case .absent: throw HCLFailure(.value, "a condition must not be null", condition.range)
        }
      case .loop(let keyName, let valueName, let collection, let body):
        let value = try value(collection)
        guard let pairs = try Self.pairs(value) else {
          texts.append(.unknown(value.more?.reason ?? "the collection is not known", origin))
          continue
        }
        var inner = self
        for (key, element) in pairs {
          try session.step()
          if let keyName { inner.variables[keyName] = key }
          inner.variables[valueName] = element
          try inner.collect(body, &texts, origin)
        }
        if let more = value.more { texts.append(Datum(.unknown(more), origin)) }
      }
    }
  }
}

extension HCLEvaluator {
  /// For values that stand nowhere.
  static let nowhere = PlaceRange(
    start: Place(line: 1, column: 1),
    end: Place(line: 1, column: 1)
  )
}
