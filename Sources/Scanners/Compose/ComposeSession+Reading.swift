internal import DocumentTrees
internal import Workloads

/// Typed values out of Compose files; what has the wrong type is reported and left out.
extension ComposeSession {
  func origin(_ value: ComposeValue, _ text: ComposeText) -> Origin {
    guard !text.via.isEmpty else { return value.origin }
    return Origin(value.location, via: value.context.via + text.via)
  }

  /// The scalar's text; `nil` for `null`, and with a notice for what is no scalar.
  func scalar(_ value: ComposeValue, _ wanted: String) -> ComposeText? {
    switch value.kind {
    case .scalar: return text(value)
    case .null: return nil
    case .sequence, .mapping:
      invalid(value, "Expected \(wanted), found a \(value.kind).")
      return nil
    }
  }

  func string(_ value: ComposeValue) -> Value<String> {
    guard let text = scalar(value, "a text") else { return refused(value) }
    return text.value(origin(value, text))
  }

  /// An image, of which the repository is known even where the tag depends on a variable.
  func image(_ value: ComposeValue) -> Value<ImageReference> {
    guard let text = scalar(value, "a text") else { return refused(value) }
    let origin = origin(value, text)
    guard let reason = text.unknownReason else {
      return .known(ImageReference(text.string), origin)
    }
    let beginning = String(decoding: text.bytes.prefix { $0 != ComposeText.gap }, as: UTF8.self)
    return ImageReference(beginning: beginning, unknownRest: reason).map { .known($0, origin) }
      ?? .unknown(reason, origin)
  }

  func bool(_ value: ComposeValue) -> Value<Bool> {
    convert(value, "true or false", Quantities.bool)
  }

  func integer(_ value: ComposeValue) -> Value<Int> {
    convert(value, "a whole number", Quantities.integer)
  }

  func number(_ value: ComposeValue) -> Value<Double> {
    convert(value, "a number", Quantities.number)
  }

  func bytes(_ value: ComposeValue) -> Value<Int> {
    convert(value, "a size such as 512m", Quantities.bytes)
  }

  func seconds(_ value: ComposeValue) -> Value<Double> {
    convert(value, "a time such as 1m30s", Quantities.seconds)
  }

  private func convert<Result>(
    _ value: ComposeValue,
    _ wanted: String,
    _ parse: (String) -> Result?
  ) -> Value<Result> {
    guard let text = scalar(value, wanted) else { return refused(value) }
    let origin = origin(value, text)
    if let reason = text.unknownReason { return .unknown(reason, origin) }
    if let parsed = parse(text.string) { return .known(parsed, origin) }
    invalid(value, "Expected \(wanted).")
    return .unknown("its value is not \(wanted)", origin)
  }

  /// Absent for `null`; unknown for what has the wrong type and was reported.
  private func refused<Result>(_ value: ComposeValue) -> Value<Result> {
    value.kind == .null
      ? Value(.absent, value.origin) : .unknown("its value has the wrong type", value.origin)
  }

  // MARK: Collections

  /// The elements of a sequence; `null` is an empty one.
  func elements(_ value: ComposeValue, _ wanted: String = "a list") -> [ComposeValue] {
    switch value.kind {
    case .sequence:
      let elements = value.elements
      return spend(elements.count, at: value.location) ? elements : []
    case .null: return []
    case .scalar, .mapping:
      invalid(value, "Expected \(wanted), found a \(value.kind).")
      return []
    }
  }

  /// The entries of a mapping; `null` is an empty one.
  func entries(_ value: ComposeValue, _ wanted: String = "a mapping") -> [ComposeEntry] {
    switch value.kind {
    case .mapping:
      let entries = value.entries
      return spend(entries.count, at: value.location) ? entries : []
    case .null: return []
    case .scalar, .sequence:
      invalid(value, "Expected \(wanted), found a \(value.kind).")
      return []
    }
  }

  /// Texts of a list, or one text that stands for a list of it.
  func strings(_ value: ComposeValue) -> [Value<String>] {
    if value.kind == .scalar { return [string(value)] }
    return elements(value, "a text or a list").compactMap { element in
      if element.kind == .null {
        invalid(element, "Expected a text, found nothing.")
        return nil
      }
      let text = string(element)
      return element.kind == .scalar ? text : nil
    }
  }

  /// One pair of a mapping or of a list of `KEY=VALUE`.
  struct Pair {
    var name: String
    /// Absent if there is only a name.
    var value: Value<String>
    var origin: Origin
  }

  /// Pairs of a mapping, of a list of `KEY=VALUE`, or of both mixed as merging leaves them.
  func pairs(_ value: ComposeValue, separators: [UInt8] = [UInt8(ascii: "=")]) -> [Pair] {
    if value.kind == .mapping { return entries(value).flatMap(pairs) }
    if value.kind == .scalar {
      invalid(value, "Expected a mapping or a list, found a \(value.kind).")
      return []
    }
    return elements(value, "a mapping or a list").flatMap { element -> [Pair] in
      if element.kind == .mapping { return entries(element).flatMap(pairs) }
      guard let text = scalar(element, "a text"), !text.isEmpty else { return [] }
      let origin = origin(element, text)
      let separator = text.bytes.first(where: separators.contains)
      guard let separator, let (name, rest) = text.cut(at: separator) else {
        guard text.isKnown else { return [] }
        return [Pair(name: text.string, value: Value(.absent, origin), origin: origin)]
      }
      guard name.isKnown else { return [] }
      return [Pair(name: name.string, value: rest.value(origin), origin: origin)]
    }
  }

  private func pairs(_ entry: ComposeEntry) -> [Pair] {
    if entry.value.kind == .sequence {
      return strings(entry.value).map { Pair(name: entry.key, value: $0, origin: $0.origin) }
    }
    let value = string(entry.value)
    // A name without a value stands where its key does.
    let origin = value.isAbsent ? entry.place : value.origin
    return [Pair(name: entry.key, value: Value(value.state, origin), origin: origin)]
  }

  func named(_ value: ComposeValue) -> [NamedValue] {
    pairs(value).map { NamedValue($0.name, $0.value, $0.origin) }
  }
}
