package import DocumentTrees

/// Everything that the scanned files say, joined.
package struct Estate: Sendable {
  package var workloads: [Workload] = []
  package var inputs: [Input] = []
  package var notices: [Notice] = []
  /// Texts of the files that findings may point into, by path relative to the root.
  package var sources: [String: SourceText] = [:]

  package init() {}
}

/// A file that was looked at.
package struct Input: Hashable, Sendable {
  /// What became of it.
  package enum State: String, Hashable, Sendable {
    case read
    /// Parts were read and parts were not; notices say which.
    case partial
    case unreadable
    /// Recognised, and no scanner reads this format.
    case unsupported
  }

  package var path: String
  package var format: FileFormat
  package var sha256: String
  package var state: State

  package init(path: String, format: FileFormat, sha256: String, state: State) {
    self.path = path
    self.format = format
    self.sha256 = sha256
    self.state = state
  }
}

/// Something about the scanned files that a reader of the report must know.
package struct Notice: Hashable, Sendable {
  /// The kinds are part of the output's contract.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case unreadable
    case unsupportedFormat = "unsupported-format"
    case unsupportedField = "unsupported-field"
    case duplicateKey = "duplicate-key"
    case limit
    case outsideRoot = "outside-root"
    case missingFile = "missing-file"
    case unsetVariable = "unset-variable"
    case overlay
    case invalidValue = "invalid-value"
    case information
  }

  package var kind: Kind
  package var location: SourceLocation
  package var message: String

  package init(_ kind: Kind, _ location: SourceLocation, _ message: String) {
    self.kind = kind
    self.location = location
    self.message = message
  }
}

/// A file's bytes and trees, kept to show lines of it and to name places in it.
package struct SourceText: Sendable {
  package var bytes: [UInt8]
  /// Empty for files that are no YAML or JSON.
  package var documents: [DocumentTree]

  package init(bytes: [UInt8], documents: [DocumentTree] = []) {
    self.bytes = bytes
    self.documents = documents
  }
}
