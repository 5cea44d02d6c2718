/// Finds what to mask in lines of source that follow each other.
///
/// It reads no format properly, since an excerpt begins and ends anywhere. In doubt it masks.
struct LineScanner {
  let detector: SecretDetector
  let lines: [Bytes]
  /// Lines of a document that has `kind: Secret`.
  private let isSecretManifest: [Bool]

  /// Whether the line asked for last goes on with the value of an earlier one.
  private(set) var isContinuation = false
  /// Whether what was found in the line asked for last depends on the lines next to it.
  private(set) var dependsOnNeighbours = false
  /// Inside the armour of a private key.
  private var isInKey = false
  /// Deeper lines belong to the block scalar, or the folded one, of a secret.
  private var blockIndent: Int?
  /// The key before had no value on its line.
  private var openIndent: Int?
  /// A quoted value goes on until this.
  private var openQuote: UInt8?
  /// Inside `data:` of a Secret.
  private var dataIndent: Int?
  /// The item before was `- --password`.
  private var isFlagOpen = false
  private var flagOptions: [SecretCatalogue.Option] = []

  init(detector: SecretDetector, lines: [Bytes]) {
    self.detector = detector
    self.lines = lines
    isSecretManifest = Self.secretManifests(lines)
  }

  /// Whether what was read so far says nothing about the line with this number.
  func isUnbiased(_ index: Int) -> Bool {
    !isInKey && blockIndent == nil && openIndent == nil && openQuote == nil && dataIndent == nil
      && !isFlagOpen && flagOptions.isEmpty && !isSecretManifest[index]
  }

  /// What to mask in the next line; to be asked for one line after the other.
  mutating func ranges(_ index: Int) -> [Range<Int>] {
    let line = lines[index]
    let content = line.trimmed(0..<line.count)
    dependsOnNeighbours = false
    if content.isEmpty { return [] }
    isContinuation = true
    if let ranges = continued(line, content) { return ranges }
    if isInKey { return keyLine(line, content) }
    isContinuation = false
    var ranges = detector.textSpans(line, content).map(\.range)
    ranges += execFormSpans(line, content)
    ranges += pairs(index, line, content)
    ranges += argumentItem(line, content)
    if let head = keyHead(line, content) {
      isInKey = line.first(PrivateKeyArmour.end, in: head..<content.upperBound) == nil
      if isInKey, head < content.upperBound { ranges.append(head..<content.upperBound) }
    }
    return ranges
  }

  // MARK: Values of several lines

  private mutating func continued(_ line: Bytes, _ content: Range<Int>) -> [Range<Int>]? {
    if let quote = openQuote {
      // A closing quote ends the value; what is behind it is not part of it.
      let close = line.first(of: quote, in: content)
      if close != nil { openQuote = nil }
      let end = close ?? content.upperBound
      return content.lowerBound < end ? [content.lowerBound..<end] : []
    }
    if let indent = blockIndent {
      if content.lowerBound > indent { return [content] }
      blockIndent = nil
    }
    if let indent = openIndent {
      openIndent = nil
      let first = line[content.lowerBound]
      let isScalar =
        content.lowerBound > indent && first != ascii("-") && first != ascii("#")
        && first != ascii("{") && first != ascii("[") && first != ascii("}")
        && !looksLikeEntry(line, content)
      if isScalar { return maskable(line, content) ? [line.unquoted(content)] : [] }
    }
    return nil
  }

  private func looksLikeEntry(_ line: Bytes, _ content: Range<Int>) -> Bool {
    guard let colon = line.first(of: ascii(":"), in: content) else { return false }
    return colon + 1 == content.upperBound || line[colon + 1].isBlank
  }

  private mutating func keyLine(_ line: Bytes, _ content: Range<Int>) -> [Range<Int>] {
    guard let foot = line.first(PrivateKeyArmour.end, in: content) else { return [content] }
    isInKey = false
    return content.lowerBound < foot ? [content.lowerBound..<foot] : []
  }

  private func keyHead(_ line: Bytes, _ content: Range<Int>) -> Int? {
    var position = content.lowerBound
    while let dash = line.first(PrivateKeyArmour.begin, in: position..<content.upperBound) {
      if let end = PrivateKeyArmour.headEnd(line, at: dash, before: content.upperBound) {
        return end
      }
      position = dash + 1
    }
    return nil
  }

