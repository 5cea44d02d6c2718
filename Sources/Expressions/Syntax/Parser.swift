/// Builds the syntax of an expression from its tokens, by recursive descent.
struct Parser {
  /// How deep expressions may nest; people write less than ten levels.
  static let maximumDepth = 250
  /// How long a text may be, in bytes.
  static let maximumLength = 100_000

  let allowsMacros: Bool
  private let tokens: [Token]
  private var position = 0
  private var depth = 0

  static func parse(_ text: [UInt8], allowingMacros: Bool) throws(CompileFailure) -> Syntax {
    guard text.count <= maximumLength else {
      throw CompileFailure(.tooLarge, "the expression is longer than \(maximumLength) bytes", at: 0)
    }
    var parser = Parser(
      allowsMacros: allowingMacros,
      tokens: try Lexer.tokens(of: text)
    )
    let result = try parser.expression()
    guard parser.current.kind == .end else { throw parser.unexpected("the end") }
    return result
  }

  private init(allowsMacros: Bool, tokens: [Token]) {
    self.allowsMacros = allowsMacros
    self.tokens = tokens
  }

  // MARK: Tokens

  var current: Token { tokens[position] }

  /// Steps over the current token; stays at the last one, which is the end.
  mutating func advance() { position = min(position + 1, tokens.count - 1) }

  mutating func take(_ symbol: Token.Symbol) -> Bool {
    guard current.kind == .symbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: Token.Symbol) throws(CompileFailure) {
    guard take(symbol) else { throw unexpected("'\(symbol.rawValue)'") }
  }

  func unexpected(_ wanted: String) -> CompileFailure {
    CompileFailure(.syntax, "expected \(wanted), found \(current.text)", at: current.offset)
  }

  // MARK: Nodes

  func node(
    _ kind: Syntax.Kind,
    at offset: Int,
    over parts: [Syntax]
  ) throws(CompileFailure) -> Syntax {
    let depth = parts.reduce(0) { max($0, $1.depth) } + 1
    guard depth <= Self.maximumDepth else { throw tooDeep(offset) }
    return Syntax(offset: offset, depth: depth, kind: kind)
  }

  private func tooDeep(_ offset: Int) -> CompileFailure {
    CompileFailure(
      .tooLarge,
      "the expression nests deeper than \(Self.maximumDepth) levels",
      at: offset
    )
  }

  // MARK: Operators

  mutating func expression() throws(CompileFailure) -> Syntax {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw tooDeep(current.offset) }
    let condition = try disjunction()
    let offset = current.offset
    guard take(.question) else { return condition }
    let first = try disjunction()
    try expect(.colon)
    let second = try expression()
    return try node(
      .conditional(condition, first, second),
      at: offset,
      over: [condition, first, second]
    )
  }

  private mutating func disjunction() throws(CompileFailure) -> Syntax {
    let first = try conjunction()
    guard current.kind == .symbol(.or) else { return first }
    let offset = current.offset
    var operands = [first]
    while take(.or) { operands.append(try conjunction()) }
    return try node(.or(operands), at: offset, over: operands)
  }

  private mutating func conjunction() throws(CompileFailure) -> Syntax {
    let first = try binary(0)
    guard current.kind == .symbol(.and) else { return first }
    let offset = current.offset
    var operands = [first]
    while take(.and) { operands.append(try binary(0)) }
    return try node(.and(operands), at: offset, over: operands)
  }

  /// Relations bind weakest (0), then sums (1), then products (2).
  private mutating func binary(_ level: Int) throws(CompileFailure) -> Syntax {
    var left = try unary()
    while let (operation, strength) = currentOperator, strength >= level {
      let offset = current.offset
      advance()
      let right = strength < 2 ? try binary(strength + 1) : try unary()
      left = try node(.binary(operation, left, right), at: offset, over: [left, right])
    }
    return left
  }

  private var currentOperator: (BinaryOperator, Int)? {
    switch current.kind {
    case .keyword(.in): (.contained, 0)
    case .symbol(let symbol):
      switch symbol {
      case .less: (.less, 0)
      case .lessOrEqual: (.lessOrEqual, 0)
      case .greater: (.greater, 0)
      case .greaterOrEqual: (.greaterOrEqual, 0)
      case .equal: (.equal, 0)
      case .notEqual: (.notEqual, 0)
      case .plus: (.add, 1)
      case .minus: (.subtract, 1)
      case .star: (.multiply, 2)
      case .slash: (.divide, 2)
      case .percent: (.remainder, 2)
      default: nil
      }
    default: nil
    }
  }

  private mutating func unary() throws(CompileFailure) -> Syntax {
    var operators: [(UnaryOperator, Int)] = []
    while true {
      let offset = current.offset
      if take(.not) {
        operators.append((.not, offset))
      } else if take(.minus) {
        operators.append((.negate, offset))
      } else {
        break
      }
    }
    var result: Syntax
    if case (.negate, let offset)? = operators.last, let literal = negativeLiteral() {
      operators.removeLast()
      result = try members(of: node(.literal(literal), at: offset, over: []))
    } else {
      result = try members(of: primary())
    }
    for (operation, offset) in operators.reversed() {
      result = try node(.unary(operation, result), at: offset, over: [result])
    }
    return result
  }

  /// A number behind a minus sign, which belongs to it: so the smallest integer can be written.
  private mutating func negativeLiteral() -> ExpressionValue? {
    switch current.kind {
    case .int(let magnitude) where magnitude <= Int64.min.magnitude:
      advance()
      return .int(Int64(truncatingIfNeeded: 0 &- magnitude))
    case .double(let value):
      advance()
      return .double(-value)
    default: return nil
    }
  }
}
