internal import DocumentTrees

extension ECSScanner {
  /// Whether a document is a task definition or service of ECS, an answer with some, or a list.
  static func recognizes(_ root: Node) -> Bool {
    guard root.isSequence else { return isDefinition(root) }
    return root.elements.first.map(isDefinition) ?? false
  }

  private static func isDefinition(_ root: Node) -> Bool {
    guard root.isMapping else { return false }
    if root["containerDefinitions"]?.isSequence == true
      || root["taskDefinition"]?["containerDefinitions"] != nil
    {
      return true
    }
    if let definitions = root["taskDefinitions"], definitions.isSequence {
      return definitions.elements.first?["containerDefinitions"] != nil
    }
    if let services = root["services"], services.isSequence {
      return services.elements.first.map(isService) ?? false
    }
    if let service = root["service"] { return isService(service) }
    return isService(root)
  }

  /// Task sets and single runs name a task definition, too, but keep no copies running.
  private static func isService(_ node: Node) -> Bool {
    guard let definition = node["taskDefinition"], definition.isScalar else { return false }
    return node["serviceName"]?.isScalar == true || node["desiredCount"]?.isScalar == true
  }
}
