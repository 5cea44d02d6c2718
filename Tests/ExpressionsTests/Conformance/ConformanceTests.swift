import Foundation
import Testing

@testable import Expressions

/// The public conformance files of cel-spec.
struct ConformanceTests {
  /// Everything that may be refused; see the module's scope.
  private static let allowed: Set<String> = [
    OutsideScope.message.reason, "the math extension", "the encoders extension",
    "the protocol buffers extension", "the block extension",
  ]

  /// The folder of test files, or nil where the corpus is absent.
  private static var folder: URL? {
    if let given = ProcessInfo.processInfo.environment["UNMOOR_CEL_CONFORMANCE"] {
      return URL(filePath: given)
    }
    var root = URL(filePath: #filePath)
    while root.path != "/", !FileManager.default.fileExists(atPath: root.path + "/Package.swift") {
      root.deleteLastPathComponent()
    }
    let corpus =
      ProcessInfo.processInfo.environment["UNMOOR_CORPUS"].map { URL(filePath: $0) }
      ?? root.deletingLastPathComponent().appending(path: "shared/corpus")
    let folder = corpus.appending(
      path: "cel-conformance/google__cel-spec/tests/simple/testdata"
    )
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }

  @Test func everyFilePassesOrIsOutside() throws {
    guard let folder = Self.folder else {
      print("SKIPPED: the CEL conformance files are absent; set UNMOOR_CEL_CONFORMANCE to run them")
      return
    }
    let files = try FileManager.default.contentsOfDirectory(
      at: folder,
      includingPropertiesForKeys: nil
    )
    .filter { $0.pathExtension == "textproto" }
    .sorted { $0.lastPathComponent < $1.lastPathComponent }
    #expect(!files.isEmpty)
    var total = (passed: 0, failed: 0, refused: 0)
    for file in files {
      let proto = try TextProtoReader.read(try String(contentsOf: file, encoding: .utf8))
      var (passed, failed) = (0, 0)
      var refused: [String: Int] = [:]
      for section in proto.messages("section") {
        for test in section.messages("test") {
          let name = "\(section.string("name") ?? "")/\(test.string("name") ?? "")"
          switch ConformanceCase(name: name, proto: test).run() {
          case .passed: passed += 1
          case .refused(let reason): refused[reason, default: 0] += 1
          case .failed(let why):
            failed += 1
            Issue.record("\(file.lastPathComponent) \(name): \(test.string("expr") ?? "") \(why)")
          }
        }
      }
      let count = refused.values.reduce(0, +)
      total = (total.passed + passed, total.failed + failed, total.refused + count)
      let reasons = refused.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
      print(
        "\(file.lastPathComponent): \(passed) passed, \(failed) failed, \(count) refused"
          + (reasons.isEmpty ? "" : " (\(reasons.joined(separator: ", ")))")
      )
      #expect(Set(refused.keys).isSubset(of: Self.allowed))
    }
    print("all: \(total.passed) passed, \(total.failed) failed, \(total.refused) refused")
  }
}
