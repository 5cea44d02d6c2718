package import DocumentTrees

/// A template as it is read, before its directives are nested.
private enum TemplateToken {
  case text(String)
  case interpolation(HCLExpression)
  case ifStart(HCLExpression)
  case elseMark(PlaceRange)
  case endIf(PlaceRange)
  case forStart(key: String?, value: String, HCLExpression)
  case endFor(PlaceRange)
}

extension HCLParser {
  /// Where a template ends.
  fileprivate enum Ending {
    case quote
    case heredoc(marker: [UInt8])
    case end
  }

  /// A text in quotes; the opening one is read already.
  mutating func quoted(from token: HCLToken) throws(HCLFailure) -> HCLExpression {
    let tokens = try templateTokens(until: .quote)
    return try template(tokens, from: token.range.start)
  }

  /// A here-document; its `<<` is read already.
  mutating func heredoc(from token: HCLToken) throws(HCLFailure) -> HCLExpression {
    var inner = lexer
    let length = HCLLexer.identifierLength(inner.bytes[inner.offset...])
    let marker = Array(inner.bytes[inner.offset..<inner.offset + length])
    inner.skip(length)
    if inner.peek() == 0x0D { inner.skip() }
    guard length > 0, inner.peek() == 0x0A else {
      throw HCLFailure(.syntax, "a here-document starts with “<<” and a word", token.range)
    }
    inner.skip()
    move(to: inner)
    var tokens = try templateTokens(until: .heredoc(marker: marker))
    if token.end - token.start == 3 { Self.flush(&tokens) }
    return try template(tokens, from: token.range.start)
  }

  /// A text of which all is template: a file for `templatefile`, a text in JSON syntax.
  package static func template(
    _ bytes: [UInt8],
    at place: Place = Place(line: 1, column: 1)
  ) throws(HCLFailure) -> HCLExpression {
    var parser = HCLParser(HCLLexer(bytes, at: place))
    let tokens = try parser.templateTokens(until: .end)
    return try parser.template(tokens, from: place)
  }

  // MARK: Reading

  fileprivate mutating func templateTokens(
    until ending: Ending
  ) throws(HCLFailure) -> [TemplateToken] {
    var tokens: [TemplateToken] = []
    var literal: [UInt8] = []
    var trimsNext = false
    var isAtLineStart = true
    let start = lexer.place

    func finishLiteral() {
      guard !literal.isEmpty else { return }
      var text = String(decoding: literal, as: UTF8.self)
      if trimsNext { text = Self.trimmedStart(text) }
      trimsNext = false
      literal = []
      tokens.append(.text(text))
    }

    var inner = lexer
    while true {
      if isAtLineStart, case .heredoc(let marker) = ending {
        if let length = Self.closing(marker, in: inner) {
          inner.skip(length)
          break
        }
        isAtLineStart = false
      }
      guard let byte = inner.peek() else {
        if case .end = ending { break }
        move(to: inner)
        throw HCLFailure(
          .syntax,
          "the text has no end",
          PlaceRange(start: start, end: start)
        )
      }
      if byte == 0x0A {
        if case .quote = ending {
          move(to: inner)
          throw HCLFailure(
            .syntax,
            "a text in quotes must end on its line",
            PlaceRange(start: inner.place, end: inner.place)
          )
        }
        literal.append(byte)
        inner.skip()
        finishLiteral()
        isAtLineStart = true
      } else if byte == UInt8(ascii: "\""), case .quote = ending {
        inner.skip()
        break
      } else if byte == UInt8(ascii: "\\"), case .quote = ending {
        escape(&inner, &literal)
      } else if byte == UInt8(ascii: "$") || byte == UInt8(ascii: "%") {
        if inner.peek(1) == byte, inner.peek(2) == UInt8(ascii: "{") {
          literal += [byte, UInt8(ascii: "{")]
          inner.skip(3)
        } else if inner.peek(1) == UInt8(ascii: "{") {
          finishLiteral()
          trimsNext = false
          let isTrimmed = inner.peek(2) == UInt8(ascii: "~")
          if isTrimmed, case .text(let text)? = tokens.last {
            tokens[tokens.count - 1] = .text(Self.trimmedEnd(text))
          }
          inner.skip(isTrimmed ? 3 : 2)
          move(to: inner)
          let isDirective = byte == UInt8(ascii: "%")
          trimsNext = try withNewlines(skipped: true) { (parser) throws(HCLFailure) in
            try parser.deeper { (parser) throws(HCLFailure) in
              tokens.append(
                isDirective
                  ? try parser.directive() : .interpolation(try parser.expression())
              )
              if parser.reads(.trimmedBrace) { return true }
              try parser.expect(.closeBrace)
              return false
            }
          }
          inner = lexer
        } else {
          literal.append(byte)
          inner.skip()
        }
      } else {
        literal.append(byte)
        inner.skip()
      }
    }
    finishLiteral()
    move(to: inner)
    return tokens
  }

  /// How far the closing line of a here-document reaches, if it stands here.
  private static func closing(_ marker: [UInt8], in lexer: HCLLexer) -> Int? {
    var length = 0
    while let byte = lexer.peek(length), byte == 0x20 || byte == 0x09 { length += 1 }
    let rest = lexer.bytes[min(lexer.offset + length, lexer.bytes.count)...]
    guard rest.starts(with: marker) else { return nil }
    length += marker.count
    let end = length
    while let byte = lexer.peek(length), byte == 0x20 || byte == 0x09 || byte == 0x0D {
      length += 1
    }
    guard lexer.peek(length) == 0x0A || lexer.peek(length) == nil else { return nil }
    return end
  }

