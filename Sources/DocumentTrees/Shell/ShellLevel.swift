/// A word while it is read.
struct ShellWord {
  var bytes: [UInt8] = []
  var start: Place
  var startOffset: Int
  var isQuoted = false
  /// Open `${`, in which nothing separates words.
  var braces = 0
}

/// A list of commands while it is read: the script, or what stands in `$( )` or backquotes.
struct ShellLevel {
  /// Where the patterns and the commands of a `case` stand.
  enum CaseState { case head, pattern, body }

  /// What ends the list; 0 is the end of the text.
  var closer: UInt8
  /// Where the list starts, for the word of the outer level that holds it.
  var start: Int
  var word: ShellWord?
  var isInQuotes = false
  /// Open `(` of subshells in this list.
  var parentheses = 0
  var cases: [CaseState] = []

  var words: [String] = []
  var wordRanges: [PlaceRange] = []
  var assignments: [ShellCommand.Assignment] = []
  var redirections: [ShellCommand.Redirection] = []
  var pending: (operation: String, descriptor: Int?, start: Place)?
  var first: Place?
  var last: Place?
  /// Whether the words belong to no command, as in `for x in a b`.
  var isDiscarded = false
  /// Words to pass over, such as the name behind `function`.
  var wordsToSkip = 0

  init(closer: UInt8, start: Int) {
    self.closer = closer
    self.start = start
  }

  private static let openingKeywords: Set<String> = [
    "if", "then", "elif", "else", "fi", "while", "until", "do", "done", "esac", "{", "}", "!",
    "time",
  ]

  /// Takes a finished word; returns the name a here-document ends with, if it is one.
  mutating func add(_ word: ShellWord, end: Place) -> (name: [UInt8], stripsTabs: Bool)? {
    let text = String(decoding: word.bytes, as: UTF8.self)
    if let redirection = pending {
      pending = nil
      note(redirection.start, end)
      redirections.append(
        ShellCommand.Redirection(
          operation: redirection.operation,
          descriptor: redirection.descriptor,
          target: text,
          range: PlaceRange(start: redirection.start, end: end)
        )
      )
      guard redirection.operation.hasPrefix("<<"), redirection.operation != "<<<" else {
        return nil
      }
      return (word.bytes, redirection.operation == "<<-")
    }
    if take(text, word) { return nil }
    note(word.start, end)
    if words.isEmpty, let assignment = assignment(word, text, end) {
      assignments.append(assignment)
    } else {
      words.append(text)
      wordRanges.append(PlaceRange(start: word.start, end: end))
    }
    return nil
  }

  /// Handles words that are syntax; true if the word is used up.
  private mutating func take(_ text: String, _ word: ShellWord) -> Bool {
    if cases.last == .pattern {
      if text == "esac", !word.isQuoted { cases.removeLast() }
      return true
    }
    if cases.last == .head {
      if text == "in", !word.isQuoted { cases[cases.count - 1] = .pattern }
      return true
    }
    if isDiscarded { return true }
    if wordsToSkip > 0 {
      wordsToSkip -= 1
      return true
    }
    guard words.isEmpty, assignments.isEmpty, !word.isQuoted else { return false }
    switch text {
    case "for", "select": isDiscarded = true
    case "case": cases.append(.head)
    case "function": wordsToSkip = 1
    case "esac": if cases.last == .body { cases.removeLast() }
    default: return Self.openingKeywords.contains(text)
    }
    return true
  }

  private func assignment(
    _ word: ShellWord,
    _ text: String,
    _ end: Place
  ) -> ShellCommand.Assignment? {
    guard let separator = word.bytes.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    var nameEnd = separator
    if nameEnd > 0, word.bytes[nameEnd - 1] == UInt8(ascii: "+") { nameEnd -= 1 }
    let name = word.bytes[..<nameEnd]
    guard let first = name.first, isASCIILetter(first) || first == UInt8(ascii: "_"),
      name.allSatisfy({ isASCIILetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") })
    else { return nil }
    return ShellCommand.Assignment(
      name: String(decoding: name, as: UTF8.self),
      value: String(decoding: word.bytes[(separator + 1)...], as: UTF8.self),
      range: PlaceRange(start: word.start, end: end)
    )
  }

  private mutating func note(_ start: Place, _ end: Place) {
    first = first ?? start
    last = end
  }

  /// Ends the current command and hands it out if there is anything in it.
  mutating func finish(_ connector: ShellCommand.Connector) -> ShellCommand? {
    defer {
      words = []
      wordRanges = []
      assignments = []
      redirections = []
      pending = nil
      first = nil
      last = nil
      isDiscarded = false
      wordsToSkip = 0
    }
    guard let first, let last else { return nil }
    return ShellCommand(
      words: words,
      wordRanges: wordRanges,
      assignments: assignments,
      redirections: redirections,
      range: PlaceRange(start: first, end: last),
      connector: connector,
      isSubstituted: closer != 0
    )
  }
}
