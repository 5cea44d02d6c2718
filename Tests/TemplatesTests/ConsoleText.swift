import Templates

/// Values as `terraform console` prints them.
enum ConsoleText {
  static func of(_ value: Datum, indentation: Int = 0) -> String {
    if value.isSensitive { return "(sensitive value)" }
    let spaces = String(repeating: " ", count: indentation)
    switch value.hcl {
    case .null: return "null"
    case .flag(let flag): return flag ? "true" : "false"
    case .number(let number): return number.description
    case .text(let text):
      if text.contains("\n") {
        let inner = indentation > 0 ? "<<-EOT" : "<<EOT"
        let body = text.split(separator: "\n", omittingEmptySubsequences: false).map {
          spaces + $0
        }.joined(separator: "\n")
        return "\(inner)\n\(body)\n\(spaces)EOT"
      }
      return quoted(text)
    case .partial, .unknown: return "(known after apply)"
    case .list(let list):
      let (open, close) =
        switch list.sort {
        case .tuple: ("[", "]")
        case .list: ("tolist([", "])")
        case .set: ("toset([", "])")
        }
      if list.elements.isEmpty { return open + close }
      let lines = list.elements.map {
        "\(spaces)  \(of($0, indentation: indentation + 2)),\n"
      }
      return "\(open)\n\(lines.joined())\(spaces)\(close)"
    case .object(let object):
      let (open, close) = object.isMap ? ("tomap({", "})") : ("{", "}")
      if object.entries.isEmpty { return open + close }
      let lines = object.sortedEntries.map { entry in
        "\(spaces)  \(quoted(entry.key)) = \(of(entry.value, indentation: indentation + 2))\n"
      }
      return "\(open)\n\(lines.joined())\(spaces)\(close)"
    }
  }

  /// As HCL writes texts; console escapes templates too.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "{" where previous == "$" || previous == "%":
        result.unicodeScalars.append(previous)
        result += "{"
      default: result.unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    return result + "\""
  }
}
