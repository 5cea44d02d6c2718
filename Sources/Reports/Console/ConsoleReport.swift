package import RuleEngine

/// The report for the terminal: the verdict first, then what stands in the way, worst first.
package enum ConsoleReport {
  package static func render(_ assessment: Assessment, style: ConsoleStyle = .plain) -> String {
    String(decoding: bytes(assessment, style: style), as: UTF8.self)
  }

  package static func bytes(
    _ assessment: Assessment,
    style: ConsoleStyle = .plain
  ) -> [UInt8] {
    var console = ConsoleWriter(style)
    let digest = Digest(assessment, includingWaived: false)
    headline(assessment, &console)
    if assessment.workloads.isEmpty {
      lookedFor(assessment, &console)
    } else {
      figures(assessment, digest, &console)
      matrix(assessment, digest, &console)
      staying(assessment, digest, &console)
      steps(assessment, &console)
      findings(assessment, digest, &console)
      waived(assessment, digest, &console)
      gaps(assessment, digest, &console)
    }
    notices(assessment, &console)
    return console.out.bytes
  }

  // MARK: Head

  static let labelColumns = 11

  private static func headline(_ assessment: Assessment, _ console: inout ConsoleWriter) {
    let headline = Headline(assessment)
    let status = headline.status.uppercased()
    let badge = console.color ? " \(status) " : status
    console.put(badge, headline.verdict.badge)
    console.put("  ")
    console.paragraph(headline.sentence, indent: badge.utf8.count + 2, .bold)
    for detail in headline.details {
      console.paragraph(detail, indent: 0)
    }
  }

  private static func lookedFor(_ assessment: Assessment, _ console: inout ConsoleWriter) {
    if !assessment.lookedFor.isEmpty {
      console.heading("Looked for")
      for kind in assessment.lookedFor {
        console.put("  · ")
        console.paragraph(kind, indent: 4)
      }
    }
    console.heading("Files", counted(assessment.inputs.count, "file") + " looked at")
    for input in assessment.inputs.prefix(20) {
      console.put("  ")
      console.cell(input.state, 13, input.state == "read" ? .none : .yellow)
      console.put(ConsoleText.cutMiddle(ConsoleText.harmless(input.path), to: console.width - 15))
      console.endLine()
    }
    more(assessment.inputs.count - 20, &console)
  }

  private static func figures(
    _ assessment: Assessment,
    _ digest: Digest,
    _ console: inout ConsoleWriter
  ) {
    let summary = assessment.summary
    console.endLine()
    console.cell("Score", labelColumns, .bold)
    if let score = summary.score {
      console.put("\(score.interval) of 100", .bold)
      console.put("  ")
      bar(score, max(8, min(30, console.width - 43)), &console)
      console.put("  \(score.coveragePercent)% assessed", .dim)
      console.endLine()
    } else {
      console.line("n/a, no rule applied", .dim)
    }
    console.cell("Findings", labelColumns, .bold)
    let counts = summary.findings.filter { $0.count > 0 }
    if counts.isEmpty { console.put("none") }
    for (number, entry) in counts.enumerated() {
      if number > 0 { console.put(" · ", .dim) }
      console.put("\(entry.count) \(entry.severity.rawValue)", entry.severity.paint)
    }
    console.endLine()
    if !digest.waived.isEmpty {
      console.cell("Waived", labelColumns, .bold)
      console.line(counted(digest.waived.count, "more finding"))
    }
    console.cell("Effort", labelColumns, .bold)
    let effort = "\(summary.effort.interval) points"
    let scale = "  1 trivial, 3 a day, 5 a redesign, 8 a new architecture"
    console.put(effort)
    if labelColumns + columns(effort) + columns(scale) <= console.width { console.put(scale, .dim) }
    console.endLine()
  }

  /// Floor solid, the part up to the ceiling shaded, the rest dotted.
  static func bar(_ score: Score, _ columns: Int, _ console: inout ConsoleWriter) {
    let floor = min(columns, max(0, score.floor * columns / 10_000))
    var ceiling = min(columns, max(floor, score.ceiling * columns / 10_000))
    // An interval too narrow for a column is an interval all the same.
    if ceiling == floor, score.ceiling > score.floor, floor < columns { ceiling += 1 }
    console.put(String(repeating: "█", count: floor), .green)
    console.put(String(repeating: "▒", count: ceiling - floor), .yellow)
    console.put(String(repeating: "·", count: columns - ceiling), .dim)
  }

  static func more(_ count: Int, _ console: inout ConsoleWriter) {
    if count > 0 { console.line("  +\(count) more, see --json or --html", .dim) }
  }

  // MARK: Steps

  private static func steps(_ assessment: Assessment, _ console: inout ConsoleWriter) {
    guard !assessment.steps.isEmpty else { return }
    console.heading("Steps", "█ certain  ▒ if all that is open turns out well")
    let titles = min(28, assessment.steps.map { columns($0.title) }.max() ?? 0)
    for step in assessment.steps {
      console.put("  ")
      console.cell(step.title, titles + 2)
      guard let score = step.score else {
        console.line("n/a, no rule of this step applied", .dim)
        continue
      }
      console.cell(score.interval, 8)
      bar(score, max(8, min(30, console.width - titles - 32)), &console)
      console.line("  \(score.coveragePercent)% assessed", .dim)
    }
  }

  // MARK: Notices

  private static let shownNotices = 20

  private static func notices(_ assessment: Assessment, _ console: inout ConsoleWriter) {
    guard !assessment.notices.isEmpty else { return }
    console.heading(
      "Notices",
      counted(assessment.notices.count, "thing") + " to know about the files"
    )
    for notice in assessment.notices.prefix(shownNotices) {
      console.put("  ")
      let place = notice.line > 0 ? "\(notice.file):\(notice.line)" : notice.file
      if !place.isEmpty {
        console.put(ConsoleText.cutMiddle(ConsoleText.harmless(place), to: 48), .cyan)
      }
      console.line("  \(notice.kind)", .yellow)
      console.put("    ")
      console.paragraph(notice.message, indent: 4)
    }
    more(assessment.notices.count - shownNotices, &console)
  }

  /// Columns of user text as it will be shown.
  static func columns(_ text: String) -> Int {
    ConsoleText.width(ConsoleText.harmless(text))
  }
}

extension Severity {
  var paint: Paint {
    switch self {
    case .blocker: .boldRed
    case .high: .red
    case .medium: .yellow
    case .low: .cyan
    case .info: .dim
    }
  }
}

extension Verdict {
  var paint: Paint {
    switch self {
    case .blocked: .red
    case .notEnoughEvidence: .magenta
    case .needsChanges: .yellow
    case .ready: .green
    }
  }

  /// Beside the colour, never instead of the word.
  var mark: String {
    switch self {
    case .blocked: "✖"
    case .notEnoughEvidence: "?"
    case .needsChanges: "▲"
    case .ready: "✔"
    }
  }
}

extension Verdict? {
  fileprivate var badge: Paint {
    switch self {
    case .blocked: .badgeRed
    case .needsChanges: .badgeYellow
    case .ready: .badgeGreen
    case .notEnoughEvidence, nil: .badgePlain
    }
  }
}
