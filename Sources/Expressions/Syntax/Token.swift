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

  enum Symbol: String {
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
