import ArgumentParser
import Reports
import RuleEngine
import Unmoor

/// `unmoor assess`: scan, score, report, gate.
struct AssessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess",
    abstract: "Assess the workloads of a folder.",
    discussion: """
      Prints a summary to the terminal; --json and --html write reports to files, or to standard \
      output with '-'. Without a gate option the exit code is 0 whatever was found.

      Examples:
        unmoor assess
        unmoor assess services/shop --html report.html
        unmoor assess compose.yaml -f compose.yaml -f compose.prod.yaml
        unmoor assess . --set TAG=1.4.2 --profile worker
        cat compose.yaml | unmoor assess -
        helm template shop charts/shop | unmoor assess -
        kubectl kustomize overlays/prod | unmoor assess -
        unmoor assess . --fail-on blocked --min-score 70 --min-coverage 80 --quiet

      Exit codes:
        0   the gate holds, or there is none
        1   the gate fails
        2   wrong use
        3   not enough could be assessed, or an input that must be read could not be
        70  internal error
      """
  )

  @Argument(help: "Folders or files; '-' reads standard input.", completion: .file())
  var paths: [String] = ["."]

  @Option(
    name: [.customShort("f"), .customLong("file")],
    help: "A Compose file; several form one project, in this order.",
    completion: .file()
  )
  var composeFiles: [String] = []

  @Option(name: .customLong("profile"), help: "Switch on a Compose profile.")
  var profiles: [String] = []

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "A variable for Compose files, as NAME=VALUE; the environment is never read.",
      valueName: "name=value"
    )
  )
  var variables: [String] = []

  @Option(
    name: .customLong("target"),
    help: "Assess only this target: ecs-fargate, eks-fargate or aca. May be repeated."
  )
  var targets: [String] = []

  @Option(
    help: ArgumentHelp("The folder that nothing outside of is read.", valueName: "folder"),
    completion: .directory
  )
  var root: String?

  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp("A folder with further rules.", valueName: "folder"),
    completion: .directory
  )
  var ruleFolders: [String] = []

  @Option(
    help: ArgumentHelp(
      "A settings file to use in the place of the root's .unmoor.yaml.",
      valueName: "file"
    ),
    completion: .file()
  )
  var config: String?

  @Flag(name: .customLong("no-config"), help: "Leave the root's .unmoor.yaml alone.")
  var ignoresConfig = false

  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp(
      "The date that end-of-life dates are compared with, as YYYY-MM-DD.",
      valueName: "date"
    )
  )
  var asOf: String?

  @Option(
    help: ArgumentHelp("Write the assessment as JSON; '-' is standard output.", valueName: "file"),
    completion: .file()
  )
  var json: String?

  @Option(
    help: ArgumentHelp(
      "Write the report as one HTML file; '-' is standard output.",
      valueName: "file"
    ),
    completion: .file()
  )
  var html: String?

  @Option(
    name: .customLong("fail-on"),
    help: """
      Exit with 1 if there is a finding of this severity or worse (blocker, high, medium, low, \
      info), or a workload with this verdict or worse (blocked, not-enough-evidence, \
      needs-changes).
      """
  )
  var failOn: FailOn?

  @Option(
    name: .customLong("min-score"),
    help: "Exit with 1 if the score's floor is below this, 0…100."
  )
  var minimumScore: Double?

  @Option(
    name: .customLong("min-coverage"),
    help: "Exit with 3 if less than this share could be assessed, 0…100."
  )
  var minimumCoverage: Double?

  @Option(
    name: .customLong("max-file-size"),
    help: ArgumentHelp("Bytes of one file that are read at most.", valueName: "bytes")
  )
  var maximumFileBytes = 16 << 20

  @Option(
    name: .customLong("max-depth"),
    help: ArgumentHelp("Nesting that is followed at most.", valueName: "levels")
  )
  var maximumDepth = 256

  @Option(
    name: .customLong("max-files"),
    help: ArgumentHelp("Files that are looked at, at most.", valueName: "count")
  )
  var maximumFiles = 200_000

  @Flag(name: .shortAndLong, help: "Print nothing but the reports asked for on standard output.")
  var quiet = false

  @Flag(name: .customLong("no-color"), help: "Print without colour; so does NO_COLOR.")
  var noColor = false

  func validate() throws {
    for (name, value) in [("--min-score", minimumScore), ("--min-coverage", minimumCoverage)] {
      if let value, !(0...100).contains(value) {
        throw ValidationError("\(name) is a number from 0 to 100.")
      }
    }
    if json == "-", html == "-" {
      throw ValidationError("Only one report can go to standard output.")
    }
    if maximumFileBytes < 1 || maximumDepth < 1 || maximumFiles < 1 {
      throw ValidationError("Limits are at least 1.")
    }
    if maximumDepth > 10_000 {
      throw ValidationError("--max-depth is at most 10000.")
    }
  }

  func run() async throws {
    let terminal = Terminal(noColor: noColor)
    let scope = try Scope(paths: paths, composeFiles: composeFiles, root: root)
    let unmoor: Unmoor
    do {
      unmoor = try Unmoor(ruleFolders: ruleFolders)
    } catch {
      throw ToolError.usage("a rule cannot be used: \(error)")
    }
    let known = unmoor.book.catalogue.targets.map(\.id)
    for target in targets where !known.contains(target) {
      throw ValidationError(
        "'\(target)' is no target; the targets are \(known.joined(separator: ", "))."
      )
    }
    var options = try scope.options()
    options.profiles = profiles
    options.variables = try parsedVariables()
    options.targets = targets
    options.asOf = asOf
    options.ignoresSettings = ignoresConfig
    if let config { options.settings = try Output.bytes(of: config) }
    options.maximumFileBytes = maximumFileBytes
    options.maximumDepth = maximumDepth
    options.maximumFiles = maximumFiles
    if !quiet { options.progress = terminal.progress }
    let assessment: Assessment
    do {
      assessment = try await scope.assess(unmoor, options)
    } catch {
      throw ToolError.usage(error.description)
    }
    // The process ends soon; to hand back its memory piece by piece would only take time.
    _ = Unmanaged.passRetained(Kept(unmoor: unmoor, assessment: assessment))
    terminal.endProgress()
    try write(assessment, terminal)
    let gate = Gate(
      failOn: failOn,
      minimumScore: minimumScore,
      minimumCoverage: minimumCoverage,
      required: scope.required
    )
    let outcome = gate.judge(assessment)
    if !quiet { for line in outcome.reasons { terminal.note(line) } }
    if outcome.code != 0 { throw ExitCode(Int32(outcome.code)) }
  }

  private func parsedVariables() throws -> [String: String] {
    var result: [String: String] = [:]
    for variable in variables {
      guard let equals = variable.firstIndex(of: "="), equals > variable.startIndex else {
        // The text is not repeated: it could be a secret.
        throw ValidationError("--set wants NAME=VALUE.")
      }
      result[String(variable[..<equals])] = String(variable[variable.index(after: equals)...])
    }
    return result
  }

  private func write(_ assessment: Assessment, _ terminal: Terminal) throws {
    if let json {
      try Output.write(to: json) { ReportFormat.json.write(assessment, to: $0) }
    }
    if let html { try Output.write(ReportFormat.html.bytes(assessment), to: html) }
    if quiet || json == "-" || html == "-" { return }
    let style = ConsoleStyle(color: terminal.usesColor, width: terminal.width)
    try Output.write(ReportFormat.console.bytes(assessment, style: style), to: "-")
  }
}

/// What lives as long as the process.
private final class Kept {
  let unmoor: Unmoor
  let assessment: Assessment

  init(unmoor: Unmoor, assessment: Assessment) {
    self.unmoor = unmoor
    self.assessment = assessment
  }
}

/// What `--fail-on` names.
enum FailOn: ExpressibleByArgument {
  case severity(Severity)
  case verdict(Verdict)

  init?(argument: String) {
    if let severity = Severity(rawValue: argument) {
      self = .severity(severity)
    } else if let verdict = Verdict(rawValue: argument), verdict != .ready {
      self = .verdict(verdict)
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] {
    Severity.allCases.map(\.rawValue) + Verdict.allCases.dropLast().map(\.rawValue)
  }
}
