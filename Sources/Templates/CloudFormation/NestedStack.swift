import DocumentTrees
import Workloads

/// Stacks within stacks: `AWS::CloudFormation::Stack` and `AWS::Serverless::Application`.
enum NestedStack {
  static func isStack(_ type: String) -> Bool {
    type == "AWS::CloudFormation::Stack" || type == "AWS::Serverless::Application"
  }

  /// What a stack resource says of its template's place, as a literal.
  ///
  /// The CDK writes the file's name into the metadata beside a URL that only it knows.
  static func location(of resource: Node) -> Node? {
    if let asset = resource[path: "Metadata", "aws:asset:path"], asset.isScalar { return asset }
    guard let properties = resource["Properties"] else { return nil }
    let place = properties["TemplateURL"] ?? properties["Location"]
    guard let place, place.isScalar, place.tag == nil else { return nil }
    return place
  }

  /// The path below the root; nil for URLs and what leaves the root.
  static func path(_ location: String, from template: String) -> String? {
    if location.contains("://") || location.contains("${") { return nil }
    return RelativePath.resolve(location, in: RelativePath.directory(of: template))
  }

  /// The files that a template nests, one for each stack.
  static func paths(in template: CloudFormationTemplate, _ files: any FileTree) -> [String] {
    guard let resources = template.root["Resources"], resources.isMapping else { return [] }
    return resources.entries.compactMap { entry in
      guard let type = entry.value["Type"], type.isScalar, isStack(type.text),
        let location = location(of: entry.value)
      else { return nil }
      return path(location.text, from: template.path)
    }
  }
}

extension TemplateEvaluator {
  /// Opens every nested stack, for their resources are to be listed too.
  func openNestedStacks() {
    for id in resources.entries.order {
      guard let entry = resources[id], NestedStack.isStack(entry.type),
        isDeclared(entry).known != false, let stack = nestedStack(id)
      else { continue }
      stack.openNestedStacks()
    }
  }

  /// The evaluator of a nested stack's template, if it is among the files.
  func nestedStack(_ logicalID: String) -> TemplateEvaluator? {
    if let known = nested[logicalID] { return known }
    // While it is being opened, its parameters must not ask for its outputs.
    nested[logicalID] = .some(nil)
    let stack = open(logicalID)
    nested[logicalID] = .some(stack)
    return stack
  }

  private func open(_ logicalID: String) -> TemplateEvaluator? {
    guard let entry = resources[logicalID] else { return nil }
    let place = origin(entry.keyNode, entry.frame)
    guard let location = NestedStack.location(of: entry.node) else {
      note(
        .information,
        place,
        "The template of the nested stack \(logicalID) is known only once deployed; give its file to"
          + " assess it."
      )
      return nil
    }
    let locationPlace = origin(location, entry.frame)
    guard let file = NestedStack.path(location.text, from: entry.frame.file) else {
      let isURL = location.text.contains("://") || location.text.contains("${")
      note(
        isURL ? .information : .outsideRoot,
        locationPlace,
        isURL
          ? "The template of the nested stack \(logicalID) is at a URL and was not read."
          : "The template of the nested stack \(logicalID) lies outside of the scanned folder."
      )
      return nil
    }
    guard !ancestors.contains(file) else {
      note(.invalidValue, locationPlace, "The nested stack \(logicalID) nests its own template.")
      return nil
    }
    guard session.mayNest(), ancestors.count < 20 else {
      note(.limit, locationPlace, "There are too many nested stacks; \(logicalID) was left out.")
      return nil
    }
    switch session.load(file) {
    case .refused(let kind, let reason):
      note(kind, locationPlace, "\(file), the template of \(logicalID), \(reason).")
      return nil
    case .root(let root):
      let properties = entry.node["Properties"]
      func value(_ key: String) -> Datum {
        properties?[key].map { evaluate($0, entry.frame) } ?? .absent(place)
      }
      let isOnly = (session.nestings[file] ?? 1) == 1 && address == path
      let stack = TemplateEvaluator(
        path: file,
        address: isOnly ? file : "\(file)@\(chain)\(logicalID)",
        root: root,
        session: session,
        budget: budget,
        nesting: Nesting(
          parent: self,
          logicalID: logicalID,
          parameters: value("Parameters"),
          tags: inheritedTags + Self.tags(value("Tags")),
          origin: place
        )
      )
      session.adopt(stack)
      return stack
    }
  }

  private var ancestors: [String] { [path] + (nesting?.parent.ancestors ?? []) }

  /// Logical ids from the outermost stack to this one.
  private var chain: String { nesting.map { $0.parent.chain + $0.logicalID + "." } ?? "" }

  var inheritedTags: [DatumObject.Entry] { nesting?.tags ?? [] }

  /// Tags as entries, from a list of keys and values or from a mapping.
  private static func tags(_ value: Datum) -> [DatumObject.Entry] {
    if value.isObject { return value.entries }
    return value.elements.compactMap { tag in
      tag["Key"].string.known.map {
        DatumObject.Entry($0, tag["Value"], keyOrigin: tag["Key"].origin)
      }
    }
  }
}
