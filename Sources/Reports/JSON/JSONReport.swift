package import RuleEngine

/// The machine contract: everything an assessment holds, under names that stay.
package enum JSONReport {
  /// Grows in its second part when fields are added, in its first when one changes or goes.
  package static let schemaVersion = "1.1"

  package static func render(_ assessment: Assessment) -> String {
    String(decoding: bytes(assessment), as: UTF8.self)
  }

  package static func bytes(_ assessment: Assessment) -> [UInt8] {
    var json = JSONWriter()
    write(assessment, &json)
    return json.finish()
  }

  /// Writes piece by piece, so that a large report is never held as a whole.
  package static func write(_ assessment: Assessment, to sink: @escaping ByteSink) {
    var json = JSONWriter(sink: sink)
    write(assessment, &json)
    json.flush()
  }

  private static func write(_ assessment: Assessment, _ json: inout JSONWriter) {
    json.object { json in
      json.field("schemaVersion", schemaVersion)
      head(assessment, &json)
      json.key("summary")
      summary(assessment.summary, &json)
      json.key("steps")
      steps(assessment.steps, &json)
      json.key("workloads")
      json.array(assessment.workloads) { workload($1, &$0) }
      json.key("findings")
      var findings = JSONFindings()
      json.array(assessment.findings) { json, finding in
        findings.write(finding, &json)
        json.drain()
      }
      json.key("platformFacts")
      json.array(assessment.platformFacts) { platformFact($1, &$0) }
      json.key("checks")
      checks(assessment.checks, &json)
      json.key("notices")
      json.array(assessment.notices) { notice($1, &$0) }
      json.key("rules")
      json.array(assessment.rules) { rule($1, &$0) }
    }
  }

  private static func head(_ assessment: Assessment, _ json: inout JSONWriter) {
    json.key("tool")
    json.object { json in
      json.field("name", assessment.tool.name)
      json.field("version", assessment.tool.version)
      json.field("ruleSetDigest", assessment.tool.ruleSetDigest)
    }
    json.key("options")
    json.object { json in
      for option in assessment.options { json.field(option.name, option.value) }
    }
    json.key("inputs")
    json.array(assessment.inputs) { json, input in
      json.object { json in
        json.field("path", input.path)
        json.field("format", input.format)
        json.field("sha256", input.sha256)
        json.field("state", input.state)
      }
    }
    json.key("lookedFor")
    json.strings(assessment.lookedFor)
    json.key("targets")
    json.array(assessment.targets) { json, target in
      json.object { json in
        json.field("id", target.id)
        json.field("title", target.title)
      }
    }
  }

  private static func summary(_ summary: Summary, _ json: inout JSONWriter) {
    json.object { json in
      json.key("score")
      score(summary.score, &json)
      json.key("verdicts")
      json.object { json in
        for target in summary.verdicts {
          json.key(target.target)
          json.object { json in
            for entry in target.counts { json.field(entry.verdict.rawValue, entry.count) }
          }
        }
      }
      json.key("dispositions")
      json.object { json in
        for entry in summary.dispositions { json.field(entry.disposition.rawValue, entry.count) }
      }
      json.key("findings")
      json.object { json in
        for entry in summary.findings { json.field(entry.severity.rawValue, entry.count) }
      }
      json.key("effort")
      json.object { json in
        json.field("low", summary.effort.low)
        json.field("high", summary.effort.high)
      }
    }
  }

  private static func score(_ score: Score?, _ json: inout JSONWriter) {
    guard let score else { return json.null() }
    json.object { json in
      json.field("floor", score.floor)
      json.field("ceiling", score.ceiling)
      json.field("coverage", score.coverage)
    }
  }

  private static func steps(_ steps: [StepResult], _ json: inout JSONWriter) {
    json.array(steps) { json, step in
      json.object { json in
        json.field("id", step.id)
        json.field("title", step.title)
        json.field("weight", step.weight)
        json.key("score")
        score(step.score, &json)
      }
    }
  }

  private static func workload(_ workload: WorkloadResult, _ json: inout JSONWriter) {
    json.object { json in
      json.field("id", workload.id)
      json.field("name", workload.name)
      json.field("kind", workload.kind)
      json.field("format", workload.format)
      json.field("project", workload.project)
      json.field("disposition", workload.disposition.rawValue)
      json.field("dispositionReason", workload.dispositionReason)
      json.key("replacement")
      if let replacement = workload.replacement {
        json.object { json in
          json.key("aws")
          json.strings(replacement.aws)
          json.key("azure")
          json.strings(replacement.azure)
          json.field("note", replacement.note)
        }
      } else {
        json.null()
      }
      json.key("location")
      location(workload.location, &json)
      json.key("steps")
      steps(workload.steps, &json)
      json.key("score")
      score(workload.score, &json)
      json.key("verdicts")
      json.object { json in
        for verdict in workload.verdicts {
          json.key(verdict.target)
          json.object { json in
            json.field("verdict", verdict.verdict.rawValue)
            json.key("decidedBy")
            json.strings(verdict.decidedBy)
            json.key("facts")
            json.strings(verdict.facts)
          }
        }
      }
      json.key("sizes")
      json.object { json in
        for size in workload.sizes {
          json.key(size.target)
          sizeOnTarget(size, &json)
        }
      }
      json.key("otherDefinitions")
      json.array(workload.otherDefinitions) { json, other in
        json.object { json in
          json.field("workload", other.workload)
          json.field("reason", other.reason)
          json.key("location")
          location(other.location, &json)
        }
      }
    }
  }
}

