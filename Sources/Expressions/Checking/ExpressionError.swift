/// Why a text is not a valid expression.
package struct ExpressionError: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case syntax
    case undeclared
    case type
    /// Something of the wider language that this implementation leaves out on purpose.
    case unsupported
    /// Longer or deeper than any expression people write.
    case tooLarge
  }

  package let kind: Kind
  package let message: String
  /// The 0-based UTF-8 offset into the text.
  package let offset: Int
  /// The 1-based line.
  package let line: Int
  /// The 1-based column, counted in Unicode scalars.
  package let column: Int

  init(_ failure: CompileFailure, in text: [UInt8]) {
    kind = failure.kind
    message = failure.message
    offset = min(max(failure.offset, 0), text.count)
    var line = 1
    var column = 1
    for byte in text[..<offset] {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.line = line
    self.column = column
  }
}

/// An `ExpressionError` before its offset is turned into line and column.
struct CompileFailure: Error {
  let kind: ExpressionError.Kind
  let message: String
  let offset: Int

  init(_ kind: ExpressionError.Kind, _ message: String, at offset: Int) {
    self.kind = kind
    self.message = message
    self.offset = offset
  }
}
