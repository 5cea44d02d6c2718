/// A range of IPv4 or IPv6 addresses in the notation of RFC 4632.
package struct AddressRange: CustomStringConvertible {
  /// The lowest address.
  package var first: UInt128
  /// Bits that all addresses share.
  var length: Int
  /// 32 or 128.
  var width: Int

  init(first: UInt128, length: Int, width: Int) {
    (self.first, self.length, self.width) = (first, length, width)
  }

  /// `10.0.0.0/16`, `fd00::/48`; the bits behind the length do not matter.
  package init?(_ text: String) {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2, (1...3).contains(halves[1].utf8.count),
      halves[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(halves[1])
    else { return nil }
    if let address = Self.short(halves[0]) {
      self.init(first: address, length: length, width: 32)
    } else if let address = Self.long(halves[0]) {
      self.init(first: address, length: length, width: 128)
    } else {
      return nil
    }
    guard length <= width else { return nil }
    first &= mask
  }

  private var all: UInt128 { width == 128 ? .max : (1 << 32) - 1 }
  private var hostBits: UInt128 { length == 0 ? all : (UInt128(1) << UInt128(width - length)) - 1 }
  package var mask: UInt128 { all ^ hostBits }
  package var last: UInt128 { first | hostBits }

  /// The part of a number, counted from 0, of those that share `length` bits; nil if there is none.
  package func part(length: Int, index: Int) -> AddressRange? {
    guard (self.length...width).contains(length), index >= 0 else { return nil }
    let bits = length - self.length
    guard bits >= 63 || index < 1 << bits else { return nil }
    let offset = length == 0 ? 0 : UInt128(index) << UInt128(width - length)
    return AddressRange(first: first | offset, length: length, width: width)
  }

  // MARK: As texts

  package var description: String { "\(text(of: first))/\(length)" }

  package func text(of address: UInt128) -> String {
    guard width == 128 else {
      return [24, 16, 8, 0].map { String(address >> UInt128($0) & 255) }.joined(separator: ".")
    }
    let groups = stride(from: 112, through: 0, by: -16).map { Int(address >> UInt128($0) & 0xFFFF) }
    // The longest run of zeros, of two at least, becomes `::`, as RFC 5952 has it.
    var best = 0..<0
    var start = 0
    while start < 8 {
      let end = groups[start...].firstIndex { $0 != 0 } ?? 8
      if end - start > max(1, best.count) { best = start..<end }
      start = max(end, start) + 1
    }
    func hex(_ range: Range<Int>) -> String {
      groups[range].map { String($0, radix: 16) }.joined(separator: ":")
    }
    return best.isEmpty ? hex(0..<8) : hex(0..<best.lowerBound) + "::" + hex(best.upperBound..<8)
  }

  private static func short(_ text: Substring) -> UInt128? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var address: UInt128 = 0
    for part in parts {
      guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let byte = UInt8(part),
        part.utf8.count == 1 || !part.hasPrefix("0")
      else { return nil }
      address = address << 8 | UInt128(byte)
    }
    return address
  }

  private static func long(_ text: Substring) -> UInt128? {
    guard text.utf8.count <= 45, text.contains(":") else { return nil }
    let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
    guard halves.count <= 2, let head = groups(halves[0]),
      let tail = halves.count == 2 ? groups(halves[1]) : []
    else { return nil }
    let missing = 8 - head.count - tail.count
    guard halves.count == 2 ? missing >= 1 : missing == 0 else { return nil }
    let all = head + [UInt128](repeating: 0, count: missing) + tail
    return all.reduce(0) { $0 << 16 | $1 }
  }

  private static func groups(_ text: Substring) -> [UInt128]? {
    if text.isEmpty { return [] }
    var result: [UInt128] = []
    for group in text.split(separator: ":", omittingEmptySubsequences: false) {
      if group.contains("."), let embedded = short(group) {
        result += [embedded >> 16, embedded & 0xFFFF]
      } else {
        guard (1...4).contains(group.utf8.count), group.first != "+",
          let value = UInt16(group, radix: 16)
        else { return nil }
        result.append(UInt128(value))
      }
    }
    return result
  }
}
