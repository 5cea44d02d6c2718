/// One document of a file: its root and what was odd about it.
package struct DocumentTree: Sendable {
  /// The topmost node; nil for a document with nothing in it.
  package let root: Node?
  /// Problems that did not keep the document from being read, in the order of the text.
  package let issues: [DocumentIssue]
  /// From the document's first character (its `---`, if written) to behind its last.
  package let range: PlaceRange
}
