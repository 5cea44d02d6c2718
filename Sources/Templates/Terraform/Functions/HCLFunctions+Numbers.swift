import Workloads

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension HCLFunctions {
  static let numbers: [String: HCLFunction] = [
    "abs": .init(1...1) { (call) throws(HCLFailure) in
      let number = try call.number(0)
      return try call.result(number.isNegative ? -number : number)
    },
    "ceil": .init(1...1) { (call) throws(HCLFailure) in
      let number = try call.number(0)
      let whole = number.truncated
      return try call.result(
        whole < number ? whole.adding(BigNumber(1)) : whole
      )
    },
    "floor": .init(1...1) { (call) throws(HCLFailure) in
      let number = try call.number(0)
      let whole = number.truncated
      return try call.result(
        number < whole ? whole.adding(BigNumber(-1)) : whole
      )
    },
    "log": .init(2...2) { (call) throws(HCLFailure) in
      let number = try call.number(0).double
      let base = try call.number(1).double
      return try call.result(finite: log(number) / log(base))
    },
    "pow": .init(2...2) { (call) throws(HCLFailure) in
      let (base, power) = (try call.number(0), try call.number(1))
      return try call.result(finite: pow(base.double, power.double))
    },
    "signum": .init(1...1) { (call) throws(HCLFailure) in
      let number = try call.number(0)
      return try call.result(BigNumber(number.isZero ? 0 : number.isNegative ? -1 : 1))
    },
    "max": .init(1...any) { (call) throws(HCLFailure) in
      try call.extreme { $0 < $1 }
    },
    "min": .init(1...any) { (call) throws(HCLFailure) in
      try call.extreme { $1 < $0 }
    },
    "sum": .init(1...1) { (call) throws(HCLFailure) in
      let list = try call.list(0)
      guard !list.elements.isEmpty else { throw call.failure("the list is empty") }
      var sum = BigNumber(0)
      for element in list.elements {
        guard let number = try HCLConvert.number(element), let next = sum.adding(number) else {
          throw call.failure("the elements must be numbers")
        }
        sum = next
      }
      return try call.result(sum)
    },
    "parseint": .init(2...2) { (call) throws(HCLFailure) in
      let text = try call.text(0)
      let base = try call.integer(1)
      guard (2...62).contains(base), let number = Self.parse(text, base: base) else {
        throw call.failure("the text is no whole number of this base")
      }
      return try call.result(number)
    },
  ]

  private static func parse(_ text: String, base: Int) -> BigNumber? {
    var bytes = Array(text.utf8)[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
    guard !bytes.isEmpty, bytes.count < 1000 else { return nil }
    var number = BigNumber(0)
    for byte in bytes {
      let digit: Int
      switch byte {
      case 0x30...0x39: digit = Int(byte) - 0x30
      case 0x61...0x7A: digit = Int(byte) - 0x61 + 10
      // Capitals are other digits only where the small letters do not suffice.
      case 0x41...0x5A: digit = Int(byte) - 0x41 + (base <= 36 ? 10 : 36)
      default: return nil
      }
      guard digit < base,
        let next = number.multiplied(by: BigNumber(base))?.adding(BigNumber(digit))
      else { return nil }
      number = next
    }
    return isNegative ? -number : number
  }
}

extension HCLCall {
  func result(finite number: Double) throws(HCLFailure) -> Datum {
    guard let number = BigNumber(number) else { throw failure("the result is not finite") }
    return try result(number)
  }

  fileprivate func extreme(
    _ isBetter: (BigNumber, BigNumber) -> Bool
  ) throws(HCLFailure) -> Datum {
    var best = try number(0)
    for index in 1..<max(1, count) {
      let next = try number(index)
      if isBetter(best, next) { best = next }
    }
    return try result(best)
  }
}
