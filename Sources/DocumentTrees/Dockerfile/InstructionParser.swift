/// Takes one joined line apart: keyword, flags, and arguments as the instruction reads them.
struct InstructionParser {
  private let line: LogicalLine
  private let escape: UInt8
  private let whole: PlaceRange

  init(line: LogicalLine, escape: UInt8, sourceStart: Int, sourceEnd: Int) {
    self.line = line
    self.escape = escape
    whole = line.places.range(
      sourceStart,
      trimEnd(line.places.bytes, from: sourceStart, to: sourceEnd)
    )
  }

  private var bytes: [UInt8] { line.bytes }

  func parse() throws(DocumentError) -> Instruction {
    let start = skipSpace(bytes, from: 0, to: bytes.count)
    let end = trimEnd(bytes, from: start, to: bytes.count)
    return try instruction(start, end, mayTrigger: true)
  }

  private func instruction(
    _ start: Int,
    _ end: Int,
    mayTrigger: Bool
  ) throws(DocumentError) -> Instruction {
    var keywordEnd = start
    while keywordEnd < end, !isASCIISpace(bytes[keywordEnd]) { keywordEnd += 1 }
    let text = line.string(start, keywordEnd)
    let keyword = Instruction.Keyword(rawValue: text.lowercased()) ?? .unknown
    var flags: [Instruction.Flag] = []
    var rest = keywordEnd
    while rest < end, isASCIISpace(bytes[rest]) { rest += 1 }
    rest = FlagReader(line: line).read(from: rest, to: end, into: &flags)
    rest = skipSpace(bytes, from: rest, to: end)

    var arguments: [Instruction.Argument] = []
    var form = Instruction.Form.plain
    var trigger: Instruction?
    switch keyword {
    case .onbuild:
      // ONBUILD ONBUILD is refused by BuildKit; not following it bounds the depth.
      if rest < end, mayTrigger { trigger = try instruction(rest, end, mayTrigger: false) }
    case .run, .cmd, .entrypoint, .shell:
      form = try maybeJSON(rest, end, otherwise: .shell, into: &arguments)
    case .healthcheck:
      form = try healthcheck(rest, end, into: &arguments)
    case .add, .copy, .volume:
      form = try maybeJSON(rest, end, otherwise: .plain, into: &arguments)
    case .env, .label:
      form = try pairs(rest, end, keyword, into: &arguments)
    case .arg:
      arguments = WordReader(bytes: bytes, escape: escape).words(rest, end)
        .map { line.argument($0.lowerBound, $0.upperBound) }
    case .from, .expose:
      splitAtSpaces(rest, end, into: &arguments)
    case .maintainer, .stopsignal, .user, .workdir:
      if rest < end { arguments = [line.argument(rest, end)] }
    case .unknown: break
    }
    let range = mayTrigger ? whole : PlaceRange(start: line.place(of: start), end: whole.end)
    return Instruction(
      keyword: keyword,
      keywordText: text,
      keywordRange: line.range(start, keywordEnd),
      range: range,
      flags: flags,
      arguments: arguments,
      form: form,
      original: line.string(start, end),
      trigger: trigger
    )
  }

  /// Reads a JSON array of strings, or else the whole text or its words.
  private func maybeJSON(
    _ start: Int,
    _ end: Int,
    otherwise form: Instruction.Form,
    into arguments: inout [Instruction.Argument]
  ) throws(DocumentError) -> Instruction.Form {
    guard start < end else { return form }
    switch JSONStringArray.read(bytes, from: start, to: end) {
    case .strings(let strings):
      for string in strings {
        arguments.append(
          .init(text: string.text, range: line.range(string.start, string.end))
        )
      }
      return .exec
    case .otherValues:
      throw DocumentError(
        "a JSON array of arguments may hold strings only",
        at: line.place(of: start)
      )
    case .noArray:
      if form == .plain {
        splitAtSpaces(start, end, into: &arguments)
      } else {
        arguments.append(line.argument(start, end))
      }
      return form
    }
  }

  private func healthcheck(
    _ start: Int,
    _ end: Int,
    into arguments: inout [Instruction.Argument]
  ) throws(DocumentError) -> Instruction.Form {
    guard start < end else { return .plain }
    var kindEnd = start
    while kindEnd < end, spaceLength(bytes, kindEnd) == 0 { kindEnd += 1 }
    arguments.append(line.argument(start, kindEnd))
    let rest = skipSpace(bytes, from: kindEnd, to: end)
    guard rest < end else { return .plain }
    return try maybeJSON(rest, end, otherwise: .shell, into: &arguments)
  }

  private func splitAtSpaces(
    _ start: Int,
    _ end: Int,
    into arguments: inout [Instruction.Argument]
  ) {
    var index = start
    while index < end {
      let wordStart = index
      while index < end, !isASCIISpace(bytes[index]) { index += 1 }
      arguments.append(line.argument(wordStart, index))
      while index < end, isASCIISpace(bytes[index]) { index += 1 }
    }
  }

  private func pairs(
    _ start: Int,
    _ end: Int,
    _ keyword: Instruction.Keyword,
    into arguments: inout [Instruction.Argument]
  ) throws(DocumentError) -> Instruction.Form {
    let words = WordReader(bytes: bytes, escape: escape).words(start, end)
    guard let first = words.first else { return .pairs }
    let equals = UInt8(ascii: "=")
    guard bytes[first].contains(equals) else {
      var nameEnd = start
      while nameEnd < end, !isASCIISpace(bytes[nameEnd]) { nameEnd += 1 }
      var value = nameEnd
      while value < end, isASCIISpace(bytes[value]) { value += 1 }
      guard value > nameEnd else {
        throw DocumentError(
          "\(keyword.rawValue.uppercased()) needs a name and a value",
          at: line.place(of: start)
        )
      }
      arguments = [line.argument(start, nameEnd), line.argument(value, end)]
      return .legacyPair
    }
    for word in words {
      guard let separator = bytes[word].firstIndex(of: equals) else {
        throw DocumentError(
          "\(keyword.rawValue.uppercased()) has a word without =; each must be name=value",
          at: line.place(of: word.lowerBound)
        )
      }
      arguments.append(line.argument(word.lowerBound, separator))
      arguments.append(line.argument(separator + 1, word.upperBound))
    }
    return .pairs
  }
}
