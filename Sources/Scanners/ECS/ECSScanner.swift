package import Workloads

/// Reads ECS task definitions and services as the API's JSON.
package struct ECSScanner: FormatScanner {
  package let formats: Set<FileFormat> = [.ecsTaskDefinition]

  package init() {}

  package func scan(_ files: [DiscoveredFile], in context: ScanContext) -> ScanResult {
    ScanResult()
  }
}
