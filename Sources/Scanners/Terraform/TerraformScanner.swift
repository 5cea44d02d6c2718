package import Workloads

/// Reads Terraform configurations.
package struct TerraformScanner: FormatScanner {
  package let formats: Set<FileFormat> = [.terraform]

  package init() {}

  package func scan(_ files: [DiscoveredFile], in context: ScanContext) -> ScanResult {
    ScanResult()
  }
}
