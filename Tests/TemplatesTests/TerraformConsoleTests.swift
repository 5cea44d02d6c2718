import Foundation
import Templates
import TestSupport
import Testing

/// Expressions agree with what `terraform console` prints.
///
/// The table was recorded with Terraform 1.11; where the program is on the machine, a sample of it
/// is asked anew, so that the table itself cannot be wrong.
@Suite struct TerraformConsoleTests {
  struct Case: Sendable {
    var expression: String
    var expected: String
  }

  static let cases: [Case] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/terraform-console.txt")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return ("\n" + text).components(separatedBy: "\n> ").dropFirst().map { block in
      let lines = block.components(separatedBy: "\n")
      let answer = lines.dropFirst().joined(separator: "\n")
      return Case(expression: lines[0], expected: withoutTypesOfNulls(trimmed(answer)))
    }
  }()

  /// The type of a null is not kept.
  private static func withoutTypesOfNulls(_ text: String) -> String {
    text.replacingOccurrences(of: "tostring(null)", with: "null")
  }

  private static func trimmed(_ text: String) -> String {
    text.trimmingCharacters(in: .newlines)
  }

  @Test func agreesWithTheRecordedTable() {
    #expect(Self.cases.count >= 150)
    var differences: [String] = []
    for example in Self.cases {
      let found = Self.answer(example.expression)
      if found != example.expected {
        differences.append("\(example.expression)\n  \(found)\n  not \(example.expected)")
      }
    }
    print(
      "terraform console: \(Self.cases.count - differences.count) agree, "
        + "\(differences.count) differ"
    )
    #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
  }

  private static func answer(_ text: String) -> String {
    do {
      let expression = try HCLParser.expression(Array(text.utf8))
      let evaluator = HCLEvaluator(file: "console", session: HCLSession())
      return ConsoleText.of(try evaluator.value(expression))
    } catch {
      return "!error"
    }
  }

  @Test func tableIsWhatTerraformSays() throws {
    guard let program = Self.program else {
      FileHandle.standardError.write(
        Data("\n*** SKIPPED: no terraform on this machine; only the table was used. ***\n\n".utf8)
      )
      return
    }
    // One process for each, so only every ninth.
    for (index, example) in Self.cases.enumerated() where index % 9 == 0 {
      let answer = try Self.ask(program, example.expression)
      #expect(Self.withoutTypesOfNulls(answer) == example.expected, "\(example.expression)")
    }
  }

  private static let program: URL? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { URL(fileURLWithPath: "\($0)/terraform") }.first {
      FileManager.default.isExecutableFile(atPath: $0.path)
    }
  }()

  private static func ask(_ program: URL, _ expression: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("terraform-console-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    process.executableURL = program
    process.arguments = ["console"]
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment["TF_CLI_CONFIG_FILE"] = "/dev/null"
    environment["CHECKPOINT_DISABLE"] = "1"
    process.environment = environment
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    input.fileHandleForWriting.write(Data((expression + "\n").utf8))
    try input.fileHandleForWriting.close()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: bytes, as: UTF8.self)
    if process.terminationStatus != 0 || text.contains("Error:") { return "!error" }
    return trimmed(text)
  }
}
