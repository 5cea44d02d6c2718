/// The shape of a token: literals and runs of characters, `ghp_[A-Za-z0-9]{36}`.
///
/// There is no choice and no way back, so a text is searched in time linear in its length: runs
/// before the first literal have a fixed width, and a run without an upper bound is either the last
/// one or made of characters before which no match may begin.
struct TokenPattern: Sendable {
  enum Element: Sendable {
    case literal(Bytes)
    case run(ByteSet, minimum: Int, maximum: Int)
  }

  private let elements: [Element]
  /// The literal that is searched for; empty if the pattern has none and fits whole values only.
  let anchor: Bytes
  /// How far before the anchor a match begins.
  let lead: Int
  /// No match begins behind one of these.
  private let forbiddenBefore: ByteSet

  private static let unbounded = Int.max

  init?(_ notation: String) {
    guard let elements = Self.parse(Array(notation.utf8)), !elements.isEmpty else { return nil }
    self.elements = elements
    var (anchor, lead) = (Bytes(), 0)
    search: for element in elements {
      switch element {
      case .literal(let bytes):
        anchor = bytes
        break search
      case .run(_, let minimum, let maximum):
        guard minimum == maximum else { return nil }
        lead += minimum
      }
    }
    self.anchor = anchor
    self.lead = anchor.isEmpty ? 0 : lead
    var forbidden = ByteSet.alphanumerics
    for element in elements.dropLast() {
      guard case .run(let set, _, Self.unbounded) = element else { continue }
      for byte in UInt8.min...UInt8.max where set.contains(byte) { forbidden.insert(byte) }
    }
    forbiddenBefore = forbidden
  }

  /// The end of a match that begins exactly at `start`.
  func match(_ bytes: Bytes, at start: Int, before end: Int) -> Int? {
    guard start >= 0, start < end else { return nil }
    if start > 0, forbiddenBefore.contains(bytes[start - 1]) { return nil }
    var position = start
    for (index, element) in elements.enumerated() {
      switch element {
      case .literal(let literal):
        guard bytes.has(literal, at: position, before: end) else { return nil }
        position += literal.count
      case .run(let set, let minimum, let maximum):
        // A run of fixed width before a literal stops there though more of its kind may follow.
        let isLast = index == elements.count - 1
        let isFixed = minimum == maximum && !isLast
        let limit = maximum < end - position ? position + maximum : end
        var next = position
        while next < limit, set.contains(bytes[next]) { next += 1 }
        guard next - position >= minimum else { return nil }
        if !isFixed, next == limit, next < end, set.contains(bytes[next]) { return nil }
        position = next
      }
    }
    return position
  }

  private static func parse(_ notation: Bytes) -> [Element]? {
    var elements: [Element] = []
    var literal: Bytes = []
    var position = 0
    while position < notation.count {
      guard notation[position] == ascii("[") else {
        literal.append(notation[position])
        position += 1
        continue
      }
      if !literal.isEmpty { elements.append(.literal(literal)) }
      literal = []
      guard let close = notation.first(of: ascii("]"), in: position..<notation.count),
        close + 1 < notation.count, notation[close + 1] == ascii("{"),
        let brace = notation.first(of: ascii("}"), in: close..<notation.count),
        let set = byteSet(notation[(position + 1)..<close]),
        let (minimum, maximum) = bounds(notation[(close + 2)..<brace])
      else { return nil }
      elements.append(.run(set, minimum: minimum, maximum: maximum))
      position = brace + 1
    }
    if !literal.isEmpty { elements.append(.literal(literal)) }
    return elements
  }

  private static func byteSet(_ members: ArraySlice<UInt8>) -> ByteSet? {
    var set = ByteSet()
    var rest = members
    while let first = rest.popFirst() {
      if rest.count >= 2, rest.first == ascii("-") {
        rest.removeFirst()
        guard let last = rest.popFirst(), first <= last else { return nil }
        for byte in first...last { set.insert(byte) }
      } else {
        set.insert(first)
      }
    }
    return set
  }

  private static func bounds(_ text: ArraySlice<UInt8>) -> (Int, Int)? {
    let parts = text.split(separator: ascii(","), omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first,
      let minimum = Int(String(decoding: first, as: UTF8.self)), minimum > 0
    else { return nil }
    guard parts.count == 2 else { return (minimum, minimum) }
    if parts[1].isEmpty { return (minimum, unbounded) }
    guard let maximum = Int(String(decoding: parts[1], as: UTF8.self)), maximum >= minimum
    else { return nil }
    return (minimum, maximum)
  }
}
