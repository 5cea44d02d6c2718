package import Workloads

/// Reads Kubernetes manifests, and what KEDA, Dapr and others add to them.
package struct KubernetesScanner: FormatScanner {
  package let formats: Set<FileFormat> = [.kubernetes, .kustomization, .helmTemplate]

  package init() {}

  package func scan(_ files: [DiscoveredFile], in context: ScanContext) -> ScanResult {
    ScanResult()
  }
}
