import RuleEngine

// Which workload can go where, and what becomes of those that do not go.
extension HTMLReport {
  static func matrix(_ assessment: Assessment, _ digest: Digest, _ html: inout HTMLWriter) {
    let moving = assessment.workloads.filter { $0.disposition == .move }
    open(
      "verdicts",
      "Verdicts",
      moving.isEmpty
        ? "No workload moves." : "Each verdict names the rules that decided it.",
      &html
    )
    if !moving.isEmpty { table(moving, assessment, digest, &html) }
    html.raw("</section>\n")
  }

  private static func table(
    _ moving: [WorkloadResult],
    _ assessment: Assessment,
    _ digest: Digest,
    _ html: inout HTMLWriter
  ) {
    let failing = Set(digest.groups.map(\.rule))
    let unanswered = Set(digest.gaps.flatMap { $0.checks.map { assessment.checks[$0].rule } })
    html.raw("<table class=\"matrix\">\n<thead><tr><th scope=\"col\">Workload</th>")
    html.raw("<th scope=\"col\">Score</th>")
    for target in assessment.targets {
      html.raw("<th scope=\"col\">")
      html.text(target.title)
      html.raw("</th>")
    }
    html.raw("</tr></thead>\n<tbody>\n")
    for workload in moving {
      html.raw("<tr id=\"w-")
      html.anchor(workload.id)
      html.raw("\"><th scope=\"row\">")
      identity(workload, digest, &html)
      html.raw("</th><td class=\"score\" data-label=\"Score\">")
      if let score = workload.score {
        html.raw("<span class=\"num\">")
        html.text(score.interval)
        html.raw("</span>")
        bar(score, &html)
      } else {
        html.raw("<span class=\"muted\">n/a</span>")
      }
      html.raw("</td>")
      for target in assessment.targets {
        html.raw("<td data-label=\"")
        html.attribute(target.title)
        html.raw("\">")
        if let cell = workload.verdicts.first(where: { $0.target == target.id }) {
          html.raw("<span class=\"verdict")
          verdictClass(cell.verdict, &html)
          html.raw("\">")
          icon(cell.verdict, &html)
          html.text(cell.verdict.label)
          html.raw("</span>")
          deciders(cell, failing, unanswered, &html)
          size(workload.sizes.first { $0.target == target.id }, &html)
        } else {
          html.raw("<span class=\"muted\">–</span>")
        }
        html.raw("</td>")
      }
      html.raw("</tr>\n")
    }
    html.raw("</tbody></table>\n")
  }

  private static func identity(
    _ workload: WorkloadResult,
    _ digest: Digest,
    _ html: inout HTMLWriter
  ) {
    html.raw("<span class=\"name\">")
    html.text(digest.name(workload.id))
    html.raw("</span><span class=\"sub\">")
    html.text("\(workload.kind) · \(workload.location.place)")
    html.raw("</span>")
    for other in workload.otherDefinitions {
      html.raw("<span class=\"sub\">")
      html.text("Also in \(other.location.place): \(other.reason)")
      html.raw("</span>")
    }
  }

  /// The smallest size that holds the workload, or why none is named.
  private static func size(_ size: TargetSize?, _ html: inout HTMLWriter) {
    guard let size else { return }
    html.raw("<span class=\"sub\">")
    if let amount = size.amount {
      html.text("Smallest size: \(amount)")
      if size.confidence != "verified" { html.text(" (reported, not verified)") }
      html.text(", from \(size.basis)")
    } else {
      html.text("Size: \(size.basis)")
    }
    html.raw("</span>")
  }

  private static let shownDeciders = 3

