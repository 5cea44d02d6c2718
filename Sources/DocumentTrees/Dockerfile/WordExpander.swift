/// Puts variables into a word and takes its quotes off, as BuildKit's shell lexer does.
///
/// Works with a stack of its own: `${A:-${B:-…}}` from a hostile file cannot exhaust the stack.
struct WordExpander {
  /// Beyond this a substitution is not worth following.
  private static let maximumDepth = 100

  private let bytes: [UInt8]
  private let escape: UInt8
  private let keepsQuotes: Bool
  private let scope: VariableScope
  private var index = 0
  private var frames: [Frame] = [Frame(.top, rawEscapes: false)]

  /// A problem for which BuildKit would stop the build.
  private struct Failure: Error {
    var reason: String
    init(_ reason: String) { self.reason = reason }
  }

  private struct Frame {
    enum Kind {
      case top
      case doubleQuote
      /// The word behind a modifier.
      case operand(name: String, modifier: UInt8, nullIsUnset: Bool)
      case pattern(name: String, all: Bool)
      case replacement(name: String, all: Bool, pattern: ExpandedText)
    }

    var kind: Kind
    var rawEscapes: Bool
    var output = ExpandedText("")
    /// Known text not yet in `output`.
    var pending: [UInt8] = []

    init(_ kind: Kind, rawEscapes: Bool) {
      self.kind = kind
      self.rawEscapes = rawEscapes
    }

    mutating func finish() -> ExpandedText {
      flush()
      return output
    }

    mutating func flush() {
      guard !pending.isEmpty else { return }
      output.append(String(decoding: pending, as: UTF8.self))
      pending.removeAll(keepingCapacity: true)
    }

    mutating func append(_ text: ExpandedText) {
      flush()
      output.append(text)
    }
  }

  private init(_ text: String, escape: UInt8, keepsQuotes: Bool, scope: VariableScope) {
    bytes = Array(text.utf8)
    self.escape = escape
    self.keepsQuotes = keepsQuotes
    self.scope = scope
  }

  /// Expands an argument; a word BuildKit refuses becomes unknown, with the reason.
  static func expand(
    _ argument: Instruction.Argument,
    escape: UInt8,
    scope: VariableScope,
    budget: inout ExpansionBudget
  ) -> ExpandedText {
    expand(argument.text, at: argument.range, escape: escape, scope: scope, budget: &budget)
  }

