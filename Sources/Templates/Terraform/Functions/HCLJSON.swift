import DocumentTrees
import Workloads

/// Values as JSON text, the way Terraform writes it.
enum HCLJSON {
  /// The text with gaps for what is not known; mappings are sorted by key.
  static func encode(_ value: Datum, _ session: HCLSession) throws(HCLFailure) -> [TextPart] {
    var writer = Writer(session: session)
    try writer.write(value, depth: 0)
    return writer.finish()
  }

  private struct Writer {
    let session: HCLSession
    var parts: [TextPart] = []
    var text = ""

    mutating func finish() -> [TextPart] {
      if !text.isEmpty { parts.append(.text(text)) }
      return parts
    }

    mutating func gap(_ gap: Gap) {
      if !text.isEmpty { parts.append(.text(text)) }
      text = ""
      parts.append(.gap(gap))
    }

    mutating func write(_ value: Datum, depth: Int) throws(HCLFailure) {
      guard depth < 100 else { throw HCLFailure(.limit, "jsonencode: nested too deeply") }
      try session.pay(8)
      switch value.hcl {
      case .null: text += "null"
      case .flag(let flag): text += flag ? "true" : "false"
      case .number(let number): text += number.description
      case .text(let plain):
        try session.pay(plain.utf8.count)
        text += HCLJSON.quoted(plain)
      case .partial(let parts):
        text += "\""
        for part in parts {
          switch part {
          case .text(let plain): text += HCLJSON.escaped(plain)
          case .gap(let missing): gap(missing)
          }
        }
        text += "\""
      case .unknown(let missing): gap(missing)
      case .list(let list):
        text += "["
        for (index, element) in list.elements.enumerated() {
          if index > 0 { text += "," }
          try write(element, depth: depth + 1)
        }
        if let more = list.more { gap(more) }
        text += "]"
      case .object(let object):
        text += "{"
        for (index, entry) in object.sortedEntries.enumerated() {
          if index > 0 { text += "," }
          text += HCLJSON.quoted(entry.key) + ":"
          try write(entry.value, depth: depth + 1)
        }
        if let more = object.more { gap(more) }
        text += "}"
      }
    }
  }

  static func quoted(_ text: String) -> String { "\"" + escaped(text) + "\"" }

  private static func escaped(_ text: String) -> String {
    var result: [UInt8] = []
    let digits = Array("0123456789abcdef".utf8)
    func escape(_ code: UInt16) {
      result += Array("\\u".utf8)
      for shift in stride(from: 12, through: 0, by: -4) {
        result.append(digits[Int(code >> UInt16(shift)) & 15])
      }
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += Array("\\\"".utf8)
      case "\\": result += Array("\\\\".utf8)
      case "\n": result += Array("\\n".utf8)
      case "\r": result += Array("\\r".utf8)
      case "\t": result += Array("\\t".utf8)
      case "\u{8}": result += Array("\\b".utf8)
      case "\u{C}": result += Array("\\f".utf8)
      case "<", ">", "&", "\u{2028}", "\u{2029}": escape(UInt16(scalar.value))
      case _ where scalar.value < 0x20: escape(UInt16(scalar.value))
      default: result += Array(String(scalar).utf8)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
