import Foundation
import Testing

@testable import DocumentTrees

/// The corpus folder, or nil if it is not there.
private let corpus: URL? = {
  if let path = ProcessInfo.processInfo.environment["UNMOOR_CORPUS"] {
    return URL(fileURLWithPath: path)
  }
  var folder = URL(fileURLWithPath: #filePath)
  while folder.path != "/" {
    folder.deleteLastPathComponent()
    let manifest = folder.appendingPathComponent("Package.swift").path
    guard FileManager.default.fileExists(atPath: manifest) else { continue }
    let found = folder.deletingLastPathComponent().appendingPathComponent("shared/corpus")
    return FileManager.default.fileExists(atPath: found.path) ? found : nil
  }
  return nil
}()

private func folders(_ name: String) -> [URL] {
  guard
    let root = corpus?.appendingPathComponent(
      "dockerfile-parser/moby__buildkit/frontend/dockerfile/parser/\(name)"
    ),
    let names = try? FileManager.default.contentsOfDirectory(atPath: root.path)
  else {
    print("SKIPPED: the corpus is not there, so BuildKit's \(name) were not compared")
    return []
  }
  return names.sorted().map { root.appendingPathComponent($0) }
}

@Suite struct DockerfileBuildKitTests {
  @Test(arguments: folders("testfiles"))
  func givesTheTreeOfBuildKit(_ folder: URL) throws {
    let bytes = try Data(contentsOf: folder.appendingPathComponent("Dockerfile"))
    let expected = try String(
      contentsOf: folder.appendingPathComponent("result"),
      encoding: .utf8
    )
    let dump = try DockerfileSyntax.parse([UInt8](bytes)).instructions
      .map { "(\(buildKitDump($0)))" }.joined(separator: "\n")
    #expect(dump == expected.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  @Test(arguments: folders("testfiles-negative"))
  func refusesWhatBuildKitRefuses(_ folder: URL) throws {
    let bytes = try Data(contentsOf: folder.appendingPathComponent("Dockerfile"))
    let error = #expect(throws: DocumentError.self) {
      try DockerfileSyntax.parse([UInt8](bytes))
    }
    let lines = ["env_no_value": 3, "shykes-nested-json": 1]
    #expect(error?.place.line == Int32(lines[folder.lastPathComponent] ?? 1))
  }

  /// Every Dockerfile of the corpus can be read, but for those whose own fault is known.
  @Test func readsTheCorpus() throws {
    guard let corpus else {
      print("SKIPPED: the corpus is not there, so its Dockerfiles were not read")
      return
    }
    var count = 0
    var failures: [String] = []
    var issues = 0
    for part in ["dockerfile", "compose"] {
      let root = corpus.appendingPathComponent(part)
      let paths = FileManager.default.enumerator(atPath: root.path)
      while let path = paths?.nextObject() as? String {
        let name = (path as NSString).lastPathComponent.lowercased()
        guard name.contains("dockerfile"), !name.hasSuffix(".yaml") else { continue }
        let url = root.appendingPathComponent(path)
        guard let data = try? Data(contentsOf: url) else { continue }
        count += 1
        do throws(DocumentError) {
          let file = try Dockerfile.parse([UInt8](data))
          issues += file.issues.count
          for issue in file.issues {
            print("\(part)/\(path):\(issue.place.line): \(issue.problem)")
          }
        } catch {
          failures.append("\(part)/\(path):\(error.place.line): \(error.problem)")
        }
      }
    }
    print("Dockerfiles of the corpus: \(count) read, \(failures.count) refused, \(issues) issues")
    for failure in failures.sorted() { print("  \(failure)") }
    #expect(count > 300)
    // Read by hand: a stray `~` ends this file, which BuildKit refuses as well.
    let faulty = [
      "dockerfile/bridgecrewio__checkov/tests/dockerfile/checks/example_UpdateNotAlone/failure/"
        + "Dockerfile:12: the line does not start with a Dockerfile instruction"
    ]
    #expect(failures.filter { !faulty.contains($0) } == [])
  }
}

/// An instruction in the notation of BuildKit's parser tests.
private func buildKitDump(_ instruction: Instruction) -> String {
  var parts = [instruction.keywordText.lowercased()]
  if !instruction.flags.isEmpty {
    parts.append("[" + instruction.flags.map { goQuoted($0.text) }.joined(separator: " ") + "]")
  }
  if let trigger = instruction.trigger { parts.append("(\(buildKitDump(trigger)))") }
  for (index, argument) in instruction.arguments.enumerated() {
    parts.append(goQuoted(argument.text))
    guard index % 2 == 1 else { continue }
    if instruction.form == .pairs { parts.append("\"=\"") }
    if instruction.form == .legacyPair { parts.append("\"\"") }
  }
  return parts.joined(separator: " ")
}

/// What Go's `strconv.Quote` makes of a text, for the characters that occur.
private func goQuoted(_ text: String) -> String {
  let names: [Unicode.Scalar: String] = [
    "\"": "\\\"", "\\": "\\\\", "\u{8}": "\\b", "\u{C}": "\\f", "\n": "\\n", "\r": "\\r",
    "\t": "\\t", "\0": "\\x00",
  ]
  return "\"" + text.unicodeScalars.map { names[$0] ?? String($0) }.joined() + "\""
}
