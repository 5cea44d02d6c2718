import ArgumentParser
import Unmoor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs the command and maps every way it can end to an exit code.
@main
enum Main {
  static func main() async {
    do {
      var command = try UnmoorCommand.parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let error as ToolError {
      leave("unmoor: \(error)\n", code: 2)
    } catch let code as ExitCode where code != .success {
      leave("", code: code.rawValue)
    } catch {
      switch UnmoorCommand.exitCode(for: error) {
      case .success: UnmoorCommand.exit(withError: error)
      case .validationFailure: leave(UnmoorCommand.fullMessage(for: error) + "\n", code: 2)
      default: leave("unmoor: internal error: \(error)\n", code: 70)
      }
    }
  }

  private static func leave(_ message: String, code: Int32) -> Never {
    _ = Output.writeAll(Array(message.utf8), to: 2)
    exit(code)
  }
}

struct UnmoorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unmoor",
    abstract: "Tells whether container workloads can leave their hosts.",
    discussion: """
      Reads Dockerfiles and Compose files, and says for each workload whether it can run on AWS \
      Fargate (ECS or EKS) or Azure Container Apps, what stands in the way, at which line, how \
      much work it is, and how to mend it.

      Examples:
        unmoor assess                                   the current folder
        unmoor assess shop --html report.html           a report to show around
        unmoor assess shop --json - --quiet             for programs
        unmoor assess shop --fail-on high --min-score 70   a gate in a pipeline
        unmoor rules show host/docker-socket            what a rule asks, and why
      """,
    version: Unmoor.version,
    subcommands: [AssessCommand.self, RulesCommand.self]
  )
}
