import Foundation
import TestSupport

/// The Swift files of the product, for tests that read them as text.
enum ProductSources {
  struct File {
    /// Relative to the package's root.
    var path: String
    var text: String
    /// The lines without comments, numbered from 1.
    var codeLines: [(number: Int, text: Substring)] {
      text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        .filter { !$0.element.drop { $0 == " " }.hasPrefix("//") }
        .map { ($0.offset + 1, $0.element) }
    }
  }

  /// All Swift files below folders of the package, sorted by path.
  static func files(below folders: [String]) throws -> [File] {
    let root = Corpus.packageRoot
    return try folders.flatMap { folder in
      try Corpus.files(below: root.appendingPathComponent(folder)) { $0.pathExtension == "swift" }
        .map { url in
          File(
            path: String(url.path.dropFirst(root.path.count + 1)),
            text: try String(contentsOf: url, encoding: .utf8)
          )
        }
    }
  }

  /// The modules that a file imports.
  static func imports(of file: File) -> Set<String> {
    var modules: Set<String> = []
    for (_, line) in file.codeLines {
      // `package import A`, `@testable import A`, `import struct A.B`
      let words = line.split(separator: " ")
      guard let keyword = words.firstIndex(of: "import"), keyword <= 2, keyword + 1 < words.count,
        words[..<keyword].allSatisfy({ modifiers.contains(String($0)) })
      else { continue }
      var name = words[keyword + 1]
      if kinds.contains(String(name)), keyword + 2 < words.count { name = words[keyword + 2] }
      modules.insert(String(name.split(separator: ".")[0]))
    }
    return modules
  }

  private static let modifiers: Set = [
    "public", "package", "internal", "fileprivate", "private", "@testable", "@_exported",
    "@preconcurrency",
  ]
  private static let kinds: Set = [
    "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
  ]
}
