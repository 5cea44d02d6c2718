import DocumentTrees

/// A setting that a platform refuses, ignores, or handles in its own way.
package struct TargetConstraint: Hashable, Sendable {
  package enum Effect: String, Hashable, Sendable, CaseIterable {
    case blocks
    case needsChange = "needs-change"
    /// The setting has no counterpart and is dropped.
    case ignored
    /// Recorded so that nobody complains of it by mistake.
    case supported
  }

  package let id: String
  package let subject: String
  package let effect: Effect
  /// What the platform does, in words; nil if `subject` and `instead` say it all.
  package let statement: String?
  /// What to do about it.
  package let instead: String
  /// The settings meant, by format: `compose`, `kubernetes`, `ecs`.
  package let fields: [String: [String]]
  /// Ids of `sources`.
  package let sources: [String]
  package let confidence: FactConfidence
}

/// A text that facts were taken from.
package struct FactSource: Hashable, Sendable {
  package let id: String
  package let title: String
  /// Empty for general knowledge.
  package let place: String
  package let date: String
}

extension Target {
  /// All settings that this platform treats in its own way; read from the data at each call.
  package func constraints() throws(CatalogueError) -> [TargetConstraint] {
    var constraints: [TargetConstraint] = []
    var seen: Set<String> = []
    for data in try root.required("constraints").elements() {
      let constraint = try constraint(data)
      guard seen.insert(constraint.id).inserted else {
        throw data.error("the id \(constraint.id) is used twice")
      }
      constraints.append(constraint)
    }
    return constraints
  }

  /// The ids of all constraints.
  package func constraintIds() -> Set<String> {
    Set(root.node["constraints"]?.elements.compactMap { $0["id"]?.text } ?? [])
  }

  /// Those of the given ids, with the texts they were taken from; the rest is not even looked at.
  package func constraints(
    _ ids: Set<String>
  ) throws(CatalogueError) -> [(constraint: TargetConstraint, sources: [FactSource])] {
    if ids.isEmpty { return [] }
    var found: [(constraint: TargetConstraint, sources: [FactSource])] = []
    let sources = try root.required("sources")
    for data in try root.required("constraints").elements()
    where ids.contains(try data.string("id")) {
      let constraint = try constraint(data)
      var texts: [FactSource] = []
      for id in constraint.sources {
        if let text = sources.optional(id) { texts.append(try source(id, text)) }
      }
      found.append((constraint, texts))
    }
    return found
  }

  /// The texts that this platform's facts were taken from; read from the data at each call.
  package func sources() throws(CatalogueError) -> [FactSource] {
    var sources: [FactSource] = []
    for (id, data) in try root.required("sources").entries() {
      sources.append(try source(id, data))
    }
    return sources
  }

  private func source(_ id: String, _ data: DataNode) throws(CatalogueError) -> FactSource {
    try data.allow(["title", "where", "date"])
    return FactSource(
      id: id,
      title: try data.string("title"),
      place: try data.string("where"),
      date: try data.string("date")
    )
  }

  private func constraint(_ data: DataNode) throws(CatalogueError) -> TargetConstraint {
    try data.allow([
      "id", "subject", "effect", "statement", "instead", "fields", "details", "source",
      "confidence",
    ])
    var fields: [String: [String]] = [:]
    if let formats = data.optional("fields") {
      try formats.allow(["compose", "kubernetes", "ecs"])
      for (format, names) in try formats.entries() { fields[format] = try names.strings() }
    }
    return TargetConstraint(
      id: try data.string("id"),
      subject: try data.string("subject"),
      effect: try data.required("effect").word(),
      statement: try data.optionalString("statement"),
      instead: try data.string("instead"),
      fields: fields,
      sources: try data.required("source").strings(),
      confidence: try data.required("confidence").word()
    )
  }
}
