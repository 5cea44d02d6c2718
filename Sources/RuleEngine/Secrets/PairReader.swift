/// Reads the keys and values of one line, whatever its format: `key: v`, `"key": "v"`, `KEY=v`,
/// `key = "v"`, `ENV KEY v`, `{a: b, c: d}`.
struct PairReader {
  struct Pair {
    /// Without quotes.
    var key: Range<Int>
    /// With quotes, without a comment behind it; empty if there is none.
    ///
    /// Its end is found by `complete`; until then only its beginning counts.
    var value: Range<Int>
    /// `:`, `=`, or a blank for `ENV KEY v`.
    var separator: UInt8
    /// Whether a quoted value ends on the line.
    var isClosed = true
    /// The quote before the key, behind which `KEY=value` ends.
    fileprivate var keyQuote: UInt8 = 0
    /// What stands before the key.
    fileprivate var mark: UInt8 = 0
    fileprivate var isHead = false
    fileprivate var depth = 0

    func inner(_ line: Bytes) -> Range<Int> {
      isClosed || value.isEmpty ? line.unquoted(value) : value.lowerBound + 1..<value.upperBound
    }

    /// Not a collection, an alias, or a header of a block.
    func isScalar(_ line: Bytes) -> Bool {
      guard let first = value.first.map({ line[$0] }) else { return false }
      if first == ascii("{") {
        // `{{ x }}` is a template.
        return value.lowerBound + 1 < line.count && line[value.lowerBound + 1] == ascii("{")
      }
      if separator == ascii(":"), first == ascii("*"), value.count > 1,
        line[value.lowerBound + 1].isAlphanumeric
      {
        return false
      }
      return first != ascii("[")
    }
  }

  let line: Bytes
  let content: Range<Int>
  private var position: Int
  /// The instruction of a Dockerfile that sets variables.
  private var isInstruction = false
  private var isFirst = true
  private var depth = 0

  init(line: Bytes, content: Range<Int>) {
    self.line = line
    self.content = content
    position = content.lowerBound
    skipLead()
  }

  mutating func skip(to end: Int) { position = max(position, end) }

  private static let leads = [
    "export ", "set ", "setx ", "declare ", "env ", "arg ", "label ", "local ",
  ].map { Array($0.utf8) }
  private static let tagMark = Array("!!".utf8)

  /// Past `#`, `- `, `export ` and `ENV `, behind which the first key stands.
  private mutating func skipLead() {
    let end = content.upperBound
    while position < end {
      let byte = line[position]
      let isMark =
        byte == ascii("#") || byte == ascii("-") || byte == ascii("?") || byte == ascii("+")
      if byte.isBlank
        || (isMark && (position + 1 == end || line[position + 1].isBlank || byte == ascii("#")))
      {
        position += 1
        continue
      }
      for word in Self.leads where line.hasFolded(word, at: position, before: end) {
        position += word.count
        isInstruction = true
      }
      if position < end, line[position].isBlank { continue }
      return
    }
  }

  mutating func next() -> Pair? {
    let end = content.upperBound
    if isFirst, isInstruction, let pair = spacedPair() {
      isFirst = false
      return pair
    }
    while position < end {
      let byte = line[position]
      if byte == ascii("{") || byte == ascii("[") { depth += 1 }
      if byte == ascii("}") || byte == ascii("]") { depth = max(0, depth - 1) }
      guard Self.isKeyByte(byte) else {
        position += 1
        continue
      }
      let start = position
      while position < end, Self.isKeyByte(line[position]) { position += 1 }
      let key = start..<position
      let opener = start > content.lowerBound ? line[start - 1] : 0
      guard let pair = pair(key, opener) else { continue }
      isFirst = false
      return pair
    }
    return nil
  }

  /// `ENV KEY some value`.
  private mutating func spacedPair() -> Pair? {
    var end = position
    while end < content.upperBound, Self.isKeyByte(line[end]) { end += 1 }
    guard end > position, end < content.upperBound, line[end] == 0x20 else { return nil }
    var start = end
    while start < content.upperBound, line[start].isBlank { start += 1 }
    guard start < content.upperBound, line[start] != ascii("="), line[start] != ascii(":") else {
      return nil
    }
    let pair = Pair(key: position..<end, value: start..<content.upperBound, separator: 0x20)
    position = start
    return pair
  }

