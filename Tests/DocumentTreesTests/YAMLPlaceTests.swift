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
    let stream = try YAMLReader.documents(in: text)
    #expect(stream.documents.count == 1)
    let root = try #require(stream.documents.first?.root)
    print(TreeDump.dump(root))
  }
}
