import Workloads

/// What a container runs instead of what its image would run.
enum ContainerCommand {
  /// The program that runs in place of a service: `psql` in an image of PostgreSQL.
  ///
  /// Nil if the container runs the service itself, which is the case unless its command or
  /// entrypoint is known to be a client, a plain tool or a script about something else.
  static func otherProgram(
    in container: Container,
    stage: BuildStage?,
    service: StatefulService
  ) -> String? {
    let words = programWords(of: container.entrypoint) + programWords(of: container.command)
    if words.contains(where: { service.servers.contains($0) }) { return nil }
    return words.first { service.clients.contains($0) || tools.contains($0) }
  }

  /// Programs that are never a service.
  private static let tools: Set<String> = [
    "curl", "wget", "sleep", "tail", "true", "chown", "chmod", "mkdir", "cp", "rm", "crond", "cron",
    "nc", "ping", "echo",
  ]

  /// All words of a command that could be programs, without their folders; the words of a shell's
  /// `-c` text are taken apart.
  static func programWords(of value: Value<[String]>) -> [String] {
    guard let words = value.known, let first = words.first else { return [] }
    if first.hasPrefix("-") { return [] }
    var programs: [String] = []
    for word in words.prefix(maximumWords) {
      if word.utf8.contains(where: { $0 == 0x20 || $0 == 0x0A || $0 == 0x3B || $0 == 0x26 }) {
        let parts = word.prefix(maximumText).split { " \n\t;&|(){}'\"`".contains($0) }
        for part in parts where programs.count < maximumWords { programs.append(base(part)) }
      } else {
        programs.append(base(word[...]))
      }
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
