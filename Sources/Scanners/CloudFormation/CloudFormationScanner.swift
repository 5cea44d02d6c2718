package import Workloads

/// Reads CloudFormation and SAM templates.
package struct CloudFormationScanner: FormatScanner {
  package let formats: Set<FileFormat> = [.cloudFormation]

  package init() {}

  package func scan(_ files: [DiscoveredFile], in context: ScanContext) -> ScanResult {
    ScanResult()
  }
}
