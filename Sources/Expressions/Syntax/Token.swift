/// The smallest meaningful piece of an expression's text.
struct Token {
  enum Kind: Equatable {
    case end
    case identifier(String)
    /// A name in backticks, allowed for fields only.
    case quoted(String)
    case keyword(Keyword)
    case int(UInt64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case symbol(Symbol)
  }

  enum Keyword: String {
    case `true`
    case `false`
    case null
    case `in`
  }

  enum Symbol: String, CaseIterable {
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
    case dot = "."
    case comma = ","
    case colon = ":"
    case question = "?"
    case not = "!"
    case minus = "-"
    case plus = "+"
    case star = "*"
    case slash = "/"
    case percent = "%"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
    case and = "&&"
    case or = "||"

    /// Every symbol by its bytes, the first one lowest.
    private static let byBytes: [UInt16: Symbol] = Dictionary(
      uniqueKeysWithValues: allCases.map { symbol in
        (symbol.rawValue.utf8.reversed().reduce(0) { $0 << 8 | UInt16($1) }, symbol)
      }
    )

    init?(_ byte: UInt8) {
      guard let symbol = Self.byBytes[UInt16(byte)] else { return nil }
      self = symbol
    }

    /// A symbol of two bytes.
    init?(_ first: UInt8, _ second: UInt8) {
      guard second != 0, let symbol = Self.byBytes[UInt16(second) << 8 | UInt16(first)] else {
        return nil
      }
      self = symbol
    }
  }

  let kind: Kind
  let offset: Int
  /// The offset behind the token.
  let end: Int

  /// How an error message calls the token.
  var text: String {
    switch kind {
    case .end: "the end"
    case .identifier(let name), .quoted(let name): "'\(name)'"
    case .keyword(let keyword): "'\(keyword.rawValue)'"
    case .int, .uint, .double: "a number"
    case .string: "a string"
    case .bytes: "bytes"
    case .symbol(let symbol): "'\(symbol.rawValue)'"
    }
  }
}
