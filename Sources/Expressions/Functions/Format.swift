#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Builtin {
  /// `string.format(list)`.
  static let formatting: [Builtin] = [
    Builtin("format", [.member([.string, .list(.dyn)], .string)], readsElements: true) {
      arguments,
      meter throws(EvaluationError) in
      guard case .string(let template) = arguments[0], case .list(let values) = arguments[1]
      else { throw .noSuchOverload("format", arguments) }
      var formatter = Formatter(values: values, meter: meter)
      defer { meter = formatter.meter }
      return .string(try formatter.format(template))
    }
  ]
}

/// Fills values into a template of `%` clauses.
private struct Formatter {
  /// More decimals than any double has.
  static let maximumPrecision = 1000

  let values: ExpressionList
  var meter: CostMeter
  private var result: [UInt8] = []
  private var used = 0

  init(values: ExpressionList, meter: CostMeter) {
    self.values = values
    self.meter = meter
  }

  mutating func format(_ template: String) throws(EvaluationError) -> String {
    let bytes = Array(template.utf8)
    try meter.charge(bytes: bytes.count)
    var position = 0
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "%") else {
        result.append(bytes[position])
        position += 1
        continue
      }
      position += 1
      if position < bytes.count, bytes[position] == UInt8(ascii: "%") {
        result.append(UInt8(ascii: "%"))
        position += 1
        continue
      }
      var precision = 6
      if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
        let digits = bytes[(position + 1)...].prefix(while: \.isDigit)
        guard !digits.isEmpty, digits.count <= 4 else { throw .invalid("invalid precision") }
        precision = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard precision <= Self.maximumPrecision else {
          throw .invalid("a precision above \(Self.maximumPrecision)")
        }
        position += 1 + digits.count
      }
      guard position < bytes.count else { throw .invalid("unexpected end of the format string") }
      let clause = bytes[position]
      position += 1
      guard used < values.count else { throw .invalid("index \(used) out of range in format()") }
      let value = values[used]
      used += 1
      let text = try self.text(of: value, clause: clause, precision: precision)
      try meter.charge(bytes: text.utf8.count)
      result += text.utf8
    }
    return String(decoding: result, as: UTF8.self)
  }

  private mutating func text(
    of value: ExpressionValue,
    clause: UInt8,
    precision: Int
  ) throws(EvaluationError) -> String {
    let text: String?
    switch clause {
    case UInt8(ascii: "s"): text = try plain(value)
    case UInt8(ascii: "d"): text = decimal(value)
    case UInt8(ascii: "f"): text = floating(value, "%.*f", precision)
    case UInt8(ascii: "e"): text = floating(value, "%.*e", precision)
    case UInt8(ascii: "b"): text = based(value, 2)
    case UInt8(ascii: "o"): text = based(value, 8)
    case UInt8(ascii: "x"): text = based(value, 16)
    case UInt8(ascii: "X"): text = based(value, 16)?.uppercased()
    default: throw .invalid("unrecognized formatting clause in format()")
    }
    guard let text else {
      let name = String(decoding: [clause], as: UTF8.self)
      throw .invalid("%\(name) cannot format a value of type \(value.type)")
    }
    return text
  }

  /// What `%s` makes of a value.
  private mutating func plain(_ value: ExpressionValue) throws(EvaluationError) -> String? {
    try meter.charge(1)
    switch value {
    case .null: return "null"
    case .string(let text): return text
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let number): return String(number)
    case .uint(let number): return String(number)
    case .double(let number): return plainText(number)
    case .bytes(let bytes): return Self.repaired(bytes)
    case .timestamp(let moment): return moment.description
    case .duration(let span): return span.description
    case .type(let type): return type.runtimeName
    case .ip(let address): return address.description
    case .cidr(let block): return block.description
    case .list(let list):
      var text = ""
      for index in 0..<list.count {
        guard let part = try plain(list[index]) else { return nil }
        try meter.charge(bytes: part.utf8.count)
        text += (index > 0 ? ", " : "") + part
      }
      return "[\(text)]"
    case .map(let map):
      var parts: [(key: String, value: String)] = []
      for entry in map.entries {
        guard let key = try plain(entry.key), let value = try plain(entry.value) else {
          return nil
        }
        try meter.charge(bytes: key.utf8.count + value.utf8.count)
        parts.append((key, value))
      }
      parts.sort { $0.key.precedesByScalars($1.key) }
      return "{\(parts.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
    case .optional, .object, .unknown: return nil
    }
  }

  /// The text of bytes, each run of invalid ones shown as one replacement character.
  private static func repaired(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = ""
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var wasInvalid = false
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar):
        text.unicodeScalars.append(scalar)
        wasInvalid = false
      case .error:
        if !wasInvalid { text += "\u{FFFD}" }
        wasInvalid = true
      case .emptyInput: return text
      }
    }
  }

  private func decimal(_ value: ExpressionValue) -> String? {
    switch value {
    case .int(let number): String(number)
    case .uint(let number): String(number)
    case .double(let number): plainText(number)
    default: nil
    }
  }

  private func floating(_ value: ExpressionValue, _ style: String, _ precision: Int) -> String? {
    switch value {
    case .int(let number): printed(Double(number), style, precision)
    case .uint(let number): printed(Double(number), style, precision)
    case .double(let number):
      number.isFinite ? printed(number, style, precision) : plainText(number)
    default: nil
    }
  }

  /// The C library's text, which rounds the exact value half to even.
  private func printed(_ number: Double, _ style: String, _ precision: Int) -> String {
    withVaList([Int32(precision), number]) { arguments in
      // 309 digits before the point, the point and the sign.
      var buffer = [CChar](repeating: 0, count: 400 + precision)
      let length = vsnprintf(&buffer, buffer.count, style, arguments)
      return String(
        decoding: buffer.prefix(max(0, Int(length))).map(UInt8.init(bitPattern:)),
        as: UTF8.self
      )
    }
  }

  private func based(_ value: ExpressionValue, _ radix: Int) -> String? {
    switch value {
    case .int(let number): String(number, radix: radix)
    case .uint(let number): String(number, radix: radix)
    case .bool(let flag) where radix == 2: flag ? "1" : "0"
    case .string(let text) where radix == 16: hexadecimal(Array(text.utf8))
    case .bytes(let bytes) where radix == 16: hexadecimal(bytes)
    default: nil
    }
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self
    )
  }
}
