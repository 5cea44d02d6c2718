// Lists, and what texts and objects share with them.
extension AzureFunctions {
  static let arrayFunctions: [String: Function] = [
    "array": { values, call in
      guard values.count == 1 else { return call.wrongArguments }
      switch values[0].shape {
      case .list, .unknown: return values[0]
      default: return call.list(values)
      }
    },
    "createarray": { values, call in call.list(values) },
    "concat": { values, call in
      let lists = values.contains { if case .list = $0.shape { true } else { false } }
      guard lists else { return joined(values, call) }
      return concatenated(values, call)
    },
    "contains": contains,
    "empty": { values, call in
      guard values.count == 1 else { return call.wrongArguments }
      switch values[0].shape {
      case .null, .absent: return call.flag(true)
      case .text(let text): return call.flag(text.isEmpty)
      case .partial(let parts):
        let hasText = parts.contains {
          if case .text(let text) = $0 { !text.isEmpty } else { false }
        }
        return hasText ? call.flag(false) : call.unknown(of: values)
      case .list(let elements, let more):
        if !elements.isEmpty { return call.flag(false) }
        return more.map { call.unknown($0.reason) } ?? call.flag(true)
      case .object(let entries, let more):
        if !entries.isEmpty { return call.flag(false) }
        return more.map { call.unknown($0.reason) } ?? call.flag(true)
      default: return call.unknown(of: values)
      }
    },
    "length": { values, call in
      guard values.count == 1 else { return call.wrongArguments }
      switch values[0].shape {
      case .text(let text): return call.integer(text.utf16.count)
      case .list(let elements, let more):
        return more.map { call.unknown($0.reason) } ?? call.integer(elements.count)
      case .object(let entries, let more):
        return more.map { call.unknown($0.reason) } ?? call.integer(entries.count)
      default: return call.unknown(of: values)
      }
    },
    "first": { end($0, $1, isFirst: true) },
    "last": { end($0, $1, isFirst: false) },
    "indexof": { position($0, $1, last: false) },
    "lastindexof": { position($0, $1, last: true) },
    "range": { values, call in
      guard values.count == 2, let start = values[0].plainInteger,
        let count = values[1].plainInteger
      else { return call.unknown(of: values) }
      let end = start.addingReportingOverflow(count)
      // The documented bound.
      guard (0...10_000).contains(count), !end.overflow else {
        return call.wrong("takes from 0 to 10000 numbers")
      }
      guard call.scope.spend(count) else { return call.exhausted }
      return call.list((start..<end.partialValue).map(call.integer))
    },
    "skip": { cut($0, $1, skips: true) },
    "take": { cut($0, $1, skips: false) },
    "flatten": { values, call in
      guard values.count == 1, case .list(let elements, let outer) = values[0].shape else {
        return call.unknown(of: values)
      }
      var all: [Datum] = []
      var more = outer
      for element in elements {
        switch element.shape {
        case .list(let inner, let innerMore):
          all += inner
          more = more ?? innerMore
        case .unknown(let gap): more = more ?? gap
        default: return call.wrongArguments
        }
      }
      guard call.scope.spend(all.count) else { return call.exhausted }
      return call.list(all, more: more)
    },
    "tryget": { values, call in
      guard values.count >= 2 else { return call.wrongArguments }
      var value = values[0]
      for key in values.dropFirst() {
        switch (key.shape, value.shape) {
        case (.text(let text), _):
          guard let next = lookup(value, text, call.origin) else { return call.value(.null) }
          value = next
        case (.integer(let position), .list(let elements, nil)):
          guard elements.indices.contains(position) else { return call.value(.null) }
          value = elements[position]
        case (.unknown, _), (.partial, _): return call.unknown(of: [key])
        default:
          if value.isNothing { return call.value(.null) }
          value = index(value, key, call.origin)
        }
      }
      return value
    },
    "indexfromend": { values, call in
      fromEnd(values, call) ?? call.wrong("is given no position of the list")
    },
    "tryindexfromend": { values, call in fromEnd(values, call) ?? call.value(.null) },
    "union": union,
    "intersection": intersection,
  ]

  /// Texts joined; numbers and truth values as texts.
  static func joined(_ values: [Datum], _ call: AzureCall) -> Datum {
    let texts = values.map { text(of: $0) }
    guard call.scope.spend(values.count + Datum.size(ofJoined: texts) / 8) else {
      return call.exhausted
    }
    return Datum.concatenate(texts, call.origin)
  }

  static func concatenated(_ values: [Datum], _ call: AzureCall) -> Datum {
    var all: [Datum] = []
    var more: Gap?
    for value in values {
      switch value.shape {
      case .list(let elements, let own):
        all += elements
        more = more ?? own
      case .unknown(let gap): more = more ?? gap
      case .null, .absent: break
      default: return call.wrongArguments
      }
    }
    guard call.scope.spend(all.count) else { return call.exhausted }
    return call.list(all, more: more)
  }

