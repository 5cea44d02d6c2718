import RuleEngine
import Testing

/// What is too long to be compared with itself is not assessed, which is neither a pass nor silence.
@Suite struct LongStageTests {
  static let commands = [
    ("image/recommended-packages", "RUN apt-get update && apt-get install -y curl"),
    ("image/dev-dependencies", "RUN npm ci"),
    ("image/chown-duplicate-layer", "RUN chown -R app /srv/app"),
  ]

  @Test(arguments: commands)
  func isNotAssessed(rule: String, command: String) async throws {
    func states(of count: Int) async throws -> [CheckState] {
      let lines = (0..<count).map { "ENV NUMBER_\($0)=\($0)\n" }.joined()
      let text = "FROM debian:12-slim\nCOPY app /srv/app\n\(lines)\(command)\nCMD [\"/app\"]\n"
      let assessment = try await Shop.assess(["Dockerfile": text])
      return assessment.checks.filter { $0.rule == rule }.map(\.state)
    }
    #expect(try await states(of: 10) == [.fail])
    #expect(try await states(of: 250) == [.notAssessed])
  }
}
