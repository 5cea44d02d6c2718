import DocumentTrees

extension BicepParser {
  mutating func program() -> [BicepStatement] {
    var statements: [BicepStatement] = []
    skipNewLines()
    while !at(.endOfFile) {
      depth = 0
      parentheses = 0
      let start = position
      do {
        statements.append(try statement(nested: false))
        if !at(.newLine), !at(.endOfFile) { throw stop("Expected the end of the line") }
      } catch {
        if !returnToDeclaration(after: start) { skipToEndOfStatement() }
      }
      skipNewLines()
    }
    return statements
  }

  /// A declaration with its decorators; of nested ones only resources are allowed.
  mutating func statement(nested: Bool) throws(Stop) -> BicepStatement {
    let start = token.range.start
    let decorators = try decorators()
    let kind = try declaration(nested: nested, decorated: !decorators.isEmpty)
    return BicepStatement(decorators: decorators, kind: kind, range: range(from: start))
  }

  /// `@secure()`, `@sys.description('…')`, each on a line of its own or before what it decorates.
  mutating func decorators() throws(Stop) -> [BicepExpression] {
    var decorators: [BicepExpression] = []
    while take(.at) {
      let expression = try postfix()
      switch expression.kind {
      case .call, .method: decorators.append(expression)
      default:
        errors.append(
          BicepSyntaxError(problem: "Expected a decorator's call", range: expression.range)
        )
      }
      skipNewLines()
    }
    return decorators
  }

  private mutating func declaration(
    nested: Bool,
    decorated: Bool
  ) throws(Stop) -> BicepStatement.Kind {
    guard at(.identifier) else {
      throw stop(decorated ? "Expected a declaration behind its decorators" : Self.expected)
    }
    let word = text(token)
    if nested, word != "resource" { throw stop("Expected a nested resource") }
    switch word {
    case "targetScope":
      position += 1
      return .targetScope(try assigned())
    case "metadata":
      position += 1
      return .metadata(try identifier("a name"), try assigned())
    case "param": return try parameter()
    case "var":
      position += 1
      let name = try identifier("a variable's name")
      let type = at(.assignment) ? nil : try type()
      return .variable(name, type: type, value: try assigned())
    case "output":
      position += 1
      let name = try identifier("an output's name")
      let type = try type()
      return .output(name, type: type, value: try assigned())
    case "type":
      position += 1
      let name = try identifier("a type's name")
      _ = try expect(.assignment, "= and a type")
      return .type(name, try type())
    case "func":
      position += 1
      return .function(try identifier("a function's name"), try function())
    case "resource": return .resource(try resource())
    case "module": return .module(try module())
    case "assert":
      position += 1
      return .assertion(try identifier("an assertion's name"), try assigned())
    case "test":
      position += 1
      let name = try identifier("a test's name")
      let path = try string("the path of the file to test")
      return .test(name, path, try assigned())
    case "using":
      position += 1
      let template = takeWord("none") ? nil : try string("the path of a template")
      if takeWord("with") { _ = try expression() }
      return .using(template)
    case "extends":
      position += 1
      return .extends(try string("the path of a parameter file"))
    case "import" where importsSymbols: return .importSymbols(try importSymbols())
    case "import", "extension", "provider", "extensionConfig":
      return .extensionUse(try extensionUse())
    default: throw stop(decorated ? "Expected a declaration behind its decorators" : Self.expected)
    }
  }

  private static var expected: String {
    "Expected a declaration such as param, var, resource, module or output"
  }

  /// `= value`.
  private mutating func assigned() throws(Stop) -> BicepExpression {
    _ = try expect(.assignment, "=")
    return try expression()
  }

  mutating func string(_ what: String) throws(Stop) -> BicepExpression {
    guard at(.stringComplete) || at(.stringLeft) else { throw stop("Expected \(what)") }
    return try primary()
  }

  private mutating func parameter() throws(Stop) -> BicepStatement.Kind {
    position += 1
    let name = try identifier("a parameter's name")
    if take(.assignment) {
      // In a parameter file; a template has to name a type, but the value is read all the same.
      return .parameter(name, type: nil, value: try expression())
    }
    let type = try type()
    let value = take(.assignment) ? try expression() : nil
    return .parameter(name, type: type, value: value)
  }

