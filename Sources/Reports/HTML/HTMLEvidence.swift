import RuleEngine

// What the verdicts rest on: unanswered checks, notices, files.
extension HTMLReport {
  private static let shownPlaces = 30

  static func gaps(_ assessment: Assessment, _ digest: Digest, _ html: inout HTMLWriter) {
    open(
      "open",
      "Not assessed",
      digest.gaps.isEmpty
        ? "Every check found an answer."
        : "These checks found no answer. They count neither for nor against a workload; the hatched"
          + " part of each bar is what they may still bring.",
      &html
    )
    var takenRules: Set<String> = []
    for gap in digest.gaps {
      html.raw("<div class=\"gap\"><h3>")
      if gap.isError { html.raw("<span class=\"tag bad\">error</span> ") }
      html.text(gap.reason)
      html.raw(" <span class=\"count\">")
      html.text(counted(gap.checks.count, "check"))
      html.raw("</span></h3>\n<ul>\n")
      rules(of: gap, assessment, digest, &takenRules, &html)
      html.raw("</ul></div>\n")
    }
    html.raw("</section>\n")
  }

  /// One line per rule, with the workloads it could not judge.
  private static func rules(
    of gap: Digest.Gap,
    _ assessment: Assessment,
    _ digest: Digest,
    _ taken: inout Set<String>,
    _ html: inout HTMLWriter
  ) {
    // Checks are sorted by rule, so equal rules stand together.
    var rest = gap.checks[...]
    while let first = rest.first {
      let rule = assessment.checks[first].rule
      let checks = rest.prefix { assessment.checks[$0].rule == rule }
      rest = rest.dropFirst(checks.count)
      html.raw("<li")
      if taken.insert(rule).inserted {
        html.raw(" id=\"open-")
        html.anchor(rule)
        html.raw("\"")
      }
      html.raw(">")
      html.code(rule)
      html.raw(" <span>")
      for (index, number) in checks.prefix(shownPlaces).enumerated() {
        let check = assessment.checks[number]
        if index > 0 { html.raw(", ") }
        workloadLink(check.workload, digest, &html)
        if let target = check.target {
          html.text(" on \(assessment.targetTitle(target))")
        }
        if let place = check.locations.first {
          html.raw(" ")
          html.code("\(place.file):\(place.line)")
        }
      }
      if checks.count > shownPlaces {
        html.text(" and \(checks.count - shownPlaces) more")
      }
      html.raw("</span></li>\n")
    }
  }

  static func notices(_ assessment: Assessment, _ html: inout HTMLWriter) {
    guard !assessment.notices.isEmpty else { return }
    open("notices", "Notices", "What to know about the files before trusting the rest.", &html)
    html.raw("<ul class=\"notices\">\n")
    for notice in assessment.notices {
      html.raw("<li><span class=\"tag\">")
      html.text(notice.kind)
      html.raw("</span> ")
      if !notice.file.isEmpty {
        html.code(notice.line > 0 ? "\(notice.file):\(notice.line)" : notice.file)
      }
      html.raw("<p>")
      html.text(notice.message)
      html.raw("</p></li>\n")
    }
    html.raw("</ul>\n</section>\n")
  }

  static func inputs(_ assessment: Assessment, _ html: inout HTMLWriter) {
    open("files", "Files", "", &html)
    guard !assessment.inputs.isEmpty else {
      return html.raw("<p class=\"intro\">No file was found.</p>\n</section>\n")
    }
    html.raw("<details class=\"files\"")
    // Whoever found nothing wants to see where it was looked for.
    if assessment.workloads.isEmpty { html.raw(" open") }
    html.raw("><summary>")
    html.text(states(assessment))
    html.raw(
      """
      </summary>
      <table>
      <thead><tr><th scope="col">File</th><th scope="col">Format</th><th scope="col">State</th>\
      <th scope="col">SHA-256</th></tr></thead>
      <tbody>

      """
    )
    for input in assessment.inputs {
      html.raw("<tr><th scope=\"row\">")
      html.code(input.path)
      html.raw("</th><td>")
      html.text(input.format)
      html.raw(input.state == "read" ? "</td><td>" : "</td><td><span class=\"tag\">")
      html.text(input.state)
      html.raw(input.state == "read" ? "</td><td>" : "</span></td><td>")
      html.raw("<code title=\"")
      html.attribute(input.sha256)
      html.raw("\">")
      html.text(String(input.sha256.prefix(12)))
      html.raw("</code></td></tr>\n")
    }
    html.raw("</tbody></table></details>\n</section>\n")
  }

  /// "5 files: 3 read, 1 partial, 1 unreadable", in the order they first occur.
  private static func states(_ assessment: Assessment) -> String {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for input in assessment.inputs {
      if counts[input.state] == nil { order.append(input.state) }
      counts[input.state, default: 0] += 1
    }
    let parts = order.map { "\(counts[$0] ?? 0) \($0)" }.joined(separator: ", ")
    return "\(counted(assessment.inputs.count, "file")): \(parts)"
  }
}