  private mutating func pair(_ key: Range<Int>, _ opener: UInt8) -> Pair? {
    let end = content.upperBound
    var at = key.upperBound
    var keyQuote: UInt8 = opener.isQuote ? opener : 0
    if keyQuote != 0, at < end, line[at] == keyQuote {
      at += 1
      keyQuote = 0
    }
    while at < end, line[at] == 0x20 { at += 1 }
    guard at < end, line[at] == ascii(":") || line[at] == ascii("=") else { return nil }
    let separator = line[at]
    let isSpaced = at > key.upperBound && keyQuote != 0
    if isSpaced { return nil }
    at += 1
    if at < end, separator == ascii("="), line[at] == ascii("=") { return nil }
    if at < end, separator == ascii("="), line[at] == ascii(">") { at += 1 }
    if separator == ascii(":"), at < end, !line[at].isBlank, !line[at].isQuote, !isJSONValue(at) {
      return nil
    }
    while at < end, line[at].isBlank { at += 1 }
    // `&anchor` and `!!str` stand before the value.
    while at < end, line[at] == ascii("&") || line.has(Self.tagMark, at: at, before: end) {
      guard let blank = line[at..<end].firstIndex(of: 0x20) else { break }
      at = blank
      while at < end, line[at].isBlank { at += 1 }
    }
    position = at
    return Pair(
      key: key,
      value: at..<end,
      separator: separator,
      keyQuote: keyQuote,
      mark: opener,
      isHead: isFirst && !isInstruction,
      depth: depth
    )
  }

  /// Finds where the value ends, for which all of it must be read.
  func complete(_ pair: Pair) -> Pair {
    guard let at = pair.value.first, pair.separator != 0x20 else { return pair }
    var pair = pair
    if line[at].isQuote {
      let close = closingQuote(at)
      pair.isClosed = close != nil
      pair.value = at..<(close.map { $0 + 1 } ?? content.upperBound)
    } else {
      pair.value = line.trimmed(at..<valueEnd(at, pair))
    }
    return pair
  }

  /// After `"key":` JSON needs no blank.
  private func isJSONValue(_ at: Int) -> Bool {
    at >= 2 && line[at - 2] == ascii("\"")
  }

  private func closingQuote(_ open: Int) -> Int? {
    let quote = line[open]
    var position = open + 1
    while position < content.upperBound {
      if line[position] == ascii("\\"), quote == ascii("\"") {
        position += 2
        continue
      }
      if line[position] == quote {
        let isDoubled =
          quote == ascii("'") && position + 1 < content.upperBound && line[position + 1] == quote
        if !isDoubled { return position }
        position += 1
      }
      position += 1
    }
    return nil
  }

  private func valueEnd(_ start: Int, _ pair: Pair) -> Int {
    let end = content.upperBound
    let isQuery = pair.mark == ascii("?") || pair.mark == ascii("&")
    var position = start
    while position < end {
      if line[position] == ascii("{") || line[position] == ascii("$"),
        let next = skipTemplate(position)
      {
        position = next
        continue
      }
      let byte = line[position]
      if pair.keyQuote != 0 {
        if byte == pair.keyQuote { return position }
      } else if pair.separator == ascii(":") {
        if pair.depth > 0, byte == ascii(",") || byte == ascii("}") || byte == ascii("]") {
          return position
        }
      } else if !pair.isHead {
        if byte.isBlank || byte == ascii(";") || byte.isQuote { return position }
        if pair.depth > 0, byte == ascii(",") || byte == ascii("}") || byte == ascii("]") {
          return position
        }
      }
      if isQuery, byte == ascii("&") { return position }
      if byte == ascii("#"), position > start, line[position - 1].isBlank,
        position + 1 == end || line[position + 1].isBlank
      {
        return position
      }
      position += 1
    }
    return end
  }

  /// `${…}` and `{{…}}` may hold anything.
  private func skipTemplate(_ start: Int) -> Int? {
    guard start + 1 < content.upperBound, line[start + 1] == ascii("{") else { return nil }
    let limit = min(content.upperBound, start + 256)
    var position = start
    var depth = 0
    while position < limit {
      if line[position] == ascii("{") { depth += 1 }
      if line[position] == ascii("}") {
        depth -= 1
        if depth == 0 { return position + 1 }
      }
      position += 1
    }
    return nil
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || byte == ascii("_") || byte == ascii("-") || byte == ascii(".")
      || byte >= 0x80
  }
}
