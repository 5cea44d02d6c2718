internal import DocumentTrees
package import Workloads

/// JSON texts inside templates, read and written.
package enum AzureJSON {
  /// The value of a JSON text; its parts have the place of the text.
  package static func value(of text: String, _ origin: Origin) -> Datum? {
    // A text of one scalar, also in the single quotes that Azure's own reader takes.
    let trimmed = AzureFunctions.trimmed(text)
    if trimmed.utf8.first == UInt8(ascii: "'"), trimmed.utf8.last == UInt8(ascii: "'"),
      trimmed.utf8.count > 1, !trimmed.dropFirst().dropLast().contains("'")
    {
      return Datum(.text(String(trimmed.dropFirst().dropLast())), origin)
    }
    guard let document = try? JSONReader.document(in: text), let root = document.root else {
      return nil
    }
    return value(of: root, origin)
  }

  /// The value of a node, without a place of its own.
  static func value(of node: Node, _ origin: Origin) -> Datum {
    switch node.kind {
    case .mapping:
      let entries = node.entries.map {
        DatumObject.Entry($0.key.text, value(of: $0.value, origin), keyOrigin: origin)
      }
      return Datum(.object(DatumObject(entries)), origin)
    case .sequence:
      return Datum(.list(DatumList(node.elements.map { value(of: $0, origin) })), origin)
    case .scalar:
      switch node.resolvedType {
      case .null: return Datum(.null, origin)
      case .bool: return Datum(.flag(node.bool ?? false), origin)
      case .integer:
        if let integer = node.integer { return Datum(.integer(integer), origin) }
        return node.number.map { Datum(.number($0), origin) } ?? Datum(.text(node.text), origin)
      case .float:
        return node.number.map { Datum(.number($0), origin) } ?? Datum(.text(node.text), origin)
      case .string: return Datum(.text(node.text), origin)
      }
    }
  }

  /// The JSON text of a value, compact, as parts; gaps stay gaps.
  static func parts(of value: Datum, depth: Int = 0) -> [TextPart] {
    guard depth < 128 else { return [.gap(Gap("it is nested too deeply"))] }
    switch value.shape {
    case .null, .absent: return [.text("null")]
    case .flag(let flag): return [.text(flag ? "true" : "false")]
    case .integer(let number): return [.text(String(number))]
    case .number(let number): return [.text(NumberText.of(number))]
    case .text(let text): return [.text(quoted(text))]
    case .partial(let parts):
      let inner = parts.map { part in
        if case .text(let text) = part { TextPart.text(escaped(text)) } else { part }
      }
      return [.text("\"")] + inner + [.text("\"")]
    case .unknown(let gap): return [.gap(gap)]
    case .list(let elements, let more):
      var parts: [TextPart] = [.text("[")]
      for (index, element) in elements.enumerated() {
        if index > 0 { parts.append(.text(",")) }
        parts += Self.parts(of: element, depth: depth + 1)
      }
      if let more { parts.append(.gap(more)) }
      return parts + [.text("]")]
    case .object(let entries, let more):
      var parts: [TextPart] = [.text("{")]
      for (index, entry) in entries.enumerated() {
        parts.append(.text((index > 0 ? "," : "") + quoted(entry.key) + ":"))
        parts += Self.parts(of: entry.value, depth: depth + 1)
      }
      if let more { parts.append(.gap(more)) }
      return parts + [.text("}")]
    }
  }

  private static func quoted(_ text: String) -> String { "\"" + escaped(text) + "\"" }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
