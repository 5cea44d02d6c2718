/// Literals, names, brackets and what follows them.
extension Parser {
  /// Words kept free for languages that embed CEL; fields may be called so, names may not.
  static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
    "package", "namespace", "return", "var", "void", "while",
  ]

  mutating func primary() throws(CompileFailure) -> Syntax {
    let token = current
    if let literal = try literal(token) {
      advance()
      return try node(.literal(literal), at: token.offset, over: [])
    }
    switch token.kind {
    case .symbol(.leftParenthesis):
      advance()
      let inner = try expression()
      try expect(.rightParenthesis)
      guard inner.qualifiedName != nil else { return inner }
      return try node(.group(inner), at: token.offset, over: [inner])
    case .symbol(.leftBracket):
      advance()
      return try list(at: token.offset)
    case .symbol(.leftBrace):
      advance()
      return try map(at: token.offset)
    case .symbol(.dot):
      advance()
      return try name(rooted: true)
    case .identifier: return try name(rooted: false)
    default: throw unexpected("an expression")
    }
  }

  private func literal(_ token: Token) throws(CompileFailure) -> ExpressionValue? {
    switch token.kind {
    case .int(let magnitude):
      guard let value = Int64(exactly: magnitude) else {
        throw CompileFailure(.syntax, "the integer does not fit in 64 bits", at: token.offset)
      }
      return .int(value)
    case .uint(let value): return .uint(value)
    case .double(let value): return .double(value)
    case .string(let value): return .string(value)
    case .bytes(let value): return .bytes(value)
    case .keyword(.true): return .bool(true)
    case .keyword(.false): return .bool(false)
    case .keyword(.null): return .null
    default: return nil
    }
  }

  private mutating func name(rooted: Bool) throws(CompileFailure) -> Syntax {
    let token = current
    guard case .identifier(let name) = token.kind else { throw unexpected("a name") }
    guard !Self.reserved.contains(name) else {
      throw CompileFailure(.syntax, "'\(name)' is a reserved word", at: token.offset)
    }
    advance()
    guard take(.leftParenthesis) else {
      return try node(.name(name, rooted: rooted), at: token.offset, over: [])
    }
    let arguments = try arguments()
    if allowsMacros, let macro = try globalMacro(name, arguments, at: token.offset) {
      return macro
    }
    return try node(
      .call(name, rooted: rooted, arguments),
      at: token.offset,
      over: arguments
    )
  }

  /// What may follow any expression: fields, calls, indices, and braces behind a type's name.
  mutating func members(of first: Syntax) throws(CompileFailure) -> Syntax {
    var result = first
    while true {
      let offset = current.offset
      if take(.dot) {
        result = try member(of: result)
      } else if take(.leftBracket) {
        let optional = take(.question)
        let index = try expression()
        try expect(.rightBracket)
        result = try node(
          .index(result, index, optional: optional),
          at: offset,
          over: [result, index]
        )
      } else if current.kind == .symbol(.leftBrace), let (name, rooted) = result.qualifiedName {
        advance()
        result = try message(name: name, rooted: rooted, at: result.offset)
      } else {
        return result
      }
    }
  }

  private mutating func member(of target: Syntax) throws(CompileFailure) -> Syntax {
    let optional = take(.question)
    let token = current
    let field = try fieldName()
    if !optional, case .identifier = token.kind, take(.leftParenthesis) {
      let arguments = try arguments()
      if allowsMacros,
        let macro = try memberMacro(field, on: target, arguments, at: token.offset)
      {
        return macro
      }
      return try node(
        .memberCall(target, field, arguments),
        at: token.offset,
        over: [target] + arguments
      )
    }
    return try node(
      .select(target, field: field, optional: optional),
      at: token.offset,
      over: [target]
    )
  }

  private mutating func fieldName() throws(CompileFailure) -> String {
    switch current.kind {
    case .identifier(let name), .quoted(let name):
      advance()
      return name
    default: throw unexpected("a field name")
    }
  }

  /// Arguments up to the closing parenthesis.
  private mutating func arguments() throws(CompileFailure) -> [Syntax] {
    if take(.rightParenthesis) { return [] }
    var arguments = [try expression()]
    while take(.comma) { arguments.append(try expression()) }
    try expect(.rightParenthesis)
    return arguments
  }

  private mutating func list(at offset: Int) throws(CompileFailure) -> Syntax {
    var elements: [Syntax.Element] = []
    while current.kind != .symbol(.rightBracket) {
      let optional = take(.question)
      elements.append(Syntax.Element(value: try expression(), optional: optional))
      guard take(.comma) else { break }
    }
    try expect(.rightBracket)
    return try node(.list(elements), at: offset, over: elements.map(\.value))
  }

  private mutating func map(at offset: Int) throws(CompileFailure) -> Syntax {
    var entries: [Syntax.Entry] = []
    while current.kind != .symbol(.rightBrace) {
      let optional = take(.question)
      let key = try expression()
      try expect(.colon)
      entries.append(Syntax.Entry(key: key, value: try expression(), optional: optional))
      guard take(.comma) else { break }
    }
    try expect(.rightBrace)
    return try node(.map(entries), at: offset, over: entries.flatMap { [$0.key, $0.value] })
  }

  private mutating func message(
    name: String,
    rooted: Bool,
    at offset: Int
  ) throws(CompileFailure) -> Syntax {
    var fields: [Syntax.Field] = []
    while current.kind != .symbol(.rightBrace) {
      let optional = take(.question)
      let field = try fieldName()
      try expect(.colon)
      fields.append(Syntax.Field(name: field, value: try expression(), optional: optional))
      guard take(.comma) else { break }
    }
    try expect(.rightBrace)
    return try node(
      .message(name: name, rooted: rooted, fields),
      at: offset,
      over: fields.map(\.value)
    )
  }
}
