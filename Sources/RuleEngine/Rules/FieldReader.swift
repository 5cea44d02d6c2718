import DocumentTrees

/// Reads the fields of one mapping of our own files, with errors that name the line.
struct FieldReader {
  let file: String
  let node: Node
  /// What the mapping is, for messages: "rule", "checklist".
  let what: String

  func error(_ problem: String, at node: Node? = nil) -> RuleError {
    RuleError(file: file, place: (node ?? self.node).range.start, problem: problem)
  }

  /// Refuses keys outside `names`, with the nearest one as a suggestion.
  func allowOnly(_ names: [String]) throws(RuleError) {
    guard node.isMapping else { throw error("a \(what) is a mapping") }
    for (key, _) in node.entries where !names.contains(key.text) {
      throw error("unknown key '\(key.text)'\(suggestion(for: key.text, among: names))", at: key)
    }
  }

  func optional(_ name: String) -> Node? {
    guard let value = node[name], !value.isNull else { return nil }
    return value
  }

  func required(_ name: String) throws(RuleError) -> Node {
    guard let value = optional(name) else { throw error("the \(what) has no '\(name)'") }
    return value
  }

  func text(_ name: String) throws(RuleError) -> String {
    let value = try required(name)
    guard value.isScalar else { throw error("'\(name)' is a text", at: value) }
    return value.text
  }

  func optionalText(_ name: String) throws(RuleError) -> String? {
    optional(name) == nil ? nil : try text(name)
  }

  func integer(_ name: String) throws(RuleError) -> Int {
    let value = try required(name)
    guard let number = value.integer else {
      throw error("'\(name)' is a whole number", at: value)
    }
    return number
  }

  func list(_ name: String) throws(RuleError) -> [Node] {
    guard let value = optional(name) else { return [] }
    guard value.isSequence else { throw error("'\(name)' is a list", at: value) }
    return Array(value.elements)
  }

  func texts(_ name: String) throws(RuleError) -> [String] {
    var texts: [String] = []
    for element in try list(name) {
      guard element.isScalar else { throw error("'\(name)' is a list of texts", at: element) }
      texts.append(element.text)
    }
    return texts
  }

  func mapping(_ name: String) throws(RuleError) -> [(key: Node, value: Node)] {
    guard let value = optional(name) else { return [] }
    guard value.isMapping else { throw error("'\(name)' is a mapping", at: value) }
    return Array(value.entries)
  }

  /// One of the words of an enumeration.
  func word<Word: RawRepresentable & CaseIterable>(
    _ node: Node,
    of type: Word.Type
  ) throws(RuleError) -> Word where Word.RawValue == String {
    if let word = Word(rawValue: node.text) { return word }
    let names = Word.allCases.map(\.rawValue)
    throw error(
      "'\(node.text)' is none of \(names.joined(separator: ", "))"
        + suggestion(for: node.text, among: names),
      at: node
    )
  }

  func word<Word: RawRepresentable & CaseIterable>(
    _ name: String,
    of type: Word.Type
  ) throws(RuleError) -> Word where Word.RawValue == String {
    try word(try required(name), of: type)
  }
}

/// "; did you mean 'severity'?" for the nearest of `names`, or nothing if none is near.
package func suggestion(for name: String, among names: [String]) -> String {
  let nearest = names.map { (name: $0, distance: editDistance(name, $0)) }
    .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
  guard let nearest, nearest.distance <= max(1, name.count / 3) else { return "" }
  return "; did you mean '\(nearest.name)'?"
}

/// The number of insertions, deletions, replacements and swaps of neighbours between two short
/// texts.
private func editDistance(_ left: String, _ right: String) -> Int {
  let left = Array(left.utf8.prefix(64))
  let right = Array(right.utf8.prefix(64))
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for (row, byte) in left.enumerated() {
    var current = [row + 1]
    for (column, other) in right.enumerated() {
      let replaced = previous[column] + (byte == other ? 0 : 1)
      var best = min(replaced, previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
        best = min(best, beforePrevious[column - 1] + 1)
      }
      current.append(best)
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[right.count]
}
