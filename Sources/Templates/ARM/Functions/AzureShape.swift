internal import DocumentTrees
internal import Workloads

/// What a value is to Azure's functions, which tell the text `1` from the number.
package enum AzureShape {
  case null
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([Datum], more: Gap?)
  case object([DatumObject.Entry], more: Gap?)
  case partial([TextPart])
  case unknown(Gap)
  case absent

  /// Why it is not known, if it is not.
  package var reason: String? {
    switch self {
    case .partial(let parts): Datum.reasons(parts)
    case .unknown(let gap): gap.reason
    default: nil
    }
  }

  /// Whether it may be a text.
  var mayBeText: Bool {
    switch self {
    case .text, .partial, .unknown: true
    default: false
    }
  }
}

extension Datum {
  package var shape: AzureShape {
    switch content {
    case .node(let node):
      switch node.kind {
      case .mapping: return .object(entries, more: nil)
      case .sequence: return .list(elements, more: nil)
      case .scalar:
        switch node.resolvedType {
        case .null: return .null
        case .bool: return .flag(node.bool ?? false)
        case .integer:
          if let integer = node.integer { return .integer(integer) }
          return node.number.map(AzureShape.number) ?? .text(node.text)
        case .float: return node.number.map(AzureShape.number) ?? .text(node.text)
        case .string: return .text(node.text)
        }
      }
    case .text(let text): return .text(text)
    case .integer(let number): return .integer(number)
    case .precise:
      return number.known.map(AzureShape.number) ?? .text(string.known ?? "")
    case .encoded:
      return string.known.map(AzureShape.text)
        ?? .unknown(Gap(string.unknownReason ?? "it is not known"))
    case .number(let number): return .number(number)
    case .flag(let flag): return .flag(flag)
    case .null: return .null
    case .list(let list): return .list(list.elements, more: list.more)
    case .object(let object): return .object(object.entries, more: object.more)
    case .partial(let parts): return .partial(parts)
    case .unknown(let gap): return .unknown(gap)
    case .absent: return .absent
    }
  }

  /// The text, if it is a known one and no number or truth value.
  var plainText: String? {
    if case .text(let text) = shape { text } else { nil }
  }

  /// The whole number, if it is a known one and no text.
  var plainInteger: Int? {
    switch shape {
    case .integer(let number): number
    case .number(let number): Int(exactly: number)
    default: nil
    }
  }

  var plainNumber: Double? {
    switch shape {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }

  /// The first reason why some of it is not known; not looked for in more than some thousand parts.
  var innerReason: String? {
    var budget = 10_000
    return innerReason(&budget)
  }

  private func innerReason(_ budget: inout Int) -> String? {
    // Values share their parts, so that a small text may stand for a tree of any size.
    budget -= 1
    guard budget > 0 else { return "it is too large" }
    switch shape {
    case .partial, .unknown: return shape.reason
    case .list(let elements, let more):
      if let more { return more.reason }
      for element in elements { if let reason = element.innerReason(&budget) { return reason } }
      return nil
    case .object(let entries, let more):
      if let more { return more.reason }
      for entry in entries { if let reason = entry.value.innerReason(&budget) { return reason } }
      return nil
    default: return nil
    }
  }

  /// How many values it is made of, counting no further than a bound.
  func size(upTo bound: Int) -> Int {
    var count = 1
    switch shape {
    case .list(let elements, _):
      for element in elements where count < bound { count += element.size(upTo: bound - count) }
    case .object(let entries, _):
      for entry in entries where count < bound {
        count += entry.value.size(upTo: bound - count)
      }
    case .text(let text): count += text.utf8.count / 64
    default: break
    }
    return count
  }
}
