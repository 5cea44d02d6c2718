package import DocumentTrees

/// The files of reference data, by path below `Rules/`.
package struct CatalogueFiles {
  private let texts: (_ path: String) -> String?
  private let trees: (_ path: String) throws(CatalogueError) -> Node?

  /// Files some of which are parsed already; both give nil for a file that is not there.
  package init(
    texts: @escaping (_ path: String) -> String?,
    trees: @escaping (_ path: String) throws(CatalogueError) -> Node?
  ) {
    self.texts = texts
    self.trees = trees
  }

  /// Files that are parsed when they are read.
  package init(texts: @escaping (_ path: String) -> String?) {
    self.init(texts: texts) { (path) throws(CatalogueError) in
      try texts(path).map { (text) throws(CatalogueError) in try Self.parse(text, path) }
    }
  }

  func text(_ path: String) throws(CatalogueError) -> String {
    guard let text = texts(path) else { throw CatalogueError("is missing", file: path) }
    return text
  }

  func root(_ path: String) throws(CatalogueError) -> DataNode {
    guard let root = try trees(path) else { throw CatalogueError("is missing", file: path) }
    return DataNode(node: root, file: path)
  }

  /// The root of a YAML file's only document.
  private static func parse(_ text: String, _ file: String) throws(CatalogueError) -> Node {
    let tree: DocumentTree?
    do {
      tree = try YAMLReader.document(in: Array(text.utf8))
    } catch {
      throw CatalogueError(error.problem, file: file, line: Int(error.place.line))
    }
    guard let tree, let root = tree.root else { throw CatalogueError("is empty", file: file) }
    if let issue = tree.issues.first {
      throw CatalogueError(issue.problem, file: file, line: Int(issue.place.line))
    }
    return root
  }
}
