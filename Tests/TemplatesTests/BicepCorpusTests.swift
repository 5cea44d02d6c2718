import DocumentTrees
import Foundation
import TestSupport
import Testing
import Workloads

@testable import Templates

/// Every Bicep file of the corpus: what must parse, what must not, and what it deploys.
@Suite struct BicepCorpusTests {
  private static func files(_ folder: String) -> [URL] {
    guard let folder = Corpus.folder(folder) else { return [] }
    return Corpus.files(below: folder) { ["bicep", "bicepparam"].contains($0.pathExtension) }
  }

  /// Folders of the compiler's own samples whose name says that something is wrong in them.
  private static func isInvalid(_ file: URL) -> Bool {
    file.pathComponents.contains { $0.hasPrefix("Invalid") }
  }

  @Test func validFilesParse() throws {
    let files = (Self.files("bicep") + Self.files("aca")).filter { !Self.isInvalid($0) }
    var broken: [String] = []
    for file in files {
      let errors = BicepParser.file(Array(try Data(contentsOf: file))).errors
      if let first = errors.first {
        broken.append("\(file.path):\(first.range.start.line) \(first.problem)")
      }
    }
    print("Bicep: \(files.count - broken.count) of \(files.count) valid files parse")
    #expect(broken.isEmpty)
  }

  /// Broken lines of the files in `Invalid…` folders, read off the files by hand.
  ///
  /// What is not listed there has errors of names and types alone.
  private static let brokenLines: [String: Set<Int>] = [
    "InvalidCycles_CRLF/main.bicep": [36, 46, 58],
    "InvalidMetadata_CRLF/main.bicep": [2, 5, 8, 9, 12, 14],
    "InvalidModules_LF/cycle.bicep": [1],
    "InvalidMultilineString_CRLF/main.bicep": [1],
    "InvalidNewlineSensitivity_LF/main.bicep": [1, 8, 11, 12, 16, 18, 19],
    "InvalidOutputs_CRLF/main.bicep": [
      3, 6, 11, 14, 17, 20, 23, 25, 28, 31, 34, 37, 52, 55, 58, 74, 152,
    ],
    "InvalidParameters_LF/main.bicep": [
      6, 9, 11, 12, 13, 17, 20, 23, 26, 45, 50, 55, 58, 61, 64, 67, 70, 73, 74, 75, 76, 79, 80, 81,
      82, 83, 84, 90, 91, 119, 175, 178, 190, 279,
    ],
    "InvalidResourceDerivedTypes_LF/main.bicep": [3, 12],
    "InvalidResources_CRLF/main.bicep": [
      3, 6, 7, 8, 9, 12, 15, 42, 46, 48, 51, 57, 62, 134, 139,
    ],
    "InvalidVariables_LF/main.bicep": [
      3, 6, 9, 13, 15, 18, 21, 24, 25, 26, 29, 32, 33, 36, 39, 42, 53, 59, 69, 88, 136, 142, 147,
      153, 163, 169, 170, 180,
    ],
  ]

  @Test func brokenFilesNameTheirLines() throws {
    var seen: Set<String> = []
    var lineCount = 0
    let files = Self.files("bicep").filter(Self.isInvalid)
    for file in files {
      let name = file.pathComponents.suffix(2).joined(separator: "/")
      let errors = BicepParser.file(Array(try Data(contentsOf: file))).errors
      let lines = Set(errors.map { Int($0.range.start.line) })
      let expected = Self.brokenLines[name] ?? []
      #expect(expected.subtracting(lines).isEmpty, "\(name) has further broken lines")
      #expect(errors.isEmpty == expected.isEmpty, "\(name)")
      if !expected.isEmpty { seen.insert(name) }
      lineCount += expected.count
    }
    if !files.isEmpty { #expect(seen == Set(Self.brokenLines.keys)) }
    print("Bicep: \(seen.count) broken files name \(lineCount) broken lines")
  }
}
