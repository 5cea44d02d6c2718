import Reports
import RuleEngine
import Unmoor

/// The rule book as text and JSON.
struct RulePages {
  let book: RuleBook

  func list(_ rules: [Rule]) -> String {
    let width = rules.map(\.id.count).max() ?? 0
    var text = ""
    for step in book.checklist.steps {
      let own = rules.filter { $0.step == step.id }
      if own.isEmpty { continue }
      text += "\(step.title) (\(own.count))\n"
      for rule in own {
        let id = rule.id + String(repeating: " ", count: width - rule.id.count)
        let severity = rule.severity.rawValue
        let padded = severity + String(repeating: " ", count: 8 - severity.count)
        text += "  \(id)  \(padded) \(rule.title)\n"
      }
    }
    return text + "\(rules.count) rules\n"
  }

  func page(of rule: Rule) -> String {
    var text = "\(rule.id)\n\(rule.title)\n\n"
    let step = book.checklist.steps.first { $0.id == rule.step }?.title ?? rule.step
    text += "Step         \(step), topic \(rule.topic)\n"
    text += "Severity     \(rule.severity.rawValue)\n"
    text += "Asked of     each \(rule.appliesTo.name)"
    text += " of workloads that are: "
    text +=
      Disposition.allCases.filter(rule.dispositions.contains).map(\.rawValue)
      .joined(separator: ", ") + "\n"
    for target in book.catalogue.targets {
      let effect = rule.effects[target.id, default: .none].rawValue
      let id = target.id + String(repeating: " ", count: max(1, 13 - target.id.count))
      text += "\(id)\(effect)\n"
    }
    if let when = rule.conditionText { text += "\nWhen\n\(indented(when))" }
    text += "\nMust hold\n\(indented(rule.assertionText))"
    text += "\nRemedy (effort \(rule.remediation.effort))\n\(indented(rule.remediation.text))"
    if !rule.absorbs.isEmpty { text += "\nAbsorbs      \(rule.absorbs.joined(separator: ", "))\n" }
    if !rule.sameAs.isEmpty {
      text += "\nThe same or a near check elsewhere\n"
      for (tool, ids) in rule.sameAs { text += "  \(tool): \(ids.joined(separator: ", "))\n" }
    }
    text += facts(of: rule)
    if !rule.references.isEmpty {
      text += "\nReferences\n"
      for reference in rule.references { text += "  \(reference)\n" }
    }
    if !rule.examples.text.isEmpty { text += "\n" + rule.examples.text }
    return text.hasSuffix("\n") ? text : text + "\n"
  }

  /// What the platforms' data says of the matter, and how sure that is.
  private func facts(of rule: Rule) -> String {
    var text = ""
    for target in book.catalogue.targets {
      let found: [(constraint: TargetConstraint, sources: [FactSource])]
      do {
        found = try target.constraints(Set(rule.constraints))
      } catch {
        text += "  \(target.id): \(error)\n"
        continue
      }
      for (constraint, sources) in found {
        text += "  \(target.id): \(constraint.statement ?? constraint.instead)\n"
        let titles = sources.map { $0.date.isEmpty ? $0.title : "\($0.title), \($0.date)" }
        let doubt = constraint.confidence == .verified ? "" : "reported, not verified: "
        text += "    \(doubt)\(titles.joined(separator: "; "))\n"
      }
    }
    return text.isEmpty ? "" : "\nPlatform limits\n" + text
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  \($0)\n" }.joined()
  }

  func json(_ rules: [Rule]) -> String {
    RuleListReport.render(
      rules.map { rule in
        RuleListReport.Entry(
          summary: rule.summary,
          appliesTo: rule.appliesTo.name,
          targets: book.catalogue.targets.map {
            ($0.id, rule.effects[$0.id, default: .none].rawValue)
          },
          dispositions: Disposition.allCases.filter(rule.dispositions.contains).map(\.rawValue),
          remediation: rule.remediation,
          sameAs: rule.sameAs
        )
      }
    )
  }
}
