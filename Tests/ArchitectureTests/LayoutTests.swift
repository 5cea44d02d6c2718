import Foundation
import TestSupport
import Testing

@Suite struct LayoutTests {
  @Test func topLevelHoldsExactlyTheAgreedNames() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Corpus.packageRoot.path)
      .filter { !$0.hasPrefix(".") }
    // SwiftPM writes Package.resolved wherever it builds.
    #expect(
      names.filter { $0 != "Package.resolved" }.sorted()
        == ["Package.swift", "README.md", "Rules", "Samples", "Sources", "Tests"]
    )
  }

  /// Such a call turns somebody's odd file into a crash.
  @Test(arguments: ["fatalError(", "preconditionFailure(", "try!", " as! ", "TODO", "FIXME"])
  func productCodeIsFreeOf(word: String) throws {
    for file in try ProductSources.files(below: ["Sources", "Rules"]) {
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() where line.contains(word) {
        Issue.record("\(file.path):\(index + 1) has \(word)")
      }
    }
  }

  /// Paths of somebody's machine have no place in the repository.
  @Test func nothingNamesAMachinesFolders() throws {
    let marks = ["/ho" + "me/", "/Us" + "ers/", "/wo" + "rk/"]
    for file in try ProductSources.files(below: ["Sources", "Rules"]) {
      for (number, line) in file.codeLines where marks.contains(where: line.contains) {
        Issue.record("\(file.path):\(number) \(line)")
      }
    }
  }
}
