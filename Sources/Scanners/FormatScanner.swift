package import DocumentTrees
package import Workloads

/// Reads all files of some formats into parts of the estate.
package protocol FormatScanner: Sendable {
  /// The formats, as discovery names them.
  var formats: Set<FileFormat> { get }

  /// What the files say; every file that was read is among the result's inputs.
  func scan(_ files: [DiscoveredFile], in context: ScanContext) -> ScanResult
}

/// What scanners may use besides the files that discovery gave them.
package struct ScanContext: Sendable {
  package let files: any FileTree
  package let limits: DocumentLimits
  package let builds: any BuildReader

  package init(files: any FileTree, limits: DocumentLimits, builds: any BuildReader) {
    self.files = files
    self.limits = limits
    self.builds = builds
  }
}
