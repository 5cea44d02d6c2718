internal import DocumentTrees
package import Workloads

// Lists and the texts in them.
extension Datum {
  /// The texts of a list with a separator between them.
  package static func join(
    _ texts: [Datum],
    more: Gap? = nil,
    by separator: Datum,
    _ origin: Origin
  ) -> Datum {
    var pieces: [Datum] = []
    for (index, text) in texts.enumerated() {
      if index > 0 { pieces.append(separator) }
      pieces.append(text)
    }
    if let more { pieces.append(Datum(.unknown(more), origin)) }
    return concatenate(pieces, origin)
  }

  /// Bytes that `join` writes, for budgets.
  static func size(ofJoined texts: [Datum], by separator: Datum = .absent()) -> Int {
    let between = separator.isAbsent ? 0 : separator.writtenSize * max(0, texts.count - 1)
    return texts.reduce(between) { $0 + $1.writtenSize }
  }

  /// Bytes that a text takes once written out.
  var writtenSize: Int {
    switch content {
    case .text(let text): text.utf8.count
    case .partial(let parts):
      parts.reduce(0) { if case .text(let text) = $1 { $0 + text.utf8.count } else { $0 + 8 } }
    case .node(let node): node.isScalar ? node.withTextBytes(\.count) : 8
    case .encoded(let text): Datum(.partial(text.parts), origin).writtenSize
    default: 8
    }
  }

  /// The element of a list at a position; nil if there surely is none.
  ///
  /// With an unknown position it is known where all elements agree. Where elements may be missing
  /// no position is sure, except before the gap that a split text has at its end.
  package func element(at position: Value<Int>, isPrefixCertain: Bool = false) -> Datum? {
    let elements = elements
    guard let index = position.known else {
      if let first = elements.first, more == nil,
        elements.dropFirst().allSatisfy({ $0.isSame(as: first) })
      {
        return first
      }
      return .unknown(position.unknownReason ?? "its index is not known", origin)
    }
    let isInside = elements.indices.contains(index)
    if let more, !isPrefixCertain || !isInside { return Datum(.unknown(more), origin) }
    return isInside ? elements[index] : nil
  }
}
