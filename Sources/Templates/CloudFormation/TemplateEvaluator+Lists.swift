import DocumentTrees
import Workloads

extension TemplateEvaluator {
  // MARK: Join and Split

  func join(_ argument: Argument, _ place: Origin, _ frame: Frame) -> Datum {
    guard let parts = list(argument, 2...2) else {
      return wrong(place, "Fn::Join needs a delimiter and a list")
    }
    let delimiter = evaluate(parts[0], frame)
    let values = evaluate(parts[1], frame)
    if let gap = values.gap {
      return Datum(.unknown(Gap(gap.reason, reference: gap.reference)), place)
    }
    guard values.isList else { return wrong(place, "Fn::Join needs a list to join") }
    let texts = values.elements
    guard texts.allSatisfy({ $0.parts != nil || $0.isNothing }) else {
      return wrong(place, "Fn::Join has an element that is no text")
    }
    guard budget.step(texts.count),
      budget.write(bytes: Datum.size(ofJoined: texts, by: delimiter))
    else { return spent(place) }
    return DynamicReference.resolve(.join(texts, more: values.more, by: delimiter, place))
  }

  func split(_ argument: Argument, _ place: Origin, _ frame: Frame) -> Datum {
    guard let parts = list(argument, 2...2) else {
      return wrong(place, "Fn::Split needs a delimiter and a text")
    }
    let delimiter = evaluate(parts[0], frame)
    guard let mark = delimiter.string.known, !mark.isEmpty else {
      return .unknown(delimiter.string.unknownReason ?? "its delimiter is empty", place)
    }
    let value = evaluate(parts[1], frame)
    guard let text = value.parts else {
      return value.isNothing || value.isList || value.isObject
        ? wrong(place, "Fn::Split needs a text") : .unknown("its text is not known", place)
    }
    if let gap = value.gap {
      return Datum(.unknown(Gap(gap.reason, reference: gap.reference)), place)
    }
    let origin = relocated(value, place).origin
    let (elements, more) = TextSplit.split(text, by: mark)
    guard budget.step(elements.count) else { return spent(place) }
    return Datum(
      .list(DatumList(elements.map { Datum(parts: $0, origin) }, more: more)),
      origin
    )
  }

  // MARK: Select and Length

  func select(_ argument: Argument, _ place: Origin, _ frame: Frame) -> Datum {
    guard let parts = list(argument, 2...2) else {
      return wrong(place, "Fn::Select needs an index and a list")
    }
    let index = evaluate(parts[0], frame)
    let values = evaluate(parts[1], frame)
    if let gap = values.gap {
      return Datum(.unknown(Gap(gap.reason, reference: gap.reference)), place)
    }
    guard values.isList else { return wrong(place, "Fn::Select needs a list to select from") }
    let position = index.integer
    // What a split text has before its first gap stands where it stands.
    guard let element = values.element(at: position, isPrefixCertain: isSplit(parts[1])) else {
      let count = values.elements.count
      return wrong(place, "Fn::Select has the index \(position.known ?? 0) and \(count) elements")
    }
    return element.gap == nil ? relocated(element, place) : Datum(element.content, place)
  }

  private func isSplit(_ node: Node) -> Bool {
    node.tag == "!Split"
      || (node.isMapping && node.count == 1 && node.entries[0].key.textEquals("Fn::Split"))
  }

  func length(_ argument: Argument, _ place: Origin, _ frame: Frame) -> Datum {
    let value = evaluate(argument, frame)
    if let more = value.more { return .unknown(more.reason, place) }
    guard value.isList else { return wrong(place, "Fn::Length needs a list") }
    return Datum(.integer(value.elements.count), place)
  }

  // MARK: Cidr

  func cidr(_ argument: Argument, _ place: Origin, _ frame: Frame) -> Datum {
    guard let parts = list(argument, 2...3) else {
      return wrong(place, "Fn::Cidr needs a range, a count and a number of bits")
    }
    let values = parts.map { evaluate($0, frame) }
    guard let count = values[1].integer.known else {
      return .unknown(values[1].integer.unknownReason ?? "its count is not known", place)
    }
    guard (1...256).contains(count) else {
      return wrong(place, "Fn::Cidr makes 1 to 256 ranges, and \(count) are asked for")
    }
    guard budget.step(count) else { return spent(place) }
    let unknowns = values.compactMap { $0.string.unknownReason }
    if let reason = unknowns.first {
      // How many there are is known all the same.
      let elements = Array(repeating: Datum.unknown(reason, place), count: count)
      return Datum(.list(DatumList(elements)), place)
    }
    guard let block = values[0].string.known, values.count == 3,
      let bits = values[2].integer.known
    else { return .unknown("its number of bits is not known", place) }
    let origin = relocated(values[0], place).origin
    var ranges: [Datum] = []
    for index in 0..<count {
      guard let range = AddressRange(block), (1...range.width).contains(range.width - bits),
        let part = range.part(length: range.width - bits, index: index)
      else {
        return wrong(place, "Fn::Cidr cannot make \(count) ranges with \(bits) bits of this range")
      }
      ranges.append(Datum(.text(part.description), origin))
    }
    return Datum(.list(DatumList(ranges)), origin)
  }

  // MARK: FindInMap

  func findInMap(_ argument: Argument, _ place: Origin, _ frame: Frame) -> Datum {
    guard let parts = list(argument, 3...4) else {
      return wrong(place, "Fn::FindInMap needs a map and two keys")
    }
    let keys = parts.prefix(3).map { evaluate($0, frame) }
    let fallback = parts.count == 4 ? parts[3]["DefaultValue"] : nil
    guard let map = keys[0].string.known else {
      return .unknown(keys[0].string.unknownReason ?? "its map is not known", place)
    }
    guard let entry = mappings[map] else {
      if let fallback { return evaluate(fallback, frame) }
      if let more = mappings.more { return .unknown(more.reason, place) }
      return wrong(place, "The template has no mapping named \(map)")
    }
    var candidates: [Datum] = []
    var isCertain = true
    let top = candidateValues(of: entry.node, keys[1], entry.frame, &isCertain)
    for (node, inner) in top {
      for (value, innermost) in candidateValues(of: node, keys[2], inner, &isCertain) {
        candidates.append(relocated(evaluate(value, innermost), place))
      }
    }
    if isCertain {
      if let value = candidates.first { return value }
      if let fallback { return evaluate(fallback, frame) }
      // A map may hold keys that only an include brings.
      return wrong(place, "The mapping \(map) has no value under these keys")
    }
    if let fallback { candidates.append(evaluate(fallback, frame)) }
    let reason =
      keys.dropFirst().compactMap { $0.string.unknownReason }.first ?? "its keys are not known"
    guard let first = candidates.first else { return .unknown(reason, place) }
    return candidates.dropFirst().reduce(first) { $0.orElse($1, because: reason) }
  }

  /// The value of a key, or those of all keys that it may be.
  private func candidateValues(
    of mapping: Node,
    _ key: Datum,
    _ frame: Frame,
    _ isCertain: inout Bool
  ) -> [(Node, Frame)] {
    let expansion = expand(mapping, frame)
    if let known = key.string.known {
      return expansion.entries.filter { $0.key == known }.suffix(1).map { ($0.node, $0.frame) }
    }
    isCertain = false
    return expansion.entries
      .filter { !key.certainlyDiffers(from: Datum(.text($0.key), .none)) }
      .prefix(256).map { ($0.node, $0.frame) }
  }
}
