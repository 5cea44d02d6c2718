import DocumentTrees
import Workloads

extension SourceText {
  /// The path of the innermost value or key at a place: `services.web.volumes[0].source`.
  ///
  /// `nil` if the file is no YAML or JSON, or nothing stands there. Streams of several documents
  /// begin with the document's number: `#1.spec.replicas`.
  func path(of place: Place) -> String? {
    for (number, document) in documents.enumerated() {
      guard let root = document.root, root.encloses(place) else { continue }
      var parts = documents.count > 1 ? "#\(number)" : ""
      var node = root
      while let (part, child) = node.step(to: place) {
        if part.isIndex {
          parts += part.text
        } else {
          parts += parts.isEmpty ? part.text : "." + part.text
        }
        guard let child else { break }
        node = child
      }
      return parts.isEmpty ? nil : parts
    }
    return nil
  }
}

extension Node {
  fileprivate func encloses(_ place: Place) -> Bool {
    range.start <= place && (place < range.end || range.start == place)
  }

  /// The entry or element that a place lies in; no node if it lies on a key.
  fileprivate func step(to place: Place) -> (part: (text: String, isIndex: Bool), child: Node?)? {
    if isMapping {
      // Entries stand in the order of the text: the last one that begins before the place.
      var found: (key: Node, value: Node)?
      for entry in rawEntries {
        if entry.key.range.start > place { break }
        found = entry
      }
      guard let found else { return nil }
      if found.key.encloses(place) { return ((found.key.text, false), nil) }
      return found.value.encloses(place) ? ((found.key.text, false), found.value) : nil
    }
    if isSequence {
      for (index, element) in elements.enumerated() where element.encloses(place) {
        return (("[\(index)]", true), element)
      }
    }
    return nil
  }
}
