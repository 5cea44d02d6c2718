/// Splits texts some parts of which are not known.
package enum TextSplit {
  /// The elements, and why there may be more.
  ///
  /// A gap may hold the delimiter itself. What stands before the first such gap is certain; the
  /// rest is not, unless the gap is of a kind that cannot hold it (an account has no colon).
  package static func split(
    _ parts: [TextPart],
    by delimiter: String
  ) -> (elements: [[TextPart]], more: Gap?) {
    var elements: [[TextPart]] = []
    var current: [TextPart] = []
    for part in parts {
      switch part {
      case .gap(let gap):
        guard cannotHold(gap, delimiter) else {
          return (elements, Gap(gap.reason, reference: gap.reference))
        }
        current.append(part)
      case .text(let text):
        var pieces = pieces(of: text, by: delimiter)[...]
        if let first = pieces.popFirst() { append(first, to: &current) }
        while let piece = pieces.popFirst() {
          elements.append(current)
          current = []
          append(piece, to: &current)
        }
      }
    }
    elements.append(current)
    return (elements, nil)
  }

  /// Without spaces at both ends.
  static func trimmed(_ parts: [TextPart]) -> [TextPart] {
    guard parts.count == 1, case .text(let text) = parts[0] else { return parts }
    let start = text.utf8.drop { $0 == 0x20 || $0 == 0x0A }
    guard let end = start.lastIndex(where: { $0 != 0x20 && $0 != 0x0A }) else { return [] }
    return [.text(String(decoding: start[...end], as: UTF8.self))]
  }

  private static func append(_ text: String, to parts: inout [TextPart]) {
    if !text.isEmpty { parts.append(.text(text)) }
  }

  private static func cannotHold(_ gap: Gap, _ delimiter: String) -> Bool {
    let harmless = ["AWS::Region", "AWS::AccountId", "AWS::Partition", "AWS::StackName"]
    guard let identity = gap.identity, harmless.contains(identity) else { return false }
    // Their values are made of letters, digits and hyphens.
    return delimiter.utf8.contains { byte in
      !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) && byte != UInt8(ascii: "-")
    }
  }

  /// The pieces of a known text between marks, empty ones included; of marks that begin together
  /// the first counts.
  static func pieces(of text: String, by marks: String...) -> [String] {
    pieces(of: text, by: marks)
  }

  package static func pieces(of text: String, by marks: [String]) -> [String] {
    let bytes = Array(text.utf8)
    let marks = marks.map { Array($0.utf8) }.filter { !$0.isEmpty }
    var result: [String] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      if let mark = marks.first(where: { $0[0] == bytes[index] && bytes[index...].starts(with: $0) }
      ) {
        result.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += mark.count
        start = index
      } else {
        index += 1
      }
    }
    result.append(String(decoding: bytes[start...], as: UTF8.self))
    return result
  }
}
