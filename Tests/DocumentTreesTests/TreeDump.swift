import DocumentTrees

/// A tree as text, one node a line with its place, for comparing with what was worked out by hand.
struct TreeDump {
  private var lines: [String] = []

  static func dump(_ root: Node?) -> String {
    var dump = TreeDump()
    if let root { dump.add(root, label: "", depth: 0) }
    return dump.lines.joined(separator: "\n")
  }

  private mutating func add(_ node: Node, label: String, depth: Int) {
    let indent = String(repeating: "  ", count: depth)
    var line = "\(indent)\(label)\(place(node.range)) \(node.style)"
    if let tag = node.tag { line += " <\(tag)>" }
    if let anchor = node.anchor { line += " &\(anchor)" }
    if let alias = node.aliasRange { line += " *\(place(alias))" }
    switch node.kind {
    case .scalar:
      lines.append("\(line) \(node.text.debugDescription)")
    case .sequence:
      lines.append("\(line) [\(node.count)]")
      for element in node.elements { add(element, label: "- ", depth: depth + 1) }
    case .mapping:
      lines.append("\(line) {\(node.count)}")
      for (key, value) in node.rawEntries {
        add(key, label: "? ", depth: depth + 1)
        add(value, label: ": ", depth: depth + 1)
      }
    }
  }

  private func place(_ range: PlaceRange) -> String {
    let (start, end) = (range.start, range.end)
    return "\(start.line):\(start.column)-\(end.line):\(end.column)"
  }
}
