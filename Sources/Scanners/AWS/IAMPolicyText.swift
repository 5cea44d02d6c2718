import DocumentTrees
import Templates
import Workloads

/// Reads a policy that stands as JSON inside a text: `jsonencode`, a here-document, an answer of the
/// command line.
///
/// Parts of the text that are not known stay gaps in the values that they stand in.
enum IAMPolicyText {
  /// The largest policy that AWS stores is far smaller.
  static let maximumBytes = 1 << 20

  /// The value that the text describes; unknown with a reason if it is no JSON.
  static func read(_ document: Datum) -> Datum {
    guard let parts = document.parts else {
      return .unknown("the policy is neither a mapping nor a text", document.origin)
    }
    var bytes: [UInt8] = []
    var gaps: [Gap] = []
    var isInString = false
    for part in parts {
      switch part {
      case .text(let text):
        guard bytes.count + text.utf8.count <= maximumBytes else {
          return .unknown("the policy is too long", document.origin)
        }
        append(text, to: &bytes, &isInString)
      case .gap(let gap):
        // A gap outside quotes is a whole value, such as `${jsonencode(var.actions)}`.
        if !isInString { bytes.append(UInt8(ascii: "\"")) }
        bytes += Array("\(mark)\(gaps.count)\(mark)".utf8)
        if !isInString { bytes.append(UInt8(ascii: "\"")) }
        gaps.append(gap)
      }
    }
    if gaps.count == 1, parts.count == 1 { return document }
    if bytes.starts(with: Array("%7B".utf8)), let decoded = percentDecoded(bytes) {
      bytes = decoded
    }
    guard let root = try? JSONReader.document(in: bytes).root else {
      return .unknown("the policy is no JSON", document.origin)
    }
    return convert(root, gaps, document.origin, depth: 0)
  }

  /// Stands around the number of a gap; a private character that no policy has.
  private static let mark = "\u{E000}"

  private static func append(_ text: String, to bytes: inout [UInt8], _ isInString: inout Bool) {
    var isEscaped = false
    for byte in text.utf8 {
      bytes.append(byte)
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\"), isInString {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString.toggle()
      }
    }
  }

  private static func convert(_ node: Node, _ gaps: [Gap], _ origin: Origin, depth: Int) -> Datum {
    guard depth < 32 else { return .unknown("the policy is nested too deeply", origin) }
    switch node.kind {
    case .mapping:
      let entries = node.entries.map { entry in
        DatumObject.Entry(
          entry.key.text,
          convert(entry.value, gaps, origin, depth: depth + 1),
          keyOrigin: origin
        )
      }
      return Datum(.object(DatumObject(entries)), origin)
    case .sequence:
      let elements = node.elements.map { convert($0, gaps, origin, depth: depth + 1) }
      return Datum(.list(DatumList(elements)), origin)
    case .scalar:
      if node.isNull { return Datum(.null, origin) }
      return Datum(parts: self.parts(of: node.text, gaps), origin)
    }
  }

  private static func parts(of text: String, _ gaps: [Gap]) -> [TextPart] {
    if gaps.isEmpty { return [.text(text)] }
    let pieces = text.split(separator: Character(mark), omittingEmptySubsequences: false)
    var parts: [TextPart] = []
    for (index, piece) in pieces.enumerated() {
      if index % 2 == 1, let number = Int(piece), gaps.indices.contains(number) {
        parts.append(.gap(gaps[number]))
      } else if !piece.isEmpty {
        parts.append(.text(String(piece)))
      }
    }
    return parts
  }

  private static func percentDecoded(_ bytes: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%") {
        guard index + 2 < bytes.count, let high = hex(bytes[index + 1]),
          let low = hex(bytes[index + 2])
        else { return nil }
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
