internal import DocumentTrees
internal import Workloads

/// Writes values as compact JSON texts, with gaps for what is not known.
package struct JSONText {
  /// Whether mappings are written in the order of their keys.
  package var sortsKeys = false
  /// Whether what HTML takes for markup is escaped, as Go's encoder does.
  package var escapesMarkup = false

  package init(sortsKeys: Bool = false, escapesMarkup: Bool = false) {
    (self.sortsKeys, self.escapesMarkup) = (sortsKeys, escapesMarkup)
  }

  package func parts(of value: Datum) -> [TextPart] {
    parts(of: value) { (_, _) throws(Never) in }
  }

  /// The same for a caller who pays for each value by its bytes, and may refuse what is too deep.
  func parts<Failure>(
    of value: Datum,
    paying pay: (_ bytes: Int, _ depth: Int) throws(Failure) -> Void
  ) throws(Failure) -> [TextPart] {
    var writer = Writer(style: self)
    try writer.write(value, 0, pay)
    return writer.finish()
  }

  func quoted(_ text: String) -> String { "\"" + escaped(text) + "\"" }

  private func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result.append(contentsOf: "\\\"".unicodeScalars)
      case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      case "\r": result.append(contentsOf: "\\r".unicodeScalars)
      case "\t": result.append(contentsOf: "\\t".unicodeScalars)
      case "\u{8}": result.append(contentsOf: "\\b".unicodeScalars)
      case "\u{C}": result.append(contentsOf: "\\f".unicodeScalars)
      case _ where scalar.value < 0x20 || (escapesMarkup && Self.isMarkup(scalar)):
        let digits = String(scalar.value, radix: 16)
        let zeros = String(repeating: "0", count: 4 - digits.count)
        result.append(contentsOf: ("\\u" + zeros + digits).unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func isMarkup(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "<", ">", "&", "\u{2028}", "\u{2029}": true
    default: false
    }
  }

  private struct Writer {
    let style: JSONText
    private var parts: [TextPart] = []
    private var text = ""

    init(style: JSONText) { self.style = style }

    mutating func finish() -> [TextPart] {
      flush()
      return parts
    }

    private mutating func flush() {
      if !text.isEmpty { parts.append(.text(text)) }
      text = ""
    }

    private mutating func add(_ gap: Gap) {
      flush()
      parts.append(.gap(gap))
    }

    mutating func write<Failure>(
      _ value: Datum,
      _ depth: Int,
      _ pay: (Int, Int) throws(Failure) -> Void
    ) throws(Failure) {
      try pay(8 + value.writtenSize, depth)
      guard depth < 128 else { return add(Gap("it is nested too deeply")) }
      // A text that was made from a value is a text here.
      if case .encoded(let made) = value.content {
        return write(Datum(parts: made.parts, value.origin))
      }
      if value.isObject {
        let entries =
          style.sortsKeys
          ? value.entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
          : value.entries
        text += "{"
        for (index, entry) in entries.enumerated() {
          text += (index > 0 ? "," : "") + style.quoted(entry.key) + ":"
          try write(entry.value, depth + 1, pay)
        }
        if let more = value.more { add(more) }
        text += "}"
      } else if value.isList {
        text += "["
        for (index, element) in value.elements.enumerated() {
          if index > 0 { text += "," }
          try write(element, depth + 1, pay)
        }
        if let more = value.more { add(more) }
        text += "]"
      } else {
        write(value)
      }
    }

    private mutating func write(_ scalar: Datum) {
      switch scalar.content {
      case .unknown(let gap): add(gap)
      case .partial(let inner):
        text += "\""
        for part in inner {
          switch part {
          case .text(let known): text += style.escaped(known)
          case .gap(let gap): add(gap)
          }
        }
        text += "\""
      case .flag, .integer, .number, .precise: text += scalar.string.known ?? "null"
      case .node(let node):
        switch node.resolvedType {
        case .null: text += "null"
        case .bool: text += node.bool == true ? "true" : "false"
        case .integer, .float: text += number(node) ?? style.quoted(node.text)
        case .string: text += style.quoted(node.text)
        }
      default: text += scalar.string.known.map(style.quoted) ?? "null"
      }
    }

    private func number(_ node: Node) -> String? {
      BigNumber(node.text)?.description ?? node.integer.map { String($0) }
    }
  }
}
