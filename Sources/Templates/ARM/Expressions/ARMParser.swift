/// Reads template expressions.
struct ARMParser {
  private let bytes: [UInt8]
  private var offset = 0
  private var depth = 0

  /// Deeper ones are refused; Azure's own limit is of the same order.
  private static let maximumDepth = 96

  /// Reads the text of an expression without its brackets.
  static func parse(_ text: some Sequence<UInt8>) throws(ARMSyntaxError) -> ARMExpression {
    var parser = ARMParser(Array(text))
    let expression = try parser.expression()
    parser.skipSpace()
    if parser.offset < parser.bytes.count {
      throw parser.error("Expected the end of the expression")
    }
    return expression
  }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  private func error(_ problem: String) -> ARMSyntaxError {
    ARMSyntaxError(problem: problem, offset: offset)
  }

  private mutating func expression() throws(ARMSyntaxError) -> ARMExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw error("The expression is nested too deeply") }
    var expression = try primary()
    var length = 0
    while true {
      skipSpace()
      length += 1
      guard length <= 256 else { throw error("The expression has too many parts") }
      if take(".") {
        skipSpace()
        guard let name = identifier() else { throw error("Expected a name behind the point") }
        expression = .member(expression, name)
      } else if take("[") {
        let key = try self.expression()
        skipSpace()
        guard take("]") else { throw error("Expected ']'") }
        expression = .index(expression, key)
      } else {
        return expression
      }
    }
  }

  private mutating func primary() throws(ARMSyntaxError) -> ARMExpression {
    skipSpace()
    guard offset < bytes.count else { throw error("Expected a value") }
    switch bytes[offset] {
    case UInt8(ascii: "'"): return .text(try text())
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try number()
    default: return try call()
    }
  }

  private mutating func call() throws(ARMSyntaxError) -> ARMExpression {
    guard var name = identifier() else { throw error("Expected a value") }
    while offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
      offset += 1
      guard let next = identifier() else { throw error("Expected a name behind the point") }
      name += "." + next
    }
    skipSpace()
    guard take("(") else {
      switch name.lowercased() {
      case "true": return .flag(true)
      case "false": return .flag(false)
      case "null": return .null
      default: throw error("Expected '('")
      }
    }
    var arguments: [ARMExpression] = []
    skipSpace()
    if take(")") { return .call(name, arguments) }
    while true {
      arguments.append(try expression())
      skipSpace()
      if take(")") { return .call(name, arguments) }
      guard take(",") else { throw error("Expected ',' or ')'") }
    }
  }

  /// A text in single quotes; a doubled quote stands for one.
  private mutating func text() throws(ARMSyntaxError) -> String {
    offset += 1
    var result: [UInt8] = []
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      guard byte == UInt8(ascii: "'") else {
        result.append(byte)
        continue
      }
      guard offset < bytes.count, bytes[offset] == UInt8(ascii: "'") else {
        return String(decoding: result, as: UTF8.self)
      }
      result.append(byte)
      offset += 1
    }
    throw error("Expected the closing quote of a text")
  }

  private mutating func number() throws(ARMSyntaxError) -> ARMExpression {
    let start = offset
    offset += 1
    while offset < bytes.count, isNumberByte(bytes[offset]) { offset += 1 }
    let digits = String(decoding: bytes[start..<offset], as: UTF8.self)
    if let integer = Int(digits) { return .integer(integer) }
    if let number = Double(digits), number.isFinite { return .number(number) }
    offset = start
    throw error("Expected a number")
  }

  private func isNumberByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"),
      UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private mutating func identifier() -> String? {
    let start = offset
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "_"), UInt8(ascii: "$"):
        break
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if offset == start { return nil }
      default:
        return offset == start ? nil : String(decoding: bytes[start..<offset], as: UTF8.self)
      }
      offset += 1
    }
    return offset == start ? nil : String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private mutating func skipSpace() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return
      }
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }
}
