/// Why a text could not be read, and where.
///
/// `problem` is a sentence without a period that names what was found and what was expected. It
/// never repeats a scalar of the text, which could be a secret.
package struct DocumentError: Error, Hashable, Sendable {
  package var problem: String
  package var place: Place

  package init(_ problem: String, at place: Place) {
    self.problem = problem
    self.place = place
  }
}

/// Something odd in a text that could be read all the same: a duplicate key, a limit reached.
package struct DocumentIssue: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case duplicateKey = "duplicate-key"
    case limit
    case syntax
    /// A part that makes no sense and was left out.
    case skipped
  }

  package var kind: Kind
  package var problem: String
  package var place: Place

  package init(_ kind: Kind, _ problem: String, at place: Place) {
    self.kind = kind
    self.problem = problem
    self.place = place
  }
}

/// Bounds on what one text may cost; each is an option of the command.
package struct DocumentLimits: Hashable, Sendable {
  /// Bytes of one file.
  package var maximumBytes: Int
  /// Nesting of mappings and sequences.
  package var maximumDepth: Int
  /// Nodes that a text may stand for once its aliases are followed.
  package var maximumExpandedNodes: Int

  package init(
    maximumBytes: Int = 16 << 20,
    maximumDepth: Int = 256,
    maximumExpandedNodes: Int = 4_000_000
  ) {
    self.maximumBytes = maximumBytes
    self.maximumDepth = maximumDepth
    self.maximumExpandedNodes = maximumExpandedNodes
  }
}
