import DocumentTrees

extension BicepParser {
  /// How tightly an operator binds; nil for what is none.
  private static func strength(_ kind: BicepToken.Kind) -> Int? {
    switch kind {
    case .asterisk, .slash, .percent: 7
    case .plus, .minus: 6
    case .less, .lessOrEqual, .greater, .greaterOrEqual: 5
    case .equals, .notEquals, .equalsInsensitive, .notEqualsInsensitive: 4
    case .and: 3
    case .or: 2
    case .doubleQuestion: 1
    default: nil
    }
  }

  /// Any expression: the conditional binds loosest, and to the right.
  mutating func expression() throws(Stop) -> BicepExpression {
    let start = token.range.start
    try enter()
    defer { depth -= 1 }
    let condition = try binary(above: 0)
    guard skipNewLines(before: .question) else { return condition }
    position += 1
    skipNewLines()
    let first = try expression()
    _ = skipNewLines(before: .colon)
    _ = try expect(.colon, "the : of a conditional")
    skipNewLines()
    let second = try expression()
    return BicepExpression(
      kind: .conditional(condition, first, second),
      range: range(from: start)
    )
  }

  private mutating func binary(above strength: Int) throws(Stop) -> BicepExpression {
    let start = token.range.start
    var left = try unary()
    var length = 0
    while true {
      if parentheses > 0, at(.newLine) {
        var ahead = position
        while lexer.tokens[ahead].kind == .newLine { ahead += 1 }
        if Self.strength(lexer.tokens[ahead].kind) != nil { position = ahead }
      }
      guard let own = Self.strength(token.kind), own > strength else { return left }
      length += 1
      if depth + length > Self.maximumDepth {
        throw stop("More than \(Self.maximumDepth) operators follow each other", isLimit: true)
      }
      let sign = next().kind
      if parentheses > 0 { skipNewLines() }
      try enter()
      let right = try binary(above: own)
      depth -= 1
      left = BicepExpression(kind: .binary(sign, left, right), range: range(from: start))
    }
  }

  private mutating func unary() throws(Stop) -> BicepExpression {
    guard at(.exclamation) || at(.minus) || at(.plus) else { return try postfix() }
    let start = token.range.start
    if at(.plus) { throw stop("Expected a value") }
    let sign = next().kind
    try enter()
    defer { depth -= 1 }
    let operand = try unary()
    return BicepExpression(kind: .unary(sign, operand), range: range(from: start))
  }

  /// A value and what is reached from it.
  mutating func postfix() throws(Stop) -> BicepExpression {
    let start = token.range.start
    var base = try primary()
    var length = 0
    while true {
      length += 1
      if depth + length > Self.maximumDepth {
        throw stop("More than \(Self.maximumDepth) accesses follow each other", isLimit: true)
      }
      let kind: BicepExpression.Kind
      if take(.exclamation) {
        kind = .nonNull(base)
      } else if take(.doubleColon) {
        kind = .nested(base, try identifier("a nested resource's name"))
      } else if take(.dot) {
        let isSafe = take(.question)
        let name = try identifier("a property's name")
        if !isSafe, at(.leftParen) {
          kind = .method(base, name, try arguments())
        } else {
          kind = .member(base, name, isSafe: isSafe)
        }
      } else if take(.leftSquare) {
        let isSafe = take(.question)
        let fromEnd = take(.hat)
        parentheses += 1
        defer { parentheses -= 1 }
        skipNewLines()
        let index = try expression()
        skipNewLines()
        _ = try expect(.rightSquare, "]")
        kind = .index(base, index, isSafe: isSafe, fromEnd: fromEnd)
      } else {
        return base
      }
      base = BicepExpression(kind: kind, range: range(from: start))
    }
  }

