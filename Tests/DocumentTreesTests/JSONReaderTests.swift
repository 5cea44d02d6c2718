import DocumentTrees
import Testing

@Suite struct JSONReaderTests {
  @Test func everyNodeKnowsItsPlace() throws {
    let text = """
      {
        "größe": [1, -2.5e3, true,
          null, "a\\n\\u00e9"],
      \t"x": {}, "ü": { "y" :"z" }
      }
      """
    let expected = """
      1:1-5:2 flow {3}
        ? 2:3-2:10 doubleQuoted "größe"
        : 2:12-3:23 flow [5]
          - 2:13-2:14 plain "1"
          - 2:16-2:22 plain "-2.5e3"
          - 2:24-2:28 plain "true"
          - 3:5-3:9 plain "null"
          - 3:11-3:22 doubleQuoted "a\\né"
        ? 4:2-4:5 doubleQuoted "x"
        : 4:7-4:9 flow {0}
        ? 4:11-4:14 doubleQuoted "ü"
        : 4:16-4:28 flow {1}
          ? 4:18-4:21 doubleQuoted "y"
          : 4:23-4:26 doubleQuoted "z"
      """
    for text in [text, "\u{FEFF}" + text, text.replacing("\n", with: "\r\n")] {
      #expect(TreeDump.dump(try JSONReader.document(in: text).root) == expected)
    }
  }

  /// Escapes as written between the quotes, and what they stand for.
  static let strings: [(escaped: String, text: String)] = [
    (#"\ud83d\ude00"#, "\u{1F600}"), (#"\uD834\uDD1E!"#, "\u{1D11E}!"),
    (#"\ud83d"#, "\u{FFFD}"), (#"\ude00x"#, "\u{FFFD}x"),
    (#"\ud83d\ud83d\ude00"#, "\u{FFFD}\u{1F600}"),
    (#"\ud83d\n"#, "\u{FFFD}\n"), (#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#"\u0000\u007f\u00E4\uffff"#, "\0\u{7F}ä\u{FFFF}"), ("ü\u{1F600}", "ü\u{1F600}"), ("", ""),
  ]

  @Test(arguments: strings) func escapesAreDecoded(escaped: String, text: String) throws {
    let root = try #require(try JSONReader.document(in: "\"\(escaped)\"").root)
    #expect(root.text.unicodeScalars.elementsEqual(text.unicodeScalars))
    #expect(root.resolvedType == .string)
  }

  static let broken: [(text: String, problem: String, line: Int, column: Int)] = [
    ("", "Text ends too early", 1, 1), ("[1,\n", "Text ends too early", 2, 1),
    ("[1,]", "Expected a JSON value", 1, 4), ("{\"ü\" 1}", "Expected ':' after the key", 1, 6),
    ("{\n  a: 1}", "Expected a key in double quotes", 2, 3), ("[1 2]", "Expected ',' or ']'", 1, 4),
    ("{\"a\":1,}", "Expected a key in double quotes", 1, 8),
    ("{\"a\":1 \"b\"}", "Expected ',' or '}'", 1, 8), ("[-]", "Expected a digit", 1, 3),
    ("[01]", "Expected ',' or ']'", 1, 3),
    ("1\n2", "Something follows the end of the JSON value", 2, 1),
    ("\"ü\\q\"", "Escape that JSON does not know", 1, 3),
    ("\"a", "Text ends within a string", 1, 3),
    ("\"a\tb\"", "Control character in a string; it must be escaped", 1, 3),
    ("[nul]", "Expected a JSON value", 1, 2), ("[1}", "Expected ',' or ']'", 1, 3),
    ("// c\n1", "Expected a JSON value", 1, 1),
  ]

  @Test(arguments: broken)
  func saysWhatIsWrongAndWhere(text: String, problem: String, line: Int, column: Int) {
    #expect(throws: DocumentError(problem, at: Place(line: line, column: column))) {
      try JSONReader.document(in: text)
    }
  }

  /// Overlong forms, surrogates, values beyond Unicode, and cut sequences.
  @Test(
    arguments: [
      [0xFF], [0x80], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
    ] as [[UInt8]]
  )
  func bytesThatAreNotUTF8AreRefused(bytes: [UInt8]) {
    let error = DocumentError("Bytes that are not UTF-8", at: Place(line: 1, column: 4))
    for end in [Array("\"".utf8), []] {
      #expect(throws: error) {
        try JSONReader.document(in: Array("[\"ü".utf8) + bytes + end)
      }
    }
  }

  @Test func duplicateKeysAreReported() throws {
    let document = try JSONReader.document(in: #"{"a": 1, "b": 2, "\u0061": 3, "<<": {"c": 4}}"#)
    #expect(document.issues.map(\.kind) == [.duplicateKey])
    #expect(document.issues.map(\.place) == [Place(line: 1, column: 18)])
    #expect(document.root?["a"]?.integer == 3)
    #expect(document.root?["c"] == nil)
    #expect(document.root?.entries.map(\.key.text) == ["b", "a", "<<"])
  }
}
