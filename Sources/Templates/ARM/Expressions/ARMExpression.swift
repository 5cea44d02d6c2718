/// An expression of an ARM template: what stands between `[` and `]`.
indirect enum ARMExpression {
  case text(String)
  case integer(Int)
  case number(Double)
  case flag(Bool)
  case null
  /// A call; the name of a user-defined function has its namespace before a point.
  case call(String, [ARMExpression])
  case member(ARMExpression, String)
  case index(ARMExpression, ARMExpression)
}

/// Why an expression cannot be read, and how many characters into it.
struct ARMSyntaxError: Error, Hashable {
  var problem: String
  var offset: Int
}

/// What a text of a template is.
package enum ARMText {
  /// Whether a text is an expression: in brackets, and not escaped by a second one.
  static func isExpression(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count >= 2 && bytes[0] == UInt8(ascii: "[") && bytes[1] != UInt8(ascii: "[")
      && bytes[bytes.count - 1] == UInt8(ascii: "]")
  }

  /// Whether a text is a plain one written with a doubled bracket.
  static func isEscaped(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count >= 3 && bytes[0] == UInt8(ascii: "[") && bytes[1] == UInt8(ascii: "[")
      && bytes[bytes.count - 1] == UInt8(ascii: "]")
  }
}
