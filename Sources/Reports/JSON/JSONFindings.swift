import RuleEngine

/// Writes findings; what they have from their rules is made ready once for each rule.
struct JSONFindings {
  /// What a rule puts into its findings, as bytes.
  private struct Parts {
    let title: String
    let topic: String
    let step: String
    let confidence: Confidence
    let text: String
    let effort: Int
    let references: [String]
    /// From the opening brace to the severity.
    let head: [UInt8]
    /// From the severity to the workload.
    let afterSeverity: [UInt8]
    /// From the message to the targets.
    let remediation: [UInt8]
    /// From the targets to the excerpt.
    let referenced: [UInt8]

    init(_ finding: Finding) {
      title = finding.title
      topic = finding.topic
      step = finding.step
      confidence = finding.confidence
      text = finding.remediation.text
      effort = finding.remediation.effort
      references = finding.references
      var json = JSONWriter(capacity: 256)
      json.append("{\"rule\":")
      json.append(string: finding.rule)
      json.append(",\"title\":")
      json.append(string: title)
      json.append(",\"topic\":")
      json.append(string: topic)
      json.append(",\"step\":")
      json.append(string: step)
      json.append(",\"severity\":")
      head = json.out.bytes
      json = JSONWriter(capacity: 64)
      json.append(",\"confidence\":")
      json.append(string: confidence.rawValue)
      json.append(",\"workload\":")
      afterSeverity = json.out.bytes
      json = JSONWriter(capacity: 256)
      json.append(",\"remediation\":{\"text\":")
      json.append(string: text)
      json.append(",\"effort\":")
      json.append(effort)
      json.append("},\"targets\":{")
      remediation = json.out.bytes
      json = JSONWriter(capacity: 256)
      json.append("},\"references\":[")
      for (number, reference) in references.enumerated() {
        if number > 0 { json.append(",") }
        json.append(string: reference)
      }
      json.append("],\"excerpt\":[")
      referenced = json.out.bytes
    }

    func fits(_ finding: Finding) -> Bool {
      title == finding.title && topic == finding.topic && step == finding.step
        && confidence == finding.confidence && text == finding.remediation.text
        && effort == finding.remediation.effort && references == finding.references
    }
  }

  private var known: [String: Parts] = [:]

  private mutating func parts(of finding: Finding) -> Parts {
    if let parts = known[finding.rule], parts.fits(finding) { return parts }
    let parts = Parts(finding)
    known[finding.rule] = parts
    return parts
  }

  mutating func write(_ finding: Finding, _ json: inout JSONWriter) {
    let parts = parts(of: finding)
    json.raw(parts.head)
    json.append(string: finding.severity.rawValue)
    json.append(parts.afterSeverity)
    json.append(string: finding.workload)
    json.append(",\"location\":")
    json.inline { JSONReport.location(finding.location, &$0) }
    json.append(",\"path\":")
    json.append(string: finding.path)
    json.append(",\"evidence\":")
    json.append(string: finding.evidence)
    json.append(",\"provenance\":")
    json.inline { json in
      json.array(finding.provenance) { JSONReport.location($1, &$0) }
    }
    json.append(",\"message\":")
    json.append(string: finding.message)
    json.append(parts.remediation)
    for (number, entry) in finding.targets.enumerated() {
      if number > 0 { json.append(",") }
      json.append(string: entry.target)
      json.append(":")
      json.append(string: entry.effect.rawValue)
    }
    json.append(parts.referenced)
    for (number, line) in finding.excerpt.enumerated() {
      json.append(number > 0 ? ",{\"line\":" : "{\"line\":")
      json.append(line.number)
      json.append(",\"text\":")
      json.append(string: line.text)
      json.append("}")
    }
    json.append("],\"fingerprint\":")
    json.append(string: finding.fingerprint)
    json.append(",\"waived\":")
    guard let waiver = finding.waived else { return json.append("null}") }
    json.append("{\"reason\":")
    json.append(string: waiver.reason)
    json.append(",\"owner\":")
    json.append(optional: waiver.owner)
    json.append(",\"until\":")
    json.append(optional: waiver.until)
    json.append("}}")
  }
}
