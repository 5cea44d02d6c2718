/// Finds parser directives, which end with the first line that is not one.
struct DirectiveReader {
  private(set) var found: [DockerfileSyntax.Directive] = []
  private(set) var escape = DockerfileSyntax.Escape.backslash
  private var isDone = false

  /// Looks at a line from its first character that is not white space; true if it is a directive.
  mutating func read(
    _ bytes: [UInt8],
    from start: Int,
    to end: Int,
    places: PlaceMap
  ) throws(DocumentError) -> Bool {
    guard !isDone else { return false }
    guard let directive = match(bytes, start, end, places) else {
      isDone = true
      return false
    }
    guard !found.contains(where: { $0.name == directive.name }) else {
      throw DocumentError(
        "the parser directive \(directive.name) is there twice",
        at: directive.range.start
      )
    }
    found.append(directive)
    guard directive.name == "escape" else { return true }
    switch directive.value {
    case "\\": escape = .backslash
    case "`": escape = .backtick
    default:
      throw DocumentError(
        "the escape directive must be \\ or `",
        at: directive.range.start
      )
    }
    return true
  }

  private func match(
    _ bytes: [UInt8],
    _ start: Int,
    _ end: Int,
    _ places: PlaceMap
  ) -> DockerfileSyntax.Directive? {
    guard start < end, bytes[start] == UInt8(ascii: "#") else { return nil }
    var index = start + 1
    func skipSpace() { while index < end, isASCIISpace(bytes[index]) { index += 1 } }
    skipSpace()
    let nameStart = index
    while index < end, isASCIILetter(bytes[index]) || (index > nameStart && isDigit(bytes[index])) {
      index += 1
    }
    guard index > nameStart else { return nil }
    let name = String(decoding: bytes[nameStart..<index], as: UTF8.self).lowercased()
    guard ["syntax", "escape", "check"].contains(name) else { return nil }
    skipSpace()
    guard index < end, bytes[index] == UInt8(ascii: "=") else { return nil }
    index += 1
    skipSpace()
    var last = end
    while last > index, isASCIISpace(bytes[last - 1]) { last -= 1 }
    guard last > index else { return nil }
    return DockerfileSyntax.Directive(
      name: name,
      value: String(decoding: bytes[index..<last], as: UTF8.self),
      range: places.range(start, last)
    )
  }
}
