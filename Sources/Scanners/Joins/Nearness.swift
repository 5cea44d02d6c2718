import DocumentTrees

/// Whether two files belong to the same project, judged by where they lie.
enum Nearness {
  /// The deepest folder that holds both; empty for the root.
  static func commonFolder(_ first: String, _ second: String) -> String {
    let first = RelativePath.directory(of: first).split(separator: "/")
    let second = RelativePath.directory(of: second).split(separator: "/")
    return zip(first, second).prefix { $0 == $1 }.map(\.0).joined(separator: "/")
  }

  /// Whether one file's folder holds the other's, or both lie in one folder below the root.
  ///
  /// Unrelated projects that happen to lie side by side in the root are not taken for one.
  static func areRelated(_ first: String, _ second: String) -> Bool {
    let common = commonFolder(first, second)
    return !common.isEmpty || RelativePath.directory(of: first).isEmpty
      || RelativePath.directory(of: second).isEmpty
  }

  /// How many folders deep a path lies.
  static func depth(_ folder: String) -> Int { folder.split(separator: "/").count }
}
