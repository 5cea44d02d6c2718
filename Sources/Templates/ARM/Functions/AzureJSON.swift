internal import DocumentTrees
package import Workloads

/// JSON texts inside templates.
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
}
