import RuleEngine

/// The verdict over everything, in a word and in sentences.
struct Headline {
  /// The worst verdict that no choice of target avoids; `nil`: nothing moves.
  var verdict: Verdict?
  /// `Blocked`, `Ready to move`, `Nothing found`.
  var status: String
  /// What the status means, as one sentence.
  var sentence: String
  /// Which target comes closest, and what happens to what does not move.
  var details: [String]

  init(_ assessment: Assessment) {
    details = []
    let moving = assessment.workloads.filter { $0.disposition == .move }
    guard !assessment.workloads.isEmpty else {
      status = "Nothing found"
      sentence = "No workload was found, so there is nothing to judge."
      return
    }
    guard !moving.isEmpty else {
      let others = assessment.workloads.count { $0.disposition != .infrastructure }
      status = others == 0 ? "No workload" : "Nothing moves"
      sentence =
        others == 0
        ? "No workload was found, only what stands around workloads."
        : "None of the \(counted(others, "workload")) moves to a container platform."
      details = [Self.staying(assessment), Self.infrastructure(assessment)].compactMap { $0 }
      return
    }
    let best = moving.map { $0.bestVerdict }
    let worst = Verdict.allCases.first { best.contains($0) }
    verdict = worst
    let affected = best.count { $0 == worst }
    let share =
      affected == moving.count
      ? (affected == 1 ? "The only workload to move" : "All \(affected) workloads to move")
      : "\(affected) of the \(moving.count) workloads to move"
    let one = affected == 1
    switch worst {
    case .blocked:
      status = "Blocked"
      sentence = "\(share) cannot run on any target as \(one ? "it is" : "they are")."
    case .notEnoughEvidence:
      status = "Open"
      sentence = "\(share) \(one ? "shows" : "show") too little evidence for a verdict."
    case .needsChanges:
      status = "Changes needed"
      sentence =
        "\(share) \(one ? "needs" : "need") changes first; a target is open to \(one ? "it" : "each")."
    case .ready:
      status = "Ready to move"
      sentence = "\(share) \(one ? "is" : "are") ready for a target."
    case nil:
      status = "No verdict"
      sentence = "No target was assessed."
    }
    details = [
      Self.closest(assessment), Self.staying(assessment), Self.infrastructure(assessment),
    ].compactMap { $0 }
  }

  /// The best target: "AWS Fargate comes closest: 1 ready, 3 need changes, 1 blocked".
  private static func closest(_ assessment: Assessment) -> String? {
    let verdicts = assessment.summary.verdicts
    func counts(_ index: Int) -> [Int] {
      Verdict.allCases.map { verdict in
        verdicts[index].counts.first { $0.verdict == verdict }?.count ?? 0
      }
    }
    guard
      let best = verdicts.indices.min(by: { counts($0).lexicographicallyPrecedes(counts($1)) })
    else { return nil }
    let parts = zip(Verdict.allCases, counts(best)).reversed().compactMap { verdict, count in
      count == 0 ? nil : "\(count) \(verdict.phrase(count))"
    }
    guard !parts.isEmpty else { return nil }
    let title = assessment.targetTitle(verdicts[best].target)
    let lead =
      if verdicts.count == 1 {
        title
      } else if verdicts.indices.allSatisfy({ counts($0) == counts(best) }) {
        "Every target"
      } else {
        "\(title) comes closest"
      }
    return "\(lead): \(parts.joined(separator: ", "))."
  }

  /// What runs nothing and is judged all the same.
  private static func infrastructure(_ assessment: Assessment) -> String? {
    let count = assessment.workloads.count { $0.disposition == .infrastructure }
    return count == 0
      ? nil : "Judged besides: \(counted(count, "file")) of infrastructure that no workload owns."
  }

  /// The rest: "Of the others, 1 becomes a managed service, 2 stay local".
  private static func staying(_ assessment: Assessment) -> String? {
    let parts = Disposition.allCases.compactMap { disposition -> String? in
      let count = assessment.workloads.count { $0.disposition == disposition }
      guard count > 0 else { return nil }
      switch disposition {
      case .move: return nil
      case .externalise:
        return "\(count) \(count == 1 ? "becomes a managed service" : "become managed services")"
      case .absorb: return "\(count) \(count == 1 ? "is" : "are") absorbed by the platform"
      case .localOnly: return "\(count) \(count == 1 ? "stays" : "stay") local"
      case .duplicate:
        let words = count == 1 ? "is another definition" : "are other definitions"
        return "\(count) \(words) of workloads counted already"
      case .infrastructure: return nil
      }
    }
    return parts.isEmpty ? nil : "Of the others, " + parts.joined(separator: ", ") + "."
  }
}

extension Verdict {
  /// As in "3 need changes".
  func phrase(_ count: Int) -> String {
    switch self {
    case .blocked: "blocked"
    case .notEnoughEvidence: count == 1 ? "lacks evidence" : "lack evidence"
    case .needsChanges: count == 1 ? "needs changes" : "need changes"
    case .ready: "ready"
    }
  }
}

extension WorkloadResult {
  /// The verdict on the target that suits it best.
  var bestVerdict: Verdict? {
    Verdict.allCases.last { verdict in verdicts.contains { $0.verdict == verdict } }
  }
}

extension Assessment {
  func targetTitle(_ id: String) -> String {
    targets.first { $0.id == id }?.title ?? id
  }
}
