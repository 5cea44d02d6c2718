/// The documents of one YAML text, as far as it could be read.
package struct YAMLStream: Sendable {
  /// Every document that was read completely, in the order of the text.
  package let documents: [DocumentTree]
  /// What ended the stream before its time; nothing behind it was read.
  package let failure: DocumentError?

  /// The text as UTF-8, for the comments, which are looked for only on demand.
  let source: [UInt8]
  let arena: NodeArena
}
