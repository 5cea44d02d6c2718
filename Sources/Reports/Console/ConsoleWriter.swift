/// Writes console text: the only place that knows escape sequences, and none gets past it.
struct ConsoleWriter {
  private(set) var out = ByteWriter(capacity: 1 << 14)
  let color: Bool
  /// Columns to fill; never so few that nothing fits.
  let width: Int

  init(_ style: ConsoleStyle) {
    color = style.color
    // Lines longer than this are hard to follow, whatever the terminal.
    width = min(max(style.width, 40), 140)
  }

  mutating func put(_ text: String, _ paint: Paint = .none) {
    let text = ConsoleText.harmless(text)
    guard color, paint != .none, !text.isEmpty else { return out.write(text) }
    out.write("\u{1B}[")
    out.write(paint.rawValue)
    out.write("m")
    out.write(text)
    out.write("\u{1B}[0m")
  }

  mutating func line(_ text: String = "", _ paint: Paint = .none) {
    put(text, paint)
    endLine()
  }

  /// Ends the line; nothing invisible stays behind its last word.
  mutating func endLine() {
    out.dropTrailingSpaces()
    out.write(byte: 0x0A)
  }

  /// A cell of `columns`, filled or cut.
  mutating func cell(_ text: String, _ columns: Int, _ paint: Paint = .none) {
    let text = ConsoleText.cut(ConsoleText.harmless(text), to: columns)
    put(text, paint)
    out.write(String(repeating: " ", count: max(0, columns - ConsoleText.width(text))))
  }

  /// A heading of a section, with an explanation beside it.
  mutating func heading(_ text: String, _ note: String = "") {
    endLine()
    put(text, .bold)
    if !note.isEmpty { put("  " + note, .dim) }
    endLine()
  }

  /// A paragraph whose lines all start `indent` columns in.
  ///
  /// The first line continues where the cursor stands, which the caller has brought to `indent`.
  mutating func paragraph(
    _ text: String,
    indent: Int,
    limit: Int = 3,
    _ paint: Paint = .none
  ) {
    let room = max(16, width - indent)
    let lines = ConsoleText.wrap(ConsoleText.harmless(text), to: room, limit: limit)
    if lines.isEmpty { endLine() }
    for (number, content) in lines.enumerated() {
      if number > 0 { out.write(String(repeating: " ", count: indent)) }
      line(content, paint)
    }
  }
}
