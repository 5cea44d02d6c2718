// Address ranges.
extension AzureFunctions {
  static let addressFunctions: [String: Function] = [
    "parsecidr": { values, call in
      guard values.count == 1, let text = values[0].plainText else {
        return call.unknown(of: values)
      }
      guard let range = AddressRange(text) else { return call.wrong("is given no address range") }
      var entries: [DatumObject.Entry] = [
        .init("network", call.text(range.text(of: range.first))),
        .init("netmask", call.text(range.text(of: range.mask))),
      ]
      if range.width == 32 {
        entries.append(.init("broadcast", call.text(range.text(of: range.last))))
      }
      // All but the network's own address and that of everybody; IPv6 has no broadcasts.
      let hasEnds = range.width == 32 && range.length < 31
      let firstUsable = hasEnds ? range.first + 1 : range.first
      let lastUsable = hasEnds ? range.last - 1 : range.last
      entries += [
        .init("firstUsable", call.text(range.text(of: firstUsable))),
        .init("lastUsable", call.text(range.text(of: lastUsable))),
        .init("cidr", call.integer(range.length)),
      ]
      return call.object(entries)
    },
    "cidrsubnet": { values, call in
      guard values.count == 3, let text = values[0].plainText, let length = values[1].plainInteger,
        let index = values[2].plainInteger
      else { return call.unknown(of: values) }
      guard let range = AddressRange(text)?.part(length: length, index: index) else {
        return call.wrong("is given a part that the address range does not have")
      }
      return call.text(range.description)
    },
    "cidrhost": { values, call in
      guard values.count == 2, let text = values[0].plainText, let index = values[1].plainInteger
      else { return call.unknown(of: values) }
      guard let range = AddressRange(text), let host = range.host(index) else {
        return call.wrong("is given an address that the range does not have")
      }
      return call.text(range.text(of: host))
    },
  ]
}

extension AddressRange {
  /// The usable address of a position, counted from 0.
  fileprivate func host(_ index: Int) -> UInt128? {
    guard index >= 0 else { return nil }
    let skipped: UInt128 = width == 32 && length < 31 ? 1 : 0
    let offset = UInt128(index) + skipped
    let end = width == 32 && length < 31 ? last - 1 : last
    return offset <= end - first ? first + offset : nil
  }
}
