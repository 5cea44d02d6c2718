import DocumentTrees
import Foundation
import TestSupport

/// One case of yaml-test-suite.
struct YAMLSuiteCase {
  /// The file's name and, in a file of several cases, the case's number: `Y79Y-01`.
  var id: String
  var yaml: String
  var tree: [String]?
  var json: [JSONValue]?
  var mustFail: Bool

  static func all(in folder: URL) throws -> [YAMLSuiteCase] {
    var cases: [YAMLSuiteCase] = []
    for file in Corpus.files(below: folder, where: { $0.pathExtension == "yaml" }) {
      let stream = try YAMLReader.documents(in: [UInt8](Data(contentsOf: file)))
      let entries = stream.documents.first?.root?.elements.map { $0 } ?? []
      let name = file.deletingPathExtension().lastPathComponent
      var previous: YAMLSuiteCase?
      for (number, entry) in entries.enumerated() {
        let id = entries.count == 1 ? name : "\(name)-\(number < 10 ? "0" : "")\(number)"
        let made = try YAMLSuiteCase(entry, id: id, previous: previous)
        cases.append(made)
        previous = made
      }
    }
    return cases
  }

  /// What an entry leaves out it has from the entry before.
  private init(_ entry: Node, id: String, previous: YAMLSuiteCase?) throws {
    self.id = id
    mustFail = entry["fail"]?.bool ?? false
    yaml = Self.decoded(entry["yaml"]?.text ?? "")
    tree = previous?.tree
    json = previous?.json
    if let tree = entry["tree"] { self.tree = Self.lines(Self.decoded(tree.text)) }
    if let json = entry["json"] { self.json = try JSONValue.stream(json.text) }
    if mustFail {
      tree = nil
      json = nil
    }
  }

  /// The suite writes white space that would be invisible with visible characters.
  private static func decoded(_ text: String) -> String {
    var text = text.replacingOccurrences(of: "␣", with: " ")
    while let tab = text.range(of: "—*»", options: .regularExpression) {
      text.replaceSubrange(tab, with: "\t")
    }
    text = text.replacingOccurrences(of: "⇔", with: "\u{FEFF}")
      .replacingOccurrences(of: "↵", with: "")
      .replacingOccurrences(of: "←", with: "\r")
    if text.hasSuffix("∎\n") { text.removeLast(2) }
    return text
  }

  private static func lines(_ tree: String) -> [String] {
    tree.split(separator: "\n").map { line in
      let line = String(line.drop { $0 == " " })
      // Whether `---` and `...` were written is not part of our trees.
      return line.hasPrefix("+DOC") || line.hasPrefix("-DOC") ? String(line.prefix(4)) : line
    }
  }
}

/// Writes trees in the suite's notation for events.
struct YAMLEvents {
  private(set) var lines: [String] = ["+STR"]

  init(_ stream: YAMLStream) {
    for document in stream.documents {
      lines.append("+DOC")
      if let root = document.root { add(root) } else { lines.append("=VAL :") }
      lines.append("-DOC")
    }
    lines.append("-STR")
  }

  private mutating func add(_ node: Node) {
    if node.aliasRange != nil {
      lines.append("=ALI *\(node.anchor ?? "")")
      return
    }
    var properties = node.style == .flow ? (node.isMapping ? " {}" : " []") : ""
    if let anchor = node.anchor { properties += " &\(anchor)" }
    if let tag = node.tag { properties += " <\(tag)>" }
    switch node.kind {
    case .mapping:
      lines.append("+MAP\(properties)")
      for (key, value) in node.rawEntries {
        add(key)
        add(value)
      }
      lines.append("-MAP")
    case .sequence:
      lines.append("+SEQ\(properties)")
      for element in node.elements { add(element) }
      lines.append("-SEQ")
    case .scalar:
      lines.append("=VAL\(properties) \(mark(node.style))\(escaped(node.text))")
    }
  }

  private func mark(_ style: NodeStyle) -> String {
    switch style {
    case .singleQuoted: "'"
    case .doubleQuoted: "\""
    case .literal: "|"
    case .folded: ">"
    default: ":"
    }
  }

  private func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\t": "\\t"
      case "\r": "\\r"
      case "\u{8}": "\\b"
      case "\0": "\\0"
      default: String(scalar)
      }
    }.joined()
  }
}