  private mutating func escape(_ inner: inout HCLLexer, _ literal: inout [UInt8]) {
    let start = inner.place
    let mark = inner.peek(1)
    var length = 2
    switch mark {
    case UInt8(ascii: "n"): literal.append(0x0A)
    case UInt8(ascii: "r"): literal.append(0x0D)
    case UInt8(ascii: "t"): literal.append(0x09)
    case UInt8(ascii: "\""): literal.append(UInt8(ascii: "\""))
    case UInt8(ascii: "\\"): literal.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let count = mark == UInt8(ascii: "u") ? 4 : 8
      let digits = (2..<2 + count).compactMap { inner.peek($0) }
      if digits.count == count,
        let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(value), let bytes = UTF8.encode(scalar)
      {
        literal += bytes
        length += count
      } else {
        inner.skip()
        note(badEscape(start, inner.place))
        return
      }
    default:
      inner.skip()
      note(badEscape(start, inner.place))
      return
    }
    inner.skip(length)
  }

  private func badEscape(_ start: Place, _ end: Place) -> HCLFailure {
    HCLFailure(
      .syntax,
      "a backslash must be followed by n, r, t, a quote, a backslash, u or U",
      PlaceRange(start: start, end: end)
    )
  }

  private mutating func directive() throws(HCLFailure) -> TemplateToken {
    let word = read()
    guard word.kind == .identifier else { throw unexpected(word, "a template directive") }
    switch text(word) {
    case "if": return .ifStart(try expression())
    case "else": return .elseMark(word.range)
    case "endif": return .endIf(word.range)
    case "for":
      let (key, value) = try loopNames()
      return .forStart(key: key, value: value, try expression())
    case "endfor": return .endFor(word.range)
    default:
      throw HCLFailure(
        .syntax,
        "a template directive is if, else, endif, for or endfor",
        word.range
      )
    }
  }

  // MARK: Whitespace

  private static func trimmedStart(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.drop { $0.properties.isWhitespace }))
  }

  private static func trimmedEnd(_ text: String) -> String {
    var scalars = text.unicodeScalars
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }

  /// Takes off the indentation that all lines of a `<<-` document share.
  private static func flush(_ tokens: inout [TemplateToken]) {
    var least = Int.max
    var adjusted: [Int] = []
    var isLineStart = true
    for (index, token) in tokens.enumerated() {
      if isLineStart {
        isLineStart = false
        if case .text(let text) = token {
          let spaces = text.unicodeScalars.prefix { $0.properties.isWhitespace }.count
          // A line of nothing but spaces says nothing of the indentation.
          if spaces < text.unicodeScalars.count || !text.hasSuffix("\n") {
            adjusted.append(index)
            least = min(least, spaces)
          }
        } else {
          least = 0
        }
      }
      if case .text(let text) = token, text.hasSuffix("\n") { isLineStart = true }
    }
    for index in adjusted {
      guard case .text(let text) = tokens[index] else { continue }
      tokens[index] = .text(
        String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(least)))
      )
    }
  }

  // MARK: Nesting

  private func template(
    _ tokens: [TemplateToken],
    from start: Place
  ) throws(HCLFailure) -> HCLExpression {
    let range = PlaceRange(start: start, end: lexer.place)
    var reader = TemplateNesting(tokens: tokens[...])
    let parts = try reader.parts(depth: depth)
    if let rest = reader.tokens.first {
      throw HCLFailure(.syntax, "a template directive has no start", rest.range ?? range)
    }
    switch parts.count {
    case 0: return HCLExpression(.text(""), range)
    case 1:
      if case .text(let text) = parts[0] { return HCLExpression(.text(text), range) }
    default: break
    }
    return HCLExpression(.template(parts), range)
  }
}

extension TemplateToken {
  fileprivate var range: PlaceRange? {
    switch self {
    case .elseMark(let range), .endIf(let range), .endFor(let range): range
    case .ifStart(let expression), .forStart(_, _, let expression): expression.range
    case .text, .interpolation: nil
    }
  }
}

/// Turns a template's directives into a tree.
private struct TemplateNesting {
  var tokens: ArraySlice<TemplateToken>

  mutating func parts(depth: Int) throws(HCLFailure) -> [HCLTemplatePart] {
    var parts: [HCLTemplatePart] = []
    while let token = tokens.first {
      switch token {
      case .text(let text):
        if case .text(let before)? = parts.last {
          parts[parts.count - 1] = .text(before + text)
        } else if !text.isEmpty {
          parts.append(.text(text))
        }
        tokens.removeFirst()
      case .interpolation(let expression):
        parts.append(.interpolation(expression))
        tokens.removeFirst()
      case .ifStart, .forStart:
        guard depth < HCLParser.maximumDepth else {
          throw HCLFailure(
            .limit,
            "nested deeper than \(HCLParser.maximumDepth) levels",
            token.range
          )
        }
        parts.append(try directive(token, depth: depth + 1))
      case .elseMark, .endIf, .endFor: return parts
      }
    }
    return parts
  }

  private mutating func directive(
    _ token: TemplateToken,
    depth: Int
  ) throws(HCLFailure) -> HCLTemplatePart {
    tokens.removeFirst()
    let first = try parts(depth: depth)
    switch (token, tokens.popFirst()) {
    case (.ifStart(let condition), .endIf?):
      return .condition(condition, then: first, else: [])
    case (.ifStart(let condition), .elseMark?):
      let second = try parts(depth: depth)
      guard case .endIf? = tokens.popFirst() else { throw unclosed(token) }
      return .condition(condition, then: first, else: second)
    case (.forStart(let key, let value, let collection), .endFor?):
      return .loop(keyName: key, valueName: value, collection: collection, body: first)
    default: throw unclosed(token)
    }
  }

  private func unclosed(_ token: TemplateToken) -> HCLFailure {
    HCLFailure(.syntax, "a template directive is not closed rightly", token.range)
  }
}
