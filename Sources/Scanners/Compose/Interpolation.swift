internal import DocumentTrees

/// Replaces `$NAME` and `${NAME…}` in a text, as the Compose specification says.
struct Interpolation {
  /// What was wrong in a text.
  enum Problem: Hashable {
    /// A `$` that begins nothing: Compose refuses the file.
    case invalid
    case unset(String)
    /// `${NAME:?…}` without a value.
    case required(String)
    /// The result would be larger than `maximumBytes`.
    case tooLong
  }

  /// Bytes of one text after interpolation; values can name values, so that they could explode.
  static let maximumBytes = 1 << 20
  private static let maximumDepth = 32
  private static let maximumPlaces = 16

  private let resolve: (String) -> ResolvedVariable?
  private var bytes: [UInt8] = []
  private var gaps: [ComposeText.Gap] = []
  private var via: [SourceLocation] = []
  private var problems: [Problem] = []

  static func expand(
    _ source: some Collection<UInt8>,
    resolve: (String) -> ResolvedVariable?
  ) -> (text: ComposeText, problems: [Problem]) {
    withoutActuallyEscaping(resolve) { resolve in
      var work = Interpolation(resolve: resolve)
      work.append(Array(source)[...], depth: 0)
      if work.bytes.count > maximumBytes {
        return (
          ComposeText(
            bytes: [ComposeText.gap],
            gaps: [ComposeText.Gap(variable: "", reason: "the text is too long once expanded")],
            via: work.via
          ),
          [.tooLong]
        )
      }
      return (
        ComposeText(bytes: work.bytes[...], gaps: work.gaps[...], via: work.via), work.problems
      )
    }
  }

  private init(resolve: @escaping (String) -> ResolvedVariable?) { self.resolve = resolve }

  private mutating func append(_ source: ArraySlice<UInt8>, depth: Int) {
    var index = source.startIndex
    while index < source.endIndex, bytes.count <= Self.maximumBytes {
      guard source[index] == dollar else {
        let end = source[index...].firstIndex(of: dollar) ?? source.endIndex
        bytes += source[index..<end]
        index = end
        continue
      }
      let next = index + 1
      guard next < source.endIndex else {
        invalid()
        return
      }
      if source[next] == dollar {
        bytes.append(dollar)
        index = next + 1
      } else if source[next] == openBrace {
        guard let end = closingBrace(in: source[(next + 1)...]) else {
          invalid()
          return
        }
        expandBraced(source[(next + 1)..<end], depth: depth)
        index = end + 1
      } else {
        let end = endOfName(source[next...])
        if end == next { invalid() } else { use(name(source[next..<end])) }
        index = max(end, next)
      }
    }
  }

  // MARK: Braces

  private mutating func expandBraced(_ inside: ArraySlice<UInt8>, depth: Int) {
    let end = endOfName(inside)
    guard end > inside.startIndex, depth < Self.maximumDepth else {
      invalid()
      return
    }
    let name = name(inside[inside.startIndex..<end])
    guard end < inside.endIndex else {
      use(name)
      return
    }
    let needsText = inside[end] == UInt8(ascii: ":")
    let operatorIndex = needsText ? end + 1 : end
    guard operatorIndex < inside.endIndex else {
      invalid()
      return
    }
    let word = inside[(operatorIndex + 1)...]
    let found = resolve(name)
    var isSet: Bool? = found != nil
    if needsText, let found {
      switch found.state {
      case .known(let text): isSet = !text.isEmpty
      case .unknown: isSet = nil
      }
    }
    switch inside[operatorIndex] {
    case UInt8(ascii: "-"):
      if isSet == false { append(word, depth: depth + 1) } else { use(name, found) }
    case UInt8(ascii: "?"):
      if isSet == false { require(name) } else { use(name, found) }
    case UInt8(ascii: "+"):
      if isSet == nil {
        use(name, found)
      } else if isSet == true {
        passThrough(found?.places ?? [])
        append(word, depth: depth + 1)
      }
    default: invalid()
    }
  }

  /// The brace that closes the one before the text; those of nested `${` are skipped.
  private func closingBrace(in text: ArraySlice<UInt8>) -> Int? {
    var depth = 0
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      if byte == closeBrace {
        if depth == 0 { return index }
        depth -= 1
      } else if byte == dollar, index + 1 < text.endIndex {
        if text[index + 1] == openBrace { depth += 1 }
        if text[index + 1] == openBrace || text[index + 1] == dollar { index += 1 }
      }
      index += 1
    }
    return nil
  }

  // MARK: Names

  private func endOfName(_ text: ArraySlice<UInt8>) -> Int {
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      let isLetter = (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
      let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
      guard isLetter || byte == UInt8(ascii: "_") || (isDigit && index > text.startIndex) else {
        break
      }
      index += 1
    }
    return index
  }

  private func name(_ text: ArraySlice<UInt8>) -> String { String(decoding: text, as: UTF8.self) }

  private mutating func use(_ name: String) { use(name, resolve(name)) }

  private mutating func use(_ name: String, _ found: ResolvedVariable?) {
    guard let found else {
      problems.append(.unset(name))
      gap(name, "variable \(name) is not set")
      return
    }
    passThrough(found.places)
    switch found.state {
    case .known(let text): bytes += text.utf8
    case .unknown(let reason): gap(name, reason)
    }
  }

  /// Notes places once each and not many: chains of variables could multiply them.
  private mutating func passThrough(_ places: [SourceLocation]) {
    for place in places where via.count < Self.maximumPlaces && !via.contains(place) {
      via.append(place)
    }
  }

  private mutating func require(_ name: String) {
    problems.append(.required(name))
    gap(name, "required variable \(name) is not set")
  }

  private mutating func invalid() {
    problems.append(.invalid)
    gap("", "its $ begins no variable that Compose could replace")
  }

  private mutating func gap(_ variable: String, _ reason: String) {
    bytes.append(ComposeText.gap)
    gaps.append(ComposeText.Gap(variable: variable, reason: reason))
  }
}

private let dollar = UInt8(ascii: "$")
private let openBrace = UInt8(ascii: "{")
private let closeBrace = UInt8(ascii: "}")
