import Reports
import RuleEngine
import TestSupport
import Testing

@Suite struct ConsoleReportTests {
  @Test(arguments: [0, 40, 60, 80, 100, 140, 1000])
  func letsNothingSteerTheTerminal(width: Int) {
    let poison = Poison(dose: "\u{1B}[2J\u{9B}\r\n\u{0}\u{202E}\u{2066}\u{2028}\u{7F}")
    for sample in [SampleAssessment.rich, SampleAssessment.empty] {
      let assessment = poison(sample)
      let style = ConsoleStyle(color: false, width: width)
      let scalars = ConsoleReport.render(assessment, style: style).unicodeScalars
      let bad = scalars.filter { scalar in
        switch scalar.value {
        case 0x0A: false
        case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
      }
      #expect(bad.isEmpty)
    }
  }

  @Test func colorOnlyAddsColor() {
    let plain = ConsoleReport.render(
      SampleAssessment.rich,
      style: ConsoleStyle(color: false, width: 100)
    )
    let colored = ConsoleReport.render(
      SampleAssessment.rich,
      style: ConsoleStyle(color: true, width: 100)
    )
    let stripped = colored.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(colored.contains("\u{1B}["))
    #expect(!stripped.contains("\u{1B}"))
    // The badge alone has padding that only colour makes visible.
    #expect(stripped.dropFirst(" BLOCKED ".count) == plain.dropFirst("BLOCKED".count))
  }

  @Test(arguments: [60, 80, 100, 120])
  func keepsLinesWithinTheTerminal(width: Int) {
    let text = ConsoleReport.render(
      SampleAssessment.rich,
      style: ConsoleStyle(color: false, width: width)
    )
    // Wide characters count double; the sample has them in one line of ideographs and emoji.
    for line in text.split(separator: "\n") {
      let wide = line.unicodeScalars.count { $0.value >= 0x3000 }
      #expect(line.count + wide <= width, "\(line)")
    }
  }

  @Test func endsTablesAlike() throws {
    let text = ConsoleReport.render(
      SampleAssessment.rich,
      style: ConsoleStyle(color: false, width: 100)
    )
    let lines = text.split(separator: "\n").map { Array($0) }
    let header = try #require(lines.first { String($0).contains("  aca") })
    let column = try #require(header.firstRange(of: Array("aca"))).lowerBound
    let rows = lines.drop { $0 != header }.dropFirst().prefix(5)
    // The emoji in the last row takes two columns and is one character.
    let marks = rows.map { row in row[column - (row.contains("🚢") ? 1 : 0)] }
    #expect(marks == ["✖", "▲", "▲", "✔", "✔"])
  }

  @Test func condensesWhatRepeats() {
    var assessment = SampleAssessment.rich
    let finding = SampleAssessment.rich.findings[0]
    assessment.findings = Array(repeating: finding, count: 1000)
    let text = ConsoleReport.render(assessment)
    #expect(text.contains("+997 more, see --json or --html"))
    #expect(text.split(separator: "\n").count { $0.contains("compose.yaml:12:12") } == 3)
  }

  @Test func saysWhatItLookedFor() {
    let text = ConsoleReport.render(SampleAssessment.empty)
    #expect(text.hasPrefix("NOTHING FOUND"))
    for kind in SampleAssessment.empty.lookedFor { #expect(text.contains(kind)) }
    #expect(text.contains("found a tab character"))
  }
}
