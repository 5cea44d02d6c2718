internal import DocumentTrees

/// Tells a file that can run by itself from one that only changes another.
///
/// It runs by itself if each of its services has an image and none needs a service, volume or
/// network that the folder's default file has and this one has not.
struct ComposeCompleteness {
  let root: Node
  let services: Node
  /// The documents of the folder's default file.
  let main: [Node]

  func isComplete(_ service: Node) -> Bool {
    guard service.isMapping else { return false }
    guard ["image", "build", "extends", "provider"].contains(where: { service[$0] != nil }) else {
      return false
    }
    if main.isEmpty { return true }
    return names(service["depends_on"]).allSatisfy { has($0, in: "services") }
      && names(service["links"]).allSatisfy { has(Self.head($0), in: "services") }
      && names(service["networks"]).allSatisfy { has($0, in: "networks") }
      && volumes(service["volumes"]).allSatisfy { has($0, in: "volumes") }
      && mounted(service["secrets"]).allSatisfy { has($0, in: "secrets") }
      && mounted(service["configs"]).allSatisfy { has($0, in: "configs") }
  }

  private func has(_ name: String, in section: String) -> Bool {
    root[section]?[name] != nil || !main.contains { $0[section]?[name] != nil }
  }

  private func names(_ node: Node?) -> [String] {
    guard let node else { return [] }
    if node.isMapping { return node.entries.map(\.key.text) }
    return node.elements.filter(\.isScalar).map(\.text)
  }

  private static func head(_ text: String) -> String {
    String(text.prefix { $0 != ":" })
  }

  private func volumes(_ node: Node?) -> [String] {
    guard let node else { return [] }
    return node.elements.compactMap { element in
      if element.isMapping {
        return element["type"]?.text == "volume" ? element["source"]?.text : nil
      }
      let syntax = VolumeSyntax(ComposeText(element.text))
      guard let source = syntax.source, syntax.kind == .volume else { return nil }
      return source.string
    }
  }

  private func mounted(_ node: Node?) -> [String] {
    guard let node else { return [] }
    return node.elements.compactMap { $0.isMapping ? $0["source"]?.text : $0.text }
  }
}
