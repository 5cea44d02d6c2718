package import Workloads

/// Reads ARM templates.
package struct ARMScanner: FormatScanner {
  package let formats: Set<FileFormat> = [.arm]

  package init() {}

  package func scan(_ files: [DiscoveredFile], in context: ScanContext) -> ScanResult {
    ScanResult()
  }
}
