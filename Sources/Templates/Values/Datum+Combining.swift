package import Workloads

// How unknowns spread: each only as far as it must.
extension Datum {
  /// `condition ? first : second`; with an unknown condition known where both sides agree.
  package static func choose(
    _ condition: Value<Bool>,
    _ first: @autoclosure () -> Datum,
    _ second: @autoclosure () -> Datum
  ) -> Datum {
    switch condition.state {
    case .known(true): return first()
    case .known(false), .absent: return second()
    case .unknown(let reason):
      return first().orElse(second(), because: reason)
    }
  }

  /// What is known of a value that is either this one or another.
  package func orElse(_ other: Datum, because reason: String) -> Datum {
    var budget = Self.mergeBudget
    return orElse(other, because: reason, &budget)
  }

  /// Parts that are merged one by one; what is beyond is unknown as a whole.
  private static let mergeBudget = 10_000

  private func orElse(_ other: Datum, because reason: String, _ budget: inout Int) -> Datum {
    budget -= 1
    guard budget > 0 else { return Datum(.unknown(Gap(reason)), origin) }
    // What has parts is compared part by part below.
    if !isObject, !isList, isSame(as: other) { return self }
    let gap = Gap(reason)
    if isObject, other.isObject {
      // A key that only one side has is unknown, not absent.
      var object = DatumObject()
      for entry in entries {
        let value = entry.value.orElse(other[entry.key], because: reason, &budget)
        object.set(DatumObject.Entry(entry.key, value, keyOrigin: entry.keyOrigin))
      }
      for entry in other.entries where self[entry.key].isAbsent {
        object.set(
          DatumObject.Entry(
            entry.key,
            Datum(.unknown(gap), entry.value.origin),
            keyOrigin: entry.keyOrigin
          )
        )
      }
      object.more = more ?? other.more
      return Datum(.object(object), origin)
    }
    if isList, other.isList, elements.count == other.elements.count, more == nil, other.more == nil
    {
      let pairs = zip(elements, other.elements)
      var merged: [Datum] = []
      for (own, others) in pairs { merged.append(own.orElse(others, because: reason, &budget)) }
      return Datum(.list(DatumList(merged)), origin)
    }
    return Datum(.unknown(gap), origin)
  }

  /// Joins texts; what is unknown of them stays a gap between what is known.
  package static func concatenate(_ values: [Datum], _ origin: Origin) -> Datum {
    var parts: [TextPart] = []
    var via: [Workloads.Origin] = []
    for value in values {
      if value.isNothing { continue }
      guard let own = value.parts else { return .unknown("a part of it is not a text", origin) }
      via.append(value.origin)
      for part in own {
        if case .text(let text) = part, case .text(let before)? = parts.last {
          parts[parts.count - 1] = .text(before + text)
        } else {
          parts.append(part)
        }
      }
    }
    var passed = origin
    for other in via {
      for place in other.via where !passed.via.contains(place) { passed.via.append(place) }
    }
    var result = Datum(parts: parts, passed)
    result.isSensitive = values.contains { $0.isSensitive }
    return result
  }

  /// The parts of a path such as `vnet/subnet`; a gap stays within one of them.
  package var pathSegments: [Datum] {
    guard let parts else { return [self] }
    var segments: [[TextPart]] = [[]]
    for part in parts {
      guard case .text(let text) = part else {
        segments[segments.count - 1].append(part)
        continue
      }
      let pieces = text.split(separator: "/", omittingEmptySubsequences: false)
      for (index, piece) in pieces.enumerated() {
        if index > 0 { segments.append([]) }
        if !piece.isEmpty { segments[segments.count - 1].append(.text(String(piece))) }
      }
    }
    return segments.map { Datum(parts: $0, origin) }
  }

  /// A text of parts in its simplest form.
  package init(parts: [TextPart], _ origin: Origin) {
    self.origin = origin
    switch parts.count {
    case 0: content = .text("")
    case 1:
      switch parts[0] {
      case .text(let text): content = .text(text)
      case .gap(let gap): content = .unknown(gap)
      }
    default: content = .partial(parts)
    }
  }

  /// Whether two values are known to be the same; places do not matter.
  ///
  /// Values that share their parts can be far larger than their files; what takes too long to
  /// compare is not known to be the same.
  package func isSame(as other: Datum) -> Bool {
    var budget = Self.comparisonBudget
    return isSame(as: other, &budget)
  }

  private static let comparisonBudget = 100_000

  private func isSame(as other: Datum, _ budget: inout Int) -> Bool {
    budget -= 1
    guard budget > 0 else { return false }
    if isObject, other.isObject {
      guard more == nil, other.more == nil, entries.count == other.entries.count else {
        return false
      }
      for entry in entries where !entry.value.isSame(as: other[entry.key], &budget) { return false }
      return true
    }
    if isList, other.isList {
      guard more == nil, other.more == nil, elements.count == other.elements.count else {
        return false
      }
      for (own, others) in zip(elements, other.elements) where !own.isSame(as: others, &budget) {
        return false
      }
      return true
    }
    if isObject || isList || other.isObject || other.isList { return false }
    if isNothing || other.isNothing { return isNothing && other.isNothing }
    switch (content, other.content) {
    case (.unknown(let first), .unknown(let second)):
      return first.isSame(as: second)
    case (.partial(let first), .partial(let second)):
      return first.count == second.count
        && zip(first, second).allSatisfy { pair in
          switch pair {
          case (.text(let one), .text(let other)): one == other
          case (.gap(let one), .gap(let other)): one.isSame(as: other)
          default: false
          }
        }
    default:
      guard let first = string.known, let second = other.string.known else { return false }
      return first == second
    }
  }
}
