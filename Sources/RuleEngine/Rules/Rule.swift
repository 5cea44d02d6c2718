package import DocumentTrees
package import Expressions

/// One rule, read and type-checked.
package struct Rule: Sendable {
  package var id: String
  package var title: String
  package var step: String
  package var topic: String
  package var severity: Severity
  package var confidence: Confidence
  package var appliesTo: Vocabulary.SubjectKind
  /// In display order of the targets; a target that is not named has the effect `none`.
  package var effects: [String: TargetEffect]
  /// The dispositions of the workloads that it judges.
  package var dispositions: Set<Disposition>
  /// Formats of workloads that it is limited to; empty: all.
  package var formats: Set<String>
  package var condition: Program?
  package var conditionText: String?
  package var assertion: Program
  package var assertionText: String
  /// Where the finding points; `nil`: the subject.
  package var at: ExpressionPath?
  package var message: MessageTemplate
  package var remediation: Remediation
  /// The name of the change that mends it, if one change mends findings of several rules.
  package var remediationUnit: String?
  package var references: [String]
  package var absorbs: [String]
  package var needs: Set<Evidence>
  package var variants: [Variant]
  package var twelveFactor: String?
  package var sameAs: [(tool: String, ids: [String])]
  package var examples: RuleExamples
  package var location: SourceLocation

  /// Whether its expressions mention the target, so that it is asked once for each.
  package var asksAboutTarget: Bool

  /// Evidence without which the answer is "not assessed".
  package enum Evidence: String, Hashable, Sendable, CaseIterable {
    /// A container that the workload's definition describes.
    case container
    /// The Dockerfile that the container's image is built from.
    case build
    /// An entry of the catalogue for the image that the container begins with.
    case baseImage
  }

  /// A case in which a failing rule weighs otherwise; the score keeps the rule's own severity.
  package struct Variant: Sendable {
    package var condition: Program
    package var severity: Severity?
    package var effects: [String: TargetEffect]?
    package var message: MessageTemplate?
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
