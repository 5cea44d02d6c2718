import DocumentTrees

/// Reads the tokens of a Bicep text into a tree, past whatever is wrong in it.
///
/// A broken item of an object or array costs that item, a broken declaration that declaration.
struct BicepParser {
  /// Nesting of expressions, types and blocks, and the length of a chain of operators.
  static let maximumDepth = 160

  let lexer: BicepLexer
  var position = 0
  var depth = 0
  var errors: [BicepSyntaxError]
  /// Above 0: line breaks do not end an expression, as between parentheses.
  var parentheses = 0

  init(_ bytes: [UInt8]) {
    lexer = BicepLexer.tokens(of: bytes)
    errors = lexer.errors
  }

  static func file(_ bytes: [UInt8]) -> BicepFile {
    var parser = BicepParser(bytes)
    let statements = parser.program()
    // The lexer's errors and those that follow from them are told in the order of the text.
    let errors = parser.errors.sorted { $0.range < $1.range }
    return BicepFile(statements: statements, errors: errors)
  }

  /// Thrown after the error was recorded, to leave what cannot be read.
  struct Stop: Error {
    /// Whether the block around was left open, so that nothing more of it is to come.
    var endsBlock = false
  }

  // MARK: Tokens

  var token: BicepToken { lexer.tokens[position] }

  func peek(_ distance: Int = 1) -> BicepToken {
    lexer.tokens[min(position + distance, lexer.tokens.count - 1)]
  }

  mutating func next() -> BicepToken {
    let token = token
    if token.kind != .endOfFile { position += 1 }
    return token
  }

  func at(_ kind: BicepToken.Kind) -> Bool { token.kind == kind }

  func text(_ token: BicepToken) -> String {
    String(decoding: lexer.bytes[token.bytes], as: UTF8.self)
  }

  func atWord(_ word: String, _ distance: Int = 0) -> Bool {
    let token = peek(distance)
    return token.kind == .identifier && lexer.bytes[token.bytes].elementsEqual(word.utf8)
  }

  mutating func take(_ kind: BicepToken.Kind) -> Bool {
    guard at(kind) else { return false }
    position += 1
    return true
  }

  mutating func takeWord(_ word: String) -> Bool {
    guard atWord(word) else { return false }
    position += 1
    return true
  }

  mutating func expect(_ kind: BicepToken.Kind, _ what: String) throws(Stop) -> BicepToken {
    guard at(kind) else { throw stop("Expected \(what)") }
    return next()
  }

  mutating func identifier(_ what: String) throws(Stop) -> BicepName {
    let token = try expect(.identifier, what)
    return BicepName(text: text(token), range: token.range)
  }

  mutating func skipNewLines() {
    while at(.newLine) { position += 1 }
  }

  /// Steps over line breaks if `kind` comes behind them, else nowhere.
  mutating func skipNewLines(before kind: BicepToken.Kind) -> Bool {
    var ahead = position
    while lexer.tokens[ahead].kind == .newLine { ahead += 1 }
    guard lexer.tokens[ahead].kind == kind else { return false }
    position = ahead
    return true
  }

  // MARK: Errors

  mutating func stop(_ problem: String, isLimit: Bool = false) -> Stop {
    // What the lexer could not read has been named already.
    if token.kind != .unrecognized || errors.isEmpty {
      errors.append(BicepSyntaxError(problem: problem, range: token.range, isLimit: isLimit))
    }
    return Stop()
  }

  mutating func enter() throws(Stop) {
    depth += 1
    if depth > Self.maximumDepth {
      throw stop("Nesting is deeper than \(Self.maximumDepth) levels", isLimit: true)
    }
  }

  func range(from start: Place) -> PlaceRange {
    PlaceRange(start: start, end: position > 0 ? lexer.tokens[position - 1].range.end : start)
  }

  /// Steps to the end of the line, over brackets that are opened before it.
  ///
  /// Stops in front of a bracket that closes what is around.
  mutating func skipToEndOfItem() {
    var open = 0
    while true {
      switch token.kind {
      case .endOfFile: return
      case .newLine where open == 0: return
      case .newLine where startsDeclaration(at: position + 1): return
      case .comma where open == 0: return
      case .leftBrace, .leftSquare, .leftParen, .stringLeft: open += 1
      case .rightBrace, .rightSquare, .rightParen:
        if open == 0 { return }
        open -= 1
      case .stringRight: open = max(0, open - 1)
      default: break
      }
      position += 1
    }
  }

  /// Steps back to the declaration that a broken one, begun at `start`, ran into.
  ///
  /// So a bracket or string that was left open costs its own declaration and no other.
  mutating func returnToDeclaration(after start: Int) -> Bool {
    var index = min(position, lexer.tokens.count - 1)
    while index > start, lexer.tokens[index - 1].kind != .newLine { index -= 1 }
    guard index > start, startsDeclaration(at: index) else { return false }
    position = index
    return true
  }

  /// Steps to the line break behind a declaration that is broken.
  mutating func skipToEndOfStatement() {
    while !at(.endOfFile), !at(.newLine) {
      let before = position
      skipToEndOfItem()
      if at(.endOfFile) || at(.newLine) { return }
      // A bracket without its partner, or a comma.
      if position == before || !at(.newLine) { position += 1 }
    }
  }

  /// Whether the line that begins here is sure to be a declaration of the file.
  ///
  /// It stands at the beginning of its line and looks like no property, so that a bracket that
  /// was left open does not swallow the rest of the file.
  func startsDeclaration(at index: Int) -> Bool {
    guard index + 1 < lexer.tokens.count else { return false }
    let first = lexer.tokens[index]
    let second = lexer.tokens[index + 1]
    guard first.kind == .identifier, first.range.start.column == 1, second.kind == .identifier
    else { return false }
    return Self.keywords.contains(text(first))
  }

  static let keywords: Set = [
    "param", "var", "resource", "module", "output", "type", "func", "metadata", "assert", "test",
    "targetScope", "import", "extension", "provider", "using", "extends",
  ]
}
