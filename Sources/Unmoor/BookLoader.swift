import DocumentTrees
package import RuleEngine
import RuleLibrary
import Scanners

/// Reads the rule book: the built-in files, and folders given by the user on top.
package struct BookLoader: Sendable {
  private let folders: [String]
  private let trustsBuiltIn: Bool

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
    let embedded = RuleLibrary.files
    var digest = SHA256()
    for file in embedded {
      // Examples are tests: they change nothing about an assessment.
      digest.update(Array("\(file.path)\u{0}\(file.text)\u{0}".utf8))
    }
    let texts = Dictionary(uniqueKeysWithValues: embedded.map { ($0.path, $0.text) })
    let checklist = try Checklist(
      file: "checklist.yaml",
      root: try root(of: "checklist.yaml", texts["checklist.yaml"])
    )
    let catalogue: Catalogue
    do {
      catalogue = try Catalogue(files: { texts[$0] })
    } catch {
      throw RuleError(
        file: error.file,
        place: Place(line: error.line, column: 1),
        problem: error.problem
      )
    }
    let detector: SecretDetector
    do {
      detector = SecretDetector(
        try SecretCatalogue(parsing: try root(of: Self.secrets, texts[Self.secrets]))
      )
    } catch let error as DocumentError {
      throw RuleError(file: Self.secrets, place: error.place, problem: error.problem)
    } catch let error as RuleError {
      throw error
    } catch {
      throw RuleError(file: Self.secrets, place: Place(line: 1, column: 1), problem: "\(error)")
    }
    let loader = RuleLoader(checklist: checklist, functions: HostFunctions(detector: detector))
    var rules: [Rule] = []
    for file in embedded where Self.isRule(file.path) {
      rules.append(
        try loader.rule(
          path: file.path,
          root: try root(of: file.path, file.text),
          examples: RuleExamples(text: file.examples, line: file.examplesLine),
          defersCompiling: trustsBuiltIn
        )
      )
    }
    for folder in folders {
      for (path, text) in try files(in: folder) {
        digest.update(Array("\(path)\u{0}\(text)\u{0}".utf8))
        let (head, examples) = Self.split(text)
        let line = head.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        rules.append(
          try loader.rule(
            path: path,
            root: try root(of: path, head),
            examples: RuleExamples(text: examples, line: line)
          )
        )
      }
    }
    return try RuleBook(
      rules: rules,
      checklist: checklist,
      catalogue: catalogue,
      detector: detector,
      digest: "sha256:" + digest.finish()
    )
  }

  /// Rules lie in folders named for their topic; the rest is data.
  static func isRule(_ path: String) -> Bool {
    path.hasSuffix(".yaml") && path.contains("/") && !path.hasPrefix("targets/")
      && !path.hasPrefix("catalogue/")
  }

  private func root(of path: String, _ text: String?) throws(RuleError) -> Node {
    guard let text else {
      throw RuleError(file: path, place: Place(line: 1, column: 1), problem: "the file is missing")
    }
    do {
      let document = try YAMLReader.document(in: Array(text.utf8), limits: DocumentLimits())
      if let issue = document?.issues.first {
        throw RuleError(file: path, place: issue.place, problem: issue.problem)
      }
      if let root = document?.root { return root }
      throw RuleError(file: path, place: Place(line: 1, column: 1), problem: "the file is empty")
    } catch let error as DocumentError {
      throw RuleError(file: path, place: error.place, problem: error.problem)
    } catch let error as RuleError {
      throw error
    } catch {
      throw RuleError(file: path, place: Place(line: 1, column: 1), problem: "cannot be read")
    }
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
