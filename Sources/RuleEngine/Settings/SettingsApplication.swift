import DocumentTrees
import Workloads

extension ProjectSettings {
  /// The project's word on a workload's fate, if it has one; the catalogue's knowledge stays.
  func overruling(_ decision: DispositionDecision, of workload: Workload) -> DispositionDecision {
    guard
      let setting = workloads.last(where: {
        $0.disposition != nil && $0.names(id: workload.id, name: workload.name)
      }), let disposition = setting.disposition, !workload.isInfrastructure, !workload.isRepeated
    else { return decision }
    let reason = setting.reason.map { ": \($0)" } ?? ""
    let place = SourceLocation(
      file: Self.fileName,
      range: PlaceRange(start: setting.place, end: setting.place)
    )
    return DispositionDecision(
      disposition,
      "the project's settings say so\(reason)",
      component: decision.component,
      evidence: [place] + decision.evidence
    )
  }

  /// Marks the findings that a waiver in force covers; tells of waivers that cover none.
  ///
  /// A waiver holds through its last day, compared with the date of the assessment.
  func accept(
    _ findings: inout [Finding],
    workloads: [WorkloadResult],
    asOf date: String
  ) -> [NoticeRecord] {
    if waivers.isEmpty { return [] }
    let names = Dictionary(workloads.map { ($0.id, $0.name) }) { first, _ in first }
    var notices: [NoticeRecord] = []
    for setting in waivers {
      if let until = setting.waiver.until, until < date {
        notices.append(notice("expired on \(until) and covers nothing any more", setting))
        continue
      }
      var isUsed = false
      for index in findings.indices
      where setting.covers(findings[index], named: names[findings[index].workload] ?? "") {
        isUsed = true
        findings[index].waived = setting.waiver
      }
      if !isUsed { notices.append(notice("covers no finding", setting)) }
    }
    return notices
  }

  private func notice(_ problem: String, _ setting: WaiverSetting) -> NoticeRecord {
    let subject = setting.rule.map { "of \($0)" } ?? "of a fingerprint"
    return NoticeRecord(
      kind: Notice.Kind.information.rawValue,
      file: Self.fileName,
      line: Int(setting.place.line),
      message: "The waiver \(subject) \(problem)."
    )
  }
}

extension ProjectSettings.WaiverSetting {
  fileprivate func covers(_ finding: Finding, named name: String) -> Bool {
    if let rule, !Glob(rule).matches(finding.rule) { return false }
    if let fingerprint, fingerprint != finding.fingerprint { return false }
    if let file, !Glob(file).matches(finding.location.file) { return false }
    if let workload {
      return Glob(workload).matches(finding.workload) || Glob(workload).matches(name)
    }
    return true
  }
}
