import DocumentTrees
package import RuleEngine
import RuleLibrary
import Scanners

/// Reads the rule book: the built-in files, and folders given by the user on top.
package struct BookLoader: Sendable {
  private let folders: [String]
  private let trustsBuiltIn: Bool

  private static let checklist = "checklist.yaml"
  private static let secrets = "secrets.yaml"

  /// Reads built-in rules and those of `folders`.
  ///
  /// With `trustsBuiltIn`, the expressions of built-in rules are compiled when they are needed: their
  /// examples have been run before.
  package init(folders: [String] = [], trustsBuiltIn: Bool = true) {
    self.folders = folders
    self.trustsBuiltIn = trustsBuiltIn
  }

  /// Loads and checks everything; the first problem ends it.
  package func load() throws(RuleError) -> RuleBook {
    let embedded = Dictionary(uniqueKeysWithValues: RuleLibrary.files.map { ($0.path, $0) })
    let checklist = try Checklist(
      file: Self.checklist,
      root: try root(of: embedded[Self.checklist], Self.checklist)
    )
    let detector = try detector(root(of: embedded[Self.secrets], Self.secrets))
    let loader = RuleLoader(checklist: checklist, functions: HostFunctions(detector: detector))
    var rules: [Rule] = []
    for file in RuleLibrary.files where Self.isRule(file.path) {
      rules.append(
        try loader.rule(
          path: file.path,
          root: try root(of: file, file.path),
          examples: RuleExamples(text: file.examples, line: file.examplesLine),
          defersCompiling: trustsBuiltIn
        )
      )
    }
    let added = try addedRules(loader)
    return try RuleBook(
      rules: rules + added.rules,
      checklist: checklist,
      catalogue: try catalogue(embedded),
      detector: detector,
      digest: "sha256:" + added.digest
    )
  }

  private func catalogue(_ files: [String: RuleLibrary.File]) throws(RuleError) -> Catalogue {
    do {
      return try Catalogue(
        files: CatalogueFiles(
          texts: { files[$0]?.text },
          trees: { files[$0].flatMap { PackedTree.unpack($0.tree) } }
        )
      )
    } catch {
      throw RuleError(
        file: error.file,
        place: Place(line: error.line, column: 1),
        problem: error.problem
      )
    }
  }

  private func detector(_ root: Node) throws(RuleError) -> SecretDetector {
    do {
      return SecretDetector(try SecretCatalogue(parsing: root))
    } catch {
      throw RuleError(file: Self.secrets, place: error.place, problem: error.problem)
    }
  }

  /// The rules of the user's folders, and the digest over them and the built-in files.
  private func addedRules(
    _ loader: RuleLoader
  ) throws(RuleError) -> (rules: [Rule], digest: String) {
    if folders.isEmpty { return ([], RuleLibrary.digest) }
    var rules: [Rule] = []
    var digest = SHA256()
    digest.update(Array(RuleLibrary.digest.utf8))
    for folder in folders {
      for (path, text) in try files(in: folder) {
        digest.update(Array("\(path)\u{0}\(text)\u{0}".utf8))
        let (head, examples) = Self.split(text)
        let line = head.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        rules.append(
          try loader.rule(
            path: path,
            root: try Self.parse(head, path),
            examples: RuleExamples(text: examples, line: line)
          )
        )
      }
    }
    return (rules, digest.finish())
  }

  /// Rules lie in folders named for their topic; the rest is data.
  static func isRule(_ path: String) -> Bool {
    path.hasSuffix(".yaml") && path.contains("/") && !path.hasPrefix("targets/")
      && !path.hasPrefix("catalogue/")
  }

  private func root(
    of file: RuleLibrary.File?,
    _ path: String
  ) throws(RuleError) -> Node {
    if let root = file.flatMap({ PackedTree.unpack($0.tree) }) { return root }
    throw RuleError(file: path, place: Place(line: 1, column: 1), problem: "the file is missing")
  }

  private static func parse(_ text: String, _ path: String) throws(RuleError) -> Node {
    let document: DocumentTree?
    do {
      document = try YAMLReader.document(in: Array(text.utf8), limits: DocumentLimits())
    } catch {
      throw RuleError(file: path, place: error.place, problem: error.problem)
    }
    if let issue = document?.issues.first {
      throw RuleError(file: path, place: issue.place, problem: issue.problem)
    }
    if let root = document?.root { return root }
    throw RuleError(file: path, place: Place(line: 1, column: 1), problem: "the file is empty")
  }

  /// Splits a rule before its top-level `examples:`, as the embedder does.
  static func split(_ text: String) -> (head: String, examples: String) {
    var head = ""
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let line = lines.first, !line.hasPrefix("examples:") {
      head += line + "\n"
      lines = lines.dropFirst()
    }
    return (head, lines.joined(separator: "\n"))
  }

  private func files(in folder: String) throws(RuleError) -> [(path: String, text: String)] {
    guard let files = DiskFiles(root: folder, limits: DocumentLimits()) else {
      throw RuleError(
        file: folder,
        place: Place(line: 1, column: 1),
        problem: "there is no such folder"
      )
    }
    var result: [(String, String)] = []
    for path in FileWalk(files: files).paths().paths where Self.isRule(path) {
      guard case .bytes(let bytes) = files.read(path) else {
        throw RuleError(file: path, place: Place(line: 1, column: 1), problem: "cannot be read")
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw RuleError(file: path, place: Place(line: 1, column: 1), problem: "is not UTF-8")
      }
      result.append((path, text))
    }
    return result
  }
}
