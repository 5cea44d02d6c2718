/// A component that holds state or coordinates others, and what takes its place.
package struct StatefulService: Hashable, Sendable {
  package let id: String
  /// Its name for people: `PostgreSQL`.
  package let title: String
  /// The kind of component: `relational-database`, `cache`, `message-broker`.
  package let kind: String
  /// `externalise` for nearly all; `move` for applications that keep state beside them.
  package let disposition: Disposition
  package let patterns: [String]
  /// Names of Helm charts.
  package let charts: [String]
  /// Names of services that suggest it.
  package let names: [String]
  /// Ports that it listens on.
  package let ports: [Int]
  /// Folders in which it keeps its data.
  package let paths: [String]
  /// Programs of its image that talk to it.
  package let clients: [String]
  /// Programs of its image that are it.
  package let servers: [String]
  package let replacement: Replacement
  /// The products of `replacement` whose names were seen in a source.
  package let checked: [String]

  /// How sure it is that a product of `replacement` exists under that name.
  package func confidence(ofProduct product: String) -> FactConfidence {
    checked.contains(product) ? .secondary : .knowledge
  }

  private static let keys: Set<String> = [
    "id", "title", "kind", "disposition", "patterns", "charts", "names", "ports", "paths",
    "clients", "servers", "aws", "azure", "note", "checked",
  ]

  init(_ data: DataNode) throws(CatalogueError) {
    try data.allow(Self.keys)
    id = try data.string("id")
    title = try data.string("title")
    kind = try data.string("kind")
    disposition = try data.optional("disposition")?.word() ?? .externalise
    patterns = try data.required("patterns").strings()
    charts = try data.strings("charts")
    names = try data.strings("names")
    var ports: [Int] = []
    for port in try data.optional("ports")?.elements() ?? [] { ports.append(try port.integer()) }
    self.ports = ports
    paths = try data.strings("paths")
    clients = try data.strings("clients")
    servers = try data.strings("servers")
    replacement = Replacement(
      aws: try data.strings("aws"),
      azure: try data.strings("azure"),
      note: try data.optionalString("note")
    )
    checked = try data.strings("checked")
    for product in checked
    where !replacement.aws.contains(product) && !replacement.azure.contains(product) {
      throw data.error("the checked product \(product) is not among the replacements")
    }
  }
}