  /// Expands a text; with `keepsQuotes` quotes mean nothing, as in a here-document.
  static func expand(
    _ text: String,
    at range: PlaceRange,
    escape: UInt8,
    keepsQuotes: Bool = false,
    scope: VariableScope,
    budget: inout ExpansionBudget
  ) -> ExpandedText {
    let isPlain = text.utf8.allSatisfy {
      $0 != UInt8(ascii: "$") && $0 != escape && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\"")
    }
    if isPlain { return ExpandedText(text, sources: [range]) }
    var expander = WordExpander(text, escape: escape, keepsQuotes: keepsQuotes, scope: scope)
    do {
      var result = try expander.run(&budget)
      result.sources.removeAll { $0 == range }
      result.sources.insert(range, at: 0)
      return result
    } catch {
      return ExpandedText(unknown: error.reason, sources: [range])
    }
  }

  private mutating func run(_ budget: inout ExpansionBudget) throws(Failure) -> ExpandedText {
    while index < bytes.count {
      try step(&budget)
    }
    guard frames.count == 1 else {
      if case .doubleQuote = frames[frames.count - 1].kind {
        throw Failure("a double quote is not closed")
      }
      throw Failure("a substitution with ${ is not closed")
    }
    return frames[0].finish()
  }

  private mutating func step(_ budget: inout ExpansionBudget) throws(Failure) {
    let byte = bytes[index]
    let top = frames.count - 1
    var isQuoted = false
    switch frames[top].kind {
    case .doubleQuote:
      isQuoted = true
      if byte == UInt8(ascii: "\"") {
        index += 1
        return close()
      }
    case .operand(let name, let modifier, let nullIsUnset):
      if byte == UInt8(ascii: "}") {
        index += 1
        let word = popped()
        let value = try modified(name, modifier, nullIsUnset, word, &budget)
        return try put(value, &budget)
      }
    case .pattern(let name, let all):
      if byte == UInt8(ascii: "/") {
        index += 1
        let pattern = popped()
        return try push(.replacement(name: name, all: all, pattern: pattern), rawEscapes: true)
      }
    case .replacement(let name, let all, let pattern):
      if byte == UInt8(ascii: "}") {
        index += 1
        let word = popped()
        let value = try replaced(name, pattern, word, all, &budget)
        return try put(value, &budget)
      }
    case .top: break
    }
    index += 1
    switch byte {
    case UInt8(ascii: "$"): try dollar(&budget)
    case escape: escaped(isQuoted: isQuoted)
    case UInt8(ascii: "\"") where !keepsQuotes && !isQuoted:
      try push(.doubleQuote, rawEscapes: frames[top].rawEscapes)
    case UInt8(ascii: "'") where !keepsQuotes && !isQuoted:
      guard let end = bytes[index...].firstIndex(of: byte) else {
        throw Failure("a single quote is not closed")
      }
      frames[top].pending += bytes[index..<end]
      index = end + 1
    default: frames[top].pending.append(byte)
    }
  }

  private mutating func escaped(isQuoted: Bool) {
    let top = frames.count - 1
    if frames[top].rawEscapes { frames[top].pending.append(escape) }
    guard index < bytes.count else { return }
    let next = bytes[index]
    if isQuoted, next != UInt8(ascii: "\""), next != UInt8(ascii: "$"), next != escape {
      frames[top].pending.append(escape)
      return
    }
    frames[top].pending.append(next)
    index += 1
  }

  // MARK: Frames

  private mutating func push(_ kind: Frame.Kind, rawEscapes: Bool) throws(Failure) {
    guard frames.count < Self.maximumDepth else {
      throw Failure("substitutions are nested more than \(Self.maximumDepth) deep")
    }
    frames.append(Frame(kind, rawEscapes: rawEscapes))
  }

  private mutating func popped() -> ExpandedText {
    var frame = frames.removeLast()
    return frame.finish()
  }

  private mutating func close() {
    let text = popped()
    frames[frames.count - 1].append(text)
  }

  private mutating func put(
    _ text: ExpandedText,
    _ budget: inout ExpansionBudget
  ) throws(Failure) {
    var length = 16
    for case .text(let part) in text.parts { length += part.utf8.count }
    guard budget.takeBytes(length) else { throw Failure("the expanded text is too long") }
    frames[frames.count - 1].append(text)
  }

  // MARK: Substitution

  private mutating func dollar(_ budget: inout ExpansionBudget) throws(Failure) {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "{") else {
      let end = VariableName.end(bytes, from: index, to: bytes.count)
      guard end > index else {
        frames[frames.count - 1].pending.append(UInt8(ascii: "$"))
        return
      }
      let name = String(decoding: bytes[index..<end], as: UTF8.self)
      index = end
      return try put(plain(name), &budget)
    }
    index += 1
    guard index < bytes.count else { throw Failure("a substitution with ${ is not closed") }
    guard !"{}:".utf8.contains(bytes[index]) else { throw Failure("${ has no variable name") }
    let end = VariableName.end(bytes, from: index, to: bytes.count)
    let name = String(decoding: bytes[index..<end], as: UTF8.self)
    guard end < bytes.count else { throw Failure("a substitution with ${ is not closed") }
    index = end + 1
    var modifier = bytes[end]
    if modifier == UInt8(ascii: "}") { return try put(plain(name), &budget) }
    if modifier == UInt8(ascii: "/") {
      let all = index < bytes.count && bytes[index] == modifier
      if all { index += 1 }
      return try push(.pattern(name: name, all: all), rawEscapes: true)
    }
    let nullIsUnset = modifier == UInt8(ascii: ":")
    if nullIsUnset {
      guard index < bytes.count else { throw Failure("a substitution with ${ is not closed") }
      modifier = bytes[index]
      index += 1
    }
    guard "+-?#%".utf8.contains(modifier) else {
      throw Failure("the modifier of a substitution is not one that BuildKit knows")
    }
    let isTrimming = modifier == UInt8(ascii: "#") || modifier == UInt8(ascii: "%")
    try push(
      .operand(name: name, modifier: modifier, nullIsUnset: nullIsUnset),
      rawEscapes: isTrimming
    )
  }

  private func plain(_ name: String) -> ExpandedText {
    switch scope.value(name) {
    case .set(let text): text
    case .unset(let reason), .unknown(let reason): ExpandedText(unknown: reason)
    }
  }

  private func modified(
    _ name: String,
    _ modifier: UInt8,
    _ nullIsUnset: Bool,
    _ word: ExpandedText,
    _ budget: inout ExpansionBudget
  ) throws(Failure) -> ExpandedText {
    let value = scope.value(name)
    if modifier == UInt8(ascii: "#") || modifier == UInt8(ascii: "%") {
      return try trimmed(value, modifier, word, &budget)
    }
    switch value {
    case .unknown(let reason): return ExpandedText(unknown: reason)
    case .unset: return unset(name, modifier, word)
    case .set(let text):
      if nullIsUnset, text.isEmpty == true { return unset(name, modifier, word) }
      guard modifier == UInt8(ascii: "+") else { return text }
      if nullIsUnset, text.isEmpty == nil {
        return ExpandedText(unknown: text.unknownReason ?? "\(name) is unknown")
      }
      return word
    }
  }

  private func unset(_ name: String, _ modifier: UInt8, _ word: ExpandedText) -> ExpandedText {
    switch modifier {
    case UInt8(ascii: "-"): word
    case UInt8(ascii: "+"): ExpandedText("")
    default: ExpandedText(unknown: "\(name) must be given to the build")
    }
  }

  private func trimmed(
    _ value: VariableScope.Value,
    _ modifier: UInt8,
    _ word: ExpandedText,
    _ budget: inout ExpansionBudget
  ) throws(Failure) -> ExpandedText {
    switch value {
    case .unset(let reason), .unknown(let reason): return ExpandedText(unknown: reason)
    case .set(let text):
      guard let known = text.text else { return text }
      guard var pattern = word.text else { return word }
      let isGreedy = pattern.utf8.first == modifier
      if isGreedy { pattern.removeFirst() }
      return try apply(text, word) { () throws(GlobPattern.Failure) in
        try GlobPattern(pattern).trim(
          known,
          isPrefix: modifier == UInt8(ascii: "#"),
          isGreedy: isGreedy,
          &budget
        )
      }
    }
  }

  private func replaced(
    _ name: String,
    _ pattern: ExpandedText,
    _ word: ExpandedText,
    _ all: Bool,
    _ budget: inout ExpansionBudget
  ) throws(Failure) -> ExpandedText {
    switch scope.value(name) {
    case .unset(let reason), .unknown(let reason): return ExpandedText(unknown: reason)
    case .set(let text):
      guard let known = text.text else { return text }
      guard let knownPattern = pattern.text else { return pattern }
      guard let replacement = word.text else { return word }
      return try apply(text, pattern) { () throws(GlobPattern.Failure) in
        try GlobPattern(knownPattern).replace(in: known, with: replacement, all: all, &budget)
      }
    }
  }

  private func apply(
    _ value: ExpandedText,
    _ pattern: ExpandedText,
    _ body: () throws(GlobPattern.Failure) -> String
  ) throws(Failure) -> ExpandedText {
    do {
      var result = ExpandedText(try body())
      result.addOrigins(of: value)
      result.addOrigins(of: pattern)
      return result
    } catch {
      throw Failure(error.reason)
    }
  }
}
