import DocumentTrees
import Templates
package import Workloads

/// Reads CloudFormation and SAM templates.
///
/// The language is evaluated by `CloudFormationReader`, and what its resources mean is read by the
/// readers that Terraform uses too; here the two are put together.
package struct CloudFormationScanner: FormatScanner {
  package let formats: Set<FileFormat> = [.cloudFormation]

  package init() {}

  package func scan(_ files: [DiscoveredFile], in context: ScanContext) -> ScanResult {
    var result = ScanResult()
    var templates: [CloudFormationTemplate] = []
    for file in files {
      guard let root = file.documents.lazy.compactMap(\.root).first else { continue }
      templates.append(CloudFormationTemplate(path: file.path, root: root))
    }
    let reader = CloudFormationReader(files: context.files, limits: context.limits)
    for deployment in reader.deployments(of: templates) {
      result.merge(DeploymentScan.read(deployment, limits: context.limits))
    }
    return result
  }
}
