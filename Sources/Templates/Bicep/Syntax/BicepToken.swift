package import DocumentTrees

/// A token of a Bicep text with its place.
struct BicepToken: Sendable {
  enum Kind: UInt8, Sendable {
    case endOfFile, newLine
    case identifier, integer
    /// A text without interpolation, or a piece of one with it.
    case stringComplete, stringLeft, stringMiddle, stringRight
    case leftBrace, rightBrace, leftParen, rightParen, leftSquare, rightSquare
    case comma, dot, ellipsis, question, doubleQuestion, colon, doubleColon, assignment, arrow
    case equals, notEquals, equalsInsensitive, notEqualsInsensitive
    case less, lessOrEqual, greater, greaterOrEqual
    case plus, minus, asterisk, slash, percent, exclamation
    case and, or, pipe, at, hat
    /// What no rule covers; the lexer has named it already.
    case unrecognized
  }

  var kind: Kind
  /// Bytes of the text.
  var bytes: Range<Int>
  var range: PlaceRange
  /// Where `BicepLexer.texts` has the decoded text of a string piece.
  var text: Int = -1
}

/// What is wrong in a Bicep text and where; the text itself is never repeated.
package struct BicepSyntaxError: Hashable, Sendable {
  package var problem: String
  package var range: PlaceRange
  /// Whether a bound was passed, so that nothing is said about the text being right.
  package var isLimit: Bool = false
}
