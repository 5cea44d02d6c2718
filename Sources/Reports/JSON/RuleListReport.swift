package import RuleEngine

/// `unmoor rules list --format json`.
package enum RuleListReport {
  package struct Entry {
    package var summary: RuleSummary
    package var appliesTo: String
    package var targets: [(target: String, effect: String)]
    package var dispositions: [String]
    package var remediation: Remediation
    package var sameAs: [(tool: String, ids: [String])]

    package init(
      summary: RuleSummary,
      appliesTo: String,
      targets: [(target: String, effect: String)],
      dispositions: [String],
      remediation: Remediation,
      sameAs: [(tool: String, ids: [String])]
    ) {
      self.summary = summary
      self.appliesTo = appliesTo
      self.targets = targets
      self.dispositions = dispositions
      self.remediation = remediation
      self.sameAs = sameAs
    }
  }

  package static func render(_ entries: [Entry]) -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("schemaVersion", JSONReport.schemaVersion)
      json.key("rules")
      json.array(entries) { json, entry in
        json.object { json in
          json.field("id", entry.summary.id)
          json.field("title", entry.summary.title)
          json.field("step", entry.summary.step)
          json.field("topic", entry.summary.topic)
          json.field("severity", entry.summary.severity.rawValue)
          json.field("appliesTo", entry.appliesTo)
          json.key("targets")
          json.object { json in
            for (target, effect) in entry.targets { json.field(target, effect) }
          }
          json.key("dispositions")
          json.strings(entry.dispositions)
          json.key("remediation")
          json.object { json in
            json.field("text", entry.remediation.text)
            json.field("effort", entry.remediation.effort)
          }
          json.key("references")
          json.strings(entry.summary.references)
          json.key("sameAs")
          json.object { json in
            for (tool, ids) in entry.sameAs {
              json.key(tool)
              json.strings(ids)
            }
          }
        }
      }
    }
    return String(decoding: json.out.bytes, as: UTF8.self) + "\n"
  }
}
