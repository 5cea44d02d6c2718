import DocumentTrees
import Expressions
import Workloads

/// Asks every rule of one workload after the other; each task has its own.
struct Evaluator {
  private let rules: [Rule]
  private let plans: [RulePlan]
  private let ready: ReadyRules
  /// What stands behind a subject's lineage, for rules that ask about no target.
  private let ambient: [ExpressionValue]
  private let targets: [String]
  /// What stands there for each target.
  private let targetAmbients: [[ExpressionValue]]

  init(rules: [Rule], targets: [Target], asOf: ExpressionValue) {
    self.rules = rules
    let targetIDs = targets.map(\.id)
    plans = rules.map { RulePlan($0, targets: targetIDs) }
    ready = ReadyRules(rules)
    ambient = [.unknown(because: "no target is in question"), asOf]
    self.targets = targetIDs
    targetAmbients = targets.map { [Vocabulary.target.value($0, .none), asOf] }
  }

  func judge(_ facts: WorkloadFacts) -> Judgement {
    var judgement = Judgement(facts)
    judgement.entries.reserveCapacity(plans.count + plans.count / 2)
    let disposition = facts.decision.disposition
    let format = facts.workload.format.rawValue
    let isReadable = !facts.workload.isUnreadable
    var wanted = Array(repeating: false, count: Vocabulary.SubjectKind.allCases.count)
    for plan in plans where isReadable && plan.reason(disposition, format) == .none {
      wanted[plan.kind] = true
    }
    let index = SubjectIndex(facts, wanted: wanted, ambient: ambient)
    for (number, plan) in plans.enumerated() {
      let rule = Int32(truncatingIfNeeded: number)
      let reason = plan.reason(disposition, format)
      if reason != .none {
        judgement.entries.append(.init(rule: rule, state: .notApplicable, reason: reason))
      } else if !isReadable {
        judgement.add(unreadable(number, facts.workload), target: -1)
      } else if index.subjects[plan.kind].isEmpty, index.unseen[plan.kind].isEmpty {
        for target in plan.targets {
          judgement.entries.append(
            .init(rule: rule, target: target, state: .notApplicable, reason: .noSubject)
          )
        }
      } else {
        ask(plan, number, index, &judgement)
      }
    }
    absorb(in: &judgement.cells)
    return judgement
  }

  private func unreadable(_ number: Int, _ workload: Workload) -> Cell {
    let reason = "the file \(workload.location.file) cannot be read"
    return Cell(
      rule: number,
      state: .notAssessed,
      reason: reason,
      openQuestions: [OpenQuestion(reason: reason, origin: Origin(workload.location))]
    )
  }

  // MARK: One rule

  /// What the subjects of a rule answered so far, for one target.
  private struct Tally {
    var passed = false
    var isError = false
    var failures: [Failure] = []
    var openQuestions: [OpenQuestion] = []
  }

  private func ask(
    _ plan: RulePlan,
    _ number: Int,
    _ index: SubjectIndex,
    _ judgement: inout Judgement
  ) {
    let rule = ready[number]
    var tallies = Array(repeating: Tally(), count: plan.targets.count)
    for subject in index.subjects[plan.kind] {
      // What does not depend on the target is asked once.
      var shared: Answer?
      if !rule.conditionAsksTarget {
        shared = conditionAnswer(rule, subject, subject.slots)
        if shared == nil, !rule.assertionAsksTarget {
          shared = assertionAnswer(rule, subject.slots)
        }
      }
      if case .notApplicable? = shared { continue }
      for (position, target) in plan.targets.enumerated() {
        let slots =
          target < 0
          ? subject.slots : subject.slots(forTarget: Int(target), of: targetAmbients)
        let answer: Answer
        if let shared {
          answer = shared
        } else if rule.conditionAsksTarget {
          answer = conditionAnswer(rule, subject, slots) ?? assertionAnswer(rule, slots)
        } else {
          answer = assertionAnswer(rule, slots)
        }
        switch answer {
        case .notApplicable: continue
        case .pass: tallies[position].passed = true
        case .fail:
          let id = target < 0 ? nil : targets[Int(target)]
          tallies[position].failures.append(failure(rule.rule, subject, slots, target: id))
        case .open(let reason):
          tallies[position].openQuestions.append(
            OpenQuestion(reason: reason, origin: subject.origin)
          )
        case .error(let reason):
          tallies[position].openQuestions.append(
            OpenQuestion(reason: reason, origin: subject.origin)
          )
          tallies[position].isError = true
        }
      }
    }
    for (position, target) in plan.targets.enumerated() {
      for unseen in index.unseen[plan.kind] {
        tallies[position].openQuestions.append(
          OpenQuestion(reason: unseen.reason, origin: unseen.origin)
        )
      }
      conclude(tallies[position], rule: number, target: target, &judgement)
    }
  }

  /// The worst subject decides: fail, then not assessed, then pass.
  private func conclude(
    _ tally: Tally,
    rule: Int,
    target: Int32,
    _ judgement: inout Judgement
  ) {
    if tally.failures.isEmpty, tally.openQuestions.isEmpty {
      judgement.entries.append(
        Judgement.Entry(
          rule: Int32(truncatingIfNeeded: rule),
          target: target,
          state: tally.passed ? .pass : .notApplicable,
          reason: tally.passed ? .none : .noSubject
        )
      )
      return
    }
    var cell = Cell(
      rule: rule,
      target: target < 0 ? nil : targets[Int(target)],
      state: .fail,
      failures: tally.failures,
      openQuestions: tally.openQuestions
    )
    if tally.failures.isEmpty {
      cell.state = tally.isError ? .error : .notAssessed
      cell.reason = tally.openQuestions.first?.reason
    }
    judgement.add(cell, target: target)
  }

