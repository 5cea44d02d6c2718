import ArgumentParser

@main
struct UnmoorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "unmoor")
}
