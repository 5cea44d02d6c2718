package import Workloads

/// Reads stand-alone IAM policies.
package struct IAMScanner: FormatScanner {
  package let formats: Set<FileFormat> = [.iamPolicy]

  package init() {}

  package func scan(_ files: [DiscoveredFile], in context: ScanContext) -> ScanResult {
    ScanResult()
  }
}
