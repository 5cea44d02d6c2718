import Workloads

extension HCLFunctions {
  static let networks: [String: HCLFunction] = [
    "cidrhost": .init(2...2) { (call) throws(HCLFailure) in
      let network = try call.network(0)
      let number = try call.integer(1)
      let bits = network.width - network.length
      let room = bits >= 63 ? Int.max : (1 << bits) - 1
      guard number >= 0 ? number <= room : number >= -room - (bits >= 63 ? 0 : 1) else {
        throw call.failure("the network has no such address")
      }
      let offset =
        number >= 0
        ? UInt128(number)
        : (bits == 128 ? UInt128.max : (UInt128(1) << UInt128(bits)) - 1)
          - UInt128(number.magnitude - 1)
      return try call.result(HCLNetwork.text(network.address + offset, width: network.width))
    },
    "cidrnetmask": .init(1...1) { (call) throws(HCLFailure) in
      let network = try call.network(0)
      guard network.width == 32 else { throw call.failure("an IPv4 network is required") }
      return try call.result(HCLNetwork.text(network.mask, width: 32))
    },
    "cidrsubnet": .init(3...3) { (call) throws(HCLFailure) in
      let network = try call.network(0)
      guard
        let subnet = network.subnet(
          newBits: try call.integer(1),
          number: try call.integer(2)
        )
      else { throw call.failure("the network has no such part") }
      return try call.result(subnet.description)
    },
    "cidrsubnets": .init(1...any) { (call) throws(HCLFailure) in
      let network = try call.network(0)
      var next = network.address
      var texts: [String] = []
      let room = network.width - network.length
      let end =
        room == 128 ? UInt128.max : network.address + ((UInt128(1) << UInt128(room)) - 1)
      for index in 1..<max(1, call.count) {
        let bits = try call.integer(index)
        let length = network.length + bits
        guard bits > 0, length <= network.width else {
          throw call.failure("a part does not fit into the network")
        }
        let size = UInt128(1) << UInt128(network.width - length)
        let start = (next + (size - 1)) & ~(size - 1)
        guard start >= next, start <= end, size - 1 <= end - start else {
          throw call.failure("the parts do not fit into the network")
        }
        texts.append(
          HCLNetwork(address: start, length: length, width: network.width).description
        )
        next = start &+ size
      }
      return try call.result(texts: texts)
    },
  ]
}

extension HCLCall {
  fileprivate func network(_ index: Int) throws(HCLFailure) -> HCLNetwork {
    guard let network = HCLNetwork(try text(index)) else {
      throw failure("argument \(index + 1) must be a network such as 10.0.0.0/16")
    }
    return network
  }
}

/// An IP network in the notation of RFC 4632.
struct HCLNetwork: CustomStringConvertible {
  /// The lowest address.
  var address: UInt128
  /// Bits of the prefix.
  var length: Int
  /// 32 or 128.
  var width: Int

  init(address: UInt128, length: Int, width: Int) {
    self.address = address
    self.length = length
    self.width = width
  }

  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let length = Int(parts[1]), length >= 0 else { return nil }
    if let address = Self.v4(parts[0]) {
      guard length <= 32 else { return nil }
      self.init(address: address, length: length, width: 32)
    } else if let address = Self.v6(parts[0]) {
      guard length <= 128 else { return nil }
      self.init(address: address, length: length, width: 128)
    } else {
      return nil
    }
    address &= mask
  }

  var mask: UInt128 {
    guard length > 0 else { return 0 }
    let ones = width == 128 ? UInt128.max : (UInt128(1) << UInt128(width)) - 1
    let free = width - length
    return ones & ~(free == 0 ? 0 : (UInt128(1) << UInt128(free)) - 1)
  }

  func subnet(newBits: Int, number: Int) -> HCLNetwork? {
    let length = self.length + newBits
    guard newBits >= 0, newBits <= 128, length <= width, number >= 0 else { return nil }
    if newBits < 63, number >= 1 << newBits { return nil }
    let shift = width - length
    let offset = shift == 128 ? 0 : UInt128(number) << UInt128(shift)
    return HCLNetwork(address: address | offset, length: length, width: width)
  }

  var description: String { Self.text(address, width: width) + "/\(length)" }

  private static func v4(_ text: Substring) -> UInt128? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var address: UInt128 = 0
    for part in parts {
      guard part.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let byte = UInt8(part),
        part.count == 1 || !part.hasPrefix("0")
      else { return nil }
      address = address << 8 | UInt128(byte)
    }
    return address
  }

  private static func v6(_ text: Substring) -> UInt128? {
    guard text.contains(":") else { return nil }
    let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return nil }
    func groups(_ part: Substring) -> [UInt128]? {
      if part.isEmpty { return [] }
      var result: [UInt128] = []
      for group in part.split(separator: ":", omittingEmptySubsequences: false) {
        if group.contains("."), let embedded = v4(group) {
          result += [embedded >> 16, embedded & 0xFFFF]
        } else {
          guard (1...4).contains(group.count), let value = UInt16(group, radix: 16) else {
            return nil
          }
          result.append(UInt128(value))
        }
      }
      return result
    }
    guard let head = groups(halves[0]), let tail = halves.count == 2 ? groups(halves[1]) : []
    else { return nil }
    let missing = 8 - head.count - tail.count
    guard halves.count == 2 ? missing >= 1 : missing == 0 else { return nil }
    let all = head + [UInt128](repeating: 0, count: missing) + tail
    return all.reduce(0) { $0 << 16 | $1 }
  }

  static func text(_ address: UInt128, width: Int) -> String {
    if width == 32 {
      return [24, 16, 8, 0].map { String(UInt8(truncatingIfNeeded: address >> UInt128($0))) }
        .joined(separator: ".")
    }
    let groups = stride(from: 112, through: 0, by: -16).map {
      UInt16(truncatingIfNeeded: address >> UInt128($0))
    }
    // The longest run of two or more zeros is left out.
    var best = 0..<0
    var start: Int?
    for (index, group) in (groups + [1]).enumerated() {
      if group == 0 {
        start = start ?? index
      } else {
        if let first = start, index - first > max(1, best.count) { best = first..<index }
        start = nil
      }
    }
    let words = groups.map { String($0, radix: 16) }
    if best.isEmpty { return words.joined(separator: ":") }
    return words[..<best.lowerBound].joined(separator: ":") + "::"
      + words[best.upperBound...].joined(separator: ":")
  }
}
