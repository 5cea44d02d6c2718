import DocumentTrees
import Templates
import Workloads

/// The objects of one file: those of all documents, lists unpacked.
struct ManifestFile {
  private(set) var objects: [ManifestObject] = []
  private let path: String
  private let notes: ManifestNotes
  private let sources: [(line: Int32, path: String?)]

  init(_ file: DiscoveredFile, _ notes: ManifestNotes) {
    path = file.path
    self.notes = notes
    sources = Self.sources(in: file)
    for document in file.documents {
      guard let root = document.root, !root.isNull else { continue }
      read(Datum(root, in: path, via: []), source: source(before: root), depth: 0, inherited: nil)
    }
  }

  private mutating func read(
    _ body: Datum,
    source: String?,
    depth: Int,
    inherited: String?
  ) {
    var body = body
    if depth == 0, let source {
      // So that every value tells which template it came from.
      body.origin.via = [SourceLocation(file: source, line: 1)]
    }
    guard objects.count < Self.maximumObjects else {
      if let location = body.location {
        notes.add(.limit, location, "Only \(Self.maximumObjects) objects of a file were assessed.")
      }
      return
    }
    let kind = body["kind"].string.known
    let version = body["apiVersion"].string.known ?? inherited
    guard let kind, let version, !kind.isEmpty else {
      if depth > 0 || body.isObject, let location = body.location {
        notes.add(
          .information,
          location,
          "A document without apiVersion and kind is no Kubernetes object; it is not assessed."
        )
      }
      return
    }
    let items = body["items"]
    if kind == "List" || kind.hasSuffix("List") && items.isList {
      guard depth < 8 else { return }
      // A list of pods need not repeat the kind of each.
      for item in items.elements {
        read(item, source: source, depth: depth + 1, inherited: version)
      }
      return
    }
    let object = ManifestObject(body, file: path, source: source, inherited: inherited)
    if object.name.isEmpty, body["metadata"]["name"].gap == nil, let location = body.location {
      notes.add(.invalidValue, location, "A \(kind) without metadata.name.")
    }
    if object.isMisplaced, let location = body["apiVersion"].location ?? body.location {
      notes.add(
        .invalidValue,
        location,
        "\(version.prefix(80)) has no kind \(kind); it is read as one of \(object.groupName)."
      )
    }
    objects.append(object)
  }

  private static let maximumObjects = 100_000

  // MARK: Where Helm says that a document comes from

  private static func sources(in file: DiscoveredFile) -> [(line: Int32, path: String?)] {
    guard let stream = file.stream else { return [] }
    return stream.comments(containing: "Source:").compactMap { comment in
      let prefix = "Source:"
      guard comment.text.hasPrefix(prefix) else { return nil }
      let text = comment.text.dropFirst(prefix.count).drop { $0 == " " }
      // Nothing is ever opened by it; still it only counts if it looks like a template.
      let path = RelativePath.resolve(String(text), in: "").flatMap { path in
        let isTemplate = [".yaml", ".yml", ".tpl"].contains(where: path.hasSuffix)
        return isTemplate && path.utf8.count < 1024 ? path : nil
      }
      return (comment.range.start.line, path)
    }
  }

  private func source(before root: Node) -> String? {
    guard !sources.isEmpty else { return nil }
    // They come in the order of the text.
    var low = 0
    var high = sources.count
    while low < high {
      let middle = (low + high) / 2
      if sources[middle].line <= root.range.start.line { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : sources[low - 1].path
  }
}
