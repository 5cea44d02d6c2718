import RuleEngine

// Findings by step and rule; what is said of a rule is said once.
extension HTMLReport {
  /// Findings of one rule shown with their source; the rest gets a line each.
  private static let shownInFull = 50
  /// Workloads named beside the first that share a finding; more of them are folded up.
  private static let shownSharers = 4

  static func findings(_ assessment: Assessment, _ digest: Digest, _ html: inout HTMLWriter) {
    open(
      "findings",
      "Findings",
      digest.groups.isEmpty
        ? "Nothing was found that stands in the way." : "By step, then by rule, worst first.",
      &html
    )
    var writer = FindingWriter(assessment, digest)
    let known = Set(assessment.steps.map(\.id))
    let byStep = Dictionary(grouping: digest.groups, by: \.step)
    for step in assessment.steps {
      guard let groups = byStep[step.id] else { continue }
      html.raw("<h3>")
      html.text(step.title)
      html.raw("</h3>\n")
      for group in groups { writer.group(group, &html) }
    }
    let others = digest.groups.filter { !known.contains($0.step) }
    if !others.isEmpty { html.raw("<h3>Other</h3>\n") }
    for group in others { writer.group(group, &html) }
    html.raw("</section>\n")
  }

  /// Writes groups, and remembers which anchors are taken.
  private struct FindingWriter {
    let assessment: Assessment
    let digest: Digest
    /// An `id` must be unique, and hostile input could make fingerprints or groups meet.
    var takenAnchors: Set<String> = []

    init(_ assessment: Assessment, _ digest: Digest) {
      self.assessment = assessment
      self.digest = digest
    }

    mutating func group(_ group: Digest.RuleGroup, _ html: inout HTMLWriter) {
      let first = assessment.findings[group.findings[0]]
      html.raw(
        group.severity >= .high ? "<details class=\"rule\" open>" : "<details class=\"rule\">"
      )
      html.raw("<summary>")
      badge(group.severity, &html)
      html.raw("<span class=\"title\">")
      html.text(first.title)
      html.raw("</span> ")
      html.code(group.rule)
      html.raw("<span class=\"count\">")
      html.text(counted(group.findings.count, "finding"))
      html.raw("</span></summary>\n<div class=\"body\"")
      if takenAnchors.insert("rule-" + group.rule).inserted {
        html.raw(" id=\"rule-")
        html.anchor(group.rule)
        html.raw("\"")
      }
      html.raw(">\n")
      about(first, &html)
      for entry in group.entries.prefix(shownInFull) {
        finding(entry.map { assessment.findings[$0] }, first, &html)
      }
      let rest = group.entries.dropFirst(shownInFull)
      if !rest.isEmpty {
        html.raw("<h4>")
        html.text("\(rest.reduce(0) { $0 + $1.count }) more, without their source")
        html.raw("</h4>\n<ul class=\"lines\">\n")
        for entry in rest { line(entry.map { assessment.findings[$0] }, &html) }
        html.raw("</ul>\n")
      }
      html.raw("</div></details>\n")
    }

    /// What holds for the rule: how to mend it, what it means for the targets, where to read on.
    private func about(_ finding: Finding, _ html: inout HTMLWriter) {
      html.raw("<dl class=\"about\">\n<div><dt>Remedy</dt><dd>")
      remedy(finding.remediation, &html)
      html.raw("</dd></div>\n")
      if !finding.targets.isEmpty {
        html.raw("<div><dt>Targets</dt><dd>")
        effects(finding.targets, &html)
        html.raw("</dd></div>\n")
      }
      facts(of: finding.rule, &html)
      if !finding.references.isEmpty {
        html.raw("<div><dt>Read on</dt><dd><ul class=\"refs\">")
        for text in finding.references {
          html.raw("<li>")
          reference(text, &html)
          html.raw("</li>")
        }
        html.raw("</ul></dd></div>\n")
      }
      html.raw("</dl>\n")
    }

    /// What the platforms themselves say, with the text it was read in.
    private func facts(of rule: String, _ html: inout HTMLWriter) {
      let facts = digest.facts(of: rule)
      if facts.isEmpty { return }
      html.raw("<div><dt>Platform limits</dt><dd><ul class=\"facts\">")
      for fact in facts {
        html.raw("<li><b>")
        html.text(assessment.targetTitle(fact.target))
        html.raw("</b> ")
        prose(fact.statement ?? "\(fact.subject): \(fact.instead)", &html)
        html.raw(" <span class=\"sub\">")
        if !fact.isVerified { html.text("Reported, not verified (\(fact.confidence)). ") }
        for (index, source) in fact.sources.enumerated() {
          if index > 0 { html.raw("; ") }
          if source.place.hasPrefix("https://") {
            reference(source.place, label: source.title, &html)
          } else {
            html.text(source.title)
          }
          if !source.date.isEmpty { html.text(", \(source.date)") }
        }
        html.raw("</span></li>")
      }
      html.raw("</ul></dd></div>\n")
    }

