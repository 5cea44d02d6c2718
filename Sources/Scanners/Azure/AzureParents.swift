import Templates

/// Finds the parents of children that templates declare beside them.
///
/// A child inside its parent, or with Bicep's `parent`, knows it; one that stands alone has its
/// parent's name at the beginning of its own: `shop/db` of the type `Microsoft.KeyVault/vaults/secrets`.
enum AzureParents {
  static func found(in resources: [DeclaredResource]) -> [DeclaredResource] {
    guard resources.contains(where: { $0.parent == nil && isChild($0.type) }) else {
      return resources
    }
    // Names that several share are nobody's.
    var addresses: [String: String?] = [:]
    for resource in resources {
      guard let name = resource.properties["name"].sketch else { continue }
      let key = "\(resource.type) \(name)".lowercased()
      addresses[key] = addresses[key] == nil ? .some(resource.address) : .some(nil)
    }
    return resources.map { resource in
      guard resource.parent == nil, isChild(resource.type),
        let name = resource.properties["name"].sketch, let cut = name.lastIndex(of: "/"),
        let end = resource.type.lastIndex(of: "/")
      else { return resource }
      var resource = resource
      let key = "\(resource.type[..<end]) \(name[..<cut])".lowercased()
      resource.parent = addresses[key] ?? nil
      return resource
    }
  }

  /// `Microsoft.KeyVault/vaults/secrets` is one, `Microsoft.KeyVault/vaults` is none.
  private static func isChild(_ type: String) -> Bool { type.count { $0 == "/" } > 1 }
}
