import DocumentTrees
import Templates
package import Workloads

/// Reads Terraform configurations, and plans and states as JSON.
///
/// The language is evaluated by `TerraformReader`, and what its resources mean is read by the readers
/// that CloudFormation, ARM and Bicep use too; here they are put together.
package struct TerraformScanner: FormatScanner {
  package let formats: Set<FileFormat> = [.terraform]

  package init() {}

  package func scan(_ files: [DiscoveredFile], in context: ScanContext) -> ScanResult {
    var result = ScanResult()
    var planned: [String: String] = [:]
    for file in files {
      guard let root = file.documents.lazy.compactMap(\.root).first else { continue }
      let folder = RelativePath.directory(of: file.path)
      // Of several plans in a folder the first one stands for it.
      if let known = planned[folder] {
        result.inputs[file.path] = InputUse(.terraform)
        result.notices.append(
          Notice(
            .information,
            SourceLocation(file: file.path, line: 1),
            "\(known) stands for this folder, so this file is not assessed."
          )
        )
        continue
      }
      planned[folder] = file.path
      result.merge(Self.read(TerraformPlan.read(root, in: file.path), context.limits))
    }
    let sources = files.filter { $0.documents.isEmpty }.map(\.path)
    let reader = TerraformReader(files: context.files, limits: context.limits)
    var said: Set<Notice> = []
    for root in reader.roots(of: sources) {
      if let plan = planned[root] {
        skip(root, sources, because: plan, &result)
        continue
      }
      var own = Self.read(reader.deployment(root), context.limits)
      // What two roots use is told once.
      own.notices = own.notices.filter { said.insert($0).inserted }
      for path in own.inputs.keys where reader.isBroken(path) {
        own.inputs[path] = InputUse(.terraform, .partial)
      }
      result.merge(own)
    }
    return result
  }

  /// The plan says all that the sources say, and more.
  private func skip(
    _ folder: String,
    _ sources: [String],
    because plan: String,
    _ result: inout ScanResult
  ) {
    for path in sources where RelativePath.directory(of: path) == folder {
      result.inputs[path] = InputUse(.terraform)
    }
    result.notices.append(
      Notice(
        .information,
        SourceLocation(file: plan, line: 1),
        "The plan is assessed in the place of the configuration beside it."
      )
    )
  }

  private static func read(_ deployment: Deployment, _ limits: DocumentLimits) -> ScanResult {
    var result = DeploymentScan.read(deployment, limits: limits)
    result.merge(TerraformKubernetes.read(deployment, limits: limits))
    return result
  }
}
