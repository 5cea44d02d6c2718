/// A shell glob over bytes: `*` stands for any bytes, `/` included, `?` for one.
///
/// Backtracks to the last star only, so that a match takes at most pattern × text steps.
struct Glob: Hashable, Sendable {
  let pattern: [UInt8]
  /// Bytes of the pattern that are not wildcards: how much of a name it pins down.
  let literalCount: Int

  init(_ pattern: String) {
    self.pattern = Array(pattern.utf8)
    literalCount = self.pattern.count { $0 != Self.star && $0 != Self.question }
  }

  private static let star = UInt8(ascii: "*")
  private static let question = UInt8(ascii: "?")

  static func isWild(_ text: String) -> Bool {
    text.utf8.contains { $0 == star || $0 == question }
  }

  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { text in
      pattern.withUnsafeBufferPointer { Self.matches($0, text) }
    }
  }

  private static func matches(
    _ pattern: UnsafeBufferPointer<UInt8>,
    _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    var atPattern = 0
    var atText = 0
    var afterStar: Int?
    var starText = 0
    while atText < text.count {
      if atPattern < pattern.count, pattern[atPattern] == star {
        atPattern += 1
        afterStar = atPattern
        starText = atText
      } else if atPattern < pattern.count,
        pattern[atPattern] == question || pattern[atPattern] == text[atText]
      {
        atPattern += 1
        atText += 1
      } else if let resume = afterStar {
        starText += 1
        atText = starText
        atPattern = resume
      } else {
        return false
      }
    }
    while atPattern < pattern.count, pattern[atPattern] == star { atPattern += 1 }
    return atPattern == pattern.count
  }
}
