/// A regular expression of RE2's syntax that says where it matches, and what its groups take.
///
/// Of the matches that begin first it gives the one that a backtracking search would find first, as
/// Go's `regexp` does, in time proportional to the text times the pattern.
package struct CapturingRegex: Sendable {
  /// The groups that capture, from 1, by name; nil for those without one.
  package let groupNames: [String?]
  private let program: RegexProgram

  package init(_ pattern: String) throws(RegexError) {
    let (syntax, names) = try RegexParser.parse(pattern)
    guard names.count <= Self.maximumGroups else {
      throw RegexError("more than \(Self.maximumGroups) groups", isUnsupported: true)
    }
    groupNames = names
    program = try RegexProgram(syntax, isCapturing: true)
  }

  private static let maximumGroups = 200

  /// The first match; `work` is what the search may still cost, and is used up by it.
  package func firstMatch(
    in text: [UInt8],
    work: inout Int
  ) throws(RegexError) -> RegexMatch? {
    var search = RegexSearch(program, groups: groupNames.count)
    return try search.match(in: text, from: 0, work: &work)
  }

  /// All matches that do not overlap, from the left; none is an empty one right behind another.
  package func matches(in text: [UInt8], work: inout Int) throws(RegexError) -> [RegexMatch] {
    var search = RegexSearch(program, groups: groupNames.count)
    var found: [RegexMatch] = []
    var position = 0
    var lastEnd = -1
    while position <= text.count,
      let match = try search.match(in: text, from: position, work: &work)
    {
      let range = match.range
      if range.upperBound == position {
        if range.lowerBound != lastEnd { found.append(match) }
        // At least one character further.
        position += 1
        while position < text.count, text[position] & 0xC0 == 0x80 { position += 1 }
      } else {
        found.append(match)
        position = range.upperBound
      }
      lastEnd = range.upperBound
    }
    return found
  }
}

/// Where a pattern and its groups match, in bytes.
package struct RegexMatch: Sendable {
  package let range: Range<Int>
  /// One for each group; nil for those that took no part.
  package let groups: [Range<Int>?]
}
