import DocumentTrees
import Expressions
package import Workloads

/// Turns an estate into an assessment.
package struct Assessor: Sendable {
  package struct Options: Sendable {
    /// What end-of-life dates are compared with, `YYYY-MM-DD`; `nil`: the rule book's own date.
    package var asOf: String?
    /// Limits the targets; empty: all.
    package var targets: [String] = []
    /// The project's own answers.
    package var settings = ProjectSettings()
    /// Repeated in the assessment.
    package var described: [(name: String, value: String)] = []

    package init() {}
  }

  private let book: RuleBook
  private let tool: Tool
  private let options: Options
  private let targets: [Target]
  private let asOf: ExpressionValue
  private let date: String
  /// The ids of the facts of each target.
  private let factIds: [String: Set<String>]

  /// `nil` if the date of the options is none.
  package init?(book: RuleBook, tool: Tool, options: Options) {
    self.book = book
    self.tool = tool
    self.options = options
    targets = book.catalogue.targets.filter {
      options.targets.isEmpty || options.targets.contains($0.id)
    }
    factIds = Dictionary(uniqueKeysWithValues: targets.map { ($0.id, $0.constraintIds()) })
    date = options.asOf ?? book.checklist.asOf
    guard let timestamp = ExpressionTimestamp(date + "T00:00:00Z") else { return nil }
    asOf = .timestamp(timestamp)
  }

  package func assess(_ estate: Estate) async -> Assessment {
    let judged = await judge(estate)
    let masker = Masker(book.detector, known: secrets(of: judged.map(\.facts)))
    var builder = FindingBuilder(
      rules: book.rules,
      targets: targets,
      masker: masker,
      sources: estate.sources
    )
    let weights = book.rules.map { RuleWeight($0, checklist: book.checklist, targets: targets) }
    let verdicts = VerdictRule(rules: book.rules, facts: factIds)
    var board = ScoreBoard(steps: book.checklist.steps)
    var effort = EffortSum()
    var workloads: [WorkloadResult] = []
    var checks = CheckGatherer(rules: book.rules, targets: targets, masker: masker)
    for judgement in judged {
      let id = judgement.facts.workload.id
      var own = ScoreBoard(steps: book.checklist.steps)
      // What another definition says rightly is not counted once more.
      let isRepeated = judgement.facts.decision.disposition == .duplicate
      for entry in judgement.entries
      where entry.state != .notApplicable && !(isRepeated && entry.state == .pass) {
        let weight = weights[Int(entry.rule)]
        own.add(
          stepAt: weight.step,
          entry.state,
          share: entry.target < 0 ? weight.whole : weight.shared
        )
      }
      board.add(own)
      for cell in judgement.cells { effort.add(cell, of: book.rules[cell.rule], workload: id) }
      checks.add(judgement)
      builder.add(judgement.cells, of: judgement.facts.workload)
      workloads.append(result(judgement, own, verdicts, masker))
    }
    var findings = builder.finish()
    let accepted = options.settings.accept(&findings, workloads: workloads, asOf: date)
    var assessment = Assessment(
      tool: tool,
      options: options.described,
      inputs: estate.inputs.map {
        InputFile(
          path: $0.path,
          format: $0.format.rawValue,
          sha256: $0.sha256,
          state: $0.state.rawValue
        )
      }.sorted { $0.path < $1.path },
      summary: summary(board, workloads, findings, effort),
      steps: board.results,
      workloads: workloads,
      findings: findings,
      checks: checks.finish(),
      notices: notices(estate, &checks.memo),
      rules: book.rules.map(\.summary),
      targets: targets.map { TargetSummary(id: $0.id, title: $0.title) }
    )
    assessment.notices += accepted
    for target in targets {
      do {
        assessment.platformFacts += try facts(of: target, builder.firing, workloads)
      } catch {
        // Built-in data is tested; data of the user's own may be broken where nobody looked yet.
        assessment.notices.append(
          NoticeRecord(
            kind: "invalid-value",
            file: error.file,
            line: error.line,
            message: error.problem
          )
        )
      }
    }
    return assessment
  }

  /// The targets' own words for what verdicts and findings rest on.
  private func facts(
    of target: Target,
    _ firing: Set<Int>,
    _ workloads: [WorkloadResult]
  ) throws(CatalogueError) -> [PlatformFact] {
    var cited = Set(firing.flatMap { book.rules[$0].constraints })
    for workload in workloads {
      for verdict in workload.verdicts where verdict.target == target.id {
        cited.formUnion(verdict.facts)
      }
    }
    return try target.constraints(cited).map {
      PlatformFact($0.constraint, $0.sources, of: target.id)
    }.sorted { $0.id < $1.id }
  }

  /// Asks all rules of all workloads, in order of the workloads' ids.
  private func judge(_ estate: Estate) async -> [Judgement] {
    let workloads = sorted(estate.workloads)
    var ordered = estate
    ordered.workloads = workloads
    let decisions = zip(
      workloads,
      DispositionRules(catalogue: book.catalogue).decisions(for: ordered)
    ).map { workload, decision in options.settings.overruling(decision, of: workload) }
    let builder = FactsBuilder(
      catalogue: book.catalogue,
      detector: book.detector,
      estate: estate
    )
    // A few large batches: a task for each workload would cost more than its rules.
    let size = max(8, workloads.count / 16)
    let batches = stride(from: 0, to: workloads.count, by: size)
    return await withTaskGroup(of: (Int, [Judgement]).self) { group in
      for start in batches {
        group.addTask {
          let evaluator = Evaluator(rules: book.rules, targets: targets, asOf: asOf)
          let batch = start..<min(start + size, workloads.count)
          return (
            start,
            batch.map { index in
              evaluator.judge(builder.facts(of: workloads[index], decision: decisions[index]))
            }
          )
        }
      }
      var parts: [(Int, [Judgement])] = []
      for await part in group { parts.append(part) }
      return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }

  /// By id; positions are sorted, since a workload is large and sorting moves things often.
  private func sorted(_ workloads: [Workload]) -> [Workload] {
    let keys = workloads.map { ($0.id, $0.location) }
    return keys.indices.sorted { keys[$0] < keys[$1] }.map { workloads[$0] }
  }

  /// Every value that is known to be a secret, so that it is masked wherever it turns up.
  private func secrets(of judged: [WorkloadFacts]) -> [String] {
    var secrets: Set<String> = []
    func add(_ verdict: SecretVerdict, of value: String) {
      // A weak default such as `postgres` is also a word that reports need; under its own key it
      // is masked all the same.
      if verdict.kind == .weakDefault || verdict.secretRanges.isEmpty { return }
      let bytes = Array(value.utf8)
      for range in verdict.secretRanges {
        secrets.insert(String(decoding: bytes[range], as: UTF8.self))
      }
    }
    for container in judged.lazy.flatMap(\.containers) {
      for facts in container.variables {
        guard let value = facts.variable.value.known, let verdict = facts.secret.known else {
          continue
        }
        add(verdict, of: value)
      }
      for variable in container.stages.lazy.flatMap(\.stage.variables) {
        guard let value = variable.value.known else { continue }
        add(book.detector.classify(name: variable.name, value: value), of: value)
      }
    }
    for resource in judged.lazy.flatMap(\.workload.resources) {
      for object in [resource] + resource.parts {
        if object.kind == SecretObject.kind { secrets.formUnion(self.secrets(of: object)) }
        guard object.kind == DaprSetting.kind, let value = object[DaprSetting.value].known else {
          continue
        }
        add(book.detector.classify(name: object.name, value: value), of: value)
      }
    }
    return secrets.sorted()
  }

  /// What a Secret holds that would harm if it were shown.
  private func secrets(of object: Resource) -> [String] {
    guard let value = object[SecretObject.value].known, !value.isEmpty else { return [] }
    let key = object[SecretObject.keyName].known ?? ""
    var verdict = book.detector.classify(name: key, value: value)
    if verdict.kind == .none, value.utf8.count >= 8 {
      // Whatever its key is called, somebody found it worth a Secret.
      verdict = book.detector.classify(name: "password", value: value)
    }
    if verdict.kind == .weakDefault { return [] }
    let bytes = Array(value.utf8)
    let parts = verdict.secretRanges.map { String(decoding: bytes[$0], as: UTF8.self) }
    // In the manifest it stands in base64 as a whole, of which the base64 of a part is no part.
    return parts.isEmpty ? [] : parts + [String(decoding: Base64.encode(bytes), as: UTF8.self)]
  }

  private func result(
    _ judgement: Judgement,
    _ board: ScoreBoard,
    _ verdicts: VerdictRule,
    _ masker: Masker
  ) -> WorkloadResult {
    let facts = judgement.facts
    let workload = facts.workload
    let moves = facts.decision.disposition == .move
    var result = WorkloadResult(
      id: workload.id,
      name: workload.name,
      kind: workload.kind,
      format: workload.format.rawValue,
      project: workload.project,
      disposition: facts.decision.disposition,
      dispositionReason: masker.mask(facts.decision.reason),
      replacement: facts.decision.replacement,
      location: FileLocation(workload.location),
      steps: board.results,
      score: board.overall,
      verdicts: moves ? targets.map { verdicts.verdict(on: $0.id, cells: judgement.cells) } : []
    )
    if moves {
      let sizing = Sizing(workload: workload)
      result.sizes = targets.map { sizing.size(on: $0) }
    }
    result.otherDefinitions = workload.otherDefinitions.map {
      DefinitionRecord(
        workload: $0.workload,
        reason: masker.mask($0.reason),
        location: FileLocation($0.location)
      )
    }
    return result
  }

  private func notices(_ estate: Estate, _ memo: inout MaskMemo) -> [NoticeRecord] {
    let sorted = estate.notices.sorted {
      ($0.location, $0.kind.rawValue, $0.message) < ($1.location, $1.kind.rawValue, $1.message)
    }
    var records: [NoticeRecord] = []
    for notice in sorted {
      let record = NoticeRecord(
        kind: notice.kind.rawValue,
        file: notice.location.file,
        line: Int(notice.location.range.start.line),
        message: memo.mask(notice.message)
      )
      if records.last != record { records.append(record) }
    }
    return records
  }

  private func summary(
    _ board: ScoreBoard,
    _ workloads: [WorkloadResult],
    _ findings: [Finding],
    _ effort: EffortSum
  ) -> Summary {
    var severities: [Severity: Int] = [:]
    for index in findings.indices where findings[index].waived == nil {
      severities[findings[index].severity, default: 0] += 1
    }
    let verdicts = workloads.flatMap(\.verdicts)
    return Summary(
      score: board.overall,
      verdicts: targets.map { target in
        let own = verdicts.filter { $0.target == target.id }
        return (
          target.id,
          Verdict.allCases.map { verdict in (verdict, own.count { $0.verdict == verdict }) }
        )
      },
      dispositions: Disposition.allCases.map { disposition in
        (disposition, workloads.count { $0.disposition == disposition })
      },
      findings: Severity.allCases.map { severity in
        (severity, severities[severity] ?? 0)
      },
      effort: effort.effort
    )
  }
}

extension PlatformFact {
  fileprivate init(_ constraint: TargetConstraint, _ sources: [FactSource], of target: String) {
    self.init(
      target: target,
      id: constraint.id,
      subject: constraint.subject,
      effect: constraint.effect.rawValue,
      statement: constraint.statement,
      instead: constraint.instead,
      confidence: constraint.confidence.rawValue,
      sources: sources.map { Source(title: $0.title, place: $0.place, date: $0.date) }
    )
  }
}

extension Rule {
  package var summary: RuleSummary {
    RuleSummary(
      id: id,
      title: title,
      step: step,
      topic: topic,
      severity: severity,
      references: references,
      constraints: constraints
    )
  }
}
