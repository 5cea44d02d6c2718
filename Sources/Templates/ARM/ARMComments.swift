package import DocumentTrees

extension ARMText {
  /// A template or parameter file, which may have comments where JSON has none.
  package static func document(in bytes: [UInt8], limits: DocumentLimits) -> DocumentTree? {
    if let plain = try? JSONReader.document(in: bytes, limits: limits) { return plain }
    return try? JSONReader.document(in: withoutComments(bytes), limits: limits)
  }

  /// The text with comments blanked and commas before a closing bracket left out, places kept.
  package static func withoutComments(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    var index = 0
    var comma: Int?
    while index < result.count {
      switch result[index] {
      case UInt8(ascii: "\""):
        comma = nil
        index += 1
        while index < result.count, result[index] != UInt8(ascii: "\"") {
          index += result[index] == UInt8(ascii: "\\") ? 2 : 1
        }
      case UInt8(ascii: "/") where index + 1 < result.count:
        if let end = commentEnd(result, index) {
          for place in index..<end where result[place] != 0x0A && result[place] != 0x0D {
            result[place] = 0x20
          }
          index = end
          continue
        }
        comma = nil
      case UInt8(ascii: ","): comma = index
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if let comma { result[comma] = 0x20 }
        comma = nil
      case 0x20, 0x09, 0x0A, 0x0D: break
      default: comma = nil
      }
      index += 1
    }
    return result
  }

  private static func commentEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
    var index = start + 2
    switch bytes[start + 1] {
    case UInt8(ascii: "/"):
      while index < bytes.count, bytes[index] != 0x0A { index += 1 }
      return index
    case UInt8(ascii: "*"):
      while index + 1 < bytes.count {
        if bytes[index] == UInt8(ascii: "*"), bytes[index + 1] == UInt8(ascii: "/") {
          return index + 2
        }
        index += 1
      }
      return bytes.count
    default: return nil
    }
  }
}
