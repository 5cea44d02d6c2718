/// Finds every occurrence of many given strings in one pass (Aho and Corasick's automaton).
struct KnownSecrets: Sendable {
  private struct State: Sendable {
    var byte: UInt8
    var firstChild: Int32 = 0
    var sibling: Int32 = 0
    var failure: Int32 = 0
    /// Length of the longest secret that ends here; 0 for none.
    var length: Int32 = 0
  }

  private var states = [State(byte: 0)]
  private var roots = [Int32](repeating: 0, count: 256)

  /// Shorter ones would be found everywhere.
  static let shortest = 4

  init(_ secrets: [String]) {
    for secret in secrets { insert(secret) }
    link()
  }

  var isEmpty: Bool { states.count == 1 }

  private mutating func insert(_ secret: String) {
    var scalars = 0
    var isStars = true
    for scalar in secret.unicodeScalars {
      scalars += 1
      if scalar != "*" { isStars = false }
    }
    guard scalars >= Self.shortest, !isStars else { return }
    let bytes = Array(secret.utf8)
    insert(bytes)
    for form in Self.written(bytes) { insert(form) }
    // Of a text of several lines, each line alone is worth hiding.
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let trimmed = Array(line)
      let range = trimmed.trimmed(0..<trimmed.count)
      guard range.count >= 8, range.count < bytes.count, trimmed[range.lowerBound] != ascii("-")
      else { continue }
      insert(Array(trimmed[range]))
    }
  }

  /// How the secret may be written inside quotes, in Compose files and in Secret manifests.
  private static func written(_ bytes: Bytes) -> [Bytes] {
    var forms: [Bytes] = []
    func escaped(_ escape: (UInt8) -> Bytes?) -> Bytes {
      bytes.flatMap { escape($0) ?? [$0] }
    }
    let json = escaped {
      switch $0 {
      case ascii("\""), ascii("\\"): [ascii("\\"), $0]
      case 0x0A: Array("\\n".utf8)
      case 0x09: Array("\\t".utf8)
      default: nil
      }
    }
    if json != bytes { forms.append(json) }
    let quoted = escaped { $0 == ascii("'") ? [$0, $0] : nil }
    if quoted != bytes { forms.append(quoted) }
    let doubled = escaped { $0 == ascii("$") ? [$0, $0] : nil }
    if doubled != bytes { forms.append(doubled) }
    let hex = Array("0123456789ABCDEF".utf8)
    let percent = escaped {
      let isPlain = $0.isAlphanumeric || "-._~".utf8.contains($0)
      return isPlain ? nil : [ascii("%"), hex[Int($0 >> 4)], hex[Int($0 & 15)]]
    }
    if percent != bytes { forms.append(percent) }
    if bytes.count <= 1 << 16 { forms.append(Base64.encode(bytes)) }
    return forms
  }

  private mutating func insert(_ bytes: Bytes) {
    var state: Int32 = 0
    for byte in bytes {
      if let next = child(state, byte) {
        state = next
        continue
      }
      let new = Int32(truncatingIfNeeded: states.count)
      states.append(State(byte: byte, sibling: states[Int(state)].firstChild))
      states[Int(state)].firstChild = new
      if state == 0 { roots[Int(byte)] = new }
      state = new
    }
    states[Int(state)].length = Int32(truncatingIfNeeded: bytes.count)
  }

  private func child(_ state: Int32, _ byte: UInt8) -> Int32? {
    if state == 0 { return roots[Int(byte)] == 0 ? nil : roots[Int(byte)] }
    var next = states[Int(state)].firstChild
    while next != 0 {
      if states[Int(next)].byte == byte { return next }
      next = states[Int(next)].sibling
    }
    return nil
  }

  private func step(_ state: Int32, _ byte: UInt8) -> Int32 {
    var state = state
    while true {
      if let next = child(state, byte) { return next }
      if state == 0 { return 0 }
      state = states[Int(state)].failure
    }
  }

  /// Sets where each state falls back to, by breadth.
  private mutating func link() {
    var queue: [Int32] = roots.filter { $0 != 0 }
    var head = 0
    while head < queue.count {
      let state = queue[head]
      head += 1
      var next = states[Int(state)].firstChild
      while next != 0 {
        let failure = step(states[Int(state)].failure, states[Int(next)].byte)
        states[Int(next)].failure = failure
        states[Int(next)].length = max(states[Int(next)].length, states[Int(failure)].length)
        queue.append(next)
        next = states[Int(next)].sibling
      }
    }
  }

  /// Where secrets stand, overlapping ones joined.
  func ranges(_ bytes: Bytes) -> [Range<Int>] {
    guard !isEmpty else { return [] }
    var found: [Range<Int>] = []
    var state: Int32 = 0
    for (position, byte) in bytes.enumerated() {
      state = step(state, byte)
      let length = Int(states[Int(state)].length)
      if length == 0 { continue }
      var start = position + 1 - length
      // Joined at once, so that a thousand overlapping ones take no space.
      while let last = found.last, last.upperBound > start {
        start = min(start, last.lowerBound)
        found.removeLast()
      }
      found.append(start..<position + 1)
    }
    return found
  }
}
