extension Instruction {
  private static let shells: Set<String> = ["sh", "bash", "ash", "dash", "zsh", "ksh"]

  /// The commands a RUN, CMD, ENTRYPOINT or HEALTHCHECK starts, read as a POSIX shell would.
  ///
  /// The exec form gives one command, or those of the script in `["sh", "-c", script]`. A
  /// here-document counts if it is the script of a RUN or is fed to a shell.
  package var shellCommands: [ShellCommand] {
    let arguments = keyword == .healthcheck ? Array(arguments.dropFirst()) : arguments
    switch (keyword, form) {
    case (.run, .exec), (.cmd, .exec), (.entrypoint, .exec), (.healthcheck, .exec):
      return Self.commands(ofExecForm: arguments)
    case (.run, .shell), (.cmd, .shell), (.entrypoint, .shell), (.healthcheck, .shell):
      guard let text = arguments.first else { return [] }
      return commands(ofShellForm: text)
    default: return []
    }
  }

  private static func commands(ofExecForm arguments: [Argument]) -> [ShellCommand] {
    guard let first = arguments.first, let last = arguments.last else { return [] }
    let command = ShellCommand(
      words: arguments.map(\.text),
      wordRanges: arguments.map(\.range),
      assignments: [],
      redirections: [],
      range: PlaceRange(start: first.range.start, end: last.range.end),
      connector: .end,
      isSubstituted: false
    )
    guard arguments.count >= 3, let name = command.name, shells.contains(name),
      let flag = arguments.dropFirst().firstIndex(where: { isCommandFlag($0.text) }),
      flag + 1 < arguments.count
    else { return [command] }
    let script = arguments[flag + 1]
    var start = script.range.start
    start.column += 1
    return ShellCommand.split(PlacedText(script.text, startingAt: start))
  }

  /// Whether a word is `-c`, alone or with other letters as in `-ec`.
  private static func isCommandFlag(_ word: String) -> Bool {
    word.hasPrefix("-") && !word.hasPrefix("--") && word.hasSuffix("c")
  }

  private func commands(ofShellForm text: Argument) -> [ShellCommand] {
    if heredocs.count == 1, HeredocOpener(Array(text.text.utf8)[...]) != nil {
      return Self.isShellScript(heredocs[0].content.text)
        ? ShellCommand.split(heredocs[0].content) : []
    }
    let commands = ShellCommand.split(text.placed)
    guard !heredocs.isEmpty else { return commands }
    // The openers appear as redirections in the same order as the here-documents.
    var result: [ShellCommand] = []
    var next = 0
    for command in commands {
      result.append(command)
      for redirection in command.redirections
      where redirection.operation.hasPrefix("<<") && redirection.operation != "<<<" {
        guard next < heredocs.count else { break }
        let heredoc = heredocs[next]
        next += 1
        if command.words.count == 1, let name = command.name, Self.shells.contains(name) {
          result += ShellCommand.split(heredoc.content)
        }
      }
    }
    return result
  }

  /// Whether a script has no interpreter line, or one that names a shell.
  private static func isShellScript(_ script: String) -> Bool {
    guard script.hasPrefix("#!") else { return true }
    let line = script.dropFirst(2).prefix { $0 != "\n" && $0 != "\r\n" }
    return line.split { $0 == " " || $0 == "/" || $0 == "\t" }
      .contains { shells.contains(String($0)) }
  }
}
