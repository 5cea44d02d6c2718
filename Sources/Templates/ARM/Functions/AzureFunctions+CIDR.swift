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
      return call.text("\(range.text(of: range.first))/\(range.length)")
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

/// A range of IPv4 or IPv6 addresses.
struct AddressRange {
  /// 32 or 128.
  var width: Int
  /// Bits that all addresses share.
  var length: Int
  var first: UInt128

  /// `10.0.0.0/16`, `fd00::/48`; the bits behind the length do not matter.
  init?(_ text: String) {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2, let length = Int(halves[1]), halves[1].utf8.count <= 3 else {
      return nil
    }
    let address: UInt128?
    if halves[0].contains(":") {
      width = 128
      address = Self.long(halves[0])
    } else {
      width = 32
      address = Self.short(halves[0])
    }
    guard let address, (0...width).contains(length) else { return nil }
    self.length = length
    first = 0
    first = address & mask
  }

  private init(width: Int, length: Int, first: UInt128) {
    (self.width, self.length, self.first) = (width, length, first)
  }

  private var all: UInt128 { width == 128 ? .max : (1 << 32) - 1 }
  private var hostBits: UInt128 { length == 0 ? all : (UInt128(1) << UInt128(width - length)) - 1 }
  var mask: UInt128 { all ^ hostBits }
  var last: UInt128 { first | hostBits }

  func part(length: Int, index: Int) -> AddressRange? {
    guard (self.length...width).contains(length), index >= 0 else { return nil }
    let bits = length - self.length
    guard bits >= 63 || index < 1 << bits else { return nil }
    let offset = length == 0 ? 0 : UInt128(index) << UInt128(width - length)
    return AddressRange(width: width, length: length, first: first + offset)
  }

  /// The usable address of a position, counted from 0.
  func host(_ index: Int) -> UInt128? {
    guard index >= 0 else { return nil }
    let skipped: UInt128 = width == 32 && length < 31 ? 1 : 0
    let offset = UInt128(index) + skipped
    let end = width == 32 && length < 31 ? last - 1 : last
    return offset <= end - first ? first + offset : nil
  }

  func text(of address: UInt128) -> String {
    guard width == 128 else {
      return [24, 16, 8, 0].map { String(address >> UInt128($0) & 255) }.joined(separator: ".")
    }
    let groups = stride(from: 112, through: 0, by: -16).map { Int(address >> UInt128($0) & 0xFFFF) }
    // The longest run of zeros, of two at least, becomes `::`.
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
      guard (1...3).contains(part.utf8.count), let byte = UInt8(part) else { return nil }
      address = address << 8 | UInt128(byte)
    }
    return address
  }

  private static func long(_ text: Substring) -> UInt128? {
    guard text.utf8.count <= 45 else { return nil }
    func groups(_ text: Substring) -> [UInt128]? {
      if text.isEmpty { return [] }
      var result: [UInt128] = []
      for part in text.split(separator: ":", omittingEmptySubsequences: false) {
        guard (1...4).contains(part.utf8.count), let group = UInt16(part, radix: 16) else {
          return nil
        }
        result.append(UInt128(group))
      }
      return result
    }
    var all: [UInt128]
    if let gap = text.indices.first(where: { text[$0...].hasPrefix("::") }) {
      let behind = text.index(gap, offsetBy: 2)
      guard let head = groups(text[..<gap]), let tail = groups(text[behind...]),
        head.count + tail.count < 8
      else { return nil }
      all = head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
    } else {
      guard let plain = groups(text) else { return nil }
      all = plain
    }
    guard all.count == 8 else { return nil }
    return all.reduce(0) { $0 << 16 | $1 }
  }
}
