import DocumentTrees
import Testing

@Suite struct YAMLCommentTests {
  private func comments(_ text: String, containing: String = "#") throws -> [String] {
    try YAMLReader.documents(in: text).comments(containing: containing).map {
      "\($0.range.start.line):\($0.range.start.column)-\($0.range.end.column) \($0.text)"
    }
  }

  @Test func onlyRealCommentsAreFound() throws {
    let text = """
      # first
      a: "not # a comment" # ü second
      'b#b': c#c   #third
      url: http://x/#fragment
      lit: |  # header
        # text
        more
      # after
      fold: &x !!str # on properties
        >-
        # text
      map: {a: 1, # inside
        'it''s # not': 2}  ## twice
      plain: goes
        on # ends
      last: *x # alias
      ---
      # next document
      multi: "line
        # text
        " # done
      """
    let expected = [
      "1:1-8 first", "2:22-32 ü second", "3:14-20 third", "5:9-17 header", "8:1-8 after",
      "9:16-31 on properties", "12:13-21 inside", "13:22-30 twice", "15:6-12 ends",
      "16:10-17 alias", "18:1-16 next document", "21:5-11 done",
    ]
    #expect(try comments(text) == expected)
    #expect(try comments(text.replacing("\n", with: "\r\n")) == expected)
    #expect(try comments("\u{FEFF}" + text) == expected)
    #expect(try comments(text, containing: "nt") == ["18:1-16 next document"])
    #expect(try comments(text, containing: "absent").isEmpty)
  }

  @Test func commentsBehindAFailureAreNotGuessed() throws {
    #expect(try comments("a: 1 # one\n---\nb: [ # two\n").map { $0.suffix(3) } == ["one"])
  }
}