  @Sendable private static func contains(_ values: [Datum], _ call: AzureCall) -> Datum {
    guard values.count == 2 else { return call.wrongArguments }
    let item = values[1]
    switch values[0].shape {
    case .text(let text):
      guard let part = textIn(item) else { return call.unknown(of: [item]) }
      return call.flag(part.isEmpty || text.utf8Range(of: part) != nil)
    case .partial(let parts):
      guard let part = textIn(item) else { return call.unknown(of: [item]) }
      let isThere = parts.contains { known in
        if case .text(let text) = known { text.utf8Range(of: part) != nil } else { false }
      }
      return isThere ? call.flag(true) : call.unknown(of: values)
    case .list(let elements, let more):
      guard call.scope.spend(elements.count) else { return call.exhausted }
      var unknown = more?.reason
      for element in elements {
        switch same(element, item) {
        case true: return call.flag(true)
        case nil: unknown = unknown ?? element.innerReason ?? item.innerReason
        default: break
        }
      }
      return unknown.map(call.unknown) ?? call.flag(false)
    case .object(let entries, let more):
      guard let key = textIn(item)?.lowercased() else { return call.unknown(of: [item]) }
      if entries.contains(where: { $0.key.lowercased() == key }) { return call.flag(true) }
      return more.map { call.unknown($0.reason) } ?? call.flag(false)
    case .null, .absent: return call.flag(false)
    default: return call.unknown(of: values)
    }
  }

  /// A text, or a number as text.
  private static func textIn(_ value: Datum) -> String? {
    value.plainText ?? value.plainInteger.map(String.init)
  }

  private static func end(_ values: [Datum], _ call: AzureCall, isFirst: Bool) -> Datum {
    guard values.count == 1 else { return call.wrongArguments }
    switch values[0].shape {
    case .list(let elements, let more):
      if let more { return call.unknown(more.reason) }
      return (isFirst ? elements.first : elements.last) ?? call.value(.null)
    case .text(let text):
      return call.text((isFirst ? text.first : text.last).map(String.init) ?? "")
    case .partial(let parts):
      if case .text(let text)? = isFirst ? parts.first : parts.last,
        let character = isFirst ? text.first : text.last
      {
        return call.text(String(character))
      }
      return call.unknown(of: values)
    default: return call.unknown(of: values)
    }
  }

  private static func position(_ values: [Datum], _ call: AzureCall, last: Bool) -> Datum {
    guard values.count == 2 else { return call.wrongArguments }
    switch values[0].shape {
    case .list(let elements, let more):
      if let more { return call.unknown(more.reason) }
      guard call.scope.spend(elements.count) else { return call.exhausted }
      let positions = Array(elements.indices)
      for index in last ? positions.reversed() : positions {
        switch same(elements[index], values[1]) {
        case true: return call.integer(index)
        case nil: return call.unknown(of: [elements[index], values[1]])
        default: break
        }
      }
      return call.integer(-1)
    case .text(let text):
      guard let part = values[1].plainText else { return call.unknown(of: values) }
      guard call.scope.spend(text.utf8.count / 16) else { return call.exhausted }
      // The comparison takes no notice of case.
      let place = text.lowercased().utf16Offset(of: part.lowercased(), last: last)
      return call.integer(place ?? -1)
    default: return call.unknown(of: values)
    }
  }

  private static func fromEnd(_ values: [Datum], _ call: AzureCall) -> Datum? {
    guard values.count == 2 else { return call.wrongArguments }
    guard case .list(let elements, nil) = values[0].shape, let position = values[1].plainInteger
    else {
      return values[0].isNothing ? nil : call.unknown(of: values)
    }
    guard (1...max(1, elements.count)).contains(position), position <= elements.count else {
      return nil
    }
    return elements[elements.count - position]
  }

  private static func cut(_ values: [Datum], _ call: AzureCall, skips: Bool) -> Datum {
    guard values.count == 2, let wanted = values[1].plainInteger else {
      return call.unknown(of: values)
    }
    let count = max(0, wanted)
    switch values[0].shape {
    case .list(let elements, let more):
      if let more {
        // What is known stays known as long as none of it may be pushed out.
        return skips && count == 0 ? values[0] : call.list([], more: more)
      }
      guard call.scope.spend(elements.count) else { return call.exhausted }
      return call.list(Array(skips ? elements.dropFirst(count) : elements.prefix(count)))
    case .text(let text):
      let units = Array(text.utf16)
      let part = skips ? units.dropFirst(count) : units.prefix(count)
      return call.text(String(decoding: part, as: UTF16.self))
    case .partial(let parts):
      // The beginning of a text is known as far as its first gap.
      if case .text(let head)? = parts.first, !skips {
        let units = Array(head.utf16)
        if units.count >= count {
          return call.text(String(decoding: units.prefix(count), as: UTF16.self))
        }
        // What is left may be cut or not: its beginning is all that is sure.
        return Datum(
          parts: [.text(head), .gap(Gap(Datum.reasons(parts)))],
          call.origin
        )
      }
      return call.unknown(of: values)
    default: return call.unknown(of: values)
    }
  }
}

extension String {
  /// Whether and where another text begins in this one, byte for byte.
  func utf8Range(of part: String) -> Int? {
    let (text, part) = (Array(utf8), Array(part.utf8))
    return Self.offset(of: part, in: text, last: false)
  }

  /// Where another text begins, in UTF-16 units as .NET counts.
  func utf16Offset(of part: String, last: Bool) -> Int? {
    Self.offset(of: Array(part.utf16), in: Array(utf16), last: last)
  }

  private static func offset<Unit: Equatable>(
    of part: [Unit],
    in text: [Unit],
    last: Bool
  ) -> Int? {
    if part.isEmpty { return last ? text.count : 0 }
    guard part.count <= text.count else { return nil }
    let starts = 0...(text.count - part.count)
    func matches(_ start: Int) -> Bool {
      for offset in part.indices where text[start + offset] != part[offset] { return false }
      return true
    }
    return last ? starts.last(where: matches) : starts.first(where: matches)
  }
}
