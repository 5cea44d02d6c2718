import Workloads

/// Whether profiles or file names say that something is for development and test only.
enum DevelopmentNames {
  private static let words: Set<String> = [
    "dev", "devel", "development", "develop", "test", "tests", "testing", "debug", "tools", "tool",
    "local", "localdev", "e2e", "ci", "integration", "lint", "mock", "mocks", "demo", "devtools",
    "bench", "benchmark", "loadtest", "sandbox", "playground", "devcontainer", "seed-dev",
  ]

  /// Whether every profile of a workload is one of development; false if it has none.
  static func areAllForDevelopment(_ profiles: [Value<String>]) -> Bool {
    guard !profiles.isEmpty else { return false }
    return profiles.allSatisfy { $0.known.map(isForDevelopment) ?? false }
  }

  /// Whether a name consists of such words, other words being allowed behind or before: `dev-tools`.
  static func isForDevelopment(_ name: String) -> Bool {
    let parts = name.lowercased().split { $0 == "-" || $0 == "_" || $0 == "." }.map(String.init)
    guard let first = parts.first, let last = parts.last else { return false }
    if parts.contains(where: deployed.contains) { return false }
    return words.contains(first) || words.contains(last) || words.contains(name.lowercased())
  }

  /// Words that say the opposite.
  private static let deployed: Set<String> = ["prod", "production", "live", "release", "staging"]

  /// Whether a Dockerfile's name says so: `Dockerfile.dev`, `test.Dockerfile`.
  static func isDevelopmentDockerfile(_ path: String) -> Bool {
    let parts = path.lowercased().split(separator: "/")
    guard let file = parts.last else { return false }
    if parts.dropLast().contains(".devcontainer") { return true }
    let words = file.split { $0 == "." || $0 == "-" || $0 == "_" }
      .filter { $0 != "dockerfile" && $0 != "containerfile" }
    return !words.isEmpty && isForDevelopment(words.joined(separator: "-"))
  }
}
