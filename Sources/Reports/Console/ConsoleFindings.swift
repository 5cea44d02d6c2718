import RuleEngine

// Findings by rule, worst first, and what could not be asked.
extension ConsoleReport {
  private static let shownGaps = 12
  private static let shownWaivers = 10
  private static let titleIndent = 11

  static func findings(
    _ assessment: Assessment,
    _ digest: Digest,
    _ console: inout ConsoleWriter
  ) {
    guard !digest.groups.isEmpty else { return }
    console.heading(
      "Findings",
      "\(counted(digest.groups.reduce(0) { $0 + $1.findings.count }, "finding")) of "
        + counted(digest.groups.count, "rule") + ", worst first"
    )
    for group in digest.groups {
      let first = assessment.findings[group.findings[0]]
      console.endLine()
      console.put("  ")
      console.cell(group.severity.rawValue, 9, group.severity.paint)
      title(first, &console)
      let shown = group.entries.prefix(group.severity.shownFindings)
      for entry in shown {
        finding(entry.map { assessment.findings[$0] }, digest, &console)
      }
      let rest = group.findings.count - shown.reduce(0) { $0 + $1.count }
      if rest > 0 { console.line("    +\(rest) more, see --json or --html", .dim) }
      console.put("    → ", .dim)
      let effort = counted(first.remediation.effort, "point")
      console.paragraph("\(first.remediation.text) (\(effort))", indent: 6, .dim)
    }
  }

  /// The title and, on the same line if it fits, the rule and what it blocks.
  private static func title(_ finding: Finding, _ console: inout ConsoleWriter) {
    let blocked = finding.targets.filter { $0.effect == .blocks }.map(\.target)
    let effect = blocked.isEmpty ? "" : "  blocks " + blocked.joined(separator: ", ")
    let tail = columns(finding.rule) + columns(effect)
    if columns(finding.title) + 2 + tail <= console.width - titleIndent {
      console.put(finding.title, .bold)
      console.put("  ")
    } else {
      console.paragraph(finding.title, indent: titleIndent, limit: 2, .bold)
      console.put(String(repeating: " ", count: titleIndent))
    }
    console.put(finding.rule, .cyan)
    console.put(
      ConsoleText.cut(effect, to: console.width - titleIndent - columns(finding.rule)),
      .dim
    )
    console.endLine()
  }

  /// One finding, or several that say the same of one place.
  private static func finding(
    _ findings: [Finding],
    _ digest: Digest,
    _ console: inout ConsoleWriter
  ) {
    guard let finding = findings.first else { return }
    let indent = 6
    let place = ConsoleText.harmless(finding.location.place)
    let names = unique(findings.map { digest.name($0.workload) })
    // Most messages name the workload; a place without any would be hard to put right.
    let own = digest.ownNames[finding.workload] ?? finding.workload
    let isNamed = names.count < 2 && mentions(own, finding.message)
    let message = isNamed ? finding.message : "\(listed(names)): \(finding.message)"
    console.put("    ")
    console.put(ConsoleText.cutMiddle(place, to: console.width - 4))
    let used = 4 + ConsoleText.width(place) + 2
    if used + columns(message) <= console.width {
      console.line("  " + message)
    } else {
      console.endLine()
      console.put(String(repeating: " ", count: indent))
      console.paragraph(message, indent: indent)
    }
  }

  /// Whether the text holds the name; no search for names so long that they hide the message.
  private static func mentions(_ name: String, _ text: String) -> Bool {
    let (name, text) = (Array(name.utf8), Array(text.utf8))
    guard let first = name.first, name.count <= 256, name.count <= text.count else { return false }
    return (0...(text.count - name.count)).contains { start in
      text[start] == first && text[start..<(start + name.count)].elementsEqual(name)
    }
  }

  static func waived(
    _ assessment: Assessment,
    _ digest: Digest,
    _ console: inout ConsoleWriter
  ) {
    guard !digest.waived.isEmpty else { return }
    console.heading("Waived", "accepted; score and verdict still count them")
    for index in digest.waived.prefix(shownWaivers) {
      let finding = assessment.findings[index]
      guard let waiver = finding.waived else { continue }
      console.put("  ")
      console.put(finding.rule, .cyan)
      console.put("  ")
      console.line(
        ConsoleText.cutMiddle(
          ConsoleText.harmless(finding.location.place),
          to: max(12, console.width - 4 - columns(finding.rule))
        )
      )
      console.put("    ")
      var text = waiver.reason
      if let owner = waiver.owner { text += " — \(owner)" }
      if let until = waiver.until { text += ", until \(until)" }
      console.paragraph(text, indent: 4, .dim)
    }
    more(digest.waived.count - shownWaivers, &console)
  }

  static func gaps(
    _ assessment: Assessment,
    _ digest: Digest,
    _ console: inout ConsoleWriter
  ) {
    guard !digest.gaps.isEmpty else { return }
    let total = digest.gaps.reduce(0) { $0 + $1.checks.count }
    console.heading("Not assessed", "\(counted(total, "check")) without an answer, by reason")
    for gap in digest.gaps.prefix(shownGaps) {
      console.put("  ")
      console.cell("\(gap.checks.count)×", 6, gap.isError ? .red : .none)
      let reason = gap.isError ? "error: \(gap.reason)" : gap.reason
      console.paragraph(reason, indent: 8)
      let names = unique(gap.checks.map { digest.name(assessment.checks[$0].workload) })
      let rules = unique(gap.checks.map { assessment.checks[$0].rule })
      console.put("        ")
      console.paragraph(
        listed(names) + (rules.isEmpty ? "" : ": " + listed(rules)),
        indent: 8,
        limit: 2,
        .dim
      )
    }
    more(digest.gaps.count - shownGaps, &console)
  }

  /// The first few names, and how many more there are.
  private static func listed(_ names: [String]) -> String {
    let shown = names.prefix(3)
      .map { ConsoleText.cutName(ConsoleText.harmless($0), to: 36) }
      .joined(separator: ", ")
    return names.count > 3 ? "\(shown) +\(names.count - 3)" : shown
  }

  private static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { !$0.isEmpty && seen.insert($0).inserted }
  }
}

extension Severity {
  /// How many findings of one rule are worth the room on a screen.
  fileprivate var shownFindings: Int {
    switch self {
    case .blocker, .high: 5
    case .medium: 3
    case .low, .info: 1
    }
  }
}
