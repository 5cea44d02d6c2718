import Foundation
import TestSupport
import Testing

/// The command's exit codes, by running the program that was built with these tests.
@Suite struct ExitCodeTests {
  struct Run: CustomTestStringConvertible, Sendable {
    var arguments: [String]
    var code: Int32
    var input: String?
    var testDescription: String { arguments.joined(separator: " ") }

    init(_ code: Int32, _ arguments: String..., input: String? = nil) {
      self.code = code
      self.arguments = arguments
      self.input = input
    }
  }

  /// The program beside the test bundle; says loudly when it is absent.
  static let program: URL? = {
    let bundle = Bundle.allBundles.map(\.bundleURL) + [URL(filePath: CommandLine.arguments[0])]
    let folders =
      bundle.map { $0.deletingLastPathComponent() }
      + [Corpus.packageRoot.appendingPathComponent(".build/debug")]
    for folder in folders {
      let program = folder.appendingPathComponent("unmoor")
      if FileManager.default.isExecutableFile(atPath: program.path) { return program }
    }
    FileHandle.standardError.write(
      Data(
        "\n*** SKIPPED: no program 'unmoor' beside the tests: its exit codes are unchecked. ***\n\n"
          .utf8
      )
    )
    return nil
  }()

  static let bad = "services:\n  a:\n    image: acme/a:1\n    privileged: true\n"

