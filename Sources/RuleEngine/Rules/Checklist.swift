package import DocumentTrees

/// The steps in order, and what severities weigh: `Rules/checklist.yaml`.
package struct Checklist: Sendable {
  package struct Step: Hashable, Sendable {
    package var id: String
    package var title: String
    package var weight: Int
    package var topics: [String]
  }

  package var steps: [Step]
  package var severityWeights: [Severity: Int]
  /// What end-of-life dates are compared with, unless the user says otherwise: `YYYY-MM-DD`.
  package var asOf: String

  package init(file: String, root: Node) throws(RuleError) {
    let reader = FieldReader(file: file, node: root, what: "checklist")
    try reader.allowOnly(["asOf", "severityWeights", "steps"])
    asOf = try reader.text("asOf")
    var weights: [Severity: Int] = [:]
    for (key, value) in try reader.mapping("severityWeights") {
      let severity = try reader.word(key, of: Severity.self)
      guard let weight = value.integer, weight >= 0 else {
        throw reader.error("a severity's weight is a whole number", at: value)
      }
      weights[severity] = weight
    }
    severityWeights = weights
    var steps: [Step] = []
    for element in try reader.list("steps") {
      let step = FieldReader(file: file, node: element, what: "step")
      try step.allowOnly(["id", "title", "weight", "topics"])
      steps.append(
        Step(
          id: try step.text("id"),
          title: try step.text("title"),
          weight: try step.integer("weight"),
          topics: try step.texts("topics")
        )
      )
    }
    self.steps = steps
    for severity in Severity.allCases where weights[severity] == nil {
      throw reader.error("severityWeights has no '\(severity.rawValue)'", at: root)
    }
  }
}
