/// An address with the length of its network prefix.
package struct CIDRBlock: Hashable, Sendable {
  package let address: IPAddress
  package let prefixLength: Int

  init(address: IPAddress, prefixLength: Int) {
    self.address = address
    self.prefixLength = prefixLength
  }

  /// Reads `address/length`; the address may have bits set beyond the prefix.
  ///
  /// An IPv4-mapped address is refused, as the length could count either 32 or 128 bits.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPAddress(String(parts[0]) ?? ""),
      address.isIPv4 != parts[0].contains(UInt8(ascii: ":")),
      let length = Int(String(parts[1]) ?? ""), (0...address.width).contains(length),
      String(length).utf8.elementsEqual(parts[1])
    else { return nil }
    self.init(address: address, prefixLength: length)
  }

  /// The block with every bit beyond the prefix cleared.
  package var masked: CIDRBlock {
    CIDRBlock(
      address: IPAddress(bits: address.bits & mask, isIPv4: address.isIPv4),
      prefixLength: prefixLength
    )
  }

  package func contains(_ other: IPAddress) -> Bool {
    other.isIPv4 == address.isIPv4 && other.bits & mask == address.bits & mask
  }

  package func contains(_ other: CIDRBlock) -> Bool {
    other.prefixLength >= prefixLength && contains(other.address)
  }

  private var mask: UInt128 {
    let all = UInt128.max >> UInt128(128 - address.width)
    let host = address.width - prefixLength
    return host == 128 ? 0 : (all >> UInt128(host)) << UInt128(host)
  }
}

extension CIDRBlock: CustomStringConvertible {
  package var description: String { "\(address)/\(prefixLength)" }
}
