import DocumentTrees

/// Reads the native syntax of HCL (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md).
///
/// A broken item costs that item: what follows is read, and an attribute whose value cannot be
/// read is kept as one whose value is unknown.
package struct HCLParser {
  /// Nesting of brackets, calls, conditions and templates.
  static let maximumDepth = 100
  /// Operators of one chain: each makes the tree one deeper.
  static let maximumChain = 300
  private static let maximumFailures = 50

  var lexer: HCLLexer
  var failures: [HCLFailure] = []
  var depth = 0
  private var lookahead: (token: HCLToken, lexer: HCLLexer)?
  private var newlineModes: [Bool] = [false]

  init(_ lexer: HCLLexer) { self.lexer = lexer }

  /// Reads the text of a file.
  package static func file(_ bytes: [UInt8]) -> HCLFile {
    var parser = HCLParser(HCLLexer(bytes))
    guard bytes.count <= 16 << 20 else {
      let start = PlaceRange(start: parser.lexer.place, end: parser.lexer.place)
      let failure = HCLFailure(.limit, "the text is larger than 16 MiB", start)
      return HCLFile(body: HCLBody(range: start), failures: [failure])
    }
    let body = parser.body(isFile: true)
    return HCLFile(body: body, failures: parser.failures)
  }

  /// Reads a text that is one expression.
  package static func expression(_ bytes: [UInt8]) throws(HCLFailure) -> HCLExpression {
    var parser = HCLParser(HCLLexer(bytes))
    parser.newlineModes = [true]
    let expression = try parser.expression()
    let last = parser.peek()
    guard last.kind == .end else { throw parser.unexpected(last, "the end of the expression") }
    if let failure = parser.failures.first { throw failure }
    return expression
  }

  // MARK: Tokens

  mutating func peek() -> HCLToken {
    if let lookahead { return lookahead.token }
    var ahead = lexer
    let token = ahead.next(skippingNewlines: newlineModes.last ?? false)
    lookahead = (token, ahead)
    return token
  }

  @discardableResult
  mutating func read() -> HCLToken {
    let token = peek()
    if let lookahead { lexer = lookahead.lexer }
    lookahead = nil
    return token
  }

  mutating func reads(_ sign: HCLSign) -> Bool {
    guard peek().kind == .sign(sign) else { return false }
    read()
    return true
  }

  mutating func isNext(_ sign: HCLSign) -> Bool { peek().kind == .sign(sign) }

  mutating func expect(_ sign: HCLSign) throws(HCLFailure) {
    let token = peek()
    guard token.kind == .sign(sign) else { throw unexpected(token, "“\(sign.rawValue)”") }
    read()
  }

  /// Reads a part in which newlines mean nothing, or something again.
  mutating func withNewlines<Result>(
    skipped: Bool,
    _ read: (inout HCLParser) throws(HCLFailure) -> Result
  ) throws(HCLFailure) -> Result {
    newlineModes.append(skipped)
    lookahead = nil
    defer {
      newlineModes.removeLast()
      lookahead = nil
    }
    return try read(&self)
  }

  /// Takes the place of the lexer after a template was read byte by byte.
  mutating func move(to other: HCLLexer) {
    lexer = other
    lookahead = nil
  }

  func text(_ token: HCLToken) -> String {
    String(decoding: lexer.bytes[token.start..<token.end], as: UTF8.self)
  }

  func unexpected(_ token: HCLToken, _ wanted: String) -> HCLFailure {
    let found =
      switch token.kind {
      case .identifier: "a word"
      case .number: "a number"
      case .quote, .heredoc: "a text"
      case .newline: "the end of the line"
      case .end: "the end of the text"
      case .sign(let sign): "“\(sign.rawValue)”"
      case .invalid:
        lexer.bytes[token.start..<token.end].starts(with: Array("/*".utf8))
          ? "a comment without an end" : "a character that has no meaning here"
      }
    return HCLFailure(.syntax, "\(wanted) expected, but found \(found)", token.range)
  }

  mutating func note(_ failure: HCLFailure) {
    if failures.count < Self.maximumFailures { failures.append(failure) }
  }

  mutating func deeper<Result>(
    _ read: (inout HCLParser) throws(HCLFailure) -> Result
  ) throws(HCLFailure) -> Result {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw HCLFailure(
        .limit,
        "nested deeper than \(Self.maximumDepth) levels",
        PlaceRange(start: lexer.place, end: lexer.place)
      )
    }
    return try read(&self)
  }

  // MARK: Structure

  /// The items up to the end of the file, or up to the closing brace, which is read as well.
  private mutating func body(isFile: Bool, opener: PlaceRange? = nil) -> HCLBody {
    var body = HCLBody(range: PlaceRange(start: lexer.place, end: lexer.place))
    var names: [String: Int] = [:]
    while true {
      let token = peek()
      switch token.kind {
      case .newline: read()
      case .end:
        if !isFile, let opener {
          note(HCLFailure(.syntax, "the block has no closing brace", opener))
        }
        body.range.end = lexer.place
        return body
      case .sign(.closeBrace) where !isFile:
        read()
        body.range.end = lexer.place
        return body
      default:
        do throws(HCLFailure) {
          try item(into: &body, &names)
        } catch {
          note(error)
          recover()
        }
      }
    }
  }

  private mutating func item(
    into body: inout HCLBody,
    _ names: inout [String: Int]
  ) throws(HCLFailure) {
    let name = read()
    guard name.kind == .identifier else {
      throw unexpected(name, "an argument or a block")
    }
    if isNext(.assign) {
      let attribute = try self.attribute(name)
      add(attribute, to: &body, &names)
      let end = peek()
      switch end.kind {
      case .newline: read()
      case .end, .sign(.closeBrace): break
      default: throw unexpected(end, "the end of the line")
      }
      return
    }
    if let block = try block(name) { body.blocks.append(block) }
  }

  private mutating func add(
    _ attribute: HCLAttribute,
    to body: inout HCLBody,
    _ names: inout [String: Int]
  ) {
    if names[attribute.name] != nil {
      note(
        HCLFailure(
          .syntax,
          "the argument \(attribute.name) is set a second time",
          attribute.nameRange
        )
      )
      return
    }
    names[attribute.name] = body.attributes.count
    body.attributes.append(attribute)
  }

  private mutating func attribute(_ name: HCLToken) throws(HCLFailure) -> HCLAttribute {
    read()
    let value: HCLExpression
    do throws(HCLFailure) {
      value = try expression()
    } catch {
      note(error)
      recover(keepingNewline: true)
      value = HCLExpression(.broken, error.range ?? name.range)
    }
    return HCLAttribute(name: text(name), nameRange: name.range, value: value)
  }

  private mutating func block(_ type: HCLToken) throws(HCLFailure) -> HCLBlock? {
    var labels: [HCLLabel] = []
    while true {
      let token = peek()
      switch token.kind {
      case .identifier:
        read()
        labels.append(HCLLabel(text: text(token), range: token.range))
      case .quote:
        read()
        let label = try quoted(from: token)
        guard case .text(let text) = label.kind else {
          throw HCLFailure(.syntax, "a block label cannot have expressions in it", label.range)
        }
        labels.append(HCLLabel(text: text, range: label.range))
      case .sign(.openBrace):
        read()
        let range = PlaceRange(start: type.range.start, end: token.range.end)
        let body = blockBody(opener: token.range)
        return HCLBlock(type: text(type), labels: labels, body: body, range: range)
      default:
        throw unexpected(token, labels.isEmpty ? "“=” or a block" : "a block label or “{”")
      }
      guard labels.count <= 16 else {
        throw HCLFailure(.limit, "the block has more than 16 labels", token.range)
      }
    }
  }

  /// What stands behind `{`: items line by line, or one argument on the same line.
  private mutating func blockBody(opener: PlaceRange) -> HCLBody {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.maximumDepth {
      note(HCLFailure(.limit, "nested deeper than \(Self.maximumDepth) levels", opener))
      recover(toBrace: true)
      return HCLBody(range: opener)
    }
    guard peek().kind == .identifier else {
      if isNext(.closeBrace) {
        read()
        expectLineEnd()
        return HCLBody(range: PlaceRange(start: opener.start, end: lexer.place))
      }
      let start = peek()
      if start.kind != .newline, start.kind != .end {
        note(unexpected(start, "an argument, the end of the line or “}”"))
        recover(toBrace: true)
        return HCLBody(range: opener)
      }
      let content = body(isFile: false, opener: opener)
      expectLineEnd()
      return content
    }
    let content = oneLine(opener)
    expectLineEnd()
    return content
  }

  private mutating func oneLine(_ opener: PlaceRange) -> HCLBody {
    var content = HCLBody(range: opener)
    var names: [String: Int] = [:]
    let name = read()
    guard isNext(.assign) else {
      let found = read()
      note(
        HCLFailure(
          .syntax,
          "a block on one line can have one argument and no blocks",
          PlaceRange(start: name.range.start, end: found.range.end)
        )
      )
      var levels = 1
      if found.kind == .sign(.openBrace) { levels += 1 }
      if found.kind != .sign(.closeBrace) { recover(toBrace: true, levels: levels) }
      return content
    }
    do throws(HCLFailure) {
      let attribute = try self.attribute(name)
      add(attribute, to: &content, &names)
      let end = peek()
      guard end.kind == .sign(.closeBrace) else {
        throw HCLFailure(
          .syntax,
          end.kind == .newline
            ? "the brace that ends a block of one line must stand on that line"
            : "a block on one line can have one argument only",
          end.range
        )
      }
      read()
    } catch {
      note(error)
      recover(toBrace: true)
    }
    content.range.end = lexer.place
    return content
  }

  private mutating func expectLineEnd() {
    let token = peek()
    switch token.kind {
    case .newline: read()
    case .end, .sign(.closeBrace): break
    default:
      note(unexpected(token, "the end of the line"))
      recover()
    }
  }

  /// Skips to the end of a broken item, brackets in it being passed as a whole.
  ///
  /// With `toBrace` it skips to the closing brace of the block in which the item stands.
  private mutating func recover(
    keepingNewline: Bool = false,
    toBrace: Bool = false,
    levels: Int = 1
  ) {
    newlineModes = [false]
    lookahead = nil
    var open = toBrace ? levels - 1 : 0
    while true {
      let token = peek()
      switch token.kind {
      case .end: return
      case .newline:
        if open == 0, !toBrace {
          if !keepingNewline { read() }
          return
        }
        read()
      case .sign(.openBrace), .sign(.openBracket), .sign(.openParenthesis):
        open += 1
        read()
      case .sign(.closeBrace), .sign(.closeBracket), .sign(.closeParenthesis):
        if open == 0, token.kind == .sign(.closeBrace) {
          if toBrace { read() }
          return
        }
        open = max(0, open - 1)
        read()
      case .quote, .heredoc:
        read()
        skipText(from: token)
      default: read()
      }
    }
  }

  /// Passes over a text whatever is wrong in it.
  private mutating func skipText(from token: HCLToken) {
    let known = failures
    if token.kind == .quote { _ = try? quoted(from: token) } else { _ = try? heredoc(from: token) }
    failures = known
  }
}
