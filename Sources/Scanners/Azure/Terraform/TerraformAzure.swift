import DocumentTrees
import Templates
import Workloads

/// Resources of Terraform's Azure providers, respelled as Azure takes them.
enum TerraformAzure {
  private static let spellings: [String: TerraformSpelling] = {
    let families = [
      containerApps, identities, vaults, registriesAndLogs, networks, databases,
      databaseParts, stores,
    ]
    return families.reduce(into: [:]) { all, family in all.merge(family) { first, _ in first } }
  }()

  static func handles(_ type: String) -> Bool {
    spellings[type] != nil || type == "azapi_resource"
  }

  /// What a resource is to Azure; a resource of another language is itself.
  static func bodies(
    of declared: DeclaredResource,
    _ reading: inout AzureReading,
    _ limits: DocumentLimits
  ) -> [DeclaredResource] {
    if declared.type == "azapi_resource" { return azapi(declared, limits).map { [$0] } ?? [] }
    if let spelling = spellings[declared.type] { return [spelling.body(of: declared)] }
    // Other types of Terraform are other readers' affair.
    return declared.type.contains("/") ? [declared] : []
  }

  /// `azapi_resource`: the body is Azure's own, as an object or as a text.
  private static func azapi(
    _ declared: DeclaredResource,
    _ limits: DocumentLimits
  ) -> DeclaredResource? {
    let source = declared.properties
    guard let stated = source["type"].string.known else { return nil }
    let pieces = stated.split(separator: "@", maxSplits: 1)
    guard let type = pieces.first, type.contains("/") else { return nil }
    var body = source["body"]
    if !body.isObject, let text = body.string.known {
      body = AzureJSON.value(of: text, body.origin) ?? .unknown("its body is no JSON", body.origin)
    }
    var builder = AzureBodyBuilder()
    for entry in body.entries { builder.object.set(entry) }
    if let more = body.more { builder.object.more = more }
    for key in ["name", "location", "tags"] where !source[key].isNothing {
      builder.set(key, source[key])
    }
    if let identity = source["identity"].elements.first {
      builder.set("identity", TerraformIdentity.body(identity))
    }
    var result = declared
    result.type = String(type)
    result.apiVersion = pieces.count > 1 ? String(pieces[1]) : ""
    result.properties = Datum(.object(builder.object), declared.origin)
    let parent = source["parent_id"]
    if type.split(separator: "/").count > 2 { result.parent = parent.references.first?.address }
    if type.lowercased().hasPrefix("microsoft.authorization/") { builder.set("scope", parent) }
    return result
  }
}
