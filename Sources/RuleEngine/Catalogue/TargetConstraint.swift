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
  /// The part of a target's file that only some reports need.
  struct Remainder: Sendable {
    let file: String
    let text: Substring
    /// Lines before `text`.
    let linesBefore: Int

    static func split(
      _ text: String,
      file: String
    ) throws(CatalogueError) -> (head: Substring, remainder: Remainder) {
      let bytes = text.utf8
      let marker = Array(TargetReader.marker.utf8)
      // A marker line begins with "#", so that only those lines are compared.
      var start = bytes.startIndex
      var line = 0
      while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
        if bytes[end...].starts(with: marker) {
          let rest = Remainder(file: file, text: text[end...], linesBefore: line)
          return (text[..<end], rest)
        }
        line += 1
        start = bytes.index(after: end)
      }
      throw CatalogueError("lacks the line \"# Read on demand.\"", file: file)
    }

    func shifted(_ error: CatalogueError) -> CatalogueError {
      CatalogueError(error.problem, file: error.file, line: error.line + linesBefore)
    }
  }

  /// All settings that this platform treats in its own way; read from the data at each call.
  package func constraints() throws(CatalogueError) -> [TargetConstraint] {
    do {
      return try readConstraints()
    } catch {
      throw remainder.shifted(error)
    }
  }

  /// The texts that this platform's facts were taken from; read from the data at each call.
  package func sources() throws(CatalogueError) -> [FactSource] {
    do {
      return try readSources()
    } catch {
      throw remainder.shifted(error)
    }
  }

  private func readConstraints() throws(CatalogueError) -> [TargetConstraint] {
    let keys: Set<String> = [
      "id", "subject", "effect", "statement", "instead", "fields", "details", "source",
      "confidence",
    ]
    var constraints: [TargetConstraint] = []
    var seen: Set<String> = []
    for data in try DataNode.root(of: remainder.text, file: remainder.file)
      .required("constraints").elements()
    {
      try data.allow(keys)
      let id = try data.string("id")
      guard seen.insert(id).inserted else { throw data.error("the id \(id) is used twice") }
      var fields: [String: [String]] = [:]
      if let formats = data.optional("fields") {
        try formats.allow(["compose", "kubernetes", "ecs"])
        for (format, names) in try formats.entries() { fields[format] = try names.strings() }
      }
      constraints.append(
        TargetConstraint(
          id: id,
          subject: try data.string("subject"),
          effect: try data.required("effect").word(),
          statement: try data.optionalString("statement"),
          instead: try data.string("instead"),
          fields: fields,
          sources: try data.required("source").strings(),
          confidence: try data.required("confidence").word()
        )
      )
    }
    return constraints
  }

  private func readSources() throws(CatalogueError) -> [FactSource] {
    let root = try DataNode.root(of: remainder.text, file: remainder.file)
    var sources: [FactSource] = []
    for (id, value) in try root.required("sources").entries() {
      try value.allow(["title", "where", "date"])
      sources.append(
        FactSource(
          id: id,
          title: try value.string("title"),
          place: try value.string("where"),
          date: try value.string("date")
        )
      )
    }
    return sources
  }
}
