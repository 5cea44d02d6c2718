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
      return try call.result(network.text(of: network.first + offset))
    },
    "cidrnetmask": .init(1...1) { (call) throws(HCLFailure) in
      let network = try call.network(0)
      guard network.width == 32 else { throw call.failure("an IPv4 network is required") }
      return try call.result(network.text(of: network.mask))
    },
    "cidrsubnet": .init(3...3) { (call) throws(HCLFailure) in
      let network = try call.network(0)
      let bits = try call.integer(1)
      let number = try call.integer(2)
      guard (0...128).contains(bits),
        let subnet = network.part(length: network.length + bits, index: number)
      else { throw call.failure("the network has no such part") }
      return try call.result(subnet.description)
    },
    "cidrsubnets": .init(1...any) { (call) throws(HCLFailure) in
      let network = try call.network(0)
      var next = network.first
      var texts: [String] = []
      let end = network.last
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
          AddressRange(first: start, length: length, width: network.width).description
        )
        next = start &+ size
      }
      return try call.result(texts: texts)
    },
  ]
}

extension HCLCall {
  fileprivate func network(_ index: Int) throws(HCLFailure) -> AddressRange {
    guard let network = AddressRange(try text(index)) else {
      throw failure("argument \(index + 1) must be a network such as 10.0.0.0/16")
    }
    return network
  }
}
