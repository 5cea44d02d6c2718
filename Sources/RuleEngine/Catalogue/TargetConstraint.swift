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

    /// The lines of a key at the beginning of a line, up to the next such key.
    func section(_ key: String) -> Substring {
      let bytes = text.utf8
      guard let start = firstLine(beginning: key + ":") else { return "" }
      var end = start
      while let next = bytes[end...].firstIndex(of: UInt8(ascii: "\n")) {
        end = bytes.index(after: next)
        if end == bytes.endIndex { break }
        let first = bytes[end]
        let continues = first == UInt8(ascii: " ") || first == UInt8(ascii: "\n")
        if !continues, first != UInt8(ascii: "#") { break }
      }
      return text[start..<end]
    }

    /// The elements of a section that is a list, each from its `  - id:` on.
    func items(of key: String) -> [(id: String, text: Substring)] {
      let mark = "  - id: "
      let section = section(key)
      var items: [(id: String, text: Substring)] = []
      var start: Substring.Index?
      var id = ""
      var line = section.startIndex
      while line < section.endIndex {
        let rest = section[line...]
        let end = rest.utf8.firstIndex(of: UInt8(ascii: "\n")) ?? section.endIndex
        if rest.utf8.starts(with: mark.utf8) {
          if let start { items.append((id, section[start..<line])) }
          start = line
          id = String(rest[rest.utf8.index(line, offsetBy: mark.utf8.count)..<end])
        }
        line = end == section.endIndex ? end : section.utf8.index(after: end)
      }
      if let start { items.append((id, section[start...])) }
      return items
    }

    private func firstLine(beginning words: String) -> Substring.Index? {
      var line = text.startIndex
      while line < text.endIndex {
        if text[line...].utf8.starts(with: words.utf8) { return line }
        guard let end = text.utf8[line...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        line = text.utf8.index(after: end)
      }
      return nil
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

  /// The ids of all constraints.
  package func constraintIds() -> Set<String> {
    Set(remainder.items(of: "constraints").map(\.id))
  }

  /// Those of the given ids, with the texts they were taken from; the rest is not even parsed.
  package func constraints(
    _ ids: Set<String>
  ) throws(CatalogueError) -> [(constraint: TargetConstraint, sources: [FactSource])] {
    if ids.isEmpty { return [] }
    var found: [TargetConstraint] = []
    for item in remainder.items(of: "constraints") where ids.contains(item.id) {
      let root = try DataNode.root(of: item.text, file: remainder.file)
      for data in try root.elements() { found.append(try constraint(data)) }
    }
    if found.isEmpty { return [] }
    let sources = try readSources(remainder.section("sources"))
    let byId = Dictionary(sources.map { ($0.id, $0) }) { first, _ in first }
    return found.map { constraint in (constraint, constraint.sources.compactMap { byId[$0] }) }
  }

  private func readConstraints() throws(CatalogueError) -> [TargetConstraint] {
    var constraints: [TargetConstraint] = []
    var seen: Set<String> = []
    for data in try DataNode.root(of: remainder.text, file: remainder.file)
      .required("constraints").elements()
    {
      let constraint = try constraint(data)
      guard seen.insert(constraint.id).inserted else {
        throw data.error("the id \(constraint.id) is used twice")
      }
      constraints.append(constraint)
    }
    return constraints
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

  private func readSources() throws(CatalogueError) -> [FactSource] {
    try readSources(remainder.text)
  }

  private func readSources(_ text: Substring) throws(CatalogueError) -> [FactSource] {
    let root = try DataNode.root(of: text, file: remainder.file)
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
