/// Refuses texts for which libyaml would need time out of proportion to their size.
enum YAMLCostGuard {
  /// Below this size even the worst text is done in a fraction of a second.
  private static let harmlessBytes = 128 << 10
  private static let maximumClearedBytes = 1 << 31
  private static let maximumTagDirectives = 10_000

  static func check(_ bytes: [UInt8]) throws(DocumentError) {
    guard bytes.count > harmlessBytes else { return }
    let offset = bytes.withUnsafeBufferPointer(firstCostlyOffset)
    guard let offset else { return }
    throw bytes.withUnsafeBufferPointer {
      DocumentError(
        "White space or %TAG directives of a size and number that would take too long to read",
        at: Place(ofOffset: offset, in: $0)
      )
    }
  }

  /// Where reading becomes too costly.
  ///
  /// For each run of white space inside a scalar libyaml clears a buffer as large as the longest
  /// run before it, and it compares each `%TAG` directive with all others.
  private static func firstCostlyOffset(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var longest = 0
    var runStart: Int?
    var cleared = 0
    var directives = 0
    for (offset, byte) in bytes.enumerated() {
      if byte <= 0x20 {
        if runStart == nil { runStart = offset }
        continue
      }
      guard let start = runStart else { continue }
      runStart = nil
      longest = max(longest, offset - start)
      if longest > 64 { cleared += longest }
      if byte == UInt8(ascii: "%") { directives += 1 }
      if cleared > maximumClearedBytes || directives > maximumTagDirectives { return offset }
    }
    return nil
  }
}