  private enum Answer {
    case notApplicable, pass, fail
    case open(String)
    case error(String)
  }

  /// What the condition and the evidence say; `nil`: the assertion decides.
  @inline(__always)
  private func conditionAnswer(
    _ rule: ReadyRule,
    _ subject: Subject,
    _ slots: [ExpressionValue]
  ) -> Answer? {
    if let condition = rule.condition {
      switch condition.evaluate(slots) {
      case .value(.bool(false)): return .notApplicable
      case .value(.bool(true)): break
      case .unknown(let unknown): return .open(unknown.reasons.joined(separator: "; "))
      case .error(let error): return .error("the rule's condition failed: \(error.message)")
      case .value: return .error("the rule's condition is neither true nor false")
      }
    }
    if rule.needs.isEmpty { return nil }
    return missingEvidence(rule, subject).map { .open($0) }
  }

  @inline(__always)
  private func assertionAnswer(_ rule: ReadyRule, _ slots: [ExpressionValue]) -> Answer {
    switch rule.assertion.evaluate(slots) {
    case .value(.bool(true)): return .pass
    case .value(.bool(false)): return .fail
    case .unknown(let unknown): return .open(unknown.reasons.joined(separator: "; "))
    case .error(let error): return .error("the rule's expression failed: \(error.message)")
    case .value: return .error("the rule's expression is neither true nor false")
    }
  }

  private func missingEvidence(_ rule: ReadyRule, _ subject: Subject) -> String? {
    for evidence in rule.needs {
      switch evidence {
      case .container:
        if subject.container == nil { return "the workload's containers are not described" }
      case .build:
        guard let container = subject.container?.container else { continue }
        guard let build = container.build else {
          return "the Dockerfile of the image is not among the inputs"
        }
        if let reason = build.stages.unknownReason { return reason }
      case .baseImage:
        if let reason = subject.container?.base.unknownReason { return reason }
      }
    }
    return nil
  }

  private func failure(
    _ rule: Rule,
    _ subject: Subject,
    _ slots: [ExpressionValue],
    target: String?
  ) -> Failure {
    var severity = rule.severity
    var effects = rule.effects
    var text: String
    var at: ExpressionPath?
    do {
      let wording = try rule.wording.content()
      at = wording.at
      var message = wording.message
      for variant in wording.variants {
        guard case .value(.bool(true)) = variant.condition.evaluate(slots) else { continue }
        severity = variant.severity ?? severity
        effects = variant.effects ?? effects
        message = variant.message ?? message
        break
      }
      text = message.render(slots)
    } catch {
      // The finding counts all the same; that its wording cannot be used is said in its place.
      text = "\(rule.title) (the rule's wording cannot be used: \(error))."
    }
    if let stated = rule.stated {
      severity = stated.severity ?? severity
      effects.merge(stated.effects) { _, stated in stated }
    }
    if let target { effects = effects.filter { $0.key == target } }
    let path = subject.path
    var failure = Failure(
      subject: path,
      severity: severity,
      effects: effects,
      origin: subject.origin,
      path: path,
      evidence: "",
      message: text
    )
    if let at { locate(&failure, at, slots) }
    return failure
  }

  /// Points the finding at the field that `at` names, if that field stands somewhere.
  private func locate(
    _ failure: inout Failure,
    _ at: ExpressionPath,
    _ slots: [ExpressionValue]
  ) {
    guard let selection = at.selection else {
      if case .value(.object(let object)) = at.program.evaluate(slots),
        let located = object as? any LocatedObject, located.origin.location != nil
      {
        failure.origin = located.origin
      }
      return
    }
    guard case .value(.object(let object)) = selection.operand.evaluate(slots),
      let located = object as? any LocatedObject, let field = selection.fieldIndex
    else { return }
    let content = located.content(at: field)
    failure.path += ".\(selection.field)"
    failure.evidence = display(content.value)
    // What is not stated has no place of its own.
    if content.isPresent, content.origin.location != nil {
      failure.origin = content.origin
    } else if located.origin.location != nil {
      failure.origin = located.origin
    }
  }

  /// Marks findings that another finding at the same subject makes redundant.
  private func absorb(in cells: inout [Cell]) {
    var absorbers: [String: [(rule: String, path: String, at: Origin)]] = [:]
    for cell in cells where cell.state == .fail {
      for absorbed in rules[cell.rule].absorbs {
        absorbers[absorbed, default: []] += cell.failures.map {
          (rules[cell.rule].id, $0.subject, $0.origin)
        }
      }
    }
    if absorbers.isEmpty { return }
    for number in cells.indices {
      guard let candidates = absorbers[rules[cells[number].rule].id] else { continue }
      for index in cells[number].failures.indices {
        let failure = cells[number].failures[index]
        // The same subject, or one inside it: a finding on a mount absorbs nothing of a container.
        let absorber = candidates.first {
          failure.subject == $0.path || failure.subject.hasPrefix($0.path + ".")
            || $0.path.isEmpty
        }
        cells[number].failures[index].absorbedBy = absorber?.rule
      }
    }
  }
}
