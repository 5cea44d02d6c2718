/// One instruction of a Dockerfile with everything that belongs to it.
package struct Instruction: Hashable, Sendable {
  package enum Keyword: String, CaseIterable, Hashable, Sendable {
    case add, arg, cmd, copy, entrypoint, env, expose, from, healthcheck, label, maintainer
    case onbuild, run, shell, stopsignal, user, volume, workdir
    /// Not an instruction of the Dockerfile language; only `DockerfileSyntax` lets it through.
    case unknown
  }

  /// How the arguments were written.
  package enum Form: Hashable, Sendable {
    /// Words, or one text, without a shell.
    case plain
    /// A JSON array of strings.
    case exec
    /// One text for the shell.
    case shell
    /// `NAME=value …`: names and values take turns in `arguments`.
    case pairs
    /// `NAME value`, the old way of ENV and LABEL: one name, one value.
    case legacyPair
  }

  package struct Flag: Hashable, Sendable {
    package var name: String
    /// Absent for a bare `--name`.
    package var value: String?
    package var range: PlaceRange

    /// The flag as BuildKit keeps it, without the quotes it was written with.
    package var text: String { value.map { "--\(name)=\($0)" } ?? "--\(name)" }
  }

  /// One argument; quotes and variables are still in it.
  package struct Argument: Hashable, Sendable {
    package var text: String
    package var range: PlaceRange
    /// Where the pieces of a text over several lines stand; empty if it is all in one piece.
    var pieces: [PlacedText.Piece] = []

    package var placed: PlacedText {
      PlacedText(
        text,
        pieces: pieces.isEmpty ? [.init(offset: 0, start: range.start)] : pieces
      )
    }
  }

  package struct Heredoc: Hashable, Sendable {
    package var name: String
    /// The file descriptor before `<<`, if written.
    package var fileDescriptor: Int?
    /// Without the leading tabs that `<<-` strips; line ends as in the file.
    package var content: PlacedText
    /// Whether variables in it are expanded: its name is not quoted.
    package var expands: Bool
    package var stripsTabs: Bool
    /// From the first line of the content to the end of the closing line.
    package var range: PlaceRange
  }

  package var keyword: Keyword
  /// The keyword as written.
  package var keywordText: String
  package var keywordRange: PlaceRange
  /// From the keyword to the end of the last line, here-documents included.
  package var range: PlaceRange
  package var flags: [Flag]
  package var arguments: [Argument]
  package var form: Form
  package var heredocs: [Heredoc]
  /// The line without continuations and comments.
  package var original: String
  private var triggers: [Instruction] = []

  init(
    keyword: Keyword,
    keywordText: String,
    keywordRange: PlaceRange,
    range: PlaceRange,
    flags: [Flag],
    arguments: [Argument],
    form: Form,
    original: String,
    trigger: Instruction?
  ) {
    self.keyword = keyword
    self.keywordText = keywordText
    self.keywordRange = keywordRange
    self.range = range
    self.flags = flags
    self.arguments = arguments
    self.form = form
    self.heredocs = []
    self.original = original
    if let trigger { triggers = [trigger] }
  }

  /// What ONBUILD does in the builds of images made from this one.
  package var trigger: Instruction? {
    get { triggers.first }
    set { triggers = newValue.map { [$0] } ?? [] }
  }

  /// The last flag of this name; BuildKit refuses repeating most of them.
  package func flag(_ name: String) -> Flag? {
    flags.last { $0.name == name }
  }

  /// Names and values of ENV and LABEL.
  package var pairs: [(name: Argument, value: Argument)] {
    guard form == .pairs || form == .legacyPair else { return [] }
    return stride(from: 0, to: arguments.count - 1, by: 2).map {
      (arguments[$0], arguments[$0 + 1])
    }
  }
}
