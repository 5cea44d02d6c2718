import DocumentTrees

extension HCLParser {
  mutating func expression() throws(HCLFailure) -> HCLExpression {
    try deeper { (parser) throws(HCLFailure) in try parser.conditional() }
  }

  private mutating func conditional() throws(HCLFailure) -> HCLExpression {
    let condition = try chain(0)
    guard reads(.question) else { return condition }
    let first = try expression()
    try expect(.colon)
    let second = try expression()
    return HCLExpression(
      .conditional(condition, first, second),
      PlaceRange(start: condition.range.start, end: second.range.end)
    )
  }

  /// From the operators that bind least to those that bind most.
  private static let levels: [[HCLSign: HCLOperator]] = [
    [.or: .or],
    [.and: .and],
    [.equal: .equal, .unequal: .unequal],
    [
      .less: .less, .greater: .greater, .lessOrEqual: .lessOrEqual,
      .greaterOrEqual: .greaterOrEqual,
    ],
    [.plus: .add, .minus: .subtract],
    [.star: .multiply, .slash: .divide, .percent: .remainder],
  ]

  private mutating func chain(_ level: Int) throws(HCLFailure) -> HCLExpression {
    guard level < Self.levels.count else { return try unary() }
    var left = try chain(level + 1)
    var count = 0
    while case .sign(let sign) = peek().kind, let found = Self.levels[level][sign] {
      read()
      count += 1
      guard count <= Self.maximumChain else {
        throw HCLFailure(
          .limit,
          "more than \(Self.maximumChain) operators in one expression",
          left.range
        )
      }
      let right = try chain(level + 1)
      left = HCLExpression(
        .binary(found, left, right),
        PlaceRange(start: left.range.start, end: right.range.end)
      )
    }
    return left
  }

  private mutating func unary() throws(HCLFailure) -> HCLExpression {
    let token = peek()
    guard token.kind == .sign(.minus) || token.kind == .sign(.not) else { return try accessed() }
    read()
    let operand = try deeper { (parser) throws(HCLFailure) in try parser.unary() }
    return HCLExpression(
      .unary(token.kind == .sign(.minus) ? .negate : .not, operand),
      PlaceRange(start: token.range.start, end: operand.range.end)
    )
  }

  // MARK: Steps

  private mutating func accessed() throws(HCLFailure) -> HCLExpression {
    let term = try self.term()
    let steps = try self.steps()
    guard let last = steps.last else { return term }
    return HCLExpression(
      .access(term, steps),
      PlaceRange(start: term.range.start, end: last.range.end)
    )
  }

  private mutating func steps() throws(HCLFailure) -> [HCLStep] {
    var steps: [HCLStep] = []
    while true {
      guard steps.count <= 1000 else {
        throw HCLFailure(.limit, "more than 1000 steps in one expression", steps.last?.range)
      }
      let start = peek()
      switch start.kind {
      case .sign(.dot):
        read()
        let name = read()
        switch name.kind {
        case .identifier: steps.append(HCLStep(kind: .attribute(text(name)), range: name.range))
        case .number: steps += try legacyIndices(name)
        case .sign(.star):
          steps.append(
            HCLStep(kind: .splat(try attributeSteps()), range: upToHere(from: start))
          )
        default: throw unexpected(name, "an attribute name")
        }
      case .sign(.openBracket):
        read()
        let index = try withNewlines(skipped: true) { (parser) throws(HCLFailure) in
          let token = parser.peek()
          if token.kind == .sign(.star) {
            var ahead = parser
            ahead.read()
            if ahead.isNext(.closeBracket) {
              parser.read()
              return nil as HCLExpression?
            }
          }
          return try parser.expression()
        }
        try expectSkippingNewlines(.closeBracket)
        if let index {
          steps.append(HCLStep(kind: .index(index), range: upToHere(from: start)))
        } else {
          let rest = try deeper { (parser) throws(HCLFailure) in try parser.steps() }
          steps.append(HCLStep(kind: .splat(rest), range: upToHere(from: start)))
          return steps
        }
      default: return steps
      }
    }
  }