extension JSONReport {
  private static func sizeOnTarget(_ size: TargetSize, _ json: inout JSONWriter) {
    json.object { json in
      json.field("cpu", size.cpu)
      json.field("memory", size.memory)
      json.field("profile", size.profile)
      json.field("confidence", size.confidence)
      json.field("basis", size.basis)
    }
  }

  private static func platformFact(_ fact: PlatformFact, _ json: inout JSONWriter) {
    json.object { json in
      json.field("target", fact.target)
      json.field("id", fact.id)
      json.field("subject", fact.subject)
      json.field("effect", fact.effect)
      json.field("statement", fact.statement)
      json.field("instead", fact.instead)
      json.field("confidence", fact.confidence)
      json.key("sources")
      json.array(fact.sources) { json, source in
        json.object { json in
          json.field("title", source.title)
          json.field("place", source.place)
          json.field("date", source.date)
        }
      }
    }
  }

  static func location(_ location: FileLocation, _ json: inout JSONWriter) {
    json.raw("{\"file\":")
    json.append(string: location.file)
    json.append(",\"line\":")
    json.append(location.line)
    json.append(",\"column\":")
    json.append(location.column)
    json.append(",\"endLine\":")
    json.append(location.endLine)
    json.append(",\"endColumn\":")
    json.append(location.endColumn)
    json.append("}")
  }

  /// Most of a report: every text is made ready once, and put together like type.
  private static func checks(_ checks: Checks, _ json: inout JSONWriter) {
    func ready(_ texts: [String], _ before: String, _ after: String) -> [[UInt8]] {
      texts.map { Array(before.utf8) + JSONWriter.literal($0) + Array(after.utf8) }
    }
    let rules = ready(checks.rules, "{\"rule\":", ",\"workload\":")
    let workloads = ready(checks.workloads, "", ",\"target\":")
    let reasons =
      [Array("null,\"locations\":".utf8)] + ready(checks.reasons, "", ",\"locations\":")
    // Nearly every check has no place of its own.
    let lastReasons = reasons.map { $0 + Array("[]}".utf8) }
    // By target, the first being none, then by state.
    let targets = ([Array("null".utf8)] + checks.targets.map(JSONWriter.literal)).map { target in
      CheckState.allCases.sorted { $0.number < $1.number }.map { state in
        target + Array(",\"state\":".utf8) + JSONWriter.literal(state.rawValue)
          + Array(",\"reason\":".utf8)
      }
    }
    json.array { json in
      for entry in checks.entries {
        json.raw(rules[Int(entry.rule)])
        json.append(workloads[Int(entry.workload)])
        json.append(targets[Int(entry.target) + 1][entry.state.number])
        if entry.locations < 0 {
          json.append(lastReasons[Int(entry.reason) + 1])
        } else {
          json.append(reasons[Int(entry.reason) + 1])
          let places = checks.locations[Int(entry.locations)]
          json.inline { json in json.array(places) { location($1, &$0) } }
          json.append("}")
        }
        json.drain()
      }
    }
  }

  private static func notice(_ notice: NoticeRecord, _ json: inout JSONWriter) {
    json.object { json in
      json.field("kind", notice.kind)
      json.field("file", notice.file)
      json.field("line", notice.line)
      json.field("message", notice.message)
    }
  }

  private static func rule(_ rule: RuleSummary, _ json: inout JSONWriter) {
    json.object { json in
      json.field("id", rule.id)
      json.field("title", rule.title)
      json.field("step", rule.step)
      json.field("topic", rule.topic)
      json.field("severity", rule.severity.rawValue)
      json.key("references")
      json.strings(rule.references)
      json.key("constraints")
      json.strings(rule.constraints)
    }
  }
}

extension CheckState {
  /// Its position where something is kept for each state.
  fileprivate var number: Int {
    switch self {
    case .pass: 0
    case .fail: 1
    case .notAssessed: 2
    case .notApplicable: 3
    case .error: 4
    }
  }
}
