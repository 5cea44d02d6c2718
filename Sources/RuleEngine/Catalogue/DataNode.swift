import DocumentTrees

/// A node of a data file that must have the right shape, or the file is wrong.
struct DataNode: Sendable {
  let node: Node
  let file: String

  func error(_ problem: String) -> CatalogueError {
    CatalogueError(problem, file: file, line: Int(node.range.start.line))
  }

  /// Throws unless this is a mapping whose keys are all among the given ones.
  func allow(_ keys: Set<String>) throws(CatalogueError) {
    guard node.isMapping else { throw error("a mapping is expected") }
    for (key, _) in node.entries where !keys.contains(key.text) {
      throw DataNode(node: key, file: file).error("the key \(key.text) is not known")
    }
  }

  func optional(_ key: String) -> DataNode? {
    guard let value = node[key], !value.isNull else { return nil }
    return DataNode(node: value, file: file)
  }

  func required(_ key: String) throws(CatalogueError) -> DataNode {
    guard let value = optional(key) else { throw error("the key \(key) is missing") }
    return value
  }

  func elements() throws(CatalogueError) -> [DataNode] {
    guard node.isSequence else { throw error("a sequence is expected") }
    return node.elements.map { DataNode(node: $0, file: file) }
  }

  func entries() throws(CatalogueError) -> [(key: String, value: DataNode)] {
    guard node.isMapping else { throw error("a mapping is expected") }
    return node.entries.map { ($0.key.text, DataNode(node: $0.value, file: file)) }
  }

  func string() throws(CatalogueError) -> String {
    guard node.isScalar, !node.isNull else { throw error("a text is expected") }
    return node.text
  }

  func number() throws(CatalogueError) -> Double {
    guard let number = node.number, number.isFinite, number >= 0 else {
      throw error("a number of at least 0 is expected")
    }
    return number
  }

  func integer() throws(CatalogueError) -> Int {
    guard let integer = node.integer, integer >= 0 else {
      throw error("a whole number of at least 0 is expected")
    }
    return integer
  }

  func bool() throws(CatalogueError) -> Bool {
    guard let bool = node.bool else { throw error("true or false is expected") }
    return bool
  }

  /// One of an enumeration's words.
  func word<Word: RawRepresentable & CaseIterable>(
    _ type: Word.Type = Word.self
  ) throws(CatalogueError) -> Word where Word.RawValue == String {
    let text = try string()
    guard let word = Word(rawValue: text) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw error("\(text) is none of \(words)")
    }
    return word
  }

  func strings() throws(CatalogueError) -> [String] {
    var strings: [String] = []
    for element in try elements() { strings.append(try element.string()) }
    return strings
  }

  /// The texts of a sequence under a key; empty if the key is absent.
  func strings(_ key: String) throws(CatalogueError) -> [String] {
    guard let value = optional(key) else { return [] }
    return try value.strings()
  }

  func string(_ key: String) throws(CatalogueError) -> String {
    try required(key).string()
  }

  func optionalString(_ key: String) throws(CatalogueError) -> String? {
    guard let value = optional(key) else { return nil }
    return try value.string()
  }
}
