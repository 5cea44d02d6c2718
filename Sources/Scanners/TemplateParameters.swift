import DocumentTrees
package import Templates
package import Workloads

/// Turns parameters of templates into resources, for rules about secrets in them.
package enum TemplateParameters {
  /// A `configObject` for every parameter whose default is a text that stands in the files.
  ///
  /// What is a list or a number is none: secrets are texts.
  package static func resources(of deployment: Deployment) -> [Resource] {
    deployment.parameters.compactMap { parameter in
      guard !parameter.value.isList, !parameter.value.isObject,
        let text = parameter.value.string.known, !text.isEmpty, Double(text) == nil
      else { return nil }
      var resource = Resource(
        ConfigObject.kind,
        name: parameter.name,
        type: "parameter",
        format: deployment.format,
        project: deployment.project,
        origin: parameter.origin
      )
      resource[ConfigObject.keyName] = .known(parameter.name, parameter.origin)
      resource[ConfigObject.value] = parameter.value.string
      resource[ConfigObject.isProtected] = .known(parameter.isSecret, parameter.origin)
      resource[ConfigObject.objectKind] = .known("parameter", parameter.origin)
      return resource
    }
  }
}
