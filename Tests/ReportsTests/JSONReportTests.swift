import Foundation
import Reports
import RuleEngine
import TestSupport
import Testing

@Suite struct JSONReportTests {
  private func parsed(_ assessment: Assessment) throws -> [String: Any] {
    let data = Data(JSONReport.bytes(assessment))
    return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func obeysItsSchema() throws {
    let validator = try SchemaValidator(JSONReport.schema)
    #expect(validator.errors(in: try parsed(SampleAssessment.rich)) == [])
    #expect(validator.errors(in: try parsed(SampleAssessment.empty)) == [])
  }

  @Test func schemaRefusesWhatIsWrong() throws {
    let validator = try SchemaValidator(JSONReport.schema)
    var report = try parsed(SampleAssessment.rich)
    report["schemaVersion"] = "2.0"
    report["notices"] = nil
    report["options"] = ["paths": 1]
    var workloads = try #require(report["workloads"] as? [[String: Any]])
    workloads[0]["score"] = ["floor": 10_001, "ceiling": 1, "coverage": -1]
    workloads[1]["disposition"] = "vanish"
    report["workloads"] = workloads
    #expect(
      validator.errors(in: report).sorted() == [
        "/options/paths: is integer, not [\"string\"]",
        "/schemaVersion: 2.0 does not match",
        "/workloads/0/score/coverage: -1 is too small",
        "/workloads/0/score/floor: 10001 is too large",
        "/workloads/1/disposition: is vanish",
        ": lacks notices",
      ]
    )
  }

  /// The paths DESIGN fixes for the machine contract, with the sample's values.
  @Test func keepsTheContract() throws {
    let report = try parsed(SampleAssessment.rich)
    func value(_ path: String) -> Any? {
      path.split(separator: ".").reduce(report as Any?) { value, part in
        if let index = Int(part), let list = value as? [Any] { return list[index] }
        return (value as? [String: Any])?[String(part)]
      }
    }
    #expect(value("schemaVersion") as? String == "1.1")
    #expect(value("tool.version") as? String == "0.1.0")
    #expect(value("inputs.2.state") as? String == "unreadable")
    #expect(value("options.paths") as? String == "Samples/storefront")
    #expect(value("summary.score.floor") as? Int == 4674)
    #expect(value("summary.verdicts.eks-fargate.not-enough-evidence") as? Int == 1)
    #expect(value("summary.findings.blocker") as? Int == 2)
    #expect(value("summary.effort.high") as? Int == 27)
    #expect(value("steps.0.score.ceiling") as? Int == 5800)
    #expect(value("steps.4.score") is NSNull)
    #expect(value("workloads.0.replacement") is NSNull)
    #expect(value("workloads.5.replacement.aws.0") as? String == "Amazon RDS for PostgreSQL")
    #expect(value("workloads.1.verdicts.aca.verdict") as? String == "needs-changes")
    #expect(
      value("workloads.0.verdicts.aca.decidedBy") as? [String] == ["host/docker-socket"]
    )
    #expect(value("findings.1.location.endColumn") as? Int == 29)
    #expect(value("findings.4.provenance.0.file") as? String == ".env")
    #expect(value("findings.1.targets.aca") as? String == "blocks")
    #expect(value("findings.0.waived") is NSNull)
    #expect(value("findings.7.waived.until") as? String == "2027-03-31")
    #expect(value("checks.2.target") as? String == "ecs-fargate")
    #expect(value("checks.4.state") as? String == "error")
    #expect(value("notices.1.line") as? Int == 12)
  }

  /// Every scalar that could matter to an escaper, and its neighbours.
  static let nasty: [String] =
    [
      "", "\"", "\\", "\\\"", "/", "\\u0000", "\r\n", "é", "e\u{301}", "例え", "🚢👩‍👩‍👧", "𝄞",
      String(repeating: "x", count: 70_000) + "\n",
      SampleAssessment.nastyName,
    ]
    + (0...0x2FF).compactMap { Unicode.Scalar($0 as UInt32).map { "a\($0)b" } }
    + [
      0x7FF, 0x800, 0x2027, 0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0xD7FF, 0xE000, 0xFEFF,
      0xFFFD, 0xFFFF, 0x10000, 0xE0001, 0x10FFFF,
    ].compactMap { Unicode.Scalar($0 as UInt32).map { String($0) } }

  @Test func bringsBackEveryText() throws {
    var assessment = SampleAssessment.empty
    assessment.lookedFor = Self.nasty
    assessment.options = [(name: SampleAssessment.nastyName, value: "\u{0}")]
    let report = try parsed(assessment)
    let texts = try #require(report["lookedFor"] as? [String])
    // Compared by scalars: Swift's `==` takes "é" and "e" + accent for the same.
    #expect(
      texts.map { Array($0.unicodeScalars) } == Self.nasty.map { Array($0.unicodeScalars) }
    )
    #expect(report["options"] as? [String: String] == [SampleAssessment.nastyName: "\u{0}"])
  }

  @Test func writesEscapesInFull() {
    var assessment = SampleAssessment.empty
    assessment.lookedFor = [
      "\u{8}\t\n\u{C}\r\u{1}\u{1F}\"\\/\u{7F}\u{85}\u{2028}\u{202E}\u{E0041}é🚢"
    ]
    let expected =
      #""\b\t\n\f\r\u0001\u001f\"\\/\u007f\u0085\u2028\u202e\udb40\udc41é🚢""#
    #expect(JSONReport.render(assessment).contains(expected))
  }

  @Test func staysPrintable() {
    let bytes = JSONReport.bytes(SampleAssessment.rich)
    #expect(bytes.allSatisfy { $0 == 0x0A || $0 >= 0x20 })
  }
}
