import DocumentTrees
import Scanners
import Workloads

/// Scans files held in memory as the command would.
func kubernetes(_ files: [String: String]) async -> ScanResult {
  await kubernetes(bytes: files.mapValues { Array($0.utf8) })
}

func kubernetes(_ text: String) async -> ScanResult { await kubernetes(["app.yaml": text]) }

func kubernetes(bytes: [String: [UInt8]]) async -> ScanResult {
  let files = MemoryFiles(bytes: bytes)
  let limits = DocumentLimits()
  let found = await Discovery(files: files, limits: limits).discover(paths: bytes.keys.sorted())
  let scanner = KubernetesScanner()
  let own = found.files.filter { scanner.formats.contains($0.format) }
  return scanner.scan(own, in: ScanContext(files: files, limits: limits, builds: StubBuilds()))
}

/// A Deployment around the fields of a pod and of its one container, each indented as given.
func deployment(pod: String = "", container: String = "", metadata: String = "") -> String {
  func indented(_ text: String, _ count: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : String(repeating: " ", count: count) + $0 }
      .joined(separator: "\n")
  }
  return """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata:
          labels: {app: web}
    \(indented(metadata, 6))
        spec:
    \(indented(pod, 6))
          containers:
          - name: web
            image: example.com/web:1
    \(indented(container, 8))
    """
}

extension ScanResult {
  func resources(_ kind: ResourceKind) -> [Resource] {
    (workloads.flatMap(\.resources) + resources).filter { $0.kind == kind }
  }
}

extension Workload {
  func resources(_ kind: ResourceKind) -> [Resource] { resources.filter { $0.kind == kind } }
}

extension Container {
  func variable(_ name: String) -> Variable? { variables.first { $0.name == name } }
}
