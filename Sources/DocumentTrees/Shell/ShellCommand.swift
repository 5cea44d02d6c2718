/// One simple command of a shell script: words, assignments before them, redirections.
package struct ShellCommand: Hashable, Sendable {
  package struct Assignment: Hashable, Sendable {
    package var name: String
    package var value: String
    package var range: PlaceRange
  }

  package struct Redirection: Hashable, Sendable {
    /// As written, without the descriptor: `>`, `>>`, `<`, `2>` is `>` with descriptor 2.
    package var operation: String
    package var descriptor: Int?
    package var target: String
    package var range: PlaceRange
  }

  /// What stands between a command and the next one.
  package enum Connector: String, Hashable, Sendable {
    case and = "&&"
    case or = "||"
    case pipe = "|"
    case background = "&"
    /// A semicolon, a line end or a parenthesis.
    case sequence = ";"
    case end = ""
  }

  /// Without quotes; variables and substitutions are left as they are.
  package var words: [String]
  /// One for each word.
  package var wordRanges: [PlaceRange]
  package var assignments: [Assignment]
  package var redirections: [Redirection]
  package var range: PlaceRange
  /// What follows the command.
  package var connector: Connector
  /// Whether it runs inside `$( )`, backquotes or `<( )`.
  package var isSubstituted: Bool

  package var runsInBackground: Bool { connector == .background }

  /// The command's name without its folder: `apt-get` for `/usr/bin/apt-get`.
  package var name: String? {
    guard let word = words.first else { return nil }
    guard let slash = word.utf8.lastIndex(of: UInt8(ascii: "/")) else { return word }
    return String(word[word.index(after: slash)...])
  }

  /// Splits a script; what is no valid shell is taken apart as well as possible.
  package static func split(_ script: PlacedText) -> [ShellCommand] {
    var splitter = ShellSplitter(script)
    return splitter.run()
  }
}
