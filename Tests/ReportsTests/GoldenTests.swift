import Reports
import RuleEngine
import TestSupport
import Testing

/// Every report of the sample, byte for byte.
@Suite struct GoldenTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var file: String
    var format: ReportFormat
    var style = ConsoleStyle.plain
    var isEmpty = false
    var testDescription: String { file }
  }

  static let cases = [
    Case(file: "report.json", format: .json),
    Case(file: "empty.json", format: .json, isEmpty: true),
    Case(file: "console.txt", format: .console),
    Case(
      file: "console-narrow.txt",
      format: .console,
      style: ConsoleStyle(color: false, width: 60)
    ),
    Case(file: "console-color.txt", format: .console, style: ConsoleStyle(color: true, width: 120)),
    Case(file: "console-empty.txt", format: .console, isEmpty: true),
    Case(file: "report.html", format: .html),
    Case(file: "empty.html", format: .html, isEmpty: true),
  ]

  @Test(arguments: cases)
  func rendersAsRecorded(_ example: Case) {
    let assessment = example.isEmpty ? SampleAssessment.empty : SampleAssessment.rich
    let bytes = example.format.bytes(assessment, style: example.style)
    #expect(GoldenFile.difference(bytes, from: example.file) == nil)
    #expect(example.format.render(assessment, style: example.style).utf8.elementsEqual(bytes))
  }
}
