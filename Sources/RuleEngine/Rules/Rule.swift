package import DocumentTrees

/// One rule, read and type-checked.
///
/// A class, because rules are handed around by the hundred thousand.
package final class Rule: Sendable {
  package let id: String
  package let title: String
  package let step: String
  package let topic: String
  package let severity: Severity
  package let confidence: Confidence
  package let appliesTo: Vocabulary.SubjectKind
  /// In display order of the targets; a target that is not named has the effect `none`.
  package let effects: [String: TargetEffect]
  /// The dispositions of the workloads that it judges.
  package let dispositions: Set<Disposition>
  /// Formats of workloads that it is limited to; empty: all.
  package let formats: Set<String>
  package let logic: Deferred<RuleLogic>
  package let conditionText: String?
  package let assertionText: String
  /// How its findings are placed and worded.
  package let wording: Deferred<RuleWording>
  package let remediation: Remediation
  /// The name of the change that mends it, if one change mends findings of several rules.
  package let remediationUnit: String?
  package let references: [String]
  /// Facts in the targets' data that it rests on, by id: `privileged`.
  package let constraints: [String]
  package let absorbs: [String]
  package let needs: Set<Evidence>
  package let twelveFactor: String?
  package let sameAs: [(tool: String, ids: [String])]
  package let examples: RuleExamples
  package let location: SourceLocation

  /// What a project's settings say instead; it wins over the rule's variants too.
  let stated: Weight?

  /// A severity and effects in the place of the rule's own.
  struct Weight: Sendable {
    var severity: Severity?
    var effects: [String: TargetEffect]
  }

  /// Whether its expressions mention the target, so that it is asked once for each.
  package let asksAboutTarget: Bool

  init(
    id: String,
    title: String,
    step: String,
    topic: String,
    severity: Severity,
    confidence: Confidence,
    appliesTo: Vocabulary.SubjectKind,
    effects: [String: TargetEffect],
    dispositions: Set<Disposition>,
    formats: Set<String>,
    logic: Deferred<RuleLogic>,
    conditionText: String?,
    assertionText: String,
    wording: Deferred<RuleWording>,
    remediation: Remediation,
    remediationUnit: String?,
    references: [String],
    constraints: [String],
    absorbs: [String],
    needs: Set<Evidence>,
    twelveFactor: String?,
    sameAs: [(tool: String, ids: [String])],
    examples: RuleExamples,
    location: SourceLocation,
    asksAboutTarget: Bool,
    stated: Weight? = nil
  ) {
    self.stated = stated
    self.id = id
    self.title = title
    self.step = step
    self.topic = topic
    self.severity = severity
    self.confidence = confidence
    self.appliesTo = appliesTo
    self.effects = effects
    self.dispositions = dispositions
    self.formats = formats
    self.logic = logic
    self.conditionText = conditionText
    self.assertionText = assertionText
    self.wording = wording
    self.remediation = remediation
    self.remediationUnit = remediationUnit
    self.references = references
    self.constraints = constraints
    self.absorbs = absorbs
    self.needs = needs
    self.twelveFactor = twelveFactor
    self.sameAs = sameAs
    self.examples = examples
    self.location = location
    self.asksAboutTarget = asksAboutTarget
  }

  /// The rule with another weight.
  func weighed(_ severity: Severity?, _ changes: [String: TargetEffect]) -> Rule {
    Rule(
      id: id,
      title: title,
      step: step,
      topic: topic,
      severity: severity ?? self.severity,
      confidence: confidence,
      appliesTo: appliesTo,
      effects: effects.merging(changes) { _, new in new },
      dispositions: dispositions,
      formats: formats,
      logic: logic,
      conditionText: conditionText,
      assertionText: assertionText,
      wording: wording,
      remediation: remediation,
      remediationUnit: remediationUnit,
      references: references,
      constraints: constraints,
      absorbs: absorbs,
      needs: needs,
      twelveFactor: twelveFactor,
      sameAs: sameAs,
      examples: examples,
      location: location,
      asksAboutTarget: asksAboutTarget,
      stated: Weight(
        severity: severity ?? stated?.severity,
        effects: (stated?.effects ?? [:]).merging(changes) { _, new in new }
      )
    )
  }

  /// Evidence without which the answer is "not assessed".
  package enum Evidence: String, Hashable, Sendable, CaseIterable {
    /// A container that the workload's definition describes.
    case container
    /// The Dockerfile that the container's image is built from.
    case build
    /// An entry of the catalogue for the image that the container begins with.
    case baseImage
  }
}

/// The examples of a rule, not yet parsed: they are tests, and never needed to assess.
package struct RuleExamples: Hashable, Sendable {
  package var text: String
  /// The 1-based line of the rule's file on which `text` begins.
  package var line: Int

  package init(text: String, line: Int) {
    self.text = text
    self.line = line
  }
}

/// What is wrong with a rule or another file of `Rules/`, and where.
package struct RuleError: Error, Hashable, Sendable, CustomStringConvertible {
  package var file: String
  package var place: Place
  package var problem: String

  package init(file: String, place: Place, problem: String) {
    self.file = file
    self.place = place
    self.problem = problem
  }

  package var description: String { "\(file):\(place.line):\(place.column): \(problem)" }
}
