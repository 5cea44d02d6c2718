import RuleEngine

// Which workload can go where, and what becomes of those that do not go.
extension ConsoleReport {
  private static let shownWorkloads = 60
  private static let shownFiles = 12
  private static let scoreColumns = 8
  private static let leastCellColumns = 12

  static func matrix(
    _ assessment: Assessment,
    _ digest: Digest,
    _ console: inout ConsoleWriter
  ) {
    let moving = worstFirst(assessment.workloads.filter { $0.disposition == .move })
    guard !moving.isEmpty else { return }
    let targets = assessment.targets
    let shown = moving.prefix(shownWorkloads)
    let longest = shown.map { columns(digest.name($0.id)) }.max() ?? 0
    let spared = console.width - 2 - scoreColumns - targets.count * leastCellColumns
    let names = min(max(longest, 8), max(12, min(console.width / 3, spared - 2))) + 2
    let room = (console.width - 2 - names - scoreColumns) / max(1, targets.count)
    let wanted = max(
      targets.map { columns($0.title) }.max() ?? 0,
      verdictColumns(assessment, \.label)
    )
    let cells = min(room, wanted + 2)
    let long = cells >= verdictColumns(assessment, \.label) + 1
    console.endLine()
    console.put("  ")
    console.cell(Disposition.move.heading, names, .bold)
    console.cell("Score", scoreColumns, .bold)
    for target in targets {
      let title = columns(target.title) < cells ? target.title : target.id
      console.cell(ConsoleText.cut(ConsoleText.harmless(title), to: cells - 1), cells, .bold)
    }
    console.endLine()
    for workload in shown {
      console.put("  ")
      let name = ConsoleText.cutName(ConsoleText.harmless(digest.name(workload.id)), to: names - 1)
      console.cell(name, names)
      console.cell(workload.score?.interval ?? "n/a", scoreColumns)
      for target in targets {
        guard let cell = workload.verdicts.first(where: { $0.target == target.id }) else {
          console.cell("–", cells, .dim)
          continue
        }
        let word = long ? cell.verdict.label : cell.verdict.shortLabel
        let text = ConsoleText.cut("\(cell.verdict.mark) \(word)", to: cells - 1)
        console.cell(text, cells, cell.verdict.paint)
      }
      console.endLine()
    }
    more(moving.count - shown.count, &console)
  }

  static func staying(
    _ assessment: Assessment,
    _ digest: Digest,
    _ console: inout ConsoleWriter
  ) {
    for disposition in Disposition.allCases where disposition != .move {
      let group = assessment.workloads.filter { $0.disposition == disposition }
      guard !group.isEmpty else { continue }
      console.heading("  " + disposition.heading)
      if disposition == .infrastructure {
        files(group, &console)
        continue
      }
      let shown = group.prefix(disposition == .duplicate ? shownFiles : shownWorkloads)
      let longest = shown.map { columns(digest.name($0.id)) }.max() ?? 0
      let names = min(max(longest, 8), max(12, console.width / 3)) + 2
      for workload in shown {
        console.put("  ")
        let name = ConsoleText.cutName(
          ConsoleText.harmless(digest.name(workload.id)),
          to: names - 1
        )
        console.cell(name, names)
        let fate = replacement(workload)
        if !fate.isEmpty {
          console.paragraph("→ " + fate, indent: names + 2)
          console.put(String(repeating: " ", count: names + 2))
        }
        console.paragraph(workload.dispositionReason, indent: names + 2, .dim)
      }
      more(group.count - shown.count, &console)
    }
  }

  /// Files without workloads: where they lie is all there is to say.
  private static func files(_ group: [WorkloadResult], _ console: inout ConsoleWriter) {
    for workload in group.prefix(shownFiles) {
      console.put("  ")
      let file = ConsoleText.harmless(workload.location.file)
      console.line(ConsoleText.cutMiddle(file, to: console.width - 2), .dim)
    }
    more(group.count - shownFiles, &console)
  }

  private static func replacement(_ workload: WorkloadResult) -> String {
    guard let replacement = workload.replacement else { return "" }
    let clouds = [("AWS", replacement.aws), ("Azure", replacement.azure)]
    return clouds.filter { !$0.1.isEmpty }
      .map { "\($0.0): \($0.1.joined(separator: ", "))" }
      .joined(separator: " · ")
  }

  private static func verdictColumns(
    _ assessment: Assessment,
    _ label: KeyPath<Verdict, String>
  ) -> Int {
    let present = Set(assessment.workloads.flatMap { $0.verdicts.map(\.verdict) })
    return (present.map { $0[keyPath: label].utf8.count }.max() ?? 0) + 2
  }

  /// A stable sort: what no target takes comes first.
  private static func worstFirst(_ workloads: [WorkloadResult]) -> [WorkloadResult] {
    Verdict.allCases.flatMap { verdict in workloads.filter { $0.bestVerdict == verdict } }
      + workloads.filter { $0.bestVerdict == nil }
  }
}
