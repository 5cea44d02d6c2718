import DocumentTrees
import Expressions
import Workloads

/// Asks every rule of one workload.
struct Evaluator: Sendable {
  private let rules: [Rule]
  /// What stands behind a subject's lineage, for rules that ask about no target.
  private let ambient: [ExpressionValue]
  /// The same for each target.
  private let targetAmbients: [(id: String, values: [ExpressionValue])]

  init(rules: [Rule], targets: [Target], asOf: ExpressionValue) {
    self.rules = rules
    ambient = [.unknown(because: "no target is in question"), asOf]
    targetAmbients = targets.map { ($0.id, [Vocabulary.target.value($0, .none), asOf]) }
  }

  func cells(of facts: WorkloadFacts) -> [Cell] {
    let index = SubjectIndex(facts)
    var cells: [Cell] = []
    cells.reserveCapacity(rules.count)
    for (number, rule) in rules.enumerated() {
      if let reason = notApplicable(rule, to: facts) {
        cells.append(Cell(rule: number, state: .notApplicable, reason: reason))
      } else if facts.workload.isUnreadable {
        cells.append(unreadable(number, facts.workload))
      } else if rule.asksAboutTarget {
        for target in targetAmbients where rule.effects[target.id, default: .none] != .none {
          cells.append(
            cell(number, rule, index, target: target.id, ambient: target.values)
          )
        }
      } else {
        cells.append(
          cell(number, rule, index, target: nil, ambient: ambient)
        )
      }
    }
    absorb(in: &cells)
    return cells
  }

  /// Why a rule has nothing to say of a workload as a whole.
  private func notApplicable(_ rule: Rule, to facts: WorkloadFacts) -> String? {
    let disposition = facts.decision.disposition
    if !rule.dispositions.contains(disposition) {
      return "the workload's disposition is \(disposition.rawValue)"
    }
    let format = facts.workload.format.rawValue
    if !rule.formats.isEmpty, !rule.formats.contains(format) {
      return "the rule is not about \(format)"
    }
    return nil
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

  private func cell(
    _ number: Int,
    _ rule: Rule,
    _ index: SubjectIndex,
    target: String?,
    ambient: [ExpressionValue]
  ) -> Cell {
    var cell = Cell(rule: number, target: target, state: .notApplicable)
    var passed = false
    for subject in index.subjects[rule.appliesTo] ?? [] {
      let slots = subject.lineage + ambient
      switch answer(rule, subject, slots) {
      case .notApplicable: continue
      case .pass: passed = true
      case .fail: cell.failures.append(failure(rule, subject, slots, target: target))
      case .open(let reason):
        cell.openQuestions.append(OpenQuestion(reason: reason, origin: subject.origin))
      case .error(let reason):
        cell.openQuestions.append(OpenQuestion(reason: reason, origin: subject.origin))
        cell.state = .error
      }
    }
    for unseen in index.unseen[rule.appliesTo] ?? [] {
      cell.openQuestions.append(OpenQuestion(reason: unseen.reason, origin: unseen.origin))
    }
    // The worst subject decides: fail, then not assessed, then pass.
    if !cell.failures.isEmpty {
      cell.state = .fail
    } else if let open = cell.openQuestions.first {
      if cell.state != .error { cell.state = .notAssessed }
      cell.reason = open.reason
    } else if passed {
      cell.state = .pass
    } else {
      cell.reason = "nothing in the workload is the rule's subject"
    }
    return cell
  }

  private enum Answer {
    case notApplicable, pass, fail
    case open(String)
    case error(String)
  }

  private func answer(_ rule: Rule, _ subject: Subject, _ slots: [ExpressionValue]) -> Answer {
    if let condition = rule.condition {
      switch condition.evaluate(slots) {
      case .value(.bool(false)): return .notApplicable
      case .value(.bool(true)): break
      case .unknown(let unknown): return .open(unknown.reasons.joined(separator: "; "))
      case .error(let error): return .error("the rule's condition failed: \(error.message)")
      case .value: return .error("the rule's condition is neither true nor false")
      }
    }
    if let missing = missingEvidence(rule, subject) { return .open(missing) }
    switch rule.assertion.evaluate(slots) {
    case .value(.bool(true)): return .pass
    case .value(.bool(false)): return .fail
    case .unknown(let unknown): return .open(unknown.reasons.joined(separator: "; "))
    case .error(let error): return .error("the rule's expression failed: \(error.message)")
    case .value: return .error("the rule's expression is neither true nor false")
    }
  }

  private func missingEvidence(_ rule: Rule, _ subject: Subject) -> String? {
    for evidence in rule.needs.sorted(by: { $0.rawValue < $1.rawValue }) {
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
    var failure = Failure(
      subject: subject,
      severity: severity,
      effects: effects,
      origin: subject.origin,
      path: subject.path,
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
    if content.origin.location != nil {
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
          (rules[cell.rule].id, $0.subject.path, $0.origin)
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
          failure.subject.path == $0.path || failure.subject.path.hasPrefix($0.path + ".")
            || $0.path.isEmpty
        }
        cells[number].failures[index].absorbedBy = absorber?.rule
      }
    }
  }
}
