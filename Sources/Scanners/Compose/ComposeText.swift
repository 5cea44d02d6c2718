internal import DocumentTrees
internal import Workloads

/// A text after interpolation, in which some stretches may be unknown.
///
/// A short syntax such as `${PORT}:80` is taken apart although its first half is unknown, so the
/// gaps must survive splitting. Each is one byte that no UTF-8 text contains.
struct ComposeText: Sendable {
  /// UTF-8, with `gap` in the place of what is not known.
  var bytes: ArraySlice<UInt8>
  /// Why each gap is unknown, in the order of the text.
  var gaps: ArraySlice<Gap> = []
  /// The places that resolved variables came from.
  var via: [SourceLocation] = []

  struct Gap: Sendable {
    var variable: String
    var reason: String
  }

  static let gap: UInt8 = 0xFF

  init(bytes: ArraySlice<UInt8>, gaps: ArraySlice<Gap> = [], via: [SourceLocation] = []) {
    self.bytes = bytes
    self.gaps = gaps
    self.via = via
  }

  init(_ text: String) { bytes = Array(text.utf8)[...] }

  var isKnown: Bool { gaps.isEmpty }
  var isEmpty: Bool { bytes.isEmpty }
  var first: UInt8? { bytes.first }

  /// The text with gaps left out; complete only if `isKnown`.
  var string: String {
    gaps.isEmpty
      ? String(decoding: bytes, as: UTF8.self)
      : String(decoding: bytes.filter { $0 != Self.gap }, as: UTF8.self)
  }

  /// Why the text is not known, if it is not.
  var unknownReason: String? { gaps.first?.reason }

  func contains(_ byte: UInt8) -> Bool { bytes.contains(byte) }

  func hasPrefix(_ prefix: StaticString) -> Bool {
    prefix.withUTF8Buffer { bytes.starts(with: $0) }
  }

  func part(_ range: Range<Int>) -> ComposeText {
    guard !gaps.isEmpty else { return ComposeText(bytes: bytes[range], via: via) }
    let before = bytes[..<range.lowerBound].count { $0 == Self.gap }
    let inside = bytes[range].count { $0 == Self.gap }
    let first = gaps.startIndex + before
    return ComposeText(bytes: bytes[range], gaps: gaps[first..<first + inside], via: via)
  }

  func split(at separator: UInt8, maxSplits: Int = .max) -> [ComposeText] {
    var parts: [ComposeText] = []
    var start = bytes.startIndex
    var gapStart = gaps.startIndex
    var gapEnd = gapStart
    for index in bytes.indices where parts.count < maxSplits {
      if bytes[index] == Self.gap { gapEnd += 1 }
      guard bytes[index] == separator else { continue }
      parts.append(
        ComposeText(bytes: bytes[start..<index], gaps: gaps[gapStart..<gapEnd], via: via)
      )
      start = index + 1
      gapStart = gapEnd
    }
    parts.append(ComposeText(bytes: bytes[start...], gaps: gaps[gapStart...], via: via))
    return parts
  }

  /// The text before and behind the first separator, or `nil` if there is none.
  func cut(at separator: UInt8) -> (ComposeText, ComposeText)? {
    let parts = split(at: separator, maxSplits: 1)
    return parts.count == 2 ? (parts[0], parts[1]) : nil
  }

  /// The same cut at the last separator.
  func cutLast(at separator: UInt8) -> (ComposeText, ComposeText)? {
    guard let index = bytes.lastIndex(of: separator) else { return nil }
    return (part(bytes.startIndex..<index), part(index + 1..<bytes.endIndex))
  }

  func value(_ origin: Origin) -> Value<String> {
    if let reason = unknownReason { return .unknown(reason, origin) }
    return .known(string, origin)
  }
}
