internal import Workloads

// Objects, and the set operations they share with lists.
extension AzureFunctions {
  static let objectFunctions: [String: Function] = [
    "createobject": { values, call in
      guard values.count.isMultiple(of: 2) else { return call.wrongArguments }
      var object = DatumObject()
      for index in stride(from: 0, to: values.count, by: 2) {
        switch values[index].shape {
        case .text(let key):
          object.set(.init(key, values[index + 1], keyOrigin: values[index].origin))
        case .unknown(let gap): object.more = object.more ?? gap
        case .partial(let parts): object.more = object.more ?? Gap(Datum.reasons(parts))
        default: return call.wrongArguments
        }
      }
      return call.value(.object(object))
    },
    "null": { _, call in call.value(.null) },
    "json": { values, call in
      guard values.count == 1 else { return call.wrongArguments }
      guard let text = values[0].plainText else { return call.unknown(of: values) }
      guard call.scope.spend(text.utf8.count / 16) else { return call.exhausted }
      return AzureJSON.value(of: text, call.origin) ?? call.wrong("is given no JSON text")
    },
    "items": { values, call in
      guard values.count == 1 else { return call.wrongArguments }
      guard case .object(let entries, let more) = values[0].shape else {
        return call.unknown(of: values)
      }
      guard call.scope.spend(entries.count * 3) else { return call.exhausted }
      let sorted = entries.sorted { $0.key < $1.key }
      let elements = sorted.map { entry in
        call.object([
          .init("key", Datum(.text(entry.key), entry.keyOrigin)), .init("value", entry.value),
        ])
      }
      return call.list(elements, more: more)
    },
    "objectkeys": { values, call in
      guard values.count == 1 else { return call.wrongArguments }
      guard case .object(let entries, let more) = values[0].shape else {
        return call.unknown(of: values)
      }
      let sorted = entries.sorted { $0.key < $1.key }
      return call.list(sorted.map { Datum(.text($0.key), $0.keyOrigin) }, more: more)
    },
    "distinct": { values, call in
      guard values.count == 1, values[0].isList else { return call.unknown(of: values) }
      return union(values, call)
    },
    "shallowmerge": { values, call in
      guard values.count == 1, case .list(let elements, let more) = values[0].shape else {
        return call.unknown(of: values)
      }
      var merged = DatumObject()
      merged.more = more
      for element in elements {
        guard call.scope.spend(element.entries.count) else { return call.exhausted }
        switch element.shape {
        case .object(let entries, let own):
          for entry in entries { merged.set(entry) }
          merged.more = merged.more ?? own
        case .unknown(let gap): merged.more = merged.more ?? gap
        default: return call.wrongArguments
        }
      }
      return call.value(.object(merged))
    },
  ]

  /// All elements of lists, each once; or all keys of objects, where the last wins and objects merge.
  @Sendable static func union(_ values: [Datum], _ call: AzureCall) -> Datum {
    let isObject = values.contains { if case .object = $0.shape { true } else { false } }
    if isObject { return merged(values, call) }
    var all: [Datum] = []
    var more: Gap?
    for value in values {
      switch value.shape {
      case .list(let elements, let own):
        more = more ?? own
        for element in elements {
          guard call.scope.spend(1 + all.count / 8) else { return call.exhausted }
          if !all.contains(where: { same($0, element) == true }) { all.append(element) }
        }
      case .unknown(let gap): more = more ?? gap
      case .null, .absent: break
      default: return call.wrongArguments
      }
    }
    if all.isEmpty, let more { return Datum(.unknown(more), call.origin) }
    return call.list(all, more: more)
  }

  private static func merged(_ values: [Datum], _ call: AzureCall) -> Datum {
    var result: Datum?
    for value in values {
      switch value.shape {
      case .null, .absent: continue
      case .object, .unknown: break
      default: return call.wrongArguments
      }
      guard let before = result else {
        result = value
        continue
      }
      result = merge(before, value, depth: 0, call)
    }
    return result ?? call.wrongArguments
  }

  private static func merge(
    _ first: Datum,
    _ second: Datum,
    depth: Int,
    _ call: AzureCall
  ) -> Datum {
    guard call.scope.spend(1), depth < 64 else { return call.exhausted }
    switch (first.shape, second.shape) {
    case (.object(let left, let leftMore), .object(let right, let rightMore)):
      var object = DatumObject(left, more: leftMore)
      for entry in right {
        let key = left.first { $0.key.lowercased() == entry.key.lowercased() }?.key ?? entry.key
        guard let own = object[key] else {
          object.set(entry)
          continue
        }
        let value = merge(own, entry.value, depth: depth + 1, call)
        object.set(.init(key, value, keyOrigin: entry.keyOrigin))
      }
      if let rightMore { overshadow(&object, rightMore, except: right, call) }
      return Datum(.object(object), call.origin)
    case (.object(let left, _), .unknown(let gap)) where depth == 0:
      var object = DatumObject(left)
      overshadow(&object, gap, except: [], call)
      return Datum(.object(object), call.origin)
    case (.unknown(let gap), .object(let right, let more)) where depth == 0:
      return Datum(.object(DatumObject(right, more: more ?? gap)), call.origin)
    default: return second
    }
  }

  /// Keys that something unknown comes after may have other values.
  private static func overshadow(
    _ object: inout DatumObject,
    _ gap: Gap,
    except known: [DatumObject.Entry],
    _ call: AzureCall
  ) {
    let kept = Set(known.map { $0.key.lowercased() })
    for entry in object.entries where !kept.contains(entry.key.lowercased()) {
      let value = Datum(.unknown(Gap(gap.reason)), entry.value.origin)
      object.set(.init(entry.key, value, keyOrigin: entry.keyOrigin))
    }
    object.more = gap
  }

  /// The elements that all lists have, or the keys with the same value in all objects.
  @Sendable static func intersection(_ values: [Datum], _ call: AzureCall) -> Datum {
    guard var result = values.first, values.allSatisfy({ $0.shape.reason == nil }) else {
      return call.unknown(of: values)
    }
    for value in values.dropFirst() {
      switch (result.shape, value.shape) {
      case (.list(let left, nil), .list(let right, nil)):
        guard call.scope.spend(left.count * max(1, right.count / 8)) else { return call.exhausted }
        var common: [Datum] = []
        for element in left {
          let answers = right.map { same($0, element) }
          if answers.contains(true) {
            common.append(element)
          } else if answers.contains(where: { $0 == nil }) {
            return call.unknown(element.innerReason ?? value.innerReason ?? "an element is unknown")
          }
        }
        result = call.list(common)
      case (.object(let left, nil), .object(let right, nil)):
        guard call.scope.spend(left.count + right.count) else { return call.exhausted }
        var object = DatumObject()
        for entry in left {
          guard let other = lookup(value, entry.key, .none) else { continue }
          switch same(entry.value, other) {
          case true: object.set(entry)
          case nil:
            let reason = entry.value.innerReason ?? other.innerReason ?? "it is not known"
            object.more = object.more ?? Gap(reason)
          default: break
          }
        }
        result = call.value(.object(object))
      case (.list(_, let more?), _), (_, .list(_, let more?)), (.object(_, let more?), _),
        (_, .object(_, let more?)):
        return call.unknown(more.reason)
      default: return call.wrongArguments
      }
    }
    return result
  }
}