  // MARK: Command lines

  /// `["mysql", "-psecret"]`, read as if it were written for a shell.
  private func execFormSpans(_ line: Bytes, _ content: Range<Int>) -> [Range<Int>] {
    guard line.first(of: ascii(","), in: content) != nil else { return [] }
    var plain = line
    for position in content {
      switch plain[position] {
      case ascii("["), ascii("]"), ascii(","), ascii("\""), ascii("'"): plain[position] = 0x20
      default: break
      }
    }
    return detector.commandSpans(plain, content).map(\.range)
  }

  /// Items of a list of arguments: `- --password` and on the next line `- secret`.
  private mutating func argumentItem(_ line: Bytes, _ content: Range<Int>) -> [Range<Int>] {
    let wasOpen = isFlagOpen
    isFlagOpen = false
    var start = content.lowerBound
    var end = content.upperBound
    if line[end - 1] == ascii(",") { end -= 1 }
    if line[start] == ascii("-"), start + 1 < end, line[start + 1] == 0x20 {
      start += 2
    } else if !line[start].isQuote {
      flagOptions = []
      return []
    }
    let item = line.unquoted(start..<end)
    guard !item.isEmpty else { return [] }
    let isFlag = line[item.lowerBound] == ascii("-")
    if wasOpen, !isFlag { return maskable(line, item) ? [item] : [] }
    if !isFlag, flagOptions.isEmpty { flagOptions = detector.client(line, item) }
    if isFlag, item.count <= 128, line.first(of: ascii("="), in: item) == nil {
      isFlagOpen =
        detector.judge(line, item).isSecret
        || flagOptions.contains { option in
          option.form != .attached && option.flags.contains { line[item].elementsEqual($0) }
        }
    }
    return []
  }

  // MARK: Keys and values

  private mutating func pairs(
    _ index: Int,
    _ line: Bytes,
    _ content: Range<Int>
  ) -> [Range<Int>] {
    if let data = dataIndent, content.lowerBound <= data, line[content.lowerBound] != ascii("#") {
      dataIndent = nil
    }
    var ranges: [Range<Int>] = []
    var reader = PairReader(line: line, content: content)
    var values: [PairReader.Pair] = []
    var namesSecret = false
    var read = 0
    while let found = reader.next() {
      let isName = isNameKey(line, found.key)
      let isValue = isValueKey(line, found.key)
      let isSecret = dataIndent != nil || detector.judge(line, found.key).isSecret
      let isData = isSecretManifest[index] && isDataKey(line, found.key)
      guard isName || isValue || isSecret || isData else { continue }
      // A value is read to its end only so often, else a long line took forever.
      read += 1
      let pair = reader.complete(found)
      if read > 64 { reader.skip(to: pair.value.upperBound) }
      if isData, pair.value.isEmpty || opens(line, pair) {
        dataIndent = content.lowerBound
        continue
      }
      if isName, detector.judge(line, pair.inner(line)).isSecret { namesSecret = true }
      if isValue {
        values.append(pair)
        dependsOnNeighbours = true
      }
      if isSecret {
        ranges += secret(line, content, pair)
        if pair.isScalar(line) { reader.skip(to: pair.value.upperBound) }
      }
    }
    if !values.isEmpty, namesSecret || neighbourNamesSecret(index) {
      for pair in values { ranges += secret(line, content, pair) }
    }
    return ranges
  }

  private func opens(_ line: Bytes, _ pair: PairReader.Pair) -> Bool {
    line[pair.value.lowerBound] == ascii("{") && pair.value.count <= 2
  }

  /// What to mask of the value of a secret's key.
  private mutating func secret(
    _ line: Bytes,
    _ content: Range<Int>,
    _ pair: PairReader.Pair
  ) -> [Range<Int>] {
    guard let first = pair.value.first.map({ line[$0] }) else {
      if pair.separator == ascii(":") { openIndent = content.lowerBound }
      return []
    }
    if pair.separator == ascii(":"), first == ascii("|") || first == ascii(">"),
      pair.value.count <= 4
    {
      blockIndent = content.lowerBound
      return []
    }
    guard pair.isScalar(line) else { return [] }
    if first == ascii("\"") || first == ascii("'"), !pair.isClosed { openQuote = first }
    var value = pair.inner(line)
    guard maskable(line, value) else { return [] }
    // Of `${X:-default}` only the default is secret.
    for _ in 0..<8 {
      guard case .withDefault(let inner) = detector.template(line, value) else { break }
      value = inner
    }
    return [value]
  }