  private static func deciders(
    _ cell: TargetVerdict,
    _ failing: Set<String>,
    _ unanswered: Set<String>,
    _ html: inout HTMLWriter
  ) {
    guard !cell.decidedBy.isEmpty else { return }
    func item(_ rule: String) {
      html.raw("<li>")
      let asksForEvidence = cell.verdict == .notEnoughEvidence
      if asksForEvidence, unanswered.contains(rule) {
        html.raw("<a href=\"#open-")
        html.anchor(rule)
        html.raw("\">")
        html.text(rule)
        html.raw("</a>")
      } else if failing.contains(rule) {
        html.raw("<a href=\"#rule-")
        html.anchor(rule)
        html.raw("\">")
        html.text(rule)
        html.raw("</a>")
      } else {
        html.text(rule)
      }
      html.raw("</li>")
    }
    html.raw("<ul class=\"by\">")
    for rule in cell.decidedBy.prefix(shownDeciders) { item(rule) }
    html.raw("</ul>")
    let rest = cell.decidedBy.dropFirst(shownDeciders)
    guard !rest.isEmpty else { return }
    html.raw("<details class=\"rest\"><summary>")
    html.number(rest.count)
    html.raw(" more</summary><ul class=\"by\">")
    for rule in rest { item(rule) }
    html.raw("</ul></details>")
  }

  static func staying(_ assessment: Assessment, _ digest: Digest, _ html: inout HTMLWriter) {
    let staying = assessment.workloads.filter { $0.disposition != .move }
    guard !staying.isEmpty else { return }
    open(
      "staying",
      "What does not move",
      "These workloads get no verdict: a managed service or the platform takes their place, or they"
        + " are never deployed.",
      &html
    )
    if staying.contains(where: { $0.disposition != .infrastructure }) {
      fates(staying, digest, &html)
    }
    files(staying.filter { $0.disposition == .infrastructure }, &html)
    html.raw("</section>\n")
  }

  /// Files without workloads: where they lie is all there is to say.
  private static func files(
    _ files: [WorkloadResult],
    _ html: inout HTMLWriter
  ) {
    if files.isEmpty { return }
    html.raw("<h4>")
    html.text(Disposition.infrastructure.heading)
    html.raw("</h4>\n<ul class=\"lines\">\n")
    for file in files {
      html.raw("<li id=\"w-")
      html.anchor(file.id)
      html.raw("\">")
      html.code(file.location.file)
      html.raw("</li>\n")
    }
    html.raw("</ul>\n")
  }

  private static func fates(
    _ staying: [WorkloadResult],
    _ digest: Digest,
    _ html: inout HTMLWriter
  ) {
    html.raw(
      """
      <table class="matrix fate">
      <thead><tr><th scope="col">Workload</th><th scope="col">Fate</th><th scope="col">On AWS</th>\
      <th scope="col">On Azure</th></tr></thead>
      <tbody>

      """
    )
    for disposition in Disposition.allCases
    where disposition != .move && disposition != .infrastructure {
      for workload in staying where workload.disposition == disposition {
        html.raw("<tr id=\"w-")
        html.anchor(workload.id)
        html.raw("\"><th scope=\"row\">")
        identity(workload, digest, &html)
        html.raw("</th><td data-label=\"Fate\"><b>")
        html.text(disposition.heading)
        html.raw("</b><span class=\"sub\">")
        html.text(workload.dispositionReason)
        html.raw("</span>")
        if let note = workload.replacement?.note {
          html.raw("<span class=\"sub\">")
          html.text(note)
          html.raw("</span>")
        }
        html.raw("</td>")
        services(workload.replacement?.aws ?? [], "On AWS", &html)
        services(workload.replacement?.azure ?? [], "On Azure", &html)
        html.raw("</tr>\n")
      }
    }
    html.raw("</tbody></table>\n")
  }

  private static func services(
    _ services: [String],
    _ label: StaticString,
    _ html: inout HTMLWriter
  ) {
    html.raw("<td data-label=\"")
    html.raw(label)
    html.raw("\">")
    if services.isEmpty { html.raw("<span class=\"muted\">–</span>") }
    for (index, service) in services.enumerated() {
      if index > 0 { html.raw("<span class=\"or\"> or </span>") }
      html.text(service)
    }
    html.raw("</td>")
  }
}
