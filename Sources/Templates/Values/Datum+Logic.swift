package import Workloads

// What can be said of conditions some parts of which are not known.
extension Value where Wrapped == Bool {
  /// `||` of several values if true decides, `&&` if false does: known as soon as one decides.
  package static func combining(
    _ values: [Value<Bool>],
    deciding: Bool,
    _ origin: Origin = .none
  ) -> Value<Bool> {
    if values.contains(where: { $0.known == deciding }) { return .known(deciding, origin) }
    if let open = values.first(where: { $0.known == nil }) {
      return .unknown(open.unknownReason ?? "a condition is not known", origin)
    }
    return .known(!deciding, origin)
  }
}

extension Datum {
  /// A truth value as a datum.
  package init(flag: Value<Bool>, _ origin: Origin) {
    switch flag.state {
    case .known(let flag): self.init(.flag(flag), origin)
    case .unknown(let reason): self.init(.unknown(Gap(reason)), origin)
    case .absent: self.init(.absent, origin)
    }
  }
}

extension [TextPart] {
  /// Whether two texts cannot be the same, whatever their gaps turn out to be.
  package func certainlyDiffer(from other: [TextPart]) -> Bool {
    if let one = known, let two = other.known { return !one.utf8.elementsEqual(two.utf8) }
    let (head, otherHead) = (Self.text(first), Self.text(other.first))
    let (tail, otherTail) = (Self.text(last), Self.text(other.last))
    let heads = Swift.min(head.utf8.count, otherHead.utf8.count)
    let tails = Swift.min(tail.utf8.count, otherTail.utf8.count)
    return !head.utf8.prefix(heads).elementsEqual(otherHead.utf8.prefix(heads))
      || !tail.utf8.suffix(tails).elementsEqual(otherTail.utf8.suffix(tails))
      || other.known.map { knownSize > $0.utf8.count } == true
      || known.map { other.knownSize > $0.utf8.count } == true
  }

  /// The whole text, if it has no gap.
  private var known: String? {
    if isEmpty { return "" }
    if count == 1, case .text(let text) = self[0] { return text }
    return nil
  }

  /// Bytes that stand between the gaps.
  private var knownSize: Int { reduce(0) { $0 + Self.text($1).utf8.count } }

  private static func text(_ part: TextPart?) -> String {
    if case .text(let text)? = part { text } else { "" }
  }
}
