import DocumentTrees

extension BicepParser {
  // MARK: Objects

  mutating func object() throws(Stop) -> [BicepObjectItem] {
    let opening = next()
    let outside = parentheses
    parentheses = 0
    defer { parentheses = outside }
    var items: [BicepObjectItem] = []
    while true {
      skipNewLines()
      if take(.rightBrace) { return items }
      try checkIsOpen(opening)
      let before = depth
      do {
        items.append(try objectItem())
        try separator(before: .rightBrace, "}")
      } catch {
        if error.endsBlock { throw error }
        depth = before
        parentheses = 0
        try recover(in: opening)
      }
    }
  }

  private mutating func objectItem() throws(Stop) -> BicepObjectItem {
    if take(.ellipsis) { return .spread(try expression()) }
    if at(.at) || (atWord("resource") && peek().kind == .identifier) {
      return .resource(try statement(nested: true))
    }
    let range = token.range
    let key: BicepExpression
    if at(.identifier) {
      key = BicepExpression(kind: .string([.text(text(next()))]), range: range)
    } else if at(.stringComplete) || at(.stringLeft) {
      key = try primary()
    } else {
      throw stop("Expected a property's name")
    }
    _ = try expect(.colon, "the : of a property")
    return .property(key: key, value: try expression())
  }

  /// What stands between two items: a comma, a line break or both.
  private mutating func separator(before end: BicepToken.Kind, _ what: String) throws(Stop) {
    if at(end) { return }
    if at(.newLine), skipNewLines(before: .comma) {
      throw stop("Expected no comma at the start of a line")
    }
    if take(.comma) {
      if at(.comma) { throw stop("Expected an item between two commas") }
      return
    }
    if at(.newLine) { return }
    throw stop("Expected a comma, a new line or \(what)")
  }

  /// Fails where the block was left open before the next declaration, or at the end.
  private mutating func checkIsOpen(_ opening: BicepToken) throws(Stop) {
    let line = opening.range.start.line
    let isNext = startsDeclaration(at: position) && depth < Self.maximumDepth
    if at(.endOfFile) || (isNext && !atWord("resource")) || (isNext && isTopLevelResource) {
      _ = stop("Bracket of line \(line) is not closed")
      throw Stop(endsBlock: true)
    }
  }

  /// A resource in the first column inside a block; nested ones are indented by all writers.
  private var isTopLevelResource: Bool {
    atWord("resource") && token.range.start.column == 1 && peek(2).kind == .stringComplete
      && (peek(3).kind == .assignment || peek(3).kind == .identifier)
      && lexer.texts[peek(2).text].contains("/") && lexer.texts[peek(2).text].contains("@")
  }

  /// Steps over a broken item; fails if the block cannot be what it seemed.
  private mutating func recover(in opening: BicepToken) throws(Stop) {
    skipToEndOfItem()
    switch token.kind {
    case .comma, .rightParen: position += 1
    case .rightSquare where opening.kind == .leftBrace: position += 1
    case .rightBrace where opening.kind == .leftSquare: throw Stop()
    case .endOfFile: throw Stop(endsBlock: true)
    default: break
    }
    if startsDeclaration(at: position + 1), at(.newLine), !atWord("resource", 1) {
      throw Stop(endsBlock: true)
    }
  }

  // MARK: Arrays and loops

  mutating func arrayOrLoop() throws(Stop) -> BicepExpression.Kind {
    let opening = next()
    let outside = parentheses
    parentheses = 0
    defer { parentheses = outside }
    if let loop = try loop() { return .loop(loop) }
    var items: [BicepArrayItem] = []
    while true {
      skipNewLines()
      if take(.rightSquare) { return .array(items) }
      try checkIsOpen(opening)
      let before = depth
      do {
        let isSpread = take(.ellipsis)
        items.append(BicepArrayItem(value: try expression(), isSpread: isSpread))
        try separator(before: .rightSquare, "]")
      } catch {
        if error.endsBlock { throw error }
        depth = before
        parentheses = 0
        try recover(in: opening)
      }
    }
  }

  /// The rest of `[for item in list: body]`; nil if the bracket opens an array.
  private mutating func loop() throws(Stop) -> BicepLoop? {
    var ahead = position
    while lexer.tokens[ahead].kind == .newLine { ahead += 1 }
    let word = lexer.tokens[ahead]
    guard word.kind == .identifier, lexer.bytes[word.bytes].elementsEqual("for".utf8) else {
      return nil
    }
    let behind = lexer.tokens[min(ahead + 1, lexer.tokens.count - 1)].kind
    guard behind == .identifier || behind == .leftParen else { return nil }
    position = ahead + 1
    var index: BicepName?
    let item: BicepName
    if take(.leftParen) {
      skipNewLines()
      item = try identifier("an item's name")
      skipNewLines()
      _ = try expect(.comma, "a comma and an index's name")
      skipNewLines()
      index = try identifier("an index's name")
      skipNewLines()
      _ = try expect(.rightParen, ")")
    } else {
      item = try identifier("an item's name")
    }
    guard takeWord("in") else { throw stop("Expected in and a list") }
    let list = try expression()
    _ = try expect(.colon, "the : of a loop")
    skipNewLines()
    let body = atWord("if") ? try guarded() : try expression()
    skipNewLines()
    _ = try expect(.rightSquare, "] behind the loop")
    return BicepLoop(item: item, index: index, list: list, body: body)
  }
}