  /// Whether a secret's value must be hidden; unlike for findings, weak ones must be, too.
  private func maskable(_ line: Bytes, _ value: Range<Int>) -> Bool {
    let value = line.unquoted(value)
    guard !value.isEmpty, !detector.isReference(line, value) else { return false }
    switch detector.template(line, value) {
    case .whole: return false
    case .withDefault(let inner): return maskable(line, inner, depth: 0)
    case .partly: return true
    case .no: break
    }
    if detector.isNumber(line, value) { return value.count >= 4 }
    return !detector.isHarmless(line, value)
      || value.contains { line[$0] == ascii("@") }
  }

  private func maskable(_ line: Bytes, _ value: Range<Int>, depth: Int) -> Bool {
    guard depth < 8, case .withDefault(let inner) = detector.template(line, value) else {
      return !value.isEmpty && detector.template(line, value) != .whole
    }
    return maskable(line, inner, depth: depth + 1)
  }

  // MARK: `name: X` and `value: v`

  private static let nameKeys = ["name", "key", "parameterkey", "parametername", "envname"]
    .map { Array($0.utf8) }
  private static let valueKeys = ["value", "parametervalue", "default", "defaultvalue", "envvalue"]
    .map { Array($0.utf8) }

  private func isNameKey(_ line: Bytes, _ key: Range<Int>) -> Bool {
    isOne(of: Self.nameKeys, line, key)
  }

  private func isValueKey(_ line: Bytes, _ key: Range<Int>) -> Bool {
    isOne(of: Self.valueKeys, line, key)
  }

  private func isOne(of words: [Bytes], _ line: Bytes, _ key: Range<Int>) -> Bool {
    for word in words
    where word.count == key.count
      && line.hasFolded(word, at: key.lowerBound, before: key.upperBound)
    {
      return true
    }
    return false
  }

  /// Whether a line next to this one, of the same depth, is the `name:` of a secret.
  private func neighbourNamesSecret(_ index: Int) -> Bool {
    for other in [index - 1, index + 1, index - 2] where lines.indices.contains(other) {
      let line = lines[other]
      var reader = PairReader(line: line, content: line.trimmed(0..<line.count))
      for _ in 0..<16 {
        guard let found = reader.next() else { break }
        let isSecret = detector.judge(line, found.key).isSecret
        guard isSecret || isNameKey(line, found.key) else { continue }
        let pair = reader.complete(found)
        if isNameKey(line, pair.key), detector.judge(line, pair.inner(line)).isSecret {
          return true
        }
        // `DbPassword:` with `Default:` below it.
        if isSecret, pair.value.isEmpty || opens(line, pair) { return true }
      }
    }
    return false
  }

  // MARK: Kubernetes

  private func isDataKey(_ line: Bytes, _ key: Range<Int>) -> Bool {
    line[key].elementsEqual("data".utf8) || line[key].elementsEqual("stringData".utf8)
  }

  private static let secret = Array("Secret".utf8)

  private static func secretManifests(_ lines: [Bytes]) -> [Bool] {
    var result = [Bool](repeating: false, count: lines.count)
    var start = 0
    var isSecret = false
    for (index, line) in lines.enumerated() {
      if line.starts(with: "---".utf8), line.count < 4 || line[3].isBlank {
        if isSecret { for at in start..<index { result[at] = true } }
        (start, isSecret) = (index, false)
        continue
      }
      if isSecret || line.count > 128 { continue }
      guard line.first(Self.secret, in: 0..<line.count) != nil else { continue }
      var reader = PairReader(line: line, content: line.trimmed(0..<line.count))
      guard let found = reader.next(), line[found.key].elementsEqual("kind".utf8) else { continue }
      let kind = reader.complete(found)
      if line[kind.inner(line)].elementsEqual("Secret".utf8) { isSecret = true }
    }
    if isSecret { for at in start..<lines.count { result[at] = true } }
    return result
  }
}
