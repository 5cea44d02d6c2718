/// Reads YAML streams with libyaml.
package enum YAMLReader {
  /// Reads all documents of a text in UTF-8 or UTF-16, with or without a byte order mark.
  ///
  /// Throws if not even one document could be read. If a later document is broken, those before it
  /// are given back together with the failure.
  package static func documents(
    in bytes: [UInt8],
    limits: DocumentLimits = DocumentLimits()
  ) throws(DocumentError) -> YAMLStream {
    let start = Place(line: 1, column: 1)
    // Offsets of the tree are 32 bits wide, one of which marks aliases.
    let maximumBytes = min(limits.maximumBytes, 1 << 30)
    guard bytes.count <= maximumBytes else {
      throw DocumentError("Text is larger than \(maximumBytes) bytes", at: start)
    }
    let bytes = try UTF16Text.utf8(of: bytes)
    try YAMLCostGuard.check(bytes)

    let stream = read(bytes, upTo: bytes.count, limits: limits)
    if let failure = stream.failure, stream.documents.isEmpty { throw failure }
    return stream
  }

  /// Reads all documents of a text, as from bytes.
  package static func documents(
    in text: String,
    limits: DocumentLimits = DocumentLimits()
  ) throws(DocumentError) -> YAMLStream {
    try documents(in: Array(text.utf8), limits: limits)
  }

  /// Reads a text of which only the first document matters.
  ///
  /// Throws if anything in the text is broken; nil if it has no document.
  package static func document(
    in bytes: [UInt8],
    limits: DocumentLimits = DocumentLimits()
  ) throws(DocumentError) -> DocumentTree? {
    let stream = try documents(in: bytes, limits: limits)
    if let failure = stream.failure { throw failure }
    return stream.documents.first
  }

  private static func read(_ bytes: [UInt8], upTo end: Int, limits: DocumentLimits) -> YAMLStream {
    var loop = YAMLEventLoop(limits: limits, byteCount: end)
    bytes.withUnsafeBufferPointer { loop.run(UnsafeBufferPointer(rebasing: $0[..<end])) }
    if let offset = loop.unreadableOffset, offset < end {
      // libyaml decodes far ahead, so a bad byte hides complete documents before it. Those come
      // from reading only what lies before the byte, less the document that it cuts short.
      let failure = loop.failure
      loop = YAMLEventLoop(limits: limits, byteCount: offset)
      bytes.withUnsafeBufferPointer { loop.run(UnsafeBufferPointer(rebasing: $0[..<offset])) }
      if loop.failure == nil { loop.dropUnfinishedDocument() }
      loop.failure = failure
    }
    let arena = loop.builder.finish()
    return YAMLStream(
      documents: loop.documents.map { document in
        DocumentTree(
          root: document.root.map(arena.node),
          issues: document.issues,
          range: document.range
        )
      },
      failure: loop.failure,
      source: bytes,
      arena: arena
    )
  }
}
