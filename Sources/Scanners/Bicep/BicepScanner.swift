package import Workloads

/// Reads Bicep files.
package struct BicepScanner: FormatScanner {
  package let formats: Set<FileFormat> = [.bicep]

  package init() {}

  package func scan(_ files: [DiscoveredFile], in context: ScanContext) -> ScanResult {
    ScanResult()
  }
}
