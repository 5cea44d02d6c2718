import Foundation

/// Writes the texts of all rule files into one Swift source: `RuleEmbedder ROOT OUTPUT FILE…`.
///
/// A rule's examples are tests, not needed to assess, and most of its bytes. They are kept in a
/// string of their own, so that nothing parses them at start-up. The line number on which they
/// begin is kept, so that errors name the right line.
@main
struct RuleEmbedder {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else { throw Problem(text: "usage: RuleEmbedder ROOT OUTPUT FILE…") }
    let root = arguments[1].hasSuffix("/") ? arguments[1] : arguments[1] + "/"
    var source = """
      // Generated from Rules/ by RuleEmbedder.

      extension RuleLibrary {
        /// Every embedded file, sorted by path.
        public static let files: [File] = [

      """
    for path in arguments.dropFirst(3).sorted() {
      let name = path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path
      let text = try String(contentsOfFile: path, encoding: .utf8)
      if text.contains(closingMark) {
        throw Problem(text: "\(name) contains \(closingMark), which ends a Swift string")
      }
      let (head, examples) = split(text)
      let line = head.reduce(into: 1) { count, character in if character == "\n" { count += 1 } }
      source += "    File(path: \"\(name)\", text: \(literal(head)), "
      source += "examples: \(literal(examples)), examplesLine: \(line)),\n"
    }
    source += "  ]\n}\n"
    try source.write(toFile: arguments[2], atomically: true, encoding: .utf8)
  }

  static let closingMark = "\"\"\"###"

  /// Splits a rule before its top-level `examples:` key, which must come last.
  static func split(_ text: String) -> (head: String, examples: String) {
    guard let range = text.range(of: "\nexamples:") else { return (text, "") }
    let start = text.index(after: range.lowerBound)
    return (String(text[..<start]), String(text[start...]))
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
