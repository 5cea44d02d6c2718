/// A parsed regular expression.
indirect enum RegexSyntax: Sendable {
  case empty
  case set(CharacterSet)
  case assertion(RegexAssertion)
  case sequence([RegexSyntax])
  case choice([RegexSyntax])
  /// `maximum` nil means without bound; a lazy one takes as little as it can.
  case repetition(RegexSyntax, minimum: Int, maximum: Int?, isLazy: Bool)
  /// A group that captures, numbered from 1.
  case group(RegexSyntax, Int)

  /// Whether it matches the empty text.
  var isNullable: Bool {
    switch self {
    case .empty, .assertion: true
    case .set: false
    case .sequence(let items): items.allSatisfy(\.isNullable)
    case .choice(let branches): branches.contains(where: \.isNullable)
    case .repetition(let item, let minimum, _, _): minimum == 0 || item.isNullable
    case .group(let inner, _): inner.isNullable
    }
  }

  /// What stands in a group, or in several around each other.
  var ungrouped: RegexSyntax {
    if case .group(let inner, _) = self { inner.ungrouped } else { self }
  }
}

/// A condition on the place between two characters.
enum RegexAssertion: Hashable, Sendable {
  case textStart
  case textEnd
  case lineStart
  case lineEnd
  case wordBoundary
  case noWordBoundary

  func holds(_ before: RegexAlphabet.Kind, _ after: RegexAlphabet.Kind) -> Bool {
    switch self {
    case .textStart: before == .edge
    case .textEnd: after == .edge
    case .lineStart: before == .edge || before == .newline
    case .lineEnd: after == .edge || after == .newline
    case .wordBoundary: (before == .word) != (after == .word)
    case .noWordBoundary: (before == .word) == (after == .word)
    }
  }
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
