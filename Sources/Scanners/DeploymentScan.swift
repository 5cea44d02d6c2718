import DocumentTrees
import Templates
import Workloads

/// What a deployment says, whatever language declares it: the one way from templates to the estate.
enum DeploymentScan {
  /// Workloads and resources on all clouds, with the notices and files of the language's reader.
  static func read(_ deployment: Deployment, limits: DocumentLimits) -> ScanResult {
    var result = AWSResources.read(deployment, limits: limits)
    result.merge(AzureResources.read(deployment, limits: limits))
    result.notices = deployment.notices + result.notices
    result.resources += TemplateParameters.resources(of: deployment)
    for path in deployment.files { result.inputs[path] = InputUse(deployment.format) }
    return result
  }
}
