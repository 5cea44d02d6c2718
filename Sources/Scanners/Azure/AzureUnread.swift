/// What is said of types that no reader takes.
enum AzureUnread {
  /// Why a type is not assessed, as the end of a sentence; nil for one that is nobody's concern here.
  static func reason(_ type: String) -> String? {
    let type = type.lowercased()
    if let reason = reasons[type] { return ": \(reason)" }
    return families.contains { type.hasPrefix($0) } ? "" : nil
  }

  /// Services that a container app stands on: what is new in them is said.
  private static let families = [
    "microsoft.app/", "microsoft.keyvault/", "microsoft.containerregistry/",
    "microsoft.appconfiguration/", "microsoft.managedidentity/",
  ]

  private static let reasons = [
    "microsoft.app/sessionpools":
      "their containers are made and thrown away for each session, and hold no workload to move",
    "microsoft.app/builds": "how an image is built in the cloud changes nothing about running it",
    "microsoft.app/builders": "how an image is built in the cloud changes nothing about running it",
    "microsoft.app/builders/builds":
      "how an image is built in the cloud changes nothing about running it",
    "microsoft.app/managedenvironments/managedcertificates":
      "the platform keeps and renews these certificates itself",
    "microsoft.app/managedenvironments/maintenanceconfigurations":
      "when the platform is mended is a choice without a better one",
    "microsoft.app/managedenvironments/dotnetcomponents":
      "helpers of a framework that the platform runs",
    "microsoft.app/managedenvironments/javacomponents":
      "helpers of a framework that the platform runs",
    "microsoft.app/managedenvironments/privateendpointconnections":
      "the private endpoint itself is read",
    "microsoft.app/containerapps/sourcecontrols": "pipelines are read from their own files",
    "microsoft.servicelinker/linkers":
      "which variables and secrets a connection sets, only the platform knows",
    "microsoft.containerinstance/containergroups":
      "container groups run containers, but without revisions, scaling or ingress to compare",
    "microsoft.containerservice/managedclusters":
      "what runs in a cluster is read from its manifests",
    "microsoft.containerservice/managedclusters/agentpools":
      "what runs in a cluster is read from its manifests",
    "microsoft.web/sites": "App Service is no container platform that is read here",
    "microsoft.compute/virtualmachines": "only containers are read",
    "microsoft.compute/virtualmachinescalesets": "only containers are read",
  ]
}
