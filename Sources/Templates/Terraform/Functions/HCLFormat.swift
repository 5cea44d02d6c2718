import Workloads

/// `format` and `formatlist`: the verbs of Terraform's variant of printf.
struct HCLFormat {
  private let call: HCLCall

  init(_ call: HCLCall) { self.call = call }

  private struct Verb {
    var flags: Set<UInt8> = []
    var width: Int?
    var precision: Int?
    var letter: UInt8 = 0
  }

  /// The text; arguments that are not known leave gaps.
  func text(_ pattern: String, _ arguments: [Datum]) throws(HCLFailure) -> Datum {
    var parts: [Datum] = []
    var literal: [UInt8] = []
    var next = 0
    var highest = 0
    var bytes = Array(pattern.utf8)[...]
    func finishLiteral() {
      if !literal.isEmpty {
        parts.append(Datum(.text(String(decoding: literal, as: UTF8.self)), call.origin))
      }
      literal = []
    }
    while let byte = bytes.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        literal.append(byte)
        continue
      }
      if bytes.first == UInt8(ascii: "%") {
        literal.append(byte)
        bytes.removeFirst()
        continue
      }
      let (verb, explicit) = try verb(&bytes)
      let index = explicit ?? next
      next = index + 1
      highest = max(highest, next)
      guard arguments.indices.contains(index) else {
        throw call.failure("there are too few arguments for the verbs of the format")
      }
      finishLiteral()
      parts.append(try formatted(arguments[index], verb))
    }
    finishLiteral()
    if highest < arguments.count {
      throw call.failure("there are more arguments than verbs in the format")
    }
    let result = Datum.concatenate(parts, call.origin)
    try call.session.pay((result.sketch ?? "").utf8.count)
    return result
  }

  private func verb(_ bytes: inout ArraySlice<UInt8>) throws(HCLFailure) -> (Verb, Int?) {
    var verb = Verb()
    var explicit: Int?
    func number() -> Int? {
      var value: Int?
      while let digit = bytes.first, digit &- 0x30 < 10 {
        value = min((value ?? 0) * 10 + Int(digit - 0x30), 100_000)
        bytes.removeFirst()
      }
      return value
    }
    func position() throws(HCLFailure) {
      guard bytes.first == UInt8(ascii: "[") else { return }
      bytes.removeFirst()
      guard let value = number(), value > 0, bytes.popFirst() == UInt8(ascii: "]") else {
        throw call.failure("the format has a broken argument number")
      }
      explicit = value - 1
    }
    while let flag = bytes.first, " +-#0".utf8.contains(flag) {
      verb.flags.insert(flag)
      bytes.removeFirst()
    }
    try position()
    verb.width = number()
    if bytes.first == UInt8(ascii: ".") {
      bytes.removeFirst()
      verb.precision = number() ?? 0
    }
    try position()
    guard let letter = bytes.popFirst() else { throw call.failure("the format ends in a verb") }
    verb.letter = letter
    guard max(verb.width ?? 0, verb.precision ?? 0) <= 10_000 else {
      throw HCLFailure(.limit, "format: a width above 10000", call.range)
    }
    return (verb, explicit)
  }

  private func formatted(_ value: Datum, _ verb: Verb) throws(HCLFailure) -> Datum {
    if let gap = value.firstGap {
      // Only plain `%s` and `%v` leave the known parts of a text as they are.
      if [UInt8(ascii: "s"), UInt8(ascii: "v")].contains(verb.letter), verb.width == nil,
        verb.precision == nil, case .partial = value.hcl
      {
        return value
      }
      return Datum(
        .unknown(verb.letter == UInt8(ascii: "s") ? gap : Gap(gap.reason, reference: gap.reference)),
        value.origin
      )
    }
    let plain: String
    switch verb.letter {
    case UInt8(ascii: "v"): plain = try general(value, verb)
    case UInt8(ascii: "s"), UInt8(ascii: "q"):
      guard let text = try HCLConvert.text(value).string.known else {
        throw call.failure("a text of the format is null")
      }
      let cut = verb.precision.map { String(text.prefix($0)) } ?? text
      plain = verb.letter == UInt8(ascii: "q") ? HCLJSON.quoted(cut) : cut
    case UInt8(ascii: "t"):
      guard let flag = try HCLConvert.flag(value).known else {
        throw call.failure("%t needs true or false")
      }
      plain = flag ? "true" : "false"
    case UInt8(ascii: "d"), UInt8(ascii: "b"), UInt8(ascii: "o"), UInt8(ascii: "x"),
      UInt8(ascii: "X"):
      if verb.letter | 0x20 == UInt8(ascii: "x"), case .text(let text) = value.hcl {
        plain = hexadecimal(text, isUpper: verb.letter == UInt8(ascii: "X"))
      } else {
        return padded(try integer(value, verb), verb, value, isNumber: true)
      }
    case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "f"), UInt8(ascii: "g"),
      UInt8(ascii: "G"):
      return padded(try decimal(value, verb), verb, value, isNumber: true)
    default: throw call.failure("the format has an unknown verb")
    }
    return padded(plain, verb, value, isNumber: false)
  }

  private func padded(_ text: String, _ verb: Verb, _ value: Datum, isNumber: Bool) -> Datum {
    var text = text
    let missing = (verb.width ?? 0) - text.count
    if missing > 0 {
      if verb.flags.contains(UInt8(ascii: "-")) {
        text += String(repeating: " ", count: missing)
      } else if verb.flags.contains(UInt8(ascii: "0")), isNumber {
        let sign = text.prefix { $0 == "-" || $0 == "+" || $0 == " " }
        text =
          sign + String(repeating: "0", count: missing) + text.dropFirst(sign.count)
      } else {
        let filler = verb.flags.contains(UInt8(ascii: "0")) ? "0" : " "
        text = String(repeating: filler, count: missing) + text
      }
    }
    return Datum(.text(text), value.origin).marked(value.isSensitive)
  }

  /// `%v`: texts and numbers as they are, all else as JSON.
  private func general(_ value: Datum, _ verb: Verb) throws(HCLFailure) -> String {
    if !verb.flags.contains(UInt8(ascii: "#")) {
      switch value.hcl {
      case .text(let text): return text
      case .number(let number): return number.description
      case .flag(let flag): return flag ? "true" : "false"
      case .null: return "null"
      default: break
      }
    }
    return Datum(parts: try HCLJSON.encode(value, call.session), call.origin).string.known ?? ""
  }

  private func integer(_ value: Datum, _ verb: Verb) throws(HCLFailure) -> String {
    guard let number = try HCLConvert.number(value), number.isWhole else {
      throw call.failure("the verb needs a whole number")
    }
    let radix: Int
    switch verb.letter {
    case UInt8(ascii: "d"): radix = 10
    case UInt8(ascii: "b"): radix = 2
    case UInt8(ascii: "o"): radix = 8
    default: radix = 16
    }
    var text = number.description
    if radix != 10 {
      guard let plain = number.integer else { throw call.failure("the number is too large") }
      text = String(plain, radix: radix, uppercase: verb.letter == UInt8(ascii: "X"))
    }
    return signed(text, verb)
  }

  private func signed(_ text: String, _ verb: Verb) -> String {
    if text.hasPrefix("-") { return text }
    if verb.flags.contains(UInt8(ascii: "+")) { return "+" + text }
    return verb.flags.contains(0x20) ? " " + text : text
  }

  private func decimal(_ value: Datum, _ verb: Verb) throws(HCLFailure) -> String {
    guard let number = try HCLConvert.number(value) else {
      throw call.failure("the verb needs a number")
    }
    let places = verb.precision ?? 6
    switch verb.letter {
    case UInt8(ascii: "f"): return signed(HCLDecimal.fixed(number, places), verb)
    case UInt8(ascii: "e"), UInt8(ascii: "E"):
      let text = HCLDecimal.scientific(number, digits: places + 1)
      return signed(verb.letter == UInt8(ascii: "E") ? text.uppercased() : text, verb)
    default:
      let text = HCLDecimal.general(number, digits: verb.precision)
      return signed(verb.letter == UInt8(ascii: "G") ? text.uppercased() : text, verb)
    }
  }

  private func hexadecimal(_ text: String, isUpper: Bool) -> String {
    text.utf8.map { byte in
      let digits = String(byte, radix: 16, uppercase: isUpper)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  /// One text for each element of the lists, which must be of one length.
  func list(_ pattern: String, _ arguments: [Datum]) throws(HCLFailure) -> Datum {
    var length: Int?
    for argument in arguments {
      switch argument.hcl {
      case .unknown(let gap): return call.unknown(gap.reason)
      case .list(let list):
        if let more = list.more { return call.unknown(more.reason) }
        if let length, length != list.elements.count {
          throw call.failure("the lists are of different lengths")
        }
        length = list.elements.count
      default: break
      }
    }
    var texts: [Datum] = []
    for index in 0..<(length ?? 1) {
      texts.append(
        try text(
          pattern,
          arguments.map { argument in
            if case .list(let list) = argument.hcl { list.elements[index] } else { argument }
          }
        )
      )
    }
    return try call.result(texts, .list)
  }
}

/// Numbers with a given count of digits.
enum HCLDecimal {
  /// `3.14` of 3.14159 with two places, ties to even as the exact value has it.
  static func fixed(_ number: BigNumber, _ places: Int) -> String {
    let magnitude = number.isNegative ? -number : number
    let (whole, fraction) = split(magnitude.description)
    let digits = rounded(whole + fraction, to: whole.count + places)
    let text = digits.map(String.init).joined()
    let point = text.count - places
    let head = text.prefix(point).drop { $0 == "0" }
    let sign = number.isNegative ? "-" : ""
    return sign + (head.isEmpty ? "0" : head) + (places > 0 ? "." + text.suffix(places) : "")
  }

  /// `3.1e+00`.
  static func scientific(_ number: BigNumber, digits count: Int, trimmed: Bool = false) -> String {
    let magnitude = number.isNegative ? -number : number
    let (whole, fraction) = split(magnitude.description)
    var digits = whole + fraction
    var power = whole.count - 1
    while digits.count > 1, digits[0] == 0 {
      digits.removeFirst()
      power -= 1
    }
    if magnitude.isZero { power = 0 }
    var kept = rounded(digits, to: count)
    if kept.count > count {
      kept.removeLast()
      power += 1
    }
    while trimmed, kept.count > 1, kept.last == 0 { kept.removeLast() }
    let text = kept.map(String.init).joined()
    let exponent = abs(power) < 10 ? "0\(abs(power))" : "\(abs(power))"
    return (number.isNegative ? "-" : "") + text.prefix(1)
      + (text.count > 1 ? "." + text.dropFirst() : "") + "e" + (power < 0 ? "-" : "+") + exponent
  }

  /// The shorter of both ways, as `%g` has it.
  static func general(_ number: BigNumber, digits: Int?) -> String {
    let count = digits.map { max($0, 1) }
    let text = scientific(
      number,
      digits: count ?? number.description.utf8.count,
      trimmed: true
    )
    let power = text.split(separator: "e").last.flatMap { Int($0) } ?? 0
    guard power >= -4, power < (count ?? 21) else { return text }
    if digits == nil { return number.description }
    let fixed = fixed(number, max(0, (count ?? 6) - 1 - power))
    guard fixed.contains(".") else { return fixed }
    var trimmed = fixed
    while trimmed.hasSuffix("0") { trimmed.removeLast() }
    if trimmed.hasSuffix(".") { trimmed.removeLast() }
    return trimmed
  }

  private static func split(_ text: String) -> ([UInt8], [UInt8]) {
    let parts = text.split(separator: ".")
    let digits = parts.map { $0.utf8.map { $0 - 0x30 } }
    return (digits.first ?? [0], digits.count > 1 ? digits[1] : [])
  }

  /// The first digits, rounded half to even; one more digit in front if that overflows.
  private static func rounded(_ digits: [UInt8], to count: Int) -> [UInt8] {
    if digits.count <= count {
      return digits + [UInt8](repeating: 0, count: count - digits.count)
    }
    var kept = Array(digits[..<count])
    let rest = digits[count...]
    let isHalf = rest.first == 5 && rest.dropFirst().allSatisfy { $0 == 0 }
    let isUp = isHalf ? (kept.last ?? 0) % 2 == 1 : (rest.first ?? 0) >= 5
    guard isUp else { return kept }
    for index in kept.indices.reversed() {
      if kept[index] < 9 {
        kept[index] += 1
        return kept
      }
      kept[index] = 0
    }
    return [1] + kept
  }
}
