import DocumentTrees

extension BicepParser {
  /// A type: members of a union, each with what follows it.
  mutating func type() throws(Stop) -> BicepTypeSyntax {
    let start = token.range.start
    try enter()
    defer { depth -= 1 }
    _ = skipNewLines(before: .pipe)
    let isUnion = take(.pipe)
    if isUnion { skipNewLines() }
    var members = [try postfixType()]
    while skipNewLines(before: .pipe) {
      position += 1
      skipNewLines()
      members.append(try postfixType())
    }
    if members.count == 1, !isUnion { return members[0] }
    return BicepTypeSyntax(kind: .union(members), range: range(from: start))
  }

  private mutating func postfixType() throws(Stop) -> BicepTypeSyntax {
    let start = token.range.start
    var base = try primaryType()
    var length = 0
    while true {
      length += 1
      if depth + length > Self.maximumDepth {
        throw stop("More than \(Self.maximumDepth) type signs follow each other", isLimit: true)
      }
      let kind: BicepTypeSyntax.Kind
      if take(.question) {
        kind = .nullable(base)
      } else if take(.exclamation) {
        kind = .nonNull(base)
      } else if take(.dot) {
        if take(.asterisk) {
          kind = .item(base)
        } else {
          kind = .member(base, try identifier("a property's name").text)
        }
      } else if take(.leftSquare) {
        if take(.rightSquare) {
          kind = .array(base)
        } else {
          if !take(.asterisk) { _ = try expression() }
          _ = try expect(.rightSquare, "]")
          kind = .item(base)
        }
      } else {
        return base
      }
      base = BicepTypeSyntax(kind: kind, range: range(from: start))
    }
  }

  private mutating func primaryType() throws(Stop) -> BicepTypeSyntax {
    let start = token.range.start
    try enter()
    defer { depth -= 1 }
    let kind: BicepTypeSyntax.Kind
    switch token.kind {
    case .stringComplete, .stringLeft, .integer:
      kind = .literal(try primary())
    case .minus, .exclamation:
      let sign = next().kind
      let operand = try primary()
      kind = .literal(BicepExpression(kind: .unary(sign, operand), range: range(from: start)))
    case .leftParen:
      position += 1
      skipNewLines()
      let inner = try type()
      skipNewLines()
      _ = try expect(.rightParen, ")")
      return BicepTypeSyntax(kind: inner.kind, range: range(from: start))
    case .leftBrace: kind = .object(try objectType())
    case .leftSquare: kind = .tuple(try tupleType())
    case .identifier: kind = try namedType()
    default: throw stop("Expected a type")
    }
    return BicepTypeSyntax(kind: kind, range: range(from: start))
  }

  private mutating func namedType() throws(Stop) -> BicepTypeSyntax.Kind {
    let token = next()
    let name = text(token)
    switch name {
    case "null": return .null
    case "true", "false":
      return .literal(BicepExpression(kind: .flag(name == "true"), range: token.range))
    case "resource" where at(.stringComplete): return .resource(try primary().plainText ?? "")
    default: break
    }
    guard take(.less) else { return .name(name) }
    var arguments: [BicepTypeSyntax] = []
    repeat {
      skipNewLines()
      arguments.append(try type())
      skipNewLines()
    } while take(.comma)
    _ = try expect(.greater, ">")
    return .generic(name, arguments)
  }

  private mutating func objectType() throws(Stop) -> [BicepTypeProperty] {
    let opening = next()
    var properties: [BicepTypeProperty] = []
    while true {
      skipNewLines()
      if take(.rightBrace) { return properties }
      if at(.endOfFile) {
        throw stop("Bracket of line \(opening.range.start.line) is not closed")
      }
      let decorators = try decorators()
      let name: String
      if take(.asterisk) {
        name = "*"
      } else if at(.stringComplete), let text = try primary().plainText {
        name = text
      } else {
        name = try identifier("a property's name").text
      }
      _ = try expect(.colon, "the : of a property's type")
      properties.append(BicepTypeProperty(name: name, decorators: decorators, type: try type()))
      if !take(.comma), !at(.newLine), !at(.rightBrace) {
        throw stop("Expected a comma, a new line or }")
      }
    }
  }

  private mutating func tupleType() throws(Stop) -> [BicepTypeSyntax] {
    let opening = next()
    var items: [BicepTypeSyntax] = []
    while true {
      skipNewLines()
      if take(.rightSquare) { return items }
      if at(.endOfFile) {
        throw stop("Bracket of line \(opening.range.start.line) is not closed")
      }
      _ = try decorators()
      items.append(try type())
      if !take(.comma), !at(.newLine), !at(.rightSquare) {
        throw stop("Expected a comma, a new line or ]")
      }
    }
  }
}
