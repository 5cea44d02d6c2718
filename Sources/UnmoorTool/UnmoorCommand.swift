import ArgumentParser
import Unmoor

@main
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
    subcommands: [AssessCommand.self, RulesCommand.self])
}
