package import RuleEngine

/// The report for a review: one file with everything inside, which asks nothing of the network.
package enum HTMLReport {
  package static func render(_ assessment: Assessment) -> String {
    String(decoding: bytes(assessment), as: UTF8.self)
  }

  package static func bytes(_ assessment: Assessment) -> [UInt8] {
    let digest = Digest(assessment, includingWaived: true)
    let headline = Headline(assessment)
    var html = HTMLWriter()
    head(headline, &html)
    masthead(assessment, digest, headline, &html)
    html.raw("<main id=\"main\">\n")
    if assessment.workloads.isEmpty {
      lookedFor(assessment, &html)
    } else {
      cards(assessment, digest, &html)
      matrix(assessment, digest, &html)
      staying(assessment, digest, &html)
      steps(assessment, digest, &html)
      findings(assessment, digest, &html)
      gaps(assessment, digest, &html)
    }
    notices(assessment, &html)
    inputs(assessment, &html)
    html.raw("</main>\n")
    footer(assessment, &html)
    return html.out.bytes
  }

  private static func head(_ headline: Headline, _ html: inout HTMLWriter) {
    html.raw(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src \
      'unsafe-inline'; img-src data:">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <link rel="icon" href="data:,">
      <title>
      """
    )
    html.text("\(headline.status) – Unmoor assessment")
    html.raw("</title>\n<style>\n")
    html.raw(styleSheet)
    html.raw("</style>\n</head>\n<body>\n")
    html.raw(icons)
  }

  private static func masthead(
    _ assessment: Assessment,
    _ digest: Digest,
    _ headline: Headline,
    _ html: inout HTMLWriter
  ) {
    html.raw(
      """
      <a class="skip" href="#main">Skip to the results</a>
      <header class="top"><div class="wrap">
      <p class="brand"><b>Unmoor</b> <span>Container migration assessment</span></p>
      <div class="lead"><div>
      <p class="status
      """
    )
    verdictClass(headline.verdict, &html)
    html.raw("\">")
    icon(headline.verdict, &html)
    html.text(headline.status)
    html.raw("</p>\n<h1>")
    html.text(headline.sentence)
    html.raw("</h1>\n")
    for detail in headline.details {
      html.raw("<p class=\"detail\">")
      html.text(detail)
      html.raw("</p>\n")
    }
    html.raw("</div>\n")
    if !assessment.workloads.isEmpty { overall(assessment.summary.score, &html) }
    html.raw("</div>\n")
    navigation(assessment, digest, &html)
    html.raw("</div></header>\n")
  }

  private static func overall(_ score: Score?, _ html: inout HTMLWriter) {
    html.raw("<div class=\"overall\">\n<p class=\"figure\"><span class=\"label\">Score</span> ")
    if let score {
      html.raw("<b>")
      html.text(score.interval)
      html.raw("</b> <span>of 100</span></p>\n")
      bar(score, &html)
      html.raw("<p class=\"scale\" aria-hidden=\"true\"><i>0</i><i>50</i><i>100</i></p>\n")
      html.raw("<p class=\"note\">")
      if score.floor == score.ceiling {
        html.text("\(score.coveragePercent)% of what applies was assessed.")
      } else {
        html.text(
          "\(score.floor / 100) is certain; \(score.ceiling / 100) if everything open turns out"
            + " well. \(score.coveragePercent)% of what applies was assessed."
        )
      }
      html.raw("</p>\n</div>\n")
    } else {
      html.raw("<b>n/a</b></p>\n<p class=\"note\">No rule applied.</p>\n</div>\n")
    }
  }

  private static func navigation(
    _ assessment: Assessment,
    _ digest: Digest,
    _ html: inout HTMLWriter
  ) {
    func link(_ target: StaticString, _ title: StaticString, _ count: Int?) {
      html.raw("<li><a href=\"#")
      html.raw(target)
      html.raw("\">")
      html.raw(title)
      if let count {
        html.raw(" <span>")
        html.number(count)
        html.raw("</span>")
      }
      html.raw("</a></li>\n")
    }
    html.raw("<nav aria-label=\"Sections\"><ul>\n")
    if !assessment.workloads.isEmpty {
      link("verdicts", "Verdicts", nil)
      link("steps", "Steps", nil)
      link("findings", "Findings", assessment.findings.count - digest.waived.count)
      link("open", "Not assessed", digest.gaps.reduce(0) { $0 + $1.checks.count })
    }
    if !assessment.notices.isEmpty { link("notices", "Notices", assessment.notices.count) }
    link("files", "Files", assessment.inputs.count)
    html.raw("</ul></nav>\n")
  }

  private static func footer(_ assessment: Assessment, _ html: inout HTMLWriter) {
    html.raw("<footer><div class=\"wrap\"><dl>\n<div><dt>Tool</dt><dd>")
    html.text("\(assessment.tool.name) \(assessment.tool.version)")
    html.raw("</dd></div>\n<div><dt>Rules</dt><dd>")
    html.text(counted(assessment.rules.count, "rule"))
    html.raw(" ")
    html.code(assessment.tool.ruleSetDigest)
    html.raw("</dd></div>\n")
    for option in assessment.options where !option.value.isEmpty {
      html.raw("<div><dt>")
      html.text(option.name)
      html.raw("</dt><dd>")
      html.code(option.value)
      html.raw("</dd></div>\n")
    }
    html.raw("</dl></div></footer>\n</body>\n</html>\n")
  }
}
