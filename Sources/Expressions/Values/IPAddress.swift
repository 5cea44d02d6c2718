/// An IPv4 or IPv6 address.
package struct IPAddress: Hashable, Sendable {
  /// The address as a number; an IPv4 address uses the low 32 bits.
  package let bits: UInt128
  package let isIPv4: Bool

  init(bits: UInt128, isIPv4: Bool) {
    self.bits = bits
    self.isIPv4 = isIPv4
  }

  /// Reads dotted decimal or colon-separated hexadecimal notation.
  ///
  /// Refused, as ambiguous between systems: leading zeros in IPv4, zones, and IPv4-mapped IPv6 with
  /// dots. An IPv4-mapped address in hexadecimal is the IPv4 address.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count <= 45 else { return nil }
    if let bits = parseIPv4(bytes[...]) {
      self.init(bits: UInt128(bits), isIPv4: true)
    } else if let bits = parseIPv6(bytes) {
      let isMapped = bits >> 32 == 0xFFFF
      guard !isMapped || !bytes.contains(0x2E) else { return nil }
      self.init(bits: isMapped ? bits & 0xFFFF_FFFF : bits, isIPv4: isMapped)
    } else {
      return nil
    }
  }

  package var width: Int { isIPv4 ? 32 : 128 }

  package var isUnspecified: Bool { bits == 0 }
  package var isLoopback: Bool { isIPv4 ? bits >> 24 == 127 : bits == 1 }
  package var isMulticast: Bool { isIPv4 ? bits >> 28 == 0xE : bits >> 120 == 0xFF }
  package var isLinkLocalMulticast: Bool {
    isIPv4 ? bits >> 8 == 0xE0_0000 : (bits >> 112) & 0xFF0F == 0xFF02
  }
  package var isLinkLocalUnicast: Bool {
    isIPv4 ? bits >> 16 == 0xA9FE : bits >> 118 == 0x3FA
  }

  /// Whether the address is a unicast one beyond the link; private ranges count, as in Go's `net/netip`.
  package var isGlobalUnicast: Bool {
    !isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast
      && !(isIPv4 && bits == 0xFFFF_FFFF)
  }
}

/// Four decimal numbers up to 255 without leading zeros.
private func parseIPv4(_ bytes: ArraySlice<UInt8>) -> UInt32? {
  let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  guard parts.count == 4 else { return nil }
  var result: UInt32 = 0
  for part in parts {
    guard (1...3).contains(part.count), part.allSatisfy({ (0x30...0x39).contains($0) }),
      part.count == 1 || part.first != 0x30
    else { return nil }
    let number = part.reduce(0) { $0 * 10 + UInt32($1 - 0x30) }
    guard number <= 255 else { return nil }
    result = result << 8 | number
  }
  return result
}

/// Eight groups of hexadecimal digits, one run of zeros may be `::`, the last two may be an IPv4 address.
private func parseIPv6(_ bytes: [UInt8]) -> UInt128? {
  var before: [UInt16] = []
  var after: [UInt16]?
  var position = 0
  func append(_ group: UInt16) {
    if after == nil { before.append(group) } else { after?.append(group) }
  }
  if bytes.starts(with: [0x3A, 0x3A]) {
    after = []
    position = 2
  }
  while position < bytes.count {
    let end = bytes[position...].firstIndex(of: 0x3A) ?? bytes.count
    let part = bytes[position..<end]
    if end == bytes.count, part.contains(0x2E) {
      guard let embedded = parseIPv4(part) else { return nil }
      append(UInt16(embedded >> 16))
      append(UInt16(embedded & 0xFFFF))
      position = end
      break
    }
    guard (1...4).contains(part.count),
      let group = UInt16(String(decoding: part, as: UTF8.self), radix: 16), part.first != 0x2B
    else { return nil }
    append(group)
    position = end
    guard position < bytes.count else { break }
    position += 1
    if position < bytes.count, bytes[position] == 0x3A {
      guard after == nil else { return nil }
      after = []
      position += 1
    } else if position == bytes.count {
      return nil
    }
  }
  let count = before.count + (after?.count ?? 0)
  guard after == nil ? count == 8 : count < 8 else { return nil }
  let groups = before + Array(repeating: 0, count: 8 - count) + (after ?? [])
  return groups.reduce(0) { $0 << 16 | UInt128($1) }
}

extension IPAddress: CustomStringConvertible {
  /// The canonical text: dotted decimal, or RFC 5952's shortest lower-case form.
  package var description: String {
    if isIPv4 {
      return [24, 16, 8, 0].map { String((bits >> UInt128($0)) & 0xFF) }.joined(separator: ".")
    }
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: bits >> UInt128(112 - $0 * 16)) }
    var best = 0..<0
    var start = 0
    for index in 0...8 where index == 8 || groups[index] != 0 {
      if index - start > max(best.count, 1) { best = start..<index }
      start = index + 1
    }
    let text = { (groups: ArraySlice<UInt16>) in
      groups.map { String($0, radix: 16) }.joined(separator: ":")
    }
    return best.isEmpty
      ? text(groups[...])
      : text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
  }
}
