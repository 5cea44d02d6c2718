import DocumentTrees
import Workloads

/// Reads a Bicep template with its modules into what it deploys.
package enum BicepReader {
  /// Evaluates a template, with the values of a parameter file if one is chosen.
  package static func deployment(
    _ template: String,
    parameters: String? = nil,
    sources: BicepSources
  ) -> Deployment {
    let session = BicepSession(path: template, sources: sources)
    guard let file = session.file(template) else { return session.deployment }
    let root = BicepScope(file, path: template, prefix: "\(template)#", session: session)
    if let parameters {
      root.argument = BicepParameterFile.values(parameters, for: root)
    }
    root.declare()
    root.materialise()
    root.deploy()
    root.declareParameters(isRoot: true)
    return session.finish()
  }
}
