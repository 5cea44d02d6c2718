/// Cuts address ranges into smaller ones, as `Fn::Cidr` does.
enum AddressRanges {
  /// The first `count` ranges with `bits` bits for hosts; nil if there are not so many.
  static func split(_ block: String, count: Int, bits: Int) -> [String]? {
    let parts = block.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let prefix = Int(parts[1]), bits >= 0, count > 0 else { return nil }
    let isLong = parts[0].contains(":")
    let width = isLong ? 128 : 32
    guard let base = isLong ? long(parts[0]) : short(parts[0]), (0...width).contains(prefix),
      bits < width, bits <= width - prefix
    else { return nil }
    let free = width - prefix - bits
    if free < 16, count > 1 << free { return nil }
    // The first address of the block, even if another one of it is written.
    let host = UInt128(width - prefix)
    let start = prefix == 0 ? 0 : (base >> host) << host
    return (0..<count).map { index in
      let address = start + UInt128(index) << UInt128(bits)
      return (isLong ? writeLong(address) : writeShort(address)) + "/\(width - bits)"
    }
  }

  private static func short(_ text: Substring) -> UInt128? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var address: UInt128 = 0
    for part in parts {
      guard let byte = UInt8(part), part.first != "+" else { return nil }
      address = address << 8 | UInt128(byte)
    }
    return address
  }

  private static func writeShort(_ address: UInt128) -> String {
    (0..<4).map { String(UInt8(truncatingIfNeeded: address >> UInt128(24 - 8 * $0))) }
      .joined(separator: ".")
  }

  private static func long(_ text: Substring) -> UInt128? {
    var groups: [UInt16?] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    var gaps = 0
    for (index, part) in parts.enumerated() {
      if part.isEmpty {
        // `::` at an end makes two empty parts.
        if index == 0 || index == parts.count - 1 { continue }
        gaps += 1
        groups.append(nil)
      } else {
        guard let group = UInt16(part, radix: 16), part.utf8.count <= 4, part.first != "+" else {
          return nil
        }
        groups.append(group)
      }
    }
    guard gaps <= 1, groups.count <= 8, gaps == 1 || groups.count == 8 else { return nil }
    var address: UInt128 = 0
    for group in groups {
      if let group {
        address = address << 16 | UInt128(group)
      } else {
        address <<= UInt128(16 * (9 - groups.count))
      }
    }
    return address
  }

  /// Written with the longest run of zeros left out, as RFC 5952 has it.
  private static func writeLong(_ address: UInt128) -> String {
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: address >> UInt128(112 - 16 * $0)) }
    var best = 0..<0
    var index = 0
    while index < 8 {
      var end = index
      while end < 8, groups[end] == 0 { end += 1 }
      if end - index > best.count, end - index > 1 { best = index..<end }
      index = max(end, index + 1)
    }
    func write(_ part: ArraySlice<UInt16>) -> String {
      part.map { String($0, radix: 16) }.joined(separator: ":")
    }
    if best.isEmpty { return write(groups[...]) }
    return write(groups[..<best.lowerBound]) + "::" + write(groups[best.upperBound...])
  }
}
