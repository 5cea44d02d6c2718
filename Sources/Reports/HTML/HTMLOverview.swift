import RuleEngine

// The figures: cards, steps, and what was looked for when nothing was found.
extension HTMLReport {
  static func cards(_ assessment: Assessment, _ digest: Digest, _ html: inout HTMLWriter) {
    let summary = assessment.summary
    html.raw("<ul class=\"cards\" aria-label=\"Summary\">\n<li><h2>Workloads</h2><p class=\"n\">")
    html.number(assessment.workloads.count)
    html.raw("</p><ul class=\"split\">")
    for entry in summary.dispositions where entry.count > 0 {
      html.raw("<li><b>")
      html.number(entry.count)
      html.raw("</b> ")
      html.text(entry.disposition.cardLabel(entry.count))
      html.raw("</li>")
    }
    html.raw("</ul></li>\n<li><h2>Findings</h2><p class=\"n\">")
    html.number(summary.findings.reduce(0) { $0 + $1.count })
    html.raw("</p><ul class=\"split\">")
    for entry in summary.findings where entry.count > 0 {
      html.raw("<li><b>")
      html.number(entry.count)
      html.raw("</b> ")
      html.text(entry.severity.rawValue)
      html.raw("</li>")
    }
    if !digest.waived.isEmpty {
      html.raw("<li><b>+")
      html.number(digest.waived.count)
      html.raw("</b> waived</li>")
    }
    html.raw("</ul></li>\n<li><h2>Effort</h2><p class=\"n\">")
    html.text(summary.effort.interval)
    html.raw(
      """
      <small> points</small></p><p>1 is trivial, 3 a day, 5 a redesign, 8 a new architecture.\
      </p></li>
      <li><h2>Assessed</h2><p class="n">
      """
    )
    if let score = summary.score {
      html.number(score.coveragePercent)
      html.raw("<small>%</small></p><p>")
    } else {
      html.raw("n/a</p><p>")
    }
    let open = digest.gaps.reduce(0) { $0 + $1.checks.count }
    if open > 0 {
      html.raw("<a href=\"#open\">")
      html.text(counted(open, "check"))
      html.raw("</a> found no answer.")
    } else {
      html.raw("Every check found an answer.")
    }
    html.raw("</p></li>\n</ul>\n")
  }

  static func steps(_ assessment: Assessment, _ digest: Digest, _ html: inout HTMLWriter) {
    guard !assessment.steps.isEmpty else { return }
    open(
      "steps",
      "Steps",
      "The solid part of a bar is certain, the hatched part is possible if all that is open turns"
        + " out well. Counts are checks: one rule asked of one workload.",
      &html
    )
    html.raw(
      """
      <div class="scroll"><table class="steps">
      <thead><tr><th scope="col">Step</th><th scope="col">Score</th><th scope="col" class="wide">\
      <span class="vh">Interval</span></th><th scope="col" class="r">Assessed</th>\
      <th scope="col" class="r">Weight</th>
      """
    )
    for state in CheckState.allCases {
      html.raw("<th scope=\"col\" class=\"r c\">")
      html.text(state.label)
      html.raw("</th>")
    }
    html.raw("</tr></thead>\n<tbody>\n")
    for step in assessment.steps {
      html.raw("<tr><th scope=\"row\">")
      html.text(step.title)
      html.raw("</th>")
      if let score = step.score {
        html.raw("<td class=\"num\">")
        html.text(score.interval)
        html.raw("</td><td class=\"wide\">")
        bar(score, &html)
        html.raw("</td><td class=\"r\">")
        html.number(score.coveragePercent)
        html.raw("%</td>")
      } else {
        html.raw(
          """
          <td class="num">n/a</td><td class="wide muted">no rule of this step applied</td>\
          <td class="r muted">–</td>
          """
        )
      }
      html.raw("<td class=\"r\">")
      html.number(step.weight)
      html.raw("</td>")
      let counts = digest.stepCounts[step.id]?.counts ?? [:]
      for state in CheckState.allCases {
        html.raw("<td class=\"r c\" data-label=\"")
        html.text(state.label)
        let count = counts[state] ?? 0
        html.raw(count == 0 ? "\"><span class=\"zero\">0</span></td>" : "\">")
        guard count > 0 else { continue }
        html.number(count)
        html.raw("</td>")
      }
      html.raw("</tr>\n")
    }
    html.raw("</tbody></table></div>\n</section>\n")
  }

  static func lookedFor(_ assessment: Assessment, _ html: inout HTMLWriter) {
    guard !assessment.lookedFor.isEmpty else { return }
    open("looked-for", "What was looked for", "", &html)
    html.raw("<ul class=\"plain\">\n")
    for kind in assessment.lookedFor {
      html.raw("<li>")
      html.text(kind)
      html.raw("</li>\n")
    }
    html.raw("</ul>\n</section>\n")
  }
}

extension Disposition {
  /// As in "2 become managed services".
  fileprivate func cardLabel(_ count: Int) -> String {
    let one = count == 1
    return switch self {
    case .move: one ? "moves" : "move"
    case .externalise: one ? "becomes a managed service" : "become managed services"
    case .absorb: "absorbed by the platform"
    case .localOnly: one ? "stays local" : "stay local"
    case .duplicate: one ? "other definition" : "other definitions"
    case .infrastructure: one ? "file of infrastructure" : "files of infrastructure"
    }
  }
}
