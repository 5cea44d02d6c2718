import DocumentTrees
import Foundation
import TestSupport
import Testing

@testable import Templates

/// Every Bicep file of the corpus through the parser.
@Suite struct BicepCorpusTests {
  /// Folders of the compiler's own samples whose name says that something is wrong in them.
  static func isInvalid(_ file: URL) -> Bool {
    file.pathComponents.contains { $0.hasPrefix("Invalid") }
  }

  static func files(_ folder: String) -> [URL] {
    guard let folder = Corpus.folder(folder) else { return [] }
    return Corpus.files(below: folder) { ["bicep", "bicepparam"].contains($0.pathExtension) }
  }

  @Test func validFilesParse() throws {
    var count = 0
    for file in Self.files("bicep") + Self.files("aca") where !Self.isInvalid(file) {
      let parsed = BicepParser.file(Array(try Data(contentsOf: file)))
      count += 1
      let first = parsed.errors.first
      #expect(
        parsed.errors.isEmpty,
        "\(file.path): line \(first?.range.start.line ?? 0): \(first?.problem ?? "")"
      )
    }
    print("Bicep: \(count) valid files of the corpus parse")
  }

  @Test func dump() throws {
    for file in Self.files("bicep") where Self.isInvalid(file) {
      let parsed = BicepParser.file(Array(try Data(contentsOf: file)))
      print("== \(file.pathComponents.suffix(2).joined(separator: "/")): \(parsed.errors.count) errors, \(parsed.statements.count) statements")
      for e in parsed.errors.prefix(400) { print("   \(e.range.start.line):\(e.range.start.column) \(e.problem)") }
    }
  }
}
