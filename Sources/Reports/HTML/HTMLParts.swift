import RuleEngine

// Small pieces that several sections share.
extension HTMLReport {
  /// One symbol per verdict, so that colour never stands alone.
  static let icons: StaticString = """
    <svg width="0" height="0" class="defs" aria-hidden="true" focusable="false">
    <symbol id="i-ready" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M8 .8a7.2 7.2 0 1 0 0 \
    14.4A7.2 7.2 0 0 0 8 .8Zm3.9 5.3L7.4 11a.9.9 0 0 1-1.3 0L4 8.9a.9.9 0 0 1 1.3-1.2l1.4 1.4 \
    3.9-4.2a.9.9 0 0 1 1.3 1.2Z"/></symbol>
    <symbol id="i-changes" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M7.1 1.3a1 1 0 0 1 \
    1.8 0l6.6 12.2a1 1 0 0 1-.9 1.5H1.4a1 1 0 0 1-.9-1.5L7.1 1.3ZM7.1 5.6v4.2h1.8V5.6H7.1Zm0 \
    5.5v1.8h1.8v-1.8H7.1Z"/></symbol>
    <symbol id="i-open" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.2" fill="none" \
    stroke="currentColor" stroke-width="1.8" stroke-dasharray="3.2 1.67"/><path d="M7.1 \
    11h1.8v1.7H7.1zM8 3.6c1.7 0 2.8 1 2.8 2.4 0 1.9-1.9 1.9-1.9 3.6v.4H7.1v-.6c0-2.1 1.8-2.4 \
    1.8-3.4 0-.5-.4-.8-.9-.8-.7 0-1 .4-1.1 1.1H5.2c.1-1.7 1.2-2.7 2.8-2.7Z"/></symbol>
    <symbol id="i-blocked" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M4.9.8h6.2l4.1 \
    4.1v6.2l-4.1 4.1H4.9L.8 11.1V4.9L4.9.8Zm6.5 5.1-1.3-1.3L8 6.7 5.9 4.6 4.6 5.9 6.7 8l-2.1 \
    2.1 1.3 1.3L8 9.3l2.1 2.1 1.3-1.3L9.3 8l2.1-2.1Z"/></symbol>
    </svg>

    """

  static func icon(_ verdict: Verdict?, _ html: inout HTMLWriter) {
    guard let verdict else { return }
    html.raw("<svg class=\"i\" aria-hidden=\"true\"><use href=\"#i-")
    switch verdict {
    case .blocked: html.raw("blocked")
    case .notEnoughEvidence: html.raw("open")
    case .needsChanges: html.raw("changes")
    case .ready: html.raw("ready")
    }
    html.raw("\"/></svg>")
  }

  /// A class, with the space before it.
  static func verdictClass(_ verdict: Verdict?, _ html: inout HTMLWriter) {
    switch verdict {
    case .blocked: html.raw(" bad")
    case .notEnoughEvidence: html.raw(" open")
    case .needsChanges: html.raw(" warn")
    case .ready: html.raw(" ok")
    case nil: html.raw(" plain")
    }
  }

  static func badge(_ severity: Severity, _ html: inout HTMLWriter) {
    html.raw("<span class=\"sev ")
    switch severity {
    case .blocker: html.raw("blocker\">blocker")
    case .high: html.raw("high\">high")
    case .medium: html.raw("medium\">medium")
    case .low: html.raw("low\">low")
    case .info: html.raw("info\">info")
    }
    html.raw("</span>")
  }

  /// The interval as a picture: the floor solid, the rest up to the ceiling hatched.
  static func bar(_ score: Score, _ html: inout HTMLWriter) {
    html.raw("<span class=\"bar\" role=\"img\" aria-label=\"")
    html.text(
      score.floor == score.ceiling
        ? "\(score.floor / 100) of 100"
        : "certain \(score.floor / 100), possible \(score.ceiling / 100) of 100"
    )
    html.raw("\"><i style=\"width:")
    html.percent(score.floor)
    html.raw("\"></i>")
    if score.ceiling > score.floor {
      html.raw("<i class=\"h\" style=\"width:")
      html.percent(score.ceiling - score.floor)
      html.raw("\"></i>")
    }
    html.raw("</span>")
  }

  /// A heading of the second order with an anchor and, beside it, what the section shows.
  static func open(
    _ id: StaticString,
    _ title: StaticString,
    _ note: String,
    _ html: inout HTMLWriter
  ) {
    html.raw("<section aria-labelledby=\"")
    html.raw(id)
    html.raw("\">\n<h2 id=\"")
    html.raw(id)
    html.raw("\">")
    html.raw(title)
    html.raw("</h2>\n")
    guard !note.isEmpty else { return }
    html.raw("<p class=\"intro\">")
    html.text(note)
    html.raw("</p>\n")
  }

  /// A link for what browsers may follow safely, the bare text for everything else.
  static func reference(
    _ reference: String,
    label: String? = nil,
    _ html: inout HTMLWriter
  ) {
    let lowered = reference.prefix(8).lowercased()
    guard lowered.hasPrefix("https://") || lowered.hasPrefix("http://") else {
      return html.code(reference)
    }
    html.raw("<a href=\"")
    html.attribute(reference)
    html.raw("\" rel=\"noopener noreferrer\">")
    html.text(label ?? String(reference.drop { $0 != "/" }.dropFirst(2)))
    html.raw("</a>")
  }

  static func workloadLink(_ id: String, _ digest: Digest, _ html: inout HTMLWriter) {
    // A finding may belong to no workload (a project, a file).
    guard let name = digest.names[id] else { return html.text(id) }
    html.raw("<a class=\"w\" href=\"#w-")
    html.anchor(id)
    html.raw("\">")
    html.text(name)
    html.raw("</a>")
  }
}
