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
    guard let root = root(template, parameters, session) else { return session.deployment }
    root.materialise()
    root.deploy()
    root.declareParameters(isRoot: true)
    return session.finish()
  }

  /// The evaluation of the template itself; nil if it cannot be read.
  static func root(
    _ template: String,
    _ parameters: String?,
    _ session: BicepSession
  ) -> BicepScope? {
    guard let file = session.file(template) else { return nil }
    let root = BicepScope(file, path: template, prefix: "\(template)#", session: session)
    if let parameters { root.argument = BicepParameterFile.values(parameters, for: root) }
    root.declare()
    return root
  }
}
