/// A parsed regular expression.
indirect enum RegexSyntax: Sendable {
  case empty
  case set(CharacterSet)
  case assertion(RegexAssertion)
  case sequence([RegexSyntax])
  case choice([RegexSyntax])
  /// `maximum` nil means without bound.
  case repetition(RegexSyntax, minimum: Int, maximum: Int?)
}

/// A condition on the place between two characters.
enum RegexAssertion: Hashable, Sendable {
  case textStart
  case textEnd
  case lineStart
  case lineEnd
  case wordBoundary
  case noWordBoundary
}

/// Why a pattern is not usable.
package struct RegexError: Error, CustomStringConvertible {
  package let description: String
  /// Whether it is fine elsewhere but not part of RE2's linear-time syntax, or of this implementation.
  package let isUnsupported: Bool

  init(_ description: String, isUnsupported: Bool = false) {
    self.description = description
    self.isUnsupported = isUnsupported
  }
}