  mutating func arguments() throws(Stop) -> [BicepExpression] {
    _ = try expect(.leftParen, "(")
    parentheses += 1
    defer { parentheses -= 1 }
    var arguments: [BicepExpression] = []
    skipNewLines()
    while !at(.rightParen) {
      arguments.append(try expression())
      skipNewLines()
      guard take(.comma) else { break }
      skipNewLines()
      if at(.rightParen) { throw stop("Expected an argument behind the comma") }
    }
    _ = try expect(.rightParen, "a comma or )")
    return arguments
  }

  mutating func primary() throws(Stop) -> BicepExpression {
    let start = token.range.start
    try enter()
    defer { depth -= 1 }
    let kind: BicepExpression.Kind
    switch token.kind {
    case .stringComplete, .stringLeft: kind = try interpolated()
    case .integer:
      guard let value = UInt64(text(token)) else {
        throw stop("Number needs more than 64 bits")
      }
      position += 1
      kind = .integer(value)
    case .leftBrace: kind = .object(try object())
    case .leftSquare: kind = try arrayOrLoop()
    case .leftParen:
      if isLambda { return try lambda() }
      position += 1
      parentheses += 1
      defer { parentheses -= 1 }
      skipNewLines()
      let inner = try expression()
      skipNewLines()
      _ = try expect(.rightParen, ")")
      return BicepExpression(kind: inner.kind, range: range(from: start))
    case .identifier:
      if peek().kind == .arrow { return try lambda() }
      kind = try nameOrCall()
    default: throw stop("Expected a value")
    }
    return BicepExpression(kind: kind, range: range(from: start))
  }

  private mutating func nameOrCall() throws(Stop) -> BicepExpression.Kind {
    let token = next()
    let name = BicepName(text: text(token), range: token.range)
    if at(.leftParen) { return .call(name, try arguments()) }
    switch name.text {
    case "true": return .flag(true)
    case "false": return .flag(false)
    case "null": return .null
    default: return .name(name.text)
    }
  }

  private mutating func interpolated() throws(Stop) -> BicepExpression.Kind {
    let first = next()
    var parts: [BicepStringPart] = []
    append(first, to: &parts)
    guard first.kind == .stringLeft else { return .string(parts) }
    while true {
      // In a hole a line break means nothing, where the lexer lets it pass at all.
      parentheses += 1
      defer { parentheses -= 1 }
      skipNewLines()
      parts.append(.hole(try expression()))
      skipNewLines()
      guard at(.stringMiddle) || at(.stringRight) else {
        throw stop("Expected } and the rest of the string")
      }
      let piece = next()
      append(piece, to: &parts)
      if piece.kind == .stringRight { return .string(parts) }
    }
  }

  private func append(_ piece: BicepToken, to parts: inout [BicepStringPart]) {
    let text = lexer.texts[piece.text]
    if !text.isEmpty { parts.append(.text(text)) }
  }

  // MARK: Lambdas

  /// Whether the parenthesis here opens the parameters of a lambda.
  private var isLambda: Bool {
    var index = position + 1
    let tokens = lexer.tokens
    func skip() { while tokens[index].kind == .newLine { index += 1 } }
    skip()
    while tokens[index].kind == .identifier {
      index += 1
      skip()
      guard tokens[index].kind == .comma else { break }
      index += 1
      skip()
    }
    guard tokens[index].kind == .rightParen else { return false }
    return tokens[min(index + 1, tokens.count - 1)].kind == .arrow
  }

  private mutating func lambda() throws(Stop) -> BicepExpression {
    let start = token.range.start
    var parameters: [BicepName] = []
    if take(.leftParen) {
      skipNewLines()
      while at(.identifier) {
        parameters.append(try identifier("a parameter's name"))
        skipNewLines()
        guard take(.comma) else { break }
        skipNewLines()
      }
      _ = try expect(.rightParen, ")")
    } else {
      parameters.append(try identifier("a parameter's name"))
    }
    _ = try expect(.arrow, "=>")
    skipNewLines()
    let body = try expression()
    return BicepExpression(kind: .lambda(parameters, body), range: range(from: start))
  }
}
