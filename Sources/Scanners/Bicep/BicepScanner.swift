import DocumentTrees
import Templates
package import Workloads

/// Reads Bicep files.
///
/// The language is evaluated by `BicepReader`, and what its resources mean is read by the readers
/// that ARM templates use too; here the two are put together.
package struct BicepScanner: FormatScanner {
  package let formats: Set<FileFormat> = [.bicep]

  package init() {}

  package func scan(_ files: [DiscoveredFile], in context: ScanContext) -> ScanResult {
    var result = ScanResult()
    let sources = BicepSources(files: context.files, limits: context.limits)
    let paths = files.map(\.path)
    var said: Set<Notice> = []
    for project in sources.projects(among: paths) {
      let deployment = BicepReader.deployment(
        project.template,
        parameters: project.parameters,
        sources: sources
      )
      var read = DeploymentScan.read(deployment, limits: context.limits)
      // What two deployments use is told once.
      let notices = project.notices + read.notices
      read.notices = notices.filter { said.insert($0).inserted }
      for path in deployment.files { read.inputs[path] = use(of: path, sources) }
      result.merge(read)
    }
    // Parameter files that are not chosen, and templates that nothing leads to.
    for path in paths where result.inputs[path] == nil {
      result.inputs[path] = use(of: path, sources)
      let errors = sources.notice(ofErrorsIn: path)
      result.notices += [errors].compactMap { $0 }.filter { said.insert($0).inserted }
    }
    return result
  }

  private func use(of path: String, _ sources: BicepSources) -> InputUse {
    guard path.hasSuffix(".bicep") || path.hasSuffix(".bicepparam") else {
      return InputUse(path.hasSuffix(".json") ? .arm : .bicep)
    }
    return InputUse(.bicep, sources.errors(in: path).isEmpty ? .read : .partial)
  }
}
