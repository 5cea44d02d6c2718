import DocumentTrees
import Foundation

/// Writes all rule files into one Swift source: `RuleEmbedder ROOT OUTPUT FILE…`.
///
/// YAML is parsed here and not at every start of the program. A rule's examples are tests, not
/// needed to assess, and most of its bytes: they stay text, kept in a string of their own with the
/// number of the line on which they begin, so that errors name the right line.
@main
struct RuleEmbedder {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else { throw Problem(text: "usage: RuleEmbedder ROOT OUTPUT FILE…") }
    let root = arguments[1].hasSuffix("/") ? arguments[1] : arguments[1] + "/"
    var digest = SHA256()
    var files = ""
    for path in arguments.dropFirst(3).sorted() {
      let name = path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path
      let text = try String(contentsOfFile: path, encoding: .utf8)
      if text.contains(closingMark) {
        throw Problem(text: "\(name) contains \(closingMark), which ends a Swift string")
      }
      let (head, examples) = split(text)
      // Examples are tests: they change nothing about an assessment.
      digest.update(Array("\(name)\u{0}\(head)\u{0}".utf8))
      let line = head.reduce(into: 1) { count, character in if character == "\n" { count += 1 } }
      let isYAML = name.hasSuffix(".yaml")
      let content = literal(isYAML ? try tree(head, name) : head)
      files += "    File(path: \"\(name)\", \(isYAML ? "tree" : "text"): \(content), "
      files += "examples: \(literal(examples)), examplesLine: \(line)),\n"
    }
    let source = """
      // Generated from Rules/ by RuleEmbedder.

      extension RuleLibrary {
        /// The SHA-256, in hexadecimal, over the paths and contents of all files but for examples.
        public static let digest = "\(digest.finish())"

        /// Every embedded file, sorted by path.
        public static let files: [File] = [
      \(files)  ]
      }

      """
    try source.write(toFile: arguments[2], atomically: true, encoding: .utf8)
  }

  static let closingMark = "\"\"\"###"

  /// Splits a rule before its top-level `examples:` key, which must come last.
  static func split(_ text: String) -> (head: String, examples: String) {
    guard let range = text.range(of: "\nexamples:") else { return (text, "") }
    let start = text.index(after: range.lowerBound)
    return (String(text[..<start]), String(text[start...]))
  }

  static func tree(_ text: String, _ name: String) throws -> String {
    func problem(_ text: String, _ place: Place) -> Problem {
      Problem(text: "\(name):\(place.line):\(place.column): \(text)")
    }
    do {
      let document = try YAMLReader.document(in: Array(text.utf8))
      if let issue = document?.issues.first { throw problem(issue.problem, issue.place) }
      guard let root = document?.root else { throw Problem(text: "\(name) is empty") }
      return try PackedTree.pack(root)
    } catch let error as DocumentError {
      throw problem(error.problem, error.place)
    } catch let error as PackedTree.Unsupported {
      throw problem(error.problem, error.place)
    }
  }

  static func literal(_ text: String) -> String {
    if text.isEmpty { return "\"\"" }
    return "###\"\"\"\n\(text)\n\(closingMark)"
  }

  struct Problem: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
  }
}
