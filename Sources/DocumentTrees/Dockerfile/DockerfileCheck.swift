/// Finds faults inside instructions: what BuildKit refuses after it has parsed the file.
enum DockerfileCheck {
  static func issues(of instruction: Instruction) -> [DocumentIssue] {
    var issues: [DocumentIssue] = []
    let name = instruction.keyword.rawValue.uppercased()
    func add(_ problem: String, _ place: Place? = nil) {
      issues.append(DocumentIssue(.syntax, problem, at: place ?? instruction.range.start))
    }
    let known = flags[instruction.keyword] ?? []
    var seen: Set<String> = []
    for flag in instruction.flags {
      if !known.contains(flag.name) {
        add("\(name) has no such flag", flag.range.start)
      } else if !seen.insert(flag.name).inserted, !repeatable.contains(flag.name) {
        add("the flag --\(flag.name) is there twice", flag.range.start)
      }
    }
    let count = instruction.arguments.count
    switch instruction.keyword {
    case .add, .copy:
      if count < 2 { add("\(name) needs at least a source and a destination") }
    case .run:
      if count == 0, instruction.heredocs.isEmpty { add("RUN needs a command") }
    case .arg, .env, .expose, .label, .stopsignal, .user, .volume, .workdir, .maintainer:
      if count == 0 { add("\(name) needs an argument") }
    case .shell:
      if instruction.form != .exec { add("SHELL must be a JSON array of strings") }
    case .healthcheck:
      switch instruction.arguments.first?.text.uppercased() {
      case "NONE": if count > 1 { add("HEALTHCHECK NONE takes no arguments") }
      case "CMD": if count == 1 { add("HEALTHCHECK CMD needs a command") }
      case nil: add("HEALTHCHECK needs NONE or CMD")
      default: add("HEALTHCHECK must be followed by NONE or CMD")
      }
    case .onbuild:
      if let trigger = instruction.trigger {
        if [.onbuild, .from, .maintainer, .unknown].contains(trigger.keyword) {
          add("ONBUILD cannot hold this instruction", trigger.range.start)
        } else {
          issues += self.issues(of: trigger)
        }
      } else {
        add("ONBUILD needs an instruction")
      }
    case .cmd, .entrypoint, .from, .unknown: break
    }
    return issues
  }

  /// Says what is wrong without repeating the word, which may be part of a broken secret.
  static func unknownInstruction(_ instruction: Instruction) -> String {
    let word = Array(instruction.keywordText.lowercased().utf8.prefix(20))
    let near = Instruction.Keyword.allCases.lazy
      .filter { $0 != .unknown }
      .map { (keyword: $0, distance: distance(word, Array($0.rawValue.utf8))) }
      .min { $0.distance < $1.distance }
    guard let near, near.distance <= (word.count > 4 ? 2 : 1) else {
      return "the line does not start with a Dockerfile instruction"
    }
    return "unknown instruction; did you mean \(near.keyword.rawValue.uppercased())?"
  }

  static func repeatedNames(of stages: [Dockerfile.Stage]) -> [DocumentIssue] {
    var seen: Set<String> = []
    return stages.compactMap { stage in
      guard let name = stage.name else { return nil }
      guard isStageName(name.text) else {
        return DocumentIssue(
          .syntax,
          "a stage name starts with a letter and holds letters, digits, - _ and . only",
          at: name.range.start
        )
      }
      guard !seen.insert(name.text.lowercased()).inserted else { return nil }
      return DocumentIssue(
        .duplicateKey,
        "an earlier stage has the same name",
        at: name.range.start
      )
    }
  }

  private static func isStageName(_ name: String) -> Bool {
    guard let first = name.utf8.first, isASCIILetter(first) else { return false }
    return name.utf8.allSatisfy { isASCIILetter($0) || isDigit($0) || "-_.".utf8.contains($0) }
  }

  private static let repeatable: Set<String> = ["mount", "exclude", "device", "platform"]

  // https://docs.docker.com/reference/dockerfile/
  private static let flags: [Instruction.Keyword: Set<String>] = [
    .from: ["platform"],
    .run: ["mount", "network", "security", "device"],
    .copy: ["from", "chown", "chmod", "link", "parents", "exclude"],
    .add: [
      "keep-git-dir", "checksum", "chown", "chmod", "link", "unpack", "exclude",
    ],
    .healthcheck: ["interval", "timeout", "start-period", "start-interval", "retries"],
  ]

  /// How many letters to insert, drop, change or swap to get from one short word to another.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var rows = [Array(0...right.count)]
    for (i, byte) in left.enumerated() {
      var row = [i + 1]
      for (j, other) in right.enumerated() {
        var best = min(rows[i][j] + (byte == other ? 0 : 1), row[j] + 1, rows[i][j + 1] + 1)
        if i > 0, j > 0, byte == right[j - 1], left[i - 1] == other {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
