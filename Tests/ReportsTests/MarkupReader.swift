/// Reads HTML as strictly as our own has to be: quoted attributes, every element closed in order.
struct MarkupReader {
  struct Tag: Equatable {
    var name: String
    var attributes: [String: String] = [:]
  }

  private static let void: Set<String> = [
    "meta", "link", "br", "hr", "path", "circle", "use",
  ]

  private(set) var tags: [Tag] = []
  private(set) var problems: [String] = []

  init(_ html: String) {
    var rest = html[...]
    var stack: [String] = []
    while let start = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: start)...]
      // Style sheets hold `>` and `"`, but never `<`.
      guard let end = rest.firstIndex(of: ">") else {
        problems.append("a tag without an end")
        return
      }
      let body = rest[..<end]
      rest = rest[rest.index(after: end)...]
      if body.hasPrefix("!DOCTYPE") { continue }
      if body.hasPrefix("/") {
        let name = String(body.dropFirst())
        if stack.popLast() != name { problems.append("</\(name)> closes nothing") }
        continue
      }
      let tag = read(body)
      tags.append(tag)
      if !Self.void.contains(tag.name) { stack.append(tag.name) }
    }
    if !stack.isEmpty { problems.append("left open: \(stack)") }
  }

  private mutating func read(_ body: Substring) -> Tag {
    var rest = body
    var tag = Tag(name: String(rest.prefix { $0.isLetter || $0.isNumber }))
    rest = rest.dropFirst(tag.name.count)
    while true {
      rest = rest.drop { $0 == " " }
      if rest.isEmpty || rest == "/" { return tag }
      let name = String(rest.prefix { $0.isLetter || $0 == "-" })
      rest = rest.dropFirst(name.count)
      guard !name.isEmpty, tag.attributes[name] == nil else {
        problems.append("<\(body)> is no tag")
        return tag
      }
      guard rest.hasPrefix("=") else {
        tag.attributes[name] = ""
        continue
      }
      rest = rest.dropFirst()
      let quoted = rest.dropFirst().prefix { $0 != "\"" }
      guard rest.hasPrefix("\""), rest.dropFirst(quoted.count + 1).hasPrefix("\"") else {
        problems.append("<\(body)> has an attribute without quotes")
        return tag
      }
      tag.attributes[name] = String(quoted)
      rest = rest.dropFirst(quoted.count + 2)
    }
  }
}
