import DocumentTrees
import Workloads

/// Writes values as JSON texts, with gaps for what is not known.
enum JSONTextParts {
  static func of(_ value: Datum) -> [TextPart] {
    var writer = Writer()
    writer.write(value)
    return writer.finish()
  }

  private struct Writer {
    private var parts: [TextPart] = []
    private var text = ""

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

    mutating func write(_ value: Datum) {
      if value.isObject {
        text += "{"
        for (index, entry) in value.entries.enumerated() {
          if index > 0 { text += "," }
          quote(entry.key)
          text += ":"
          write(entry.value)
        }
        if let more = value.more { add(more) }
        text += "}"
        return
      }
      if value.isList {
        text += "["
        for (index, element) in value.elements.enumerated() {
          if index > 0 { text += "," }
          write(element)
        }
        if let more = value.more { add(more) }
        text += "]"
        return
      }
      switch value.content {
      case .unknown(let gap): add(gap)
      case .partial(let inner):
        text += "\""
        for part in inner {
          switch part {
          case .text(let text): escape(text)
          case .gap(let gap): add(gap)
          }
        }
        text += "\""
      case .flag, .integer, .number: text += value.string.known ?? "null"
      case .node(let node):
        switch node.resolvedType {
        case .bool, .integer, .float: text += node.text
        case .null: text += "null"
        case .string: quote(node.text)
        }
      case .text(let plain): quote(plain)
      default:
        if let plain = value.string.known { quote(plain) } else { text += "null" }
      }
    }

    private mutating func quote(_ plain: String) {
      text += "\""
      escape(plain)
      text += "\""
    }

    private mutating func escape(_ plain: String) {
      for scalar in plain.unicodeScalars {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case let control where control.value < 0x20:
          let digits = String(control.value, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
  }
}
