import DocumentTrees
import Testing

@Suite struct YAMLErrorTests {
  /// Texts, what is wrong with them, and where.
  static let broken: [(text: String, problem: String, line: Int, column: Int)] = [
    (
      "a: 1\nb: [1,\n  2\nc: 3\n", "Did not find expected ',' or ']' while parsing a flow sequence",
      4, 2
    ),
    ("a: *b\n", "Alias names an anchor that no earlier node has", 1, 4),
    ("- &a [1, *a]\n", "Alias stands inside the node that it names", 1, 10),
    ("&a\nb: {c: *a}\n", "Alias stands inside the node that it names", 2, 8),
    ("ü: \"\\q\"\n", "Found unknown escape character while parsing a quoted scalar", 1, 5),
    (
      "a: \"\\ud83d\"\n",
      "Found invalid Unicode character escape code while parsing a quoted scalar", 1, 7
    ),
    ("ok: ü\nbad: \u{1}\n", "Control characters are not allowed", 2, 6),
    (
      "a:\n\t- b\n",
      "Found character that cannot start any token while scanning for the next token", 2, 1
    ),
  ]

  @Test(arguments: broken)
  func saysWhatIsWrongAndWhere(text: String, problem: String, line: Int, column: Int) {
    #expect(throws: DocumentError(problem, at: Place(line: line, column: column))) {
      try YAMLReader.documents(in: text)
    }
  }

  @Test func invalidUTF8HasAPlace() {
    let bytes = Array("a: ü\nbcd: ".utf8) + [0xFF, 0x0A]
    let place = Place(line: 2, column: 6)
    #expect(throws: DocumentError("Invalid leading UTF-8 octet", at: place)) {
      try YAMLReader.documents(in: bytes)
    }
  }

  /// What may break in a third document: a syntax error, a byte that is not UTF-8, also where the
  /// cut leaves a valid text behind.
  @Test(arguments: ["[1", "[1, \u{1}", "k: \u{1}", "\u{1}", "*nowhere", "\"\u{1}\""])
  func documentsBeforeAFailureRemain(third: String) throws {
    let stream = try YAMLReader.documents(in: "a: 1\n---\nb: 2\n---\n\(third)\n")
    let keys = stream.documents.compactMap { $0.root?.entries.first?.key.text }
    #expect(keys == ["a", "b"])
    let failure = try #require(stream.failure)
    #expect(failure.place.line >= 5)
  }

  @Test func errorsRepeatNoScalar() {
    let secret = "hunter2"
    for text in [
      "a: {\(secret)", "*\(secret)", "!\(secret)!x y", "a: \(secret): b", "%\(secret)\n---\n",
    ] {
      do throws(DocumentError) {
        let stream = try YAMLReader.documents(in: text)
        #expect(stream.failure != nil)
      } catch {
        #expect(!error.problem.contains(secret))
      }
    }
  }
}
