import DocumentTrees
import Workloads

extension TemplateEvaluator {
  /// Everything the template declares, evaluated.
  func deployment() -> Deployment {
    var deployment = Deployment(project: address, format: .cloudFormation)
    deployment.parameters = listedParameters()
    let globals = ServerlessGlobals(self)
    for id in resources.entries.order {
      guard let entry = resources[id] else { continue }
      if let resource = declared(entry, globals) { deployment.resources.append(resource) }
    }
    globals.noteImageFunctions(deployment.resources)
    return deployment
  }

  private func declared(_ entry: TemplateEntry, _ globals: ServerlessGlobals) -> DeclaredResource? {
    let place = origin(entry.keyNode, entry.frame)
    guard entry.node.isMapping else {
      _ = wrong(place, "The resource \(entry.key) is no mapping")
      return nil
    }
    let (fields, more) = fields(of: entry)
    guard let type = fields["Type"], !type.node.isNull else {
      if more == nil { _ = wrong(place, "The resource \(entry.key) has no Type") }
      return nil
    }
    guard ResourceTable.isLiteral(type.node) else {
      note(
        .unsupportedField,
        origin(type.node, type.frame),
        "The type of \(entry.key) is put in by another tool before the template is deployed; assess"
          + " what that tool gives."
      )
      return nil
    }
    let name = type.frame.replacingVariables(in: type.node.text)
    var properties = fields["Properties"].map { evaluate($0.node, $0.frame) } ?? .absent(place)
    if properties.isAbsent, let more { properties = Datum(.unknown(more), place) }
    var resource = DeclaredResource(
      type: name,
      name: readableName(entry.key, fields["Metadata"]?.node),
      address: address(of: entry.key),
      properties: globals.merged(into: properties, of: name),
      origin: place
    )
    resource.isDeclared = isDeclared(entry)
    resource.inheritedTags = inheritedTags
    resource.attributes = attributes(fields, place)
    return resource
  }

  /// What a resource has, with included parts written out.
  private func fields(of entry: TemplateEntry) -> ([String: TemplateEntry], Gap?) {
    var fields: [String: TemplateEntry] = [:]
    let expansion = expand(entry.node, entry.frame)
    for field in expansion.entries { fields[field.key] = field }
    return (fields, expansion.more)
  }

  func isDeclared(_ entry: TemplateEntry) -> Value<Bool> {
    guard let node = entry.node["Condition"], node.isScalar else { return .known(true) }
    let place = origin(node, entry.frame)
    let name = entry.frame.replacingVariables(in: node.text)
    var value = condition(named: name, place)
    value.origin = place
    return value
  }

  private func attributes(_ fields: [String: TemplateEntry], _ place: Origin) -> Datum {
    var object = DatumObject()
    for key in ["DeletionPolicy", "UpdateReplacePolicy", "DependsOn", "Metadata"] {
      guard let field = fields[key] else { continue }
      // Metadata is for tools and may hold anything, so it is not evaluated.
      let value =
        key == "Metadata"
        ? Datum(field.node, in: field.frame.file, via: field.frame.via)
        : evaluate(field.node, field.frame)
      if !value.isAbsent { object.set(key, value) }
    }
    return object.entries.isEmpty ? .absent(place) : Datum(.object(object), place)
  }

  /// The construct's path that the CDK notes, without stack and the construct's inner part.
  private func readableName(_ logicalID: String, _ metadata: Node?) -> String {
    guard let path = metadata?["aws:cdk:path"], path.isScalar else { return logicalID }
    var parts = path.text.split(separator: "/").dropFirst()
    if parts.last == "Resource" || parts.last == "Default" { parts = parts.dropLast() }
    return parts.isEmpty ? logicalID : parts.joined(separator: "/")
  }
}
