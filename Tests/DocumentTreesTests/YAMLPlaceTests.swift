import DocumentTrees
import Testing

@Suite struct YAMLPlaceTests {
  @Test func everyNodeKnowsItsPlace() throws {
    let text = """
      # storefront
      x-env: &env {A: "1", 'B': ü}
      services:
        web:
          image: "nginx:1"   # pinned
          environment:
            <<: *env
            C: !Ref x
          ports:
          - 80:80
          -
          command: |
            a
             b

      last: >-
        folded
        text

      """
    let expected = """
      2:1-19:1 block {3}
        ? 2:1-2:6 plain "x-env"
        : 2:8-2:29 flow &env {2}
          ? 2:14-2:15 plain "A"
          : 2:17-2:20 doubleQuoted "1"
          ? 2:22-2:25 singleQuoted "B"
          : 2:27-2:28 plain "ü"
        ? 3:1-3:9 plain "services"
        : 4:3-16:1 block {1}
          ? 4:3-4:6 plain "web"
          : 5:5-16:1 block {4}
            ? 5:5-5:10 plain "image"
            : 5:12-5:21 doubleQuoted "nginx:1"
            ? 6:5-6:16 plain "environment"
            : 7:7-8:16 block {3}
              ? 7:7-7:9 plain "<<"
              : 2:8-2:29 flow &env *7:11-7:15 {2}
                ? 2:14-2:15 plain "A"
                : 2:17-2:20 doubleQuoted "1"
                ? 2:22-2:25 singleQuoted "B"
                : 2:27-2:28 plain "ü"
              ? 8:7-8:8 plain "C"
              : 8:10-8:16 plain <!Ref> "x"
            ? 9:5-9:10 plain "ports"
            : 10:5-11:6 block [2]
              - 10:7-10:12 plain "80:80"
              - 11:6-11:6 plain ""
            ? 12:5-12:12 plain "command"
            : 12:14-16:1 literal "a\\n b\\n"
        ? 16:1-16:5 plain "last"
        : 16:7-19:1 folded "folded text"
      """
    for text in [text, "\u{FEFF}" + text, text.replacing("\n", with: "\r\n")] {
      let stream = try YAMLReader.documents(in: text)
      #expect(stream.documents.count == 1)
      #expect(TreeDump.dump(stream.documents.first?.root) == expected)
    }
  }

  @Test(arguments: [true, false]) func readsUTF16(isBigEndian: Bool) throws {
    let units = "\u{FEFF}a: [ü, \u{1F600}, z]\n".utf16
    let bytes = units.flatMap { unit in
      let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return isBigEndian ? pair : pair.reversed()
    }
    let expected = """
      1:1-1:13 block {1}
        ? 1:1-1:2 plain "a"
        : 1:4-1:13 flow [3]
          - 1:5-1:6 plain "ü"
          - 1:8-1:9 plain "\u{1F600}"
          - 1:11-1:12 plain "z"
      """
    let stream = try YAMLReader.documents(in: bytes)
    #expect(TreeDump.dump(stream.documents.first?.root) == expected)
    #expect(throws: DocumentError.self) { try YAMLReader.documents(in: bytes.dropLast()) }
  }

  @Test func documentsKnowWhereTheyStand() throws {
    let stream = try YAMLReader.documents(in: "a: 1\n---\n---\n- b\n...\n# end\n")
    #expect(stream.documents.map { $0.root?.kind } == [.mapping, nil, .sequence])
    #expect(stream.documents.map(\.range.start.line) == [1, 2, 3])
    #expect(try YAMLReader.documents(in: "").documents.isEmpty)
    #expect(try YAMLReader.documents(in: "# only a comment\n").documents.isEmpty)
  }
}
