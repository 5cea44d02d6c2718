/// Reads JSON texts by RFC 8259, strictly, into the same trees as YAML.
///
/// A byte order mark before the text is passed over, and UTF-16 behind one is read as well: some
/// shells write it. An escaped lone surrogate becomes U+FFFD.
package enum JSONReader {
  package static func document(
    in bytes: [UInt8],
    limits: DocumentLimits = DocumentLimits()
  ) throws(DocumentError) -> DocumentTree {
    let maximumBytes = min(limits.maximumBytes, 1 << 30)
    guard bytes.count <= maximumBytes else {
      throw DocumentError(
        "Text is larger than \(maximumBytes) bytes",
        at: Place(line: 1, column: 1)
      )
    }
    let bytes = try UTF16Text.utf8(of: bytes)
    return try bytes.withUnsafeBufferPointer { (bytes) throws(DocumentError) in
      var parser = JSONParser(bytes: bytes, limits: limits)
      return try parser.parse()
    }
  }

  package static func document(
    in text: String,
    limits: DocumentLimits = DocumentLimits()
  ) throws(DocumentError) -> DocumentTree {
    try document(in: Array(text.utf8), limits: limits)
  }
}
