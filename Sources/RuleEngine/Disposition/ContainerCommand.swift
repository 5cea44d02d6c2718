import Workloads

/// What a container runs instead of what its image would run.
enum ContainerCommand {
  /// The program that runs in place of a service: `psql` in an image of PostgreSQL.
  ///
  /// Nil if the container runs the service itself, which is the case unless its command is known
  /// to start clients or plain tools only.
  static func otherProgram(in container: Container, service: StatefulService) -> String? {
    let entrypoint = container.entrypoint.known ?? []
    let command = container.command.known ?? []
    var programs = programs(of: entrypoint + command)
    // A script as entry point usually ends in running the command.
    if !entrypoint.isEmpty, !shells.contains(programs.first ?? "") {
      programs += Self.programs(of: command)
    }
    if programs.contains(where: { service.servers.contains($0) }) { return nil }
    return programs.first { service.clients.contains($0) || tools.contains($0) }
  }

  /// Programs that are never a service.
  private static let tools: Set<String> = [
    "curl", "wget", "sleep", "tail", "true", "chown", "chmod", "mkdir", "cp", "rm", "crond", "cron",
    "nc", "ping", "echo",
    // What runs somebody's own program.
    "bundle", "rails", "rake", "thin", "puma", "python", "python3", "node", "npm", "npx", "yarn",
    "pnpm", "php", "ruby", "gunicorn", "uvicorn", "celery", "flask", "dotnet",
  ]

  private static let shells: Set<String> = ["sh", "bash", "ash", "dash", "zsh"]

  /// Words in front of a program.
  private static let wrappers: Set<String> = [
    "env", "exec", "tini", "dumb-init", "nice", "nohup", "time", "until", "while", "if", "do",
    "then", "else", "!", "sudo", "--",
  ]

  /// The programs that a command starts, without their folders; the text behind a shell's `-c` is
  /// taken apart.
  static func programs(of words: [String]) -> [String] {
    var rest = words.prefix(maximumWords)
    while let first = rest.first, wrappers.contains(base(first[...])) { rest = rest.dropFirst() }
    guard let first = rest.first, !first.hasPrefix("-") else { return [] }
    let program = base(first[...])
    guard shells.contains(program) else {
      // A whole command line in one word comes from a shell form.
      return first.utf8.contains(UInt8(ascii: " ")) ? programs(ofScript: first) : [program]
    }
    var isText = false
    for word in rest.dropFirst() {
      if isText { return programs(ofScript: word) }
      guard word.hasPrefix("-") else {
        return [base(word[...])]
      }
      isText = word.utf8.contains(UInt8(ascii: "c"))
    }
    return []
  }

  private static func programs(ofScript text: String) -> [String] {
    var programs: [String] = []
    for command in text.prefix(maximumText).split(whereSeparator: { "\n;&|(){}`".contains($0) }) {
      let words = command.split { $0 == " " || $0 == "\t" || $0 == "\"" || $0 == "'" }
      let program = words.first { word in
        !wrappers.contains(String(word)) && !word.contains("=")
      }
      if let program, programs.count < maximumWords { programs.append(base(program)) }
    }
    return programs
  }

  private static func base(_ word: Substring) -> String {
    let start = word.utf8.lastIndex(of: UInt8(ascii: "/")).map { word.utf8.index(after: $0) }
    return String(word[(start ?? word.startIndex)...])
  }

  private static let maximumWords = 256
  private static let maximumText = 8192
}