    private func remedy(_ remediation: Remediation, _ html: inout HTMLWriter) {
      prose(remediation.text, &html)
      html.raw(" <span class=\"effort\">")
      html.text(counted(remediation.effort, "point"))
      html.raw("</span>")
    }

    private func effects(
      _ targets: [(target: String, effect: TargetEffect)],
      _ html: inout HTMLWriter
    ) {
      html.raw("<ul class=\"effects\">")
      for entry in targets {
        html.raw("<li><span>")
        html.text(assessment.targetTitle(entry.target))
        html.raw(entry.effect == .blocks ? "</span> <b class=\"bad\">" : "</span> <b>")
        html.text(entry.effect.label)
        html.raw("</b></li>")
      }
      html.raw("</ul>")
    }

    private mutating func anchor(_ finding: Finding, _ html: inout HTMLWriter) {
      guard takenAnchors.insert(finding.fingerprint).inserted else { return }
      html.raw(" id=\"")
      html.anchor(finding.fingerprint)
      html.raw("\"")
    }

    /// The place of findings that say the same, and all workloads that they are about.
    private mutating func permalink(_ findings: [Finding], _ html: inout HTMLWriter) {
      guard let finding = findings.first else { return }
      html.raw("<a class=\"place\" href=\"#")
      html.anchor(finding.fingerprint)
      html.raw("\"><code>")
      html.text(finding.location.place)
      html.raw("</code></a> ")
      workloadLink(finding.workload, digest, &html)
      var linked: Set = [finding.workload]
      var others: [String] = []
      for other in findings.dropFirst() {
        if linked.insert(other.workload).inserted { others.append(other.workload) }
        guard takenAnchors.insert(other.fingerprint).inserted else { continue }
        html.raw("<span id=\"")
        html.anchor(other.fingerprint)
        html.raw("\"></span>")
      }
      let isLong = others.count > HTMLReport.shownSharers
      if isLong {
        html.raw(" <details class=\"rest\"><summary>and ")
        html.number(others.count)
        html.raw(" more</summary>")
      }
      for other in others {
        html.raw(" ")
        workloadLink(other, digest, &html)
      }
      if isLong { html.raw("</details>") }
    }

    private mutating func finding(
      _ findings: [Finding],
      _ first: Finding,
      _ html: inout HTMLWriter
    ) {
      guard let finding = findings.first else { return }
      html.raw("<article class=\"f\"")
      anchor(finding, &html)
      html.raw("><div class=\"where\">")
      permalink(findings, &html)
      html.raw("</div>\n<p class=\"msg\">")
      prose(finding.message, &html)
      html.raw("</p>\n")
      if let waiver = finding.waived { waived(waiver, &html) }
      excerpt(finding, &html)
      trail(finding, &html)
      if finding.remediation != first.remediation {
        html.raw("<p class=\"own\"><b>Remedy</b> ")
        remedy(finding.remediation, &html)
        html.raw("</p>\n")
      }
      if !finding.targets.elementsEqual(first.targets, by: ==) {
        html.raw("<div class=\"own\">")
        effects(finding.targets, &html)
        html.raw("</div>\n")
      }
      html.raw("</article>\n")
    }

    private mutating func line(_ findings: [Finding], _ html: inout HTMLWriter) {
      guard let finding = findings.first else { return }
      html.raw("<li")
      anchor(finding, &html)
      html.raw(">")
      permalink(findings, &html)
      html.raw(" ")
      prose(finding.message, &html)
      if finding.waived != nil { html.raw(" <span class=\"tag\">waived</span>") }
      html.raw("</li>\n")
    }

    private func waived(_ waiver: Waiver, _ html: inout HTMLWriter) {
      html.raw("<p class=\"waiver\"><span class=\"tag\">waived</span> ")
      html.text(waiver.reason)
      if let owner = waiver.owner { html.text(" — \(owner)") }
      if let until = waiver.until { html.text(", until \(until)") }
      html.raw("</p>\n")
    }

    /// The place inside the document, and the way the value took to it.
    private func trail(_ finding: Finding, _ html: inout HTMLWriter) {
      html.raw("<p class=\"trail\">")
      html.code(finding.path)
      if !finding.evidence.isEmpty, finding.excerpt.isEmpty {
        html.raw(" is ")
        html.code(finding.evidence)
      }
      let isResolved = finding.provenance.count > 1
      if isResolved {
        html.raw(" · value from ")
        for (index, place) in finding.provenance.enumerated() {
          if index > 0 { html.raw(" → ") }
          html.code("\(place.file):\(place.line)")
        }
      }
      if finding.confidence != .high {
        html.raw(" · confidence ")
        html.text(finding.confidence.rawValue)
      }
      html.raw("</p>\n")
    }

    /// Text in which backticks set off code, as in Markdown.
    private func prose(_ text: String, _ html: inout HTMLWriter) {
      let parts = text.split(separator: "`", omittingEmptySubsequences: false)
      // An odd one out is no pair, and is shown as it is.
      guard parts.count > 1, parts.count % 2 == 1 else { return html.text(text) }
      for (index, part) in parts.enumerated() {
        if index % 2 == 1 { html.code(String(part)) } else { html.text(String(part)) }
      }
    }
  }
}