  private func upToHere(from token: HCLToken) -> PlaceRange {
    PlaceRange(start: token.range.start, end: lexer.place)
  }

  private mutating func expectSkippingNewlines(_ sign: HCLSign) throws(HCLFailure) {
    try withNewlines(skipped: true) { (parser) throws(HCLFailure) in try parser.expect(sign) }
  }

  /// `.0`, and `.0.1`, which looks like a number.
  private func legacyIndices(_ token: HCLToken) throws(HCLFailure) -> [HCLStep] {
    var steps: [HCLStep] = []
    for part in text(token).split(separator: ".") {
      guard let index = Int(part) else {
        throw HCLFailure(.syntax, "an index must be a whole number", token.range)
      }
      let number = HCLExpression(.number(BigNumber(index)), token.range)
      steps.append(HCLStep(kind: .index(number), range: token.range))
    }
    return steps
  }

  /// What applies to each element behind `.*`: attributes only.
  private mutating func attributeSteps() throws(HCLFailure) -> [HCLStep] {
    var steps: [HCLStep] = []
    while isNext(.dot), steps.count < 1000 {
      read()
      let name = read()
      switch name.kind {
      case .identifier: steps.append(HCLStep(kind: .attribute(text(name)), range: name.range))
      case .number: steps += try legacyIndices(name)
      default: throw unexpected(name, "an attribute name")
      }
    }
    return steps
  }

  // MARK: Terms

  private mutating func term() throws(HCLFailure) -> HCLExpression {
    let token = peek()
    switch token.kind {
    case .identifier:
      read()
      return try word(token)
    case .number:
      read()
      guard let number = BigNumber(text(token)) else {
        throw HCLFailure(.limit, "a number with too many digits", token.range)
      }
      return HCLExpression(.number(number), token.range)
    case .quote:
      read()
      return try quoted(from: token)
    case .heredoc:
      read()
      return try heredoc(from: token)
    case .sign(.openParenthesis):
      read()
      let inner = try withNewlines(skipped: true) { (parser) throws(HCLFailure) in
        let inner = try parser.expression()
        try parser.expect(.closeParenthesis)
        return inner
      }
      return HCLExpression(.parentheses(inner), upToHere(from: token))
    case .sign(.openBracket):
      read()
      return try withNewlines(skipped: true) { (parser) throws(HCLFailure) in
        try parser.tuple(from: token)
      }
    case .sign(.openBrace):
      read()
      if isFor() {
        return try withNewlines(skipped: true) { (parser) throws(HCLFailure) in
          try parser.loop(from: token, closing: .closeBrace)
        }
      }
      return try withNewlines(skipped: false) { (parser) throws(HCLFailure) in
        try parser.object(from: token)
      }
    default:
      throw unexpected(token, "an expression")
    }
  }

  /// Whether `for` opens what stands behind a bracket, newlines before it passed over.
  private mutating func isFor() -> Bool {
    var ahead = lexer
    let token = ahead.next(skippingNewlines: true)
    guard token.kind == .identifier, text(token) == "for" else { return false }
    let next = ahead.next(skippingNewlines: true)
    // `{ for = 1 }` is an object.
    return next.kind == .identifier
  }

  private mutating func word(_ token: HCLToken) throws(HCLFailure) -> HCLExpression {
    var name = text(token)
    while isNext(.colons) {
      read()
      let part = read()
      guard part.kind == .identifier else { throw unexpected(part, "a function name") }
      name += "::" + text(part)
      guard isNext(.colons) || isNext(.openParenthesis) else {
        throw unexpected(peek(), "“(”")
      }
    }
    if isNext(.openParenthesis) {
      read()
      return try withNewlines(skipped: true) { (parser) throws(HCLFailure) in
        try parser.call(name, from: token)
      }
    }
    switch name {
    case "true": return HCLExpression(.flag(true), token.range)
    case "false": return HCLExpression(.flag(false), token.range)
    case "null": return HCLExpression(.null, token.range)
    default: return HCLExpression(.name(name), token.range)
    }
  }

