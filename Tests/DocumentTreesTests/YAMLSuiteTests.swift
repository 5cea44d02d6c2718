import DocumentTrees
import Foundation
import TestSupport
import Testing

@Suite struct YAMLSuiteTests {
  @Test func everyCaseIsReadAsTheSuiteSays() throws {
    guard let folder = Corpus.folder("yaml-test-suite/yaml__yaml-test-suite/src") else { return }
    let cases = try YAMLSuiteCase.all(in: folder)
    #expect(cases.count == 406)

    var tally: [String: Int] = [:]
    var found: [String: YAMLDifference] = [:]
    for testCase in cases {
      let outcome = check(testCase)
      tally[outcome.label, default: 0] += 1
      found[testCase.id] = outcome.difference
    }
    print("yaml-test-suite: \(cases.count) cases, \(tally.sorted { $0.key < $1.key })")

    for (id, difference) in found.sorted(by: { $0.key < $1.key })
    where YAMLDifference.known[id] != difference {
      Issue.record("\(id): \(difference), which the table does not say")
    }
    for id in YAMLDifference.known.keys.sorted() where found[id] == nil {
      Issue.record("\(id) is in the table, but is read as the suite says")
    }
  }

  private func check(
    _ testCase: YAMLSuiteCase
  ) -> (label: String, difference: YAMLDifference?) {
    let stream: YAMLStream
    do throws(DocumentError) {
      stream = try YAMLReader.documents(in: testCase.yaml)
      if let failure = stream.failure { throw failure }
    } catch {
      #expect(error.place.line >= 1 && error.place.column >= 1, "\(testCase.id)")
      let lines = testCase.yaml.split(separator: "\n", omittingEmptySubsequences: false).count
      #expect(error.place.line <= lines + 1, "\(testCase.id)")
      return testCase.mustFail ? ("refused rightly", nil) : ("refused", .refused)
    }
    if testCase.mustFail { return ("accepted wrongly", .accepted) }
    if let tree = testCase.tree, YAMLEvents(stream).lines != tree {
      return ("read otherwise", .readOtherwise)
    }
    if let json = testCase.json, stream.documents.map({ JSONValue($0.root) }) != json {
      return ("read otherwise", .readOtherwise)
    }
    return ("read rightly" + (testCase.json == nil ? ", no JSON given" : ""), nil)
  }
}
