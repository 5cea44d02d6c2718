package import Workloads

/// Reads container apps as the Azure command line writes them.
package struct ContainerAppScanner: FormatScanner {
  package let formats: Set<FileFormat> = [.containerApp]

  package init() {}

  package func scan(_ files: [DiscoveredFile], in context: ScanContext) -> ScanResult {
    ScanResult()
  }
}
