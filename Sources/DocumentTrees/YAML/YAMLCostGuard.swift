#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Refuses texts for which libyaml would need time out of proportion to their size.
enum YAMLCostGuard {
  /// Below this size even the worst text is done in a fraction of a second.
  private static let harmlessBytes = 128 << 10
  private static let maximumClearedBytes = 1 << 31
  private static let maximumTagDirectives = 10_000

  /// libyaml's buffers are no smaller than this from the start.
  private static let shortRun = 64

  static func check(_ bytes: [UInt8]) throws(DocumentError) {
    guard bytes.count > harmlessBytes else { return }
    let offset = bytes.withUnsafeBufferPointer { bytes in
      hasLongRun(bytes) || hasManyDirectives(bytes) ? firstCostlyOffset(bytes) : nil
    }
    guard let offset else { return }
    throw bytes.withUnsafeBufferPointer {
      DocumentError(
        "White space or %TAG directives of a size and number that would take too long to read",
        at: Place(ofOffset: offset, in: $0)
      )
    }
  }

  /// Looks at one byte in 64 only, which no longer run of white space escapes.
  private static func hasLongRun(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for offset in stride(from: 0, to: bytes.count, by: shortRun) where bytes[offset] <= 0x20 {
      let before = bytes[..<offset].reversed().prefix(shortRun).prefix { $0 <= 0x20 }.count
      let after = bytes[offset...].prefix(shortRun).prefix { $0 <= 0x20 }.count
      if before + after > shortRun { return true }
    }
    return false
  }

  private static func hasManyDirectives(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = bytes.baseAddress else { return false }
    var offset = 0
    var found = 0
    while offset < bytes.count, found <= maximumTagDirectives,
      let next = memchr(start + offset, Int32(UInt8(ascii: "%")), bytes.count - offset)
    {
      offset = UnsafeRawPointer(next) - UnsafeRawPointer(start) + 1
      found += 1
    }
    return found > maximumTagDirectives
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
      if longest > shortRun { cleared += longest }
      if byte == UInt8(ascii: "%") { directives += 1 }
      if cleared > maximumClearedBytes || directives > maximumTagDirectives { return offset }
    }
    return nil
  }
}
