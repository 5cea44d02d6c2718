/// Joins physical lines into instructions and takes their here-documents.
struct DockerfileReader {
  /// BuildKit reads lines with a buffer of this size and refuses longer ones.
  private static let longestLine = 65_535

  private(set) var directives = DirectiveReader()
  private(set) var comments: [DockerfileSyntax.Comment] = []
  private(set) var instructions: [Instruction] = []
  private(set) var issues: [DocumentIssue] = []

  private let bytes: [UInt8]
  private let places: PlaceMap
  private var nextLine = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    places = PlaceMap(self.bytes)
  }

  mutating func read() throws(DocumentError) {
    while let line = takeLine() {
      try readInstruction(startingWith: line)
    }
  }

  /// The bounds of a physical line: its text without the line end, and where the next one starts.
  private struct Line {
    var start: Int
    var end: Int
    var next: Int
  }

  private mutating func takeLine() -> Line? {
    guard nextLine < places.lineStarts.count else { return nil }
    let start = places.lineStarts[nextLine]
    guard start < bytes.count else { return nil }
    nextLine += 1
    let next = nextLine < places.lineStarts.count ? places.lineStarts[nextLine] : bytes.count
    var end = next
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    if next - start > Self.longestLine {
      issues.append(
        DocumentIssue(
          .limit,
          "the line is longer than the \(Self.longestLine) bytes BuildKit reads",
          at: places.place(of: start)
        )
      )
    }
    return Line(start: start, end: end, next: next)
  }

  private mutating func readInstruction(startingWith first: Line) throws(DocumentError) {
    let start = skipSpace(bytes, from: first.start, to: first.end)
    if try directives.read(bytes, from: start, to: first.end, places: places) { return }
    guard start < first.end else { return }
    if bytes[start] == UInt8(ascii: "#") { return addComment(start, first.end) }

    var logical = LogicalLine(places: places)
    var isContinued = take(start, first.end, into: &logical)
    if !isContinued && logical.bytes.isEmpty { return }
    var last = first
    var emptyLine: Int?
    while isContinued, let line = takeLine() {
      last = line
      let text = skipSpace(bytes, from: line.start, to: line.end)
      if text == line.end {
        emptyLine = emptyLine ?? line.start
      } else if bytes[text] == UInt8(ascii: "#") {
        addComment(text, line.end)
      } else {
        isContinued = take(line.start, line.end, into: &logical)
      }
    }
    if let emptyLine {
      issues.append(
        DocumentIssue(
          .syntax,
          "an empty line continues an instruction; BuildKit warns that it will be an error",
          at: places.place(of: emptyLine)
        )
      )
    }
    var instruction = try InstructionParser(
      line: logical,
      escape: directives.escape.rawValue,
      sourceStart: start,
      sourceEnd: last.end
    ).parse()
    try readHeredocs(of: &instruction, logical)
    instructions.append(instruction)
  }

  /// Adds a line without the escape character that continues it; true if there was one.
  private func take(_ start: Int, _ end: Int, into logical: inout LogicalLine) -> Bool {
    let escape = directives.escape.rawValue
    var last = end
    while last > start, bytes[last - 1] == 0x20 || bytes[last - 1] == 0x09 { last -= 1 }
    let isContinued =
      last > start && bytes[last - 1] == escape
      && (last - 1 == start || bytes[last - 2] != escape)
    logical.append(bytes, from: start, to: isContinued ? last - 1 : end)
    return isContinued
  }

  private mutating func addComment(_ start: Int, _ end: Int) {
    let textStart = skipSpace(bytes, from: start + 1, to: end)
    let textEnd = trimEnd(bytes, from: textStart, to: end)
    comments.append(
      DockerfileSyntax.Comment(
        text: String(decoding: bytes[textStart..<textEnd], as: UTF8.self),
        range: places.range(start, max(textEnd, start + 1))
      )
    )
  }

  // MARK: Here-documents

  private mutating func readHeredocs(
    of instruction: inout Instruction,
    _ logical: LogicalLine
  ) throws(DocumentError) {
    let owner = instruction.trigger ?? instruction
    guard [.add, .copy, .run].contains(owner.keyword), owner.form != .exec else { return }
    var heredocs: [Instruction.Heredoc] = []
    for opener in HeredocOpener.all(in: logical.bytes) {
      heredocs.append(try readHeredoc(opener, instruction.range.start))
    }
    guard let end = heredocs.last?.range.end else { return }
    instruction.range.end = end
    if var trigger = instruction.trigger {
      trigger.heredocs = heredocs
      trigger.range.end = end
      instruction.trigger = trigger
    } else {
      instruction.heredocs = heredocs
    }
  }

  private mutating func readHeredoc(
    _ opener: HeredocOpener,
    _ start: Place
  ) throws(DocumentError) -> Instruction.Heredoc {
    let contentStart =
      nextLine < places.lineStarts.count ? places.lineStarts[nextLine] : bytes.count
    var content: [UInt8] = []
    var pieces: [PlacedText.Piece] = []
    while let line = takeLine() {
      var text = line.start
      while opener.stripsTabs, text < line.end, bytes[text] == 0x09 { text += 1 }
      if bytes[text..<line.end].elementsEqual(opener.name) {
        let first = Place(line: places.line(of: contentStart) + 1, column: 1)
        if pieces.isEmpty { pieces = [.init(offset: 0, start: first)] }
        return Instruction.Heredoc(
          name: String(decoding: opener.name, as: UTF8.self),
          fileDescriptor: opener.fileDescriptor,
          content: PlacedText(String(decoding: content, as: UTF8.self), pieces: pieces),
          expands: opener.expands,
          stripsTabs: opener.stripsTabs,
          range: PlaceRange(start: first, end: places.place(of: line.end))
        )
      }
      if opener.stripsTabs || pieces.isEmpty {
        pieces.append(.init(offset: content.count, start: places.place(of: text)))
      }
      content += bytes[text..<line.next]
    }
    throw DocumentError("the here-document is not closed before the end of the file", at: start)
  }
}
