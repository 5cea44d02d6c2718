extension Builtin {
  /// IP addresses and blocks of them, as in Kubernetes.
  static let network: [Builtin] = [
    Builtin("ip", [.global([.string], .ip), .global([.ip], .ip), .member([.cidr], .ip)]) {
      arguments,
      _ throws(EvaluationError) in
      switch arguments[0] {
      case .string(let text):
        guard let address = IPAddress(text) else { throw .invalid("'\(text)' is no IP address") }
        return .ip(address)
      case .cidr(let block): return .ip(block.address)
      case .ip: return arguments[0]
      default: throw .noSuchOverload("ip", arguments)
      }
    },
    Builtin("cidr", [.global([.string], .cidr), .global([.cidr], .cidr)]) {
      arguments,
      _ throws(EvaluationError) in
      switch arguments[0] {
      case .string(let text):
        guard let block = CIDRBlock(text) else {
          throw .invalid("'\(text)' is no network in CIDR notation")
        }
        return .cidr(block)
      case .cidr: return arguments[0]
      default: throw .noSuchOverload("cidr", arguments)
      }
    },
    textTest("isIP") { IPAddress($0) != nil },
    textTest("isCIDR") { CIDRBlock($0) != nil },
    Builtin("ip.isCanonical", [.global([.string], .bool)]) {
      arguments,
      _ throws(EvaluationError) in
      guard case .string(let text) = arguments[0] else {
        throw .noSuchOverload("ip.isCanonical", arguments)
      }
      guard let address = IPAddress(text) else { throw .invalid("'\(text)' is no IP address") }
      return .bool(address.description == text)
    },
    Builtin("family", [.member([.ip], .int)]) { arguments, _ throws(EvaluationError) in
      guard case .ip(let address) = arguments[0] else {
        throw .noSuchOverload("family", arguments)
      }
      return .int(address.isIPv4 ? 4 : 6)
    },
    addressTest("isUnspecified", \.isUnspecified),
    addressTest("isLoopback", \.isLoopback),
    addressTest("isLinkLocalMulticast", \.isLinkLocalMulticast),
    addressTest("isLinkLocalUnicast", \.isLinkLocalUnicast),
    addressTest("isGlobalUnicast", \.isGlobalUnicast),
    Builtin("containsIP", [.member([.cidr, .string], .bool), .member([.cidr, .ip], .bool)]) {
      arguments,
      _ throws(EvaluationError) in
      switch (arguments[0], arguments[1]) {
      case (.cidr(let block), .ip(let address)): return .bool(block.contains(address))
      case (.cidr(let block), .string(let text)):
        guard let address = IPAddress(text) else { throw .invalid("'\(text)' is no IP address") }
        return .bool(block.contains(address))
      default: throw .noSuchOverload("containsIP", arguments)
      }
    },
    Builtin("containsCIDR", [.member([.cidr, .string], .bool), .member([.cidr, .cidr], .bool)]) {
      arguments,
      _ throws(EvaluationError) in
      switch (arguments[0], arguments[1]) {
      case (.cidr(let block), .cidr(let other)): return .bool(block.contains(other))
      case (.cidr(let block), .string(let text)):
        guard let other = CIDRBlock(text) else {
          throw .invalid("'\(text)' is no network in CIDR notation")
        }
        return .bool(block.contains(other))
      default: throw .noSuchOverload("containsCIDR", arguments)
      }
    },
    Builtin("masked", [.member([.cidr], .cidr)]) { arguments, _ throws(EvaluationError) in
      guard case .cidr(let block) = arguments[0] else {
        throw .noSuchOverload("masked", arguments)
      }
      return .cidr(block.masked)
    },
    Builtin("prefixLength", [.member([.cidr], .int)]) { arguments, _ throws(EvaluationError) in
      guard case .cidr(let block) = arguments[0] else {
        throw .noSuchOverload("prefixLength", arguments)
      }
      return .int(Int64(block.prefixLength))
    },
  ]

  private static func textTest(
    _ name: String,
    _ test: @escaping @Sendable (String) -> Bool
  ) -> Builtin {
    Builtin(name, [.global([.string], .bool)]) { arguments, _ throws(EvaluationError) in
      guard case .string(let text) = arguments[0] else { throw .noSuchOverload(name, arguments) }
      return .bool(test(text))
    }
  }

  private static func addressTest(
    _ name: String,
    _ test: @escaping @Sendable (IPAddress) -> Bool
  ) -> Builtin {
    Builtin(name, [.member([.ip], .bool)]) { arguments, _ throws(EvaluationError) in
      guard case .ip(let address) = arguments[0] else { throw .noSuchOverload(name, arguments) }
      return .bool(test(address))
    }
  }
}
