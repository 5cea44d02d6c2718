import DocumentTrees
import Templates
package import Workloads

/// Reads ARM templates.
///
/// The language is evaluated by `ARMReader`; what its resources mean is read by the readers that
/// Bicep and Terraform use too. Parameter files are read through their template.
package struct ARMScanner: FormatScanner {
  package let formats: Set<FileFormat> = [.arm]

  package init() {}

  package func scan(_ files: [DiscoveredFile], in context: ScanContext) -> ScanResult {
    var result = ScanResult()
    let reader = ARMReader(files: context.files, limits: context.limits)
    var deployments: [(path: String, deployment: Deployment)] = []
    for file in files {
      guard let root = file.documents.lazy.compactMap(\.root).first else { continue }
      result.inputs[file.path] = InputUse(.arm)
      if ARMFiles.isParameterFile(root) { continue }
      if let source = ARMFiles.source(of: root, at: file.path, in: context.files) {
        result.notices.append(
          Notice(
            .information,
            SourceLocation(file: file.path, line: 1),
            "Compiled from \(source), which is assessed in its place."
          )
        )
        continue
      }
      deployments.append((file.path, reader.deployment(at: file.path, root)))
    }
    // What another template links to is part of that one.
    let linked = deployments.reduce(into: Set<String>()) { $0.formUnion($1.deployment.files) }
    for (path, deployment) in deployments where !linked.contains(path) {
      result.merge(DeploymentScan.read(deployment, limits: context.limits))
    }
    return result
  }
}

/// What kinds of files there are beside templates.
enum ARMFiles {
  static func isParameterFile(_ root: Node) -> Bool {
    root["$schema"]?.text.lowercased().contains("deploymentparameters.json") == true
  }

  /// Whether a schema is that of a template, at whatever level it deploys, or of its parameters.
  static func isSchema(_ text: String) -> Bool {
    let text = text.lowercased()
    return text.contains("deploymenttemplate.json") || text.contains("deploymentparameters.json")
  }

  /// The Bicep file that a template was compiled from, if it lies beside it.
  static func source(of root: Node, at path: String, in files: any FileTree) -> String? {
    guard root["metadata"]?["_generator"]?["name"]?.text == "bicep", path.hasSuffix(".json") else {
      return nil
    }
    let source = path.dropLast(5) + ".bicep"
    return files.kind(of: String(source)) == .file ? String(source) : nil
  }
}
