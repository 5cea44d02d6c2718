import RuleEngine

/// Puts hostile text into every text of an assessment, whichever field it stands in.
struct Poison {
  let dose: String

  func callAsFunction(_ assessment: Assessment) -> Assessment {
    var result = assessment
    result.tool = Tool(
      name: bad(assessment.tool.name),
      version: bad(assessment.tool.version),
      ruleSetDigest: bad(assessment.tool.ruleSetDigest)
    )
    result.options = assessment.options.map { (name: bad($0.name), value: bad($0.value)) }
    result.inputs = assessment.inputs.map {
      InputFile(
        path: bad($0.path),
        format: bad($0.format),
        sha256: bad($0.sha256),
        state: bad($0.state)
      )
    }
    result.summary.verdicts = assessment.summary.verdicts.map {
      (target: bad($0.target), counts: $0.counts)
    }
    result.steps = assessment.steps.map(step)
    result.workloads = assessment.workloads.map(workload)
    result.findings = assessment.findings.map(finding)
    result.checks = Checks(
      assessment.checks.map { check in
        var check = check
        check.rule = bad(check.rule)
        check.workload = bad(check.workload)
        check.target = check.target.map(bad)
        check.reason = check.reason.map(bad)
        check.locations = check.locations.map(location)
        return check
      }
    )
    result.notices = assessment.notices.map {
      NoticeRecord(
        kind: bad($0.kind),
        file: bad($0.file),
        line: $0.line,
        message: bad($0.message)
      )
    }
    result.rules = assessment.rules.map {
      RuleSummary(
        id: bad($0.id),
        title: bad($0.title),
        step: bad($0.step),
        topic: bad($0.topic),
        severity: $0.severity,
        references: $0.references.map(bad),
        constraints: $0.constraints.map(bad)
      )
    }
    result.platformFacts = assessment.platformFacts.map {
      PlatformFact(
        target: bad($0.target),
        id: bad($0.id),
        subject: bad($0.subject),
        effect: bad($0.effect),
        statement: $0.statement.map(bad),
        instead: bad($0.instead),
        confidence: bad($0.confidence),
        sources: $0.sources.map {
          PlatformFact.Source(title: bad($0.title), place: bad($0.place), date: bad($0.date))
        }
      )
    }
    result.targets = assessment.targets.map {
      TargetSummary(id: bad($0.id), title: bad($0.title))
    }
    result.lookedFor = assessment.lookedFor.map(bad)
    return result
  }

  private func bad(_ text: String) -> String { text + dose }

  private func step(_ step: StepResult) -> StepResult {
    StepResult(id: bad(step.id), title: bad(step.title), weight: step.weight, score: step.score)
  }

  private func location(_ location: FileLocation) -> FileLocation {
    var location = location
    location.file = bad(location.file)
    return location
  }

  private func workload(_ workload: WorkloadResult) -> WorkloadResult {
    var result = workload
    result.id = bad(workload.id)
    result.name = bad(workload.name)
    result.kind = bad(workload.kind)
    result.format = bad(workload.format)
    result.project = bad(workload.project)
    result.dispositionReason = bad(workload.dispositionReason)
    result.replacement = workload.replacement.map {
      Replacement(aws: $0.aws.map(bad), azure: $0.azure.map(bad), note: $0.note.map(bad))
    }
    result.location = location(workload.location)
    result.steps = workload.steps.map(step)
    result.sizes = workload.sizes.map { size in
      var size = size
      size.profile = size.profile.map(bad)
      size.basis = bad(size.basis)
      return size
    }
    result.otherDefinitions = workload.otherDefinitions.map {
      DefinitionRecord(
        workload: bad($0.workload),
        reason: bad($0.reason),
        location: location($0.location)
      )
    }
    result.verdicts = workload.verdicts.map {
      TargetVerdict(
        target: bad($0.target),
        verdict: $0.verdict,
        decidedBy: $0.decidedBy.map(bad)
      )
    }
    return result
  }

  private func finding(_ finding: Finding) -> Finding {
    var result = finding
    result.rule = bad(finding.rule)
    result.title = bad(finding.title)
    result.topic = bad(finding.topic)
    result.step = bad(finding.step)
    result.workload = bad(finding.workload)
    result.location = location(finding.location)
    result.path = bad(finding.path)
    result.evidence = bad(finding.evidence)
    result.provenance = finding.provenance.map(location)
    result.message = bad(finding.message)
    result.remediation.text = bad(finding.remediation.text)
    result.targets = finding.targets.map { (target: bad($0.target), effect: $0.effect) }
    result.references = finding.references.map(bad)
    result.excerpt = finding.excerpt.map { SourceLine(number: $0.number, text: bad($0.text)) }
    result.fingerprint = bad(finding.fingerprint)
    result.waived = finding.waived.map {
      Waiver(reason: bad($0.reason), owner: $0.owner.map(bad), until: $0.until.map(bad))
    }
    return result
  }
}
