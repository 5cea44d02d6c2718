/// A zone of the TZif format (RFC 8536): when its offset changed, and the rule for the time after.
struct ZoneTransitions: Sendable {
  private let times: [Int64]
  /// The offset from each time on.
  private let offsets: [Int64]
  /// The offset before the first time.
  private let first: Int64
  private let rule: ZoneRule?

  init?(_ bytes: [UInt8]) {
    guard let header = Header(bytes, at: 0) else { return nil }
    var start = Header.size
    var current = header
    var width = 4
    if header.version >= 2 {
      // The first block, with 32-bit times, is there for old readers only.
      guard let second = Header(bytes, at: start + header.length(timeWidth: 4)) else { return nil }
      start += header.length(timeWidth: 4) + Header.size
      current = second
      width = 8
    }
    let end = start + current.length(timeWidth: width)
    guard end <= bytes.count, current.types > 0 else { return nil }
    let indices = start + current.times * width
    let types = indices + current.times
    let offset = { (index: Int) in
      Int64(Int32(truncatingIfNeeded: Self.number(bytes, types + index * 6, 4)))
    }
    let chosen = bytes[indices..<types].map(Int.init)
    guard chosen.allSatisfy({ $0 < current.types }) else { return nil }
    times = (0..<current.times).map { Self.number(bytes, start + $0 * width, width) }
    offsets = chosen.map(offset)
    first = offset(0)
    let footer = bytes[end...].dropFirst().prefix { $0 != 0x0A }
    rule = width == 8 ? ZoneRule(Array(footer)) : nil
  }

  func offset(at seconds: Int64) -> Int64 {
    guard let last = times.last else { return rule?.offset(at: seconds) ?? first }
    if seconds >= last, let rule { return rule.offset(at: seconds) }
    var low = 0
    var high = times.count
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? first : offsets[low - 1]
  }

  /// A big-endian number; four bytes are sign-extended.
  private static func number(_ bytes: [UInt8], _ position: Int, _ width: Int) -> Int64 {
    let value = bytes[position..<position + width].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return width == 4
      ? Int64(Int32(truncatingIfNeeded: value)) : Int64(truncatingIfNeeded: value)
  }

  private struct Header {
    static let size = 44
    let version: Int
    let universal: Int
    let standard: Int
    let leaps: Int
    let times: Int
    let types: Int
    let characters: Int

    init?(_ bytes: [UInt8], at start: Int) {
      guard start >= 0, start + Self.size <= bytes.count, bytes[start...].starts(with: "TZif".utf8)
      else { return nil }
      version = bytes[start + 4] == 0 ? 1 : Int(bytes[start + 4]) - 0x30
      let counts = (0..<6).map { Int(ZoneTransitions.number(bytes, start + 20 + $0 * 4, 4)) }
      guard counts.allSatisfy({ (0...65_536).contains($0) }) else { return nil }
      (universal, standard, leaps) = (counts[0], counts[1], counts[2])
      (times, types, characters) = (counts[3], counts[4], counts[5])
    }

    func length(timeWidth: Int) -> Int {
      times * (timeWidth + 1) + types * 6 + characters + leaps * (timeWidth + 4) + standard
        + universal
    }
  }
}
