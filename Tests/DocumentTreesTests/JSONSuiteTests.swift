import DocumentTrees
import Foundation
import TestSupport
import Testing

@Suite struct JSONSuiteTests {
  @Test func everyFileIsReadAsItsNameSays() throws {
    guard let folder = Corpus.folder("json-test-suite/nst__JSONTestSuite/test_parsing") else {
      return
    }
    let files = Corpus.files(below: folder) { $0.pathExtension == "json" }
    var tally: [String: Int] = [:]
    for file in files {
      let name = file.lastPathComponent
      let outcome = try read(file)
      switch name.prefix(2) {
      case "y_": #expect(outcome.accepted, "\(name): \(outcome.error.debugDescription)")
      case "n_": #expect(!outcome.accepted, "\(name)")
      default: break
      }
      tally["\(name.prefix(2)) \(outcome.accepted ? "accepted" : "refused")", default: 0] += 1
    }
    print("JSONTestSuite: \(files.count) files, \(tally.sorted { $0.key < $1.key })")
    #expect(tally["y_ accepted"] == files.count { $0.lastPathComponent.hasPrefix("y_") })
    #expect(files.count == 318)
  }

  private func read(_ file: URL) throws -> (accepted: Bool, error: DocumentError?) {
    let data = try Data(contentsOf: file)
    do throws(DocumentError) {
      let document = try JSONReader.document(in: [UInt8](data))
      if file.lastPathComponent.hasPrefix("y_"), let root = document.root {
        let expected = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
        if let expected {
          #expect(JSONValue(root) == JSONValue(foundation: expected), "\(file.lastPathComponent)")
        }
      }
      return (true, nil)
    } catch {
      #expect(error.place.line >= 1 && error.place.column >= 1, "\(file.lastPathComponent)")
      return (false, error)
    }
  }
}