  static let runs = [
    Run(0, "--help"), Run(0, "--version"), Run(0, "assess", "--help"),
    // Without a gate nothing fails.
    Run(0, "assess", "bad"), Run(0, "assess", "good"), Run(0, "assess"),
    Run(0, "assess", "bad", "--quiet"), Run(0, "assess", "bad/compose.yaml"),
    Run(0, "assess", "bad", "--json", "-"), Run(0, "assess", "bad", "--html", "-"),
    Run(0, "assess", "bad", "--json", "out.json", "--html", "out.html"),
    Run(0, "assess", "-f", "bad/compose.yaml"), Run(0, "assess", "empty"),
    Run(0, "assess", "-", input: bad), Run(0, "assess", "broken"),
    // Gates.
    Run(1, "assess", "bad", "--fail-on", "blocker"), Run(1, "assess", "bad", "--fail-on", "info"),
    Run(1, "assess", "bad", "--fail-on", "blocked"), Run(1, "assess", "bad", "--min-score", "100"),
    Run(1, "assess", "-", "--fail-on", "blocked", input: bad),
    Run(0, "assess", "bad", "--min-score", "0"),
    Run(0, "assess", "good", "--fail-on", "blocker"),
    // Wrong use.
    Run(2, "assess", "nowhere"), Run(2, "assess", "--no-such-option"), Run(2, "nonsense"),
    Run(2, "assess", "bad", "--fail-on", "everything"),
    Run(2, "assess", "bad", "--fail-on", "ready"), Run(2, "assess", "bad", "--min-score", "101"),
    Run(2, "assess", "bad", "--min-score", "many"), Run(2, "assess", "bad", "--target", "gke"),
    Run(2, "assess", "bad", "--as-of", "yesterday"), Run(2, "assess", "bad", "--set", "novalue"),
    Run(2, "assess", "bad", "--json", "-", "--html", "-"),
    Run(2, "assess", "bad", "--json", "no/such/folder/out.json"),
    Run(2, "assess", "bad", "--rules", "nowhere"), Run(2, "assess", "bad", "--max-depth", "0"),
    Run(2, "assess", "bad", "--root", "good"), Run(2, "assess", "bad", "--rules", "wrongrules"),
    Run(2, "rules", "show", "host/nothing"), Run(2, "rules", "list", "--step", "nothing"),
    Run(2, "rules", "fields", "nothing"), Run(2, "rules", "test", "host/nothing"),
    // Not enough could be read.
    Run(3, "assess", "broken", "--fail-on", "blocker"), Run(3, "assess", "broken/compose.yaml"),
    Run(3, "assess", "empty", "--min-score", "1"),
    Run(3, "assess", "unknown", "--min-coverage", "100"),
    Run(3, "assess", "-", input: "services: ["),
    // A failing gate counts for more than a gap.
    Run(1, "assess", "bad", "broken", "--fail-on", "blocker"),
    // The rule book.
    Run(0, "rules", "list"), Run(0, "rules", "list", "--format", "json"),
    Run(0, "rules", "list", "--step", "application"), Run(0, "rules", "fields"),
    Run(0, "rules", "show", "host/privileged"), Run(0, "rules", "test", "host/privileged"),
    Run(0, "rules", "fields", "mount"),
  ]

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Self.bad, to: "bad/compose.yaml")
    try folder.write("services:\n  a:\n    image: acme/a:1\n", to: "good/compose.yaml")
    try folder.write("services: [\n", to: "broken/compose.yaml")
    try folder.write("nothing", to: "empty/README.md")
    try folder.write("services:\n  a:\n    image: ${IMAGE}\n", to: "unknown/compose.yaml")
    try folder.write("id: mine/wrong\n", to: "wrongrules/mine/wrong.yaml")
    return folder
  }

  private func run(
    _ run: Run,
    in folder: TemporaryFolder
  ) throws -> (code: Int32, output: Data, errors: Data)? {
    guard let program = Self.program else { return nil }
    let process = Process()
    process.executableURL = program
    process.arguments = run.arguments
    process.currentDirectoryURL = folder.url
    process.environment = [:]
    let input = folder.url.appendingPathComponent(".input")
    try Data((run.input ?? "").utf8).write(to: input)
    process.standardInput = try FileHandle(forReadingFrom: input)
    // Files rather than pipes, which could fill up.
    let names = [".output", ".errors"].map { folder.url.appendingPathComponent($0) }
    for name in names { try Data().write(to: name) }
    process.standardOutput = try FileHandle(forWritingTo: names[0])
    process.standardError = try FileHandle(forWritingTo: names[1])
    try process.run()
    process.waitUntilExit()
    return (
      process.terminationStatus, try Data(contentsOf: names[0]), try Data(contentsOf: names[1])
    )
  }

  @Test(arguments: runs)
  func endsWith(_ expected: Run) throws {
    let folder = try folder()
    guard let outcome = try run(expected, in: folder) else { return }
    #expect(
      outcome.code == expected.code,
      "\(String(decoding: outcome.errors, as: UTF8.self))"
    )
    if expected.code == 2 {
      // What is wrong is said on standard error, and nothing is reported.
      #expect(!outcome.errors.isEmpty)
      #expect(outcome.output.isEmpty)
    }
  }

  @Test func standardOutputHoldsOnlyTheReport() throws {
    let folder = try folder()
    guard let outcome = try run(Run(0, "assess", "bad", "--json", "-"), in: folder) else { return }
    #expect(try JSONSerialization.jsonObject(with: outcome.output) is [String: Any])
    guard let quiet = try run(Run(0, "assess", "bad", "--quiet"), in: folder) else { return }
    #expect(quiet.output.isEmpty && quiet.errors.isEmpty)
  }

  @Test func filesAreWritten() throws {
    let folder = try folder()
    let arguments = Run(0, "assess", "bad", "--json", "a.json", "--html", "a.html")
    guard try run(arguments, in: folder) != nil else { return }
    let json = try Data(contentsOf: folder.url.appendingPathComponent("a.json"))
    #expect(try JSONSerialization.jsonObject(with: json) is [String: Any])
    let html = try String(
      contentsOf: folder.url.appendingPathComponent("a.html"),
      encoding: .utf8
    )
    #expect(html.hasPrefix("<!DOCTYPE html>") || html.hasPrefix("<!doctype html>"))
  }

  /// The value of a variable given by `--set` may be a secret: a mistake must not repeat it.
  @Test func wrongUseRepeatsNoSecret() throws {
    let folder = try folder()
    let secret = "swordfish-77"
    guard let outcome = try run(Run(2, "assess", "bad", "--set", secret), in: folder) else {
      return
    }
    #expect(!String(decoding: outcome.errors, as: UTF8.self).contains(secret))
  }
}
