/// Code points grouped so that a pattern cannot tell the members of a group apart.
struct RegexAlphabet: Sendable {
  /// What matters of a character to assertions.
  enum Kind: Int, Sendable {
    case edge
    case newline
    case word
    case other
  }

  /// Where each group of consecutive code points begins; the first begins at zero.
  private let starts: [UInt32]
  private let ascii: [Int]
  let kinds: [Kind]

  init(_ sets: [CharacterSet]) {
    var bounds: Set<UInt32> = [0]
    for set in sets + [.word, .newline] {
      for range in set.ranges {
        bounds.insert(range.lowerBound)
        bounds.insert(range.upperBound + 1)
      }
    }
    starts = bounds.filter { $0 <= CharacterSet.maximum }.sorted()
    kinds = starts.map {
      CharacterSet.newline.contains($0)
        ? .newline : CharacterSet.word.contains($0) ? .word : .other
    }
    let all = starts
    ascii = (0..<128).map { Self.group(of: $0, in: all) }
  }

  var count: Int { starts.count }

  func group(of scalar: UInt32) -> Int {
    scalar < 128 ? ascii[Int(scalar)] : Self.group(of: scalar, in: starts)
  }

  /// A member of a group, which stands for all of them.
  func member(of group: Int) -> UInt32 { starts[group] }

  private static func group(of scalar: UInt32, in starts: [UInt32]) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= scalar { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }
}
