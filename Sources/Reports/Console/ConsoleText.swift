/// Text as a terminal shows it: harmless, and measured in columns.
enum ConsoleText {
  /// The text with everything that could steer the terminal made visible.
  static func harmless(_ text: String) -> String {
    var text = text
    return text.withUTF8 { bytes -> String? in
      guard bytes.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return nil }
      var out = ByteWriter(capacity: bytes.count + 16)
      var start = 0
      var index = 0
      while index < bytes.count {
        let (scalar, length) = HiddenScalars.decode(bytes, at: index)
        if HiddenScalars.contains(scalar) {
          out.write(bytes[start..<index])
          out.write(substitute(scalar))
          start = index + length
        }
        index += length
      }
      out.write(bytes[start..<bytes.count])
      return out.text
    } ?? text
  }

  private static func substitute(_ scalar: UInt32) -> String {
    switch scalar {
    case 0x09, 0x0A, 0x0D: " "
    case 0..<0x20: String(Unicode.Scalar(0x2400 + scalar) ?? "?")
    case 0x7F: "␡"
    default: "<\(HiddenScalars.name(scalar))>"
    }
  }

  /// Columns the text takes.
  static func width(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + width($1) }
  }

  /// The text cut to `limit` columns, the cut shown as `…`.
  static func cut(_ text: String, to limit: Int) -> String {
    // A scalar takes a column at most per byte, so this spares most texts the measuring.
    if text.utf8.count <= limit || width(text) <= limit { return text }
    guard limit > 0 else { return "" }
    var columns = 1
    var kept = ""
    for character in text {
      columns += width(character)
      if columns > limit { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// The text cut in its middle, which keeps the telling ends of a path.
  static func cutMiddle(_ text: String, to limit: Int) -> String {
    if text.utf8.count <= limit || width(text) <= limit { return text }
    guard limit > 4 else { return cut(text, to: limit) }
    let head = cut(text, to: (limit + 1) / 2)
    var columns = limit - width(head)
    var tail: [Character] = []
    for character in text.reversed() {
      columns -= width(character)
      if columns < 0 { break }
      tail.append(character)
    }
    return head + String(tail.reversed())
  }

  /// A workload's name behind its project, cut in the project if that is enough.
  static func cutName(_ text: String, to limit: Int) -> String {
    if text.utf8.count <= limit || width(text) <= limit { return text }
    guard let slash = text.lastIndex(of: "/") else { return cut(text, to: limit) }
    // The end of a path says more than its beginning.
    let name = String(text[slash...])
    if limit - width(name) < 4 { return cut(text, to: limit) }
    var columns = limit - 1
    var tail: [Character] = []
    for character in text.reversed() {
      columns -= width(character)
      if columns < 0 { break }
      tail.append(character)
    }
    return "…" + String(tail.reversed())
  }

  /// The text filled up with spaces to `columns`.
  static func pad(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - width(text)))
  }

  /// The text in lines of `columns`, the last one cut if there would be more than `limit`.
  static func wrap(_ text: String, to columns: Int, limit: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var lineWidth = 0
    for word in text.split(separator: " ") {
      let wordWidth = width(String(word))
      if lineWidth > 0, lineWidth + 1 + wordWidth > columns {
        if lines.count == limit - 1 {
          return lines + [cut(line + " …", to: columns)]
        }
        lines.append(line)
        line = ""
        lineWidth = 0
      }
      if lineWidth > 0 {
        line += " "
        lineWidth += 1
      }
      line += cut(String(word), to: columns)
      lineWidth += min(wordWidth, columns)
    }
    if lineWidth > 0 { lines.append(line) }
    return lines
  }

  private static func width(_ character: Character) -> Int {
    var widest = 0
    for scalar in character.unicodeScalars {
      // The variation selector asks for the emoji form, which takes two columns.
      if scalar.value == 0xFE0F { return 2 }
      widest = max(widest, width(scalar))
    }
    return widest
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20...0x7E: return 1
    // East Asian Width W and F, in the ranges that fonts and terminals agree on (UAX #11).
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18CFF, 0x1B000...0x1B2FF, 0x20000...0x3FFFD:
      return 2
    default:
      break
    }
    if scalar.properties.isEmojiPresentation { return 2 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return 1
    }
  }
}
