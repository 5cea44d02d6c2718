package import DocumentTrees
import Workloads

/// Reads ARM templates into deployments.
package struct ARMReader {
  private let files: any FileTree
  private let limits: DocumentLimits

  package init(files: any FileTree, limits: DocumentLimits = DocumentLimits()) {
    self.files = files
    self.limits = limits
  }

  /// What a template declares, with the values of a parameter file beside it if there is one.
  package func deployment(at path: String, _ template: Node) -> Deployment {
    let session = ARMSession(files: files, limits: limits)
    var deployment = Deployment(project: path, format: .arm)
    let given = parameters(for: path, session)
    let frame = ARMFrame(template, file: path, session: session, given: given)
    frame.collect()
    var emitter = ARMEmitter()
    emitter.emit(frame)
    deployment.resources = emitter.resources
    deployment.parameters = emitter.parameters
    deployment.notices = session.notices
    deployment.files = session.usedFiles
    return deployment
  }

  /// The parameter file of a template: `main.parameters.json`, or `parameters.json` for the names
  /// that galleries use.
  package static func parameterFile(for path: String, in files: any FileTree) -> String? {
    let folder = RelativePath.directory(of: path)
    let name = RelativePath.name(of: path)
    let stem = name.hasSuffix(".json") ? String(name.dropLast(5)) : name
    var wishes = ["\(stem).parameters.json", "\(stem).parameters.jsonc", "\(stem).param.json"]
    let usual = ["azuredeploy", "maintemplate", "template", "main", "deploy"]
    if usual.contains(stem.lowercased()) {
      wishes += ["azuredeploy.parameters.json", "parameters.json"]
    }
    for wish in wishes {
      let path = RelativePath.join(folder, wish)
      if files.kind(of: path) == .file { return path }
    }
    // One of several environments says nothing, the only one does.
    let names = files.names(in: folder) ?? []
    let environments = names.filter {
      $0.hasPrefix("\(stem).parameters.") && $0.hasSuffix(".json")
    }
    return environments.count == 1 ? RelativePath.join(folder, environments[0]) : nil
  }

  private func parameters(for path: String, _ session: ARMSession) -> [String: ARMFrame.Given] {
    guard let file = Self.parameterFile(for: path, in: files),
      let root = session.template(at: file)
    else { return [:] }
    session.usedFiles.insert(file)
    // Some teams write the bare mapping, without the envelope.
    guard let parameters = root["parameters"] ?? (root["$schema"] == nil ? root : nil),
      parameters.isMapping
    else { return [:] }
    var given: [String: ARMFrame.Given] = [:]
    for entry in parameters.entries {
      let key = entry.key.text.lowercased()
      let origin = Origin(SourceLocation(file: file, range: entry.value.range))
      if let value = entry.value["value"] {
        given[key] = .value(Datum(value, in: file))
      } else if entry.value["reference"] != nil {
        given[key] = .value(.unknown("it is a secret of a key vault", origin))
      }
    }
    return given
  }
}

/// Evaluates the bodies of all resources, once all of them are known by name.
struct ARMEmitter {
  var resources: [DeclaredResource] = []
  var parameters: [DeclaredParameter] = []

  mutating func emit(_ frame: ARMFrame) {
    parameters += frame.declaredParameters
    for instance in frame.instances where !instance.isExisting {
      if let deployment = instance.deployment {
        emit(deployment)
        continue
      }
      if instance.type.lowercased() == "microsoft.resources/deployments" { continue }
      resources.append(resource(instance, frame))
    }
  }

  private func resource(_ instance: ARMInstance, _ frame: ARMFrame) -> DeclaredResource {
    let origin = Origin(frame.location(instance.node))
    var body = DatumObject()
    for entry in instance.node.entries {
      switch entry.key.text {
      case "copy", "resources", "dependsOn", "condition", "comments", "type", "apiVersion",
        "existing":
        continue
      case "name": break
      default:
        let value = frame.value(entry.value, instance.context)
        let place = Origin(frame.location(entry.key))
        body.set(.init(entry.key.text, value, keyOrigin: place))
        continue
      }
      let place = Origin(frame.location(entry.key))
      body.set(.init("name", frame.fullName(instance), keyOrigin: place))
    }
    if let scope = instance.scope { body.set("scope", scope) }
    var resource = DeclaredResource(
      type: instance.type,
      name: instance.title,
      address: instance.address,
      properties: Datum(.object(body), origin),
      origin: origin
    )
    resource.apiVersion = instance.node["apiVersion"]?.text ?? ""
    resource.isDeclared = instance.condition
    resource.parent = instance.parent
    resource.scopeLevel = frame.level
    return resource
  }
}
