import Workloads

/// Values as YAML text, the way `yamlencode` writes it: all keys quoted, texts quoted or literal.
struct HCLYAML {
  private let session: HCLSession
  private var parts: [TextPart] = []
  private var text = ""

  init(_ session: HCLSession) { self.session = session }

  static func encode(_ value: Datum, _ session: HCLSession) throws(HCLFailure) -> [TextPart] {
    var writer = HCLYAML(session)
    try writer.write(value, indentation: 0, depth: 0)
    if !writer.text.isEmpty { writer.parts.append(.text(writer.text)) }
    return writer.parts
  }

  private mutating func gap(_ gap: Gap) {
    if !text.isEmpty { parts.append(.text(text)) }
    text = ""
    parts.append(.gap(gap))
  }

  /// Writes a value behind `key:` or `-`, or at the top; ends with a newline.
  private mutating func write(
    _ value: Datum,
    indentation: Int,
    depth: Int,
    isAfterDash: Bool = false
  ) throws(HCLFailure) {
    guard depth < 100 else { throw HCLFailure(.limit, "yamlencode: nested too deeply") }
    try session.pay(indentation + 8)
    let spaces = String(repeating: " ", count: indentation)
    switch value.hcl {
    case .object(let object) where !object.entries.isEmpty || object.more != nil:
      for (index, entry) in object.sortedEntries.enumerated() {
        text += (index == 0 && isAfterDash ? "" : spaces) + HCLJSON.quoted(entry.key) + ":"
        try child(entry.value, indentation: indentation, depth: depth)
      }
      if let more = object.more { gap(more) }
    case .list(let list) where !list.elements.isEmpty || list.more != nil:
      for (index, element) in list.elements.enumerated() {
        text += (index == 0 && isAfterDash ? "" : spaces) + "-"
        if case .list(let inner) = element.hcl, !inner.elements.isEmpty {
          text += " "
          try write(element, indentation: indentation + 2, depth: depth + 1, isAfterDash: true)
        } else if case .object(let inner) = element.hcl, !inner.entries.isEmpty {
          text += " "
          try write(element, indentation: indentation + 2, depth: depth + 1, isAfterDash: true)
        } else {
          text += " "
          try scalar(element, indentation: indentation)
        }
      }
      if let more = list.more { gap(more) }
    default: try scalar(value, indentation: indentation)
    }
  }

  private mutating func child(
    _ value: Datum,
    indentation: Int,
    depth: Int
  ) throws(HCLFailure) {
    switch value.hcl {
    case .object(let object) where !object.entries.isEmpty:
      text += "\n"
      try write(value, indentation: indentation + 2, depth: depth + 1)
    case .list(let list) where !list.elements.isEmpty:
      text += "\n"
      try write(value, indentation: indentation, depth: depth + 1)
    default:
      text += " "
      try scalar(value, indentation: indentation)
    }
  }

  private mutating func scalar(_ value: Datum, indentation: Int) throws(HCLFailure) {
    switch value.hcl {
    case .null: text += "null"
    case .flag(let flag): text += flag ? "true" : "false"
    case .number(let number): text += number.description
    case .list: text += "[]"
    case .object: text += "{}"
    case .unknown(let missing): gap(missing)
    case .partial(let pieces):
      text += "\""
      for piece in pieces {
        switch piece {
        case .text(let plain): text += HCLJSON.quoted(plain).dropFirst().dropLast()
        case .gap(let missing): gap(missing)
        }
      }
      text += "\""
    case .text(let plain):
      try session.pay(plain.utf8.count)
      guard plain.contains("\n") else {
        text += plainQuoted(plain)
        break
      }
      let spaces = String(repeating: " ", count: indentation + 2)
      var lines = HCLFunctions.split(plain, by: "\n")
      let isEnded = lines.last == ""
      if isEnded { lines.removeLast() }
      let keepsMore = isEnded && lines.last == ""
      text += plain.hasPrefix(" ") ? "|2" : "|"
      text += isEnded ? keepsMore ? "+" : "" : "-"
      for line in lines { text += "\n" + (line.isEmpty ? "" : spaces + line) }
    }
    text += "\n"
  }

  /// As JSON, but without the escapes that only make sense in web pages.
  private func plainQuoted(_ plain: String) -> String {
    var quoted = HCLJSON.quoted(plain)
    for (code, sign) in [("\\u003c", "<"), ("\\u003e", ">"), ("\\u0026", "&")]
    where quoted.contains(code) {
      quoted = HCLFunctions.split(quoted, by: code).joined(separator: sign)
    }
    return quoted
  }
}