  private mutating func function() throws(Stop) -> BicepFunction {
    _ = try expect(.leftParen, "(")
    var parameters: [BicepName] = []
    skipNewLines()
    while !at(.rightParen) {
      parameters.append(try identifier("a parameter's name"))
      _ = try type()
      skipNewLines()
      guard take(.comma) else { break }
      skipNewLines()
    }
    _ = try expect(.rightParen, ")")
    _ = try type()
    _ = try expect(.arrow, "=>")
    skipNewLines()
    return BicepFunction(parameters: parameters, body: try expression())
  }

  private mutating func resource() throws(Stop) -> BicepResource {
    position += 1
    let name = try identifier("a resource's name")
    let type = try string("a resource's type in quotes")
    let isExisting = takeWord("existing")
    _ = try expect(.assignment, "=")
    let body = try resourceBody()
    return BicepResource(name: name, type: type, isExisting: isExisting, body: body)
  }

  private mutating func module() throws(Stop) -> BicepModule {
    position += 1
    let name = try identifier("a module's name")
    let path = try string("a module's path in quotes")
    _ = try expect(.assignment, "=")
    return BicepModule(name: name, path: path, body: try resourceBody())
  }

  /// `{ … }`, `if (condition) { … }` or a loop over one of them.
  mutating func resourceBody() throws(Stop) -> BicepExpression {
    // A line break may stand before the value, and behind the condition.
    if at(.newLine), [.leftBrace, .leftSquare].contains(peek().kind) || atWord("if", 1) {
      skipNewLines()
    }
    if atWord("if") { return try guarded() }
    guard at(.leftBrace) || at(.leftSquare) else { throw stop("Expected {, [ or if") }
    return try primary()
  }

  mutating func guarded() throws(Stop) -> BicepExpression {
    let start = token.range.start
    position += 1
    guard at(.leftParen) else { throw stop("Expected ( and a condition") }
    let condition = try primary()
    _ = skipNewLines(before: .leftBrace)
    guard at(.leftBrace) else { throw stop("Expected {") }
    let body = try primary()
    return BicepExpression(kind: .guarded(condition, body), range: range(from: start))
  }

  // MARK: Imports and extensions

  /// `import {` and `import * as`; anything else behind `import` is an extension.
  private var importsSymbols: Bool {
    peek().kind == .leftBrace || peek().kind == .asterisk
  }

  private mutating func importSymbols() throws(Stop) -> BicepImport {
    position += 1
    var items: [BicepImport.Item] = []
    var wildcard: BicepName?
    if take(.asterisk) {
      guard takeWord("as") else { throw stop("Expected as and a name") }
      wildcard = try identifier("a name")
    } else {
      _ = try expect(.leftBrace, "{")
      skipNewLines()
      while !at(.rightBrace) {
        items.append(try importItem())
        let isSeparated = take(.comma) || at(.newLine)
        skipNewLines()
        if !isSeparated, !at(.rightBrace) { throw stop("Expected a comma, a new line or }") }
      }
      _ = try expect(.rightBrace, "}")
    }
    guard takeWord("from") else { throw stop("Expected from and a path") }
    return BicepImport(items: items, wildcard: wildcard, path: try string("a path in quotes"))
  }

  private mutating func importItem() throws(Stop) -> BicepImport.Item {
    let range = token.range
    let name: String
    if at(.stringComplete), let text = try primary().plainText {
      name = text
    } else {
      name = try identifier("a name to import").text
    }
    let alias = takeWord("as") ? try identifier("a name") : BicepName(text: name, range: range)
    return BicepImport.Item(name: name, alias: alias)
  }

  private mutating func extensionUse() throws(Stop) -> BicepExtension {
    position += 1
    let specification: String
    if at(.identifier) {
      specification = text(next())
    } else {
      specification = try string("an extension's name").plainText ?? ""
    }
    var alias: BicepName?
    var configuration: BicepExpression?
    // The order changed between versions of the language.
    while at(.identifier) {
      if takeWord("with") {
        guard at(.leftBrace) else { throw stop("Expected {") }
        configuration = try primary()
      } else if takeWord("as") {
        alias = try identifier("a name")
      } else {
        throw stop("Expected with, as or the end of the line")
      }
    }
    return BicepExtension(
      specification: specification,
      alias: alias,
      configuration: configuration
    )
  }
}
