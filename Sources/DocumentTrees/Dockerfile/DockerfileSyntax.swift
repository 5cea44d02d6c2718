/// The instructions of a Dockerfile as the parser of BuildKit sees them, before stages.
package struct DockerfileSyntax: Hashable, Sendable {
  /// A `# name=value` line at the top: `syntax`, `escape` or `check`.
  package struct Directive: Hashable, Sendable {
    /// In lower case.
    package var name: String
    package var value: String
    package var range: PlaceRange
  }

  /// A comment, between instructions or inside one.
  package struct Comment: Hashable, Sendable {
    /// Without `#` and the space around.
    package var text: String
    package var range: PlaceRange
  }

  /// What takes away the meaning of the next character and joins lines.
  package enum Escape: UInt8, Hashable, Sendable {
    case backslash = 0x5C
    case backtick = 0x60
  }

  package var directives: [Directive]
  package var comments: [Comment]
  package var instructions: [Instruction]
  package var escape: Escape
  package var issues: [DocumentIssue]

  /// Reads instructions; throws where BuildKit's parser does.
  package static func parse(
    _ bytes: [UInt8],
    limits: DocumentLimits = DocumentLimits()
  ) throws(DocumentError) -> DockerfileSyntax {
    let top = Place(line: 1, column: 1)
    guard bytes.count <= limits.maximumBytes else {
      throw DocumentError("the file is larger than \(limits.maximumBytes) bytes", at: top)
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw DocumentError("the file is UTF-16 text; a Dockerfile is UTF-8", at: top)
    }
    var reader = DockerfileReader(bytes)
    try reader.read()
    guard !reader.instructions.isEmpty else {
      throw DocumentError("the Dockerfile has no instructions", at: top)
    }
    return DockerfileSyntax(
      directives: reader.directives.found,
      comments: reader.comments,
      instructions: reader.instructions,
      escape: reader.directives.escape,
      issues: reader.issues
    )
  }
}
