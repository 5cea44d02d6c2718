import RuleEngine

/// What the reports for people need and the assessment does not spell out, gathered in one pass.
struct Digest {
  /// The findings of one rule, as indices into the assessment's.
  struct RuleGroup {
    var rule: String
    var step: String
    var severity: Severity
    var findings: [Int]
    /// The same findings, folded: what is said of one place in the same words is said once, for
    /// all workloads that share what lies there.
    var entries: [[Int]] = []
  }

  /// Cells that could not be assessed for one reason.
  struct Gap {
    var reason: String
    var isError: Bool
    var checks: [Int]
  }

  /// Cells of one step, by state.
  struct StepCount {
    var counts: [CheckState: Int] = [:]
  }

  /// Findings that count, worst rule first.
  var groups: [RuleGroup] = []
  /// Indices of findings that were accepted.
  var waived: [Int] = []
  /// Most frequent first; errors before everything else.
  var gaps: [Gap] = []
  /// By step id.
  var stepCounts: [String: StepCount] = [:]
  /// How each workload is called in this report, by id.
  var names: [String: String] = [:]
  /// How its definition calls each workload, by id.
  private(set) var ownNames: [String: String] = [:]
  /// What the targets say of a rule's matter, by rule.
  private var facts: [String: [PlatformFact]] = [:]

  /// With `includingWaived`, groups hold accepted findings too, behind the others.
  init(_ assessment: Assessment, includingWaived: Bool) {
    gatherNames(assessment)
    gatherFindings(assessment, includingWaived)
    gatherChecks(assessment)
    gatherFacts(assessment)
  }

  /// In the order of the targets.
  func facts(of rule: String) -> [PlatformFact] { facts[rule] ?? [] }

  private mutating func gatherFacts(_ assessment: Assessment) {
    guard !assessment.platformFacts.isEmpty else { return }
    let byId = Dictionary(grouping: assessment.platformFacts, by: \.id)
    for rule in assessment.rules where !rule.constraints.isEmpty {
      let found = rule.constraints.flatMap { byId[$0] ?? [] }
      facts[rule.id] = assessment.targets.flatMap { target in
        found.filter { $0.target == target.id }
      }
    }
  }

  func name(_ workload: String) -> String { names[workload] ?? workload }

  private mutating func gatherNames(_ assessment: Assessment) {
    // Several projects may each have a `web`; then the project tells them apart.
    var projects: [String: Set<String>] = [:]
    for workload in assessment.workloads {
      projects[workload.name, default: []].insert(workload.project)
    }
    for workload in assessment.workloads {
      let project = Self.shortened(workload.project)
      ownNames[workload.id] = workload.name
      names[workload.id] =
        projects[workload.name, default: []].count > 1 && !project.isEmpty
        ? "\(project)/\(workload.name)" : workload.name
    }
    // Twins within a project are told apart by their files.
    let twins = Dictionary(grouping: assessment.workloads) { names[$0.id] ?? "" }
    for group in twins.values where group.count > 1 {
      let files = group.map { $0.location.file.split(separator: "/").last ?? "" }
      guard Set(files).count == group.count else { continue }
      for (workload, file) in zip(group, files) {
        names[workload.id] = "\(workload.name) (\(file))"
      }
    }
  }

  /// A project without the namespace that every cluster has.
  private static func shortened(_ project: String) -> String {
    if project == "default" { return "" }
    return project.hasSuffix(":default") ? String(project.dropLast(8)) : project
  }

  /// Findings of one rule that say the same of the same place, in the order of the first of them.
  private static func folded(_ findings: [Int], _ assessment: Assessment) -> [[Int]] {
    struct Key: Hashable {
      var place: String
      var message: String
      var isWaived: Bool
      /// One workload's own repetitions are no sharing, and stay apart.
      var repetition = 0
    }
    var said: [String: [Key: Int]] = [:]
    var places: [Key: Int] = [:]
    var entries: [[Int]] = []
    for index in findings {
      let finding = assessment.findings[index]
      var key = Key(
        place: finding.location.place,
        message: finding.message,
        isWaived: finding.waived != nil
      )
      let repetition = said[finding.workload]?[key] ?? 0
      said[finding.workload, default: [:]][key] = repetition + 1
      key.repetition = repetition
      if let place = places[key] {
        entries[place].append(index)
      } else {
        places[key] = entries.count
        entries.append([index])
      }
    }
    return entries
  }

  private mutating func gatherFindings(_ assessment: Assessment, _ includingWaived: Bool) {
    struct Key: Hashable {
      var rule: String
      var severity: Severity
    }
    var places: [Key: Int] = [:]
    func add(_ index: Int, to groups: inout [RuleGroup]) {
      let finding = assessment.findings[index]
      let key = Key(rule: finding.rule, severity: finding.severity)
      if let place = places[key] {
        groups[place].findings.append(index)
      } else {
        places[key] = groups.count
        groups.append(
          RuleGroup(
            rule: finding.rule,
            step: finding.step,
            severity: finding.severity,
            findings: [index]
          )
        )
      }
    }
    for index in assessment.findings.indices {
      if assessment.findings[index].waived == nil {
        add(index, to: &groups)
      } else {
        waived.append(index)
      }
    }
    if includingWaived {
      for index in waived { add(index, to: &groups) }
    }
    for index in groups.indices {
      groups[index].entries = Self.folded(groups[index].findings, assessment)
    }
    groups.sort { left, right in
      if left.severity != right.severity { return left.severity > right.severity }
      if left.findings.count != right.findings.count {
        return left.findings.count > right.findings.count
      }
      return left.rule < right.rule
    }
  }

  private mutating func gatherChecks(_ assessment: Assessment) {
    struct Key: Hashable {
      var reason: String
      var isError: Bool
    }
    let stepOfRule = Dictionary(
      assessment.rules.map { ($0.id, $0.step) },
      uniquingKeysWith: { first, _ in first }
    )
    let checks = assessment.checks
    let none = Dictionary(uniqueKeysWithValues: CheckState.allCases.map { ($0, 0) })
    var counts = Array(repeating: none, count: checks.rules.count)
    var places: [Key: Int] = [:]
    for (index, entry) in checks.entries.enumerated() {
      counts[Int(entry.rule)][entry.state, default: 0] += 1
      guard entry.state == .notAssessed || entry.state == .error else { continue }
      let reason = entry.reason < 0 ? "no reason given" : checks.reasons[Int(entry.reason)]
      let key = Key(reason: reason, isError: entry.state == .error)
      if let place = places[key] {
        gaps[place].checks.append(index)
      } else {
        places[key] = gaps.count
        gaps.append(Gap(reason: key.reason, isError: key.isError, checks: [index]))
      }
    }
    for (rule, counted) in zip(checks.rules, counts) {
      for (state, count) in counted where count > 0 {
        stepCounts[stepOfRule[rule] ?? "", default: StepCount()].counts[state, default: 0] += count
      }
    }
    gaps.sort { left, right in
      if left.isError != right.isError { return left.isError }
      if left.checks.count != right.checks.count { return left.checks.count > right.checks.count }
      return left.reason < right.reason
    }
  }
}
