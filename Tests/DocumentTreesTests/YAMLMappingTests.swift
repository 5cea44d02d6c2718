import DocumentTrees
import Testing

/// Duplicate keys, merge keys and looking keys up.
@Suite struct YAMLMappingTests {
  private func read(_ text: String) throws -> DocumentTree {
    try #require(try YAMLReader.document(in: Array(text.utf8)))
  }

  private func flat(_ node: Node?) -> [String] {
    node?.entries.map { "\($0.key.text)=\($0.value.text)" } ?? []
  }

  @Test func lastDuplicateCountsAndIsReported() throws {
    let document = try read("a: 1\nb: 2\n\"a\": 3\nc: {x: 1, y: 2, x: 3, x: 4}\n")
    #expect(flat(document.root) == ["b=2", "a=3", "c="])
    #expect(document.root?["a"]?.integer == 3)
    #expect(document.root?.rawEntries.count == 4)
    #expect(flat(document.root?["c"]) == ["y=2", "x=4"])
    #expect(document.issues.map(\.kind) == [.duplicateKey, .duplicateKey, .duplicateKey])
    let places = [
      Place(line: 3, column: 1), Place(line: 4, column: 17), Place(line: 4, column: 23),
    ]
    #expect(document.issues.map(\.place) == places)
  }

  /// Texts whose mapping `m` merges, and its entries.
  static let merges: [(text: String, entries: [String])] = [
    ("b: &b {x: 1, y: 2}\nm: {<<: *b, z: 3}", ["x=1", "y=2", "z=3"]),
    ("b: &b {x: 1, y: 2}\nm: {<<: *b, x: 3}", ["y=2", "x=3"]),
    ("b: &b {x: 1, y: 2}\nm: {x: 3, <<: *b}", ["x=3", "y=2"]),
    ("b: [&b {x: 1}, &c {x: 2, y: 2}]\nm: {<<: [*b, *c]}", ["x=1", "y=2"]),
    ("b: [&b {x: 1}, &c {x: 2, y: 2}]\nm: {<<: [*c, *b]}", ["x=2", "y=2"]),
    ("b: &b {x: 1}\nc: &c {<<: *b, y: 2}\nm: {<<: *c, z: 3}", ["x=1", "y=2", "z=3"]),
    ("m: {<<: {x: 1}, y: 2}", ["x=1", "y=2"]),
    ("b: &b {x: 1}\nm: {\"<<\": *b}", ["<<="]),
    ("b: &b {x: 1, x: 2}\nm: {<<: *b}", ["x=2"]),
    ("b: &b {}\nm: {<<: *b}", []),
  ]

  @Test(arguments: merges) func mergeKeysAreApplied(text: String, entries: [String]) throws {
    let mapping = try #require(try read(text).root?["m"])
    #expect(flat(mapping) == entries)
    for entry in entries {
      let parts = entry.split(separator: "=", omittingEmptySubsequences: false)
      #expect(mapping[String(parts[0])]?.text == String(parts[1]))
    }
    #expect(mapping["absent"] == nil)
  }

  @Test func whatCannotBeMergedIsReported() throws {
    let document = try read("a: {<<: 1}\nb: {<<: [{x: 1}, 2]}\n")
    #expect(flat(document.root?["a"]) == [])
    #expect(flat(document.root?["b"]) == ["x=1"])
    #expect(document.issues.map(\.kind) == [.syntax, .syntax])
    #expect(document.issues.map(\.place.column) == [9, 18])
  }

  /// Small mappings are searched, large ones indexed.
  @Test(arguments: [1, 2, 24, 25, 26, 1000]) func everyKeyIsFound(count: Int) throws {
    let lines = (0..<count).map { "key\($0): \($0)\n" }.joined()
    let merged =
      "base: &b\n" + lines.split(separator: "\n").map { "  \($0)\n" }.joined()
      + "all: {<<: *b, key0: zero, more: x}\n"
    let root = try #require(try read(lines).root)
    let all = try #require(try read(merged).root?["all"])
    #expect(root.count == count)
    #expect(all.count == count + 1)
    for number in 0..<count {
      #expect(root["key\(number)"]?.integer == number)
      #expect(all["key\(number)"]?.text == (number == 0 ? "zero" : "\(number)"))
    }
    #expect(root["key\(count)"] == nil)
    #expect(all["more"]?.text == "x")
    #expect(all[path: "more", "x"] == nil)
  }

  @Test func aliasesShareTheirNode() throws {
    let root = try #require(try read("a: &x {k: v}\nb: *x\nc: [*x]\n").root)
    let first = try #require(root["a"])
    let second = try #require(root[path: "b"])
    #expect(first.id == second.id)
    #expect(first == root["c"]?.elements.first)
    #expect(first.aliasRange == nil)
    #expect(second.aliasRange?.start == Place(line: 2, column: 4))
    #expect(second.range == first.range)
    #expect(second["k"]?.text == "v")
    #expect(root.id != first.id)
  }
}
