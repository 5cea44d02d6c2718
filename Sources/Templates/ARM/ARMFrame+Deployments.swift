internal import DocumentTrees
internal import Workloads

// Templates inside templates.
extension ARMFrame {
  /// The template that a deployment makes: nested, or linked inside the root.
  func openDeployment(_ instance: ARMInstance) -> ARMFrame? {
    guard let properties = instance.node["properties"], properties.isMapping else { return nil }
    let place = location(instance.node)
    let prefix = "\(self.prefix)\(instance.title)/"
    if let nested = properties["template"], nested.isMapping {
      guard session.mayOpenFrame(at: place) else { return nil }
      let isInner =
        properties["expressionEvaluationOptions"]?["scope"]?.text.lowercased() == "inner"
      return ARMFrame(
        nested,
        file: file,
        session: session,
        given: isInner ? handed(properties["parameters"], instance.context) : [:],
        outer: isInner ? nil : outermost,
        prefix: prefix,
        level: level,
        condition: instance.condition,
        context: isInner ? ARMContext() : instance.context
      )
    }
    guard let link = properties["templateLink"] else { return nil }
    guard let path = linkedPath(link, instance.context) else {
      session.notice(
        .information,
        location(link),
        "The linked template is not among the inputs; what it deploys is not assessed."
      )
      return nil
    }
    guard session.mayOpenFrame(at: place), let root = session.template(at: path), root.isMapping
    else {
      session.notice(.missingFile, location(link), "The linked template cannot be read.")
      return nil
    }
    guard !isLinked(path) else {
      session.notice(.limit, location(link), "The template links to itself.")
      return nil
    }
    session.usedFiles.insert(path)
    let frame = ARMFrame(
      root,
      file: path,
      session: session,
      given: handed(properties["parameters"], instance.context),
      prefix: prefix,
      level: level,
      condition: instance.condition
    )
    frame.linkedFrom = self
    return frame
  }

  private func isLinked(_ path: String) -> Bool {
    var frame: ARMFrame? = self
    while let current = frame {
      if current.file == path { return true }
      frame = current.linkedFrom
    }
    return false
  }

  private func handed(_ parameters: Node?, _ context: ARMContext) -> [String: Given] {
    var given: [String: Given] = [:]
    guard let parameters, parameters.isMapping else { return given }
    for entry in parameters.entries {
      let key = entry.key.text.lowercased()
      if let value = entry.value["value"] {
        given[key] = .node(value, self, context)
      } else if entry.value["reference"] != nil {
        let origin = Origin(location(entry.value))
        given[key] = .value(.unknown("it is a secret of a key vault", origin))
      } else if entry.value.isScalar {
        // The whole entry may be an expression that gives an object with a value.
        let value = self.value(entry.value, context)
        given[key] = .value(AzureFunctions.member(value, "value", value.origin))
      }
    }
    return given
  }

  /// The file that a link leads to: a relative path, or the end of an address whose base is unknown.
  private func linkedPath(_ link: Node, _ context: ARMContext) -> String? {
    let folder = RelativePath.directory(of: file)
    if let relative = link["relativePath"] {
      guard let text = value(relative, context).plainText else { return nil }
      return existing(text, in: folder)
    }
    guard let uri = link["uri"] else { return nil }
    let value = value(uri, context)
    if let text = value.plainText {
      // The last parts of a full address may lie beside the template.
      let path = text.prefix { $0 != "?" && $0 != "#" }
      var pieces = path.split(separator: "/").map(String.init)[...]
      if path.contains("://") { pieces = pieces.dropFirst(2) }
      while !pieces.isEmpty {
        if let found = existing(pieces.joined(separator: "/"), in: folder) { return found }
        pieces = pieces.dropFirst()
      }
      return nil
    }
    for part in value.parts ?? [] {
      guard case .text(let text) = part else { continue }
      let path = text.prefix { $0 != "?" }
      if path.hasSuffix(".json"), let found = existing(String(path), in: folder) { return found }
    }
    return nil
  }

  private func existing(_ path: String, in folder: String) -> String? {
    let relative = String(path.drop { $0 == "/" })
    guard let resolved = RelativePath.resolve(relative, in: folder),
      session.files.kind(of: resolved) == .file
    else { return nil }
    return resolved
  }
}
