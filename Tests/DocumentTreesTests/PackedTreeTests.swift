import DocumentTrees
import Foundation
import TestSupport
import Testing

/// What is packed when the program is built is what a parser would have given.
@Suite struct PackedTreeTests {
  static let text = """
    # A comment.
    title: "a \\"quoted\\" text"
    'single': it's plain
    empty:
    list:
      - one
      - [flow, { a: 1, b: ~ }]
      - - nested
    block: |
      first "###
        second
    folded: >-
      one
      two ☕
    none: {}
    nothing: []
    """

  @Test func comesBackWithPlacesAndStyles() throws {
    let root = try #require(try YAMLReader.document(in: Array(Self.text.utf8))?.root)
    let packed = try PackedTree.pack(root)
    #expect(TreeDump.dump(PackedTree.unpack(packed)) == TreeDump.dump(root))
  }

  @Test func findsKeysOfALargeMapping() throws {
    let lines = (0..<100).map { "key\($0): \($0)\n" }.joined()
    let root = try #require(try YAMLReader.document(in: Array(lines.utf8))?.root)
    let unpacked = PackedTree.unpack(try PackedTree.pack(root))
    #expect(unpacked?["key99"]?.integer == 99)
    #expect(unpacked?["key100"] == nil)
  }

  @Test func everyRuleFileComesBack() throws {
    let folder = Corpus.packageRoot.appendingPathComponent("Rules")
    let files = Corpus.files(below: folder) { $0.pathExtension == "yaml" }
    #expect(files.count > 150)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      let root = try #require(try YAMLReader.document(in: Array(text.utf8))?.root)
      let dump = TreeDump.dump(PackedTree.unpack(try PackedTree.pack(root)))
      #expect(dump == TreeDump.dump(root), "\(file.lastPathComponent)")
    }
  }

  @Test(arguments: ["a: &x 1\nb: *x", "a: !Ref x", "- &y [1]"])
  func refusesWhatItCannotHold(text: String) throws {
    let root = try #require(try YAMLReader.document(in: Array(text.utf8))?.root)
    #expect(throws: PackedTree.Unsupported.self) { try PackedTree.pack(root) }
  }

  @Test func aTextCutShortIsNoTree() throws {
    let root = try #require(try YAMLReader.document(in: Array(Self.text.utf8))?.root)
    let packed = Array(try PackedTree.pack(root).utf8)
    for count in 0..<packed.count {
      #expect(PackedTree.unpack(String(decoding: packed[..<count], as: UTF8.self)) == nil)
    }
    #expect(PackedTree.unpack(String(decoding: packed, as: UTF8.self) + "p") == nil)
    #expect(PackedTree.unpack("x") == nil)
  }
}