  private mutating func call(
    _ name: String,
    from token: HCLToken
  ) throws(HCLFailure) -> HCLExpression {
    var arguments: [HCLExpression] = []
    var isExpanded = false
    while !isNext(.closeParenthesis) {
      arguments.append(try expression())
      if reads(.ellipsis) {
        isExpanded = true
        _ = reads(.comma)
        break
      }
      guard reads(.comma) else { break }
    }
    try expect(.closeParenthesis)
    return HCLExpression(.call(name, arguments, isExpanded: isExpanded), upToHere(from: token))
  }

  private mutating func tuple(from token: HCLToken) throws(HCLFailure) -> HCLExpression {
    if isFor() { return try loop(from: token, closing: .closeBracket) }
    var elements: [HCLExpression] = []
    while !isNext(.closeBracket) {
      elements.append(try expression())
      guard reads(.comma) else { break }
    }
    try expect(.closeBracket)
    return HCLExpression(.tuple(elements), upToHere(from: token))
  }

  private mutating func object(from token: HCLToken) throws(HCLFailure) -> HCLExpression {
    var items: [HCLItem] = []
    while true {
      while peek().kind == .newline { read() }
      if reads(.closeBrace) { break }
      var key = try expression()
      // A bare word is its own name, not a variable; in parentheses it is a variable.
      if case .name(let name) = key.kind { key = HCLExpression(.text(name), key.range) }
      if case .flag(let flag) = key.kind {
        key = HCLExpression(.text(flag ? "true" : "false"), key.range)
      }
      if case .null = key.kind { key = HCLExpression(.text("null"), key.range) }
      guard reads(.assign) || reads(.colon) else { throw unexpected(peek(), "“=” or “:”") }
      let value = try expression()
      items.append(HCLItem(key: key, value: value))
      let end = peek()
      switch end.kind {
      case .newline, .sign(.comma): read()
      case .sign(.closeBrace): break
      default: throw unexpected(end, "a comma, the end of the line or “}”")
      }
    }
    return HCLExpression(.object(items), upToHere(from: token))
  }

  private mutating func loop(
    from token: HCLToken,
    closing: HCLSign
  ) throws(HCLFailure) -> HCLExpression {
    read()
    let (keyName, valueName) = try loopNames()
    let collection = try expression()
    try expect(.colon)
    var key: HCLExpression?
    var value = try expression()
    var isGrouped = false
    if closing == .closeBrace {
      try expect(.arrow)
      key = value
      value = try expression()
      isGrouped = reads(.ellipsis)
    }
    var condition: HCLExpression?
    let next = peek()
    if next.kind == .identifier, text(next) == "if" {
      read()
      condition = try expression()
    }
    try expect(closing)
    return HCLExpression(
      .loop(
        HCLLoop(
          keyName: keyName,
          valueName: valueName,
          collection: collection,
          key: key,
          value: value,
          condition: condition,
          isGrouped: isGrouped
        )
      ),
      upToHere(from: token)
    )
  }

  /// `k, v in`.
  mutating func loopNames() throws(HCLFailure) -> (key: String?, value: String) {
    let first = read()
    guard first.kind == .identifier else { throw unexpected(first, "a variable name") }
    var names: (key: String?, value: String) = (nil, text(first))
    if reads(.comma) {
      let second = read()
      guard second.kind == .identifier else { throw unexpected(second, "a variable name") }
      names = (text(first), text(second))
    }
    let word = read()
    guard word.kind == .identifier, text(word) == "in" else { throw unexpected(word, "“in”") }
    return names
  }
}
