import DocumentTrees
import Templates
package import Workloads

/// Reads container apps as the Azure command line takes and shows them.
package struct ContainerAppScanner: FormatScanner {
  package let formats: Set<FileFormat> = [.containerApp]

  package init() {}

  package func scan(_ files: [DiscoveredFile], in context: ScanContext) -> ScanResult {
    var result = ScanResult()
    for file in files {
      var deployment = Deployment(project: file.path, format: .containerApp)
      for document in file.documents {
        guard let root = document.root else { continue }
        let datum = Datum(root, in: file.path)
        // `az containerapp list` shows a list of them.
        for element in root.isSequence ? datum.elements : [datum] {
          add(element, to: &deployment)
        }
      }
      var own = AzureResources.read(deployment, limits: context.limits)
      own.inputs[file.path] = InputUse(.containerApp)
      result.merge(own)
    }
    return result
  }

  private func add(_ body: Datum, to deployment: inout Deployment) {
    guard let type = ContainerAppDocument.type(of: body) else { return }
    let stem = RelativePath.name(of: deployment.project).split(separator: ".").first ?? "app"
    let name = body["name"].string.known ?? String(stem)
    var resource = DeclaredResource(
      type: type,
      name: name,
      address: "\(deployment.project)#\(deployment.resources.count)",
      properties: ContainerAppDocument.body(body, type: type),
      origin: body.origin
    )
    resource.scopeLevel = "resourceGroup"
    deployment.resources.append(resource)
  }
}

/// What a document of the command line describes.
enum ContainerAppDocument {
  static let app = "Microsoft.App/containerApps"

  /// The type as stated, or as its shape says.
  static func type(of body: Datum) -> String? {
    guard body.isObject else { return nil }
    let stated = body["type"].string.known
    if let stated, stated.lowercased().hasPrefix("microsoft.app/") { return stated }
    if !body["componentType"].isNothing {
      return "Microsoft.App/managedEnvironments/daprComponents"
    }
    let properties = body["properties"]
    let configuration = properties["configuration"]
    if !configuration["triggerType"].isNothing { return "Microsoft.App/jobs" }
    if properties["template"]["containers"].isList { return app }
    return nil
  }

  /// A body as Azure's interface has it; Dapr components of the command line lack a level.
  static func body(_ body: Datum, type: String) -> Datum {
    guard type.lowercased().hasSuffix("/daprcomponents"), body["properties"].isNothing else {
      return body
    }
    var outer = DatumObject()
    outer.set("properties", body)
    if !body["name"].isNothing { outer.set("name", body["name"]) }
    return Datum(.object(outer), body.origin)
  }

  /// Whether a document is one of these; `nodes` of lists are looked at one by one.
  static func recognizes(_ root: Node) -> Bool {
    guard root.isMapping else {
      guard root.isSequence, let first = root.elements.first, first.isMapping else { return false }
      return recognizes(first) && first["type"] != nil
    }
    if let type = root["type"], type.isScalar,
      type.text.utf8.count > 14, type.text.lowercased().hasPrefix("microsoft.app/")
    {
      return true
    }
    if let type = root["componentType"], type.isScalar {
      return root["metadata"]?.isSequence == true || root["version"] != nil
    }
    let properties = root["properties"]
    guard properties?["template"]?["containers"]?.isSequence == true else { return false }
    // Other services of Azure have templates with containers too, but no such neighbours.
    return ["environmentId", "managedEnvironmentId", "configuration", "workloadProfileName"]
      .contains { properties?[$0] != nil }
  }
}
